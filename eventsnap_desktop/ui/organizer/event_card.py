"""One event as a card: its cover, its name, how far it is, and how long it is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import EventCounts
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.pieces import badge, label, restyle, set_tone
from eventsnap_desktop.ui.widgets.theme import colours_now

_WIDTH, _COVER_HEIGHT = 306, 168
_WARN_BELOW_DAYS = 7
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class _Cover(QWidget):
    """The cover picture, cut to fill, or a quiet drawing while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_COVER_HEIGHT)
        self.image: QImage | None = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        colours, painter = colours_now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), 9, 9)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor(colours.raised))
        if self.image is None:
            sign = pixmap("photos", colours.strong_border, 48, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 48) // 2, (self.height() - 48) // 2, sign)
        else:
            painter.drawImage(QRectF(self.rect()), self.image, self._filling(self.image))
        painter.end()

    def _filling(self, image: QImage) -> QRectF:
        """Return the part of the picture that fills the cover, a little above its middle."""
        shape = self.width() / self.height()
        width = min(image.width(), image.height() * shape)
        height = width / shape
        return QRectF((image.width() - width) / 2, (image.height() - height) / 3, width, height)


class EventCard(QFrame):
    """Can be chosen by click and opened by double click, Enter or Space."""

    chosen = Signal(object)
    """Its EventOverview was clicked or got the focus."""
    opened = Signal(object)
    """Its EventOverview shall be worked on."""
    moved = Signal(int, int)
    """The keyboard shall go on by so many columns and rows."""

    def __init__(self, overview: EventOverview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setFixedWidth(_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.overview = overview
        self._cover, self._name = _Cover(), label("", "heading")
        self._code, self._state = label("", "small"), badge("")
        self._figures, self._kept = label("", "faint"), badge("")
        self._failed, self._ending = badge("", "danger"), badge("", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 14)
        column.setSpacing(6)
        column.addWidget(self._cover)
        column.addSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._code)
        column.addWidget(self._figures)
        foot = QHBoxLayout()
        foot.addWidget(self._state)
        foot.addWidget(self._failed)
        foot.addWidget(self._kept)
        foot.addStretch(1)
        column.addLayout(foot)
        last = QHBoxLayout()
        last.addWidget(self._ending)
        last.addStretch(1)
        column.addLayout(last)
        self.show_overview(overview)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that all cards share."""
        return QSize(_WIDTH, super().sizeHint().height())

    def show_overview(self, overview: EventOverview) -> None:
        """Show the event's figures."""
        self.overview = overview
        event = overview.event
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(event.name, Qt.TextElideMode.ElideRight, _WIDTH - 40))
        self._name.setToolTip(event.name)
        self._code.setText(f"{event.code}  ·  {self._dates()}" if self._dates() else event.code)
        counts = overview.counts
        there = counts.pending + counts.encoded + counts.failed
        photos = self.tr("%Ln photo(s)", "", there)
        faces = self.tr("%Ln face(s)", "", counts.faces)
        self._figures.setText(f"{photos}  ·  {faces}")
        self._show_state(counts, there)
        self._show_kept(event.keep_until)
        said = [event.name, self._figures.text(), self._state.text(), self._ending.text()]
        self.setAccessibleName(", ".join(one for one in said if one))

    def show_cover(self, image: QImage | None) -> None:
        """Show the cover picture."""
        self._cover.image = image
        self._cover.update()

    def mark(self, current: bool) -> None:
        """Show whether this is the event the pages show."""
        if self.property("selected") != current:
            self.setProperty("selected", current)
            restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the event."""
        self.chosen.emit(self.overview)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the event."""
        self.opened.emit(self.overview)
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the event by Enter or Space, go to another by the arrows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self.overview)
            self.opened.emit(self.overview)
            return
        if event.key() in _STEPS:
            self.moved.emit(*_STEPS[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the event that the keyboard comes to."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.chosen.emit(self.overview)

    def _show_state(self, counts: EventCounts, there: int) -> None:
        self._failed.setText(self.tr("%n failed", "", counts.failed))
        self._failed.setVisible(counts.failed > 0)
        if self.overview.archived:
            self._state.setText(self.tr("Archived"))
            set_tone(self._state, "")
        elif there == 0:
            self._state.setText(self.tr("No photos yet"))
            set_tone(self._state, "")
        elif counts.pending:
            self._state.setText(self.tr("%n waiting", "", counts.pending))
            set_tone(self._state, "accent")
        else:
            done = self.tr("Encoded") if counts.failed else self.tr("All encoded")
            self._state.setText(done)
            set_tone(self._state, "good")

    def _show_kept(self, keep_until: datetime | None) -> None:
        left = days_left(keep_until, datetime.now(UTC))
        self._kept.setVisible(left is not None and not left.is_soon)
        self._ending.setVisible(left is not None and left.is_soon)
        self._ending.setText("")
        if left is None or keep_until is None:
            return
        self._kept.setText(self.tr("%n day(s) left", "", left.days))
        if left.is_soon:
            self._ending.setText(self._how_it_ends(left.days))
        set_tone(self._ending, "danger" if left.days < 0 else "warning")
        text = self.tr(
            "The program deletes the index of this event by itself after {day}: faces, consents, "
            "deliveries and links. The photos stay. To keep it longer, edit the event (F2)."
        ).format(day=_day(keep_until))
        self._kept.setToolTip(text)
        self._ending.setToolTip(text)

    def _how_it_ends(self, days: int) -> str:
        if days < 0:
            return self.tr("Its day is over: deleted by itself soon")
        if days == 0:
            return self.tr("Is deleted by itself today")
        return self.tr("Is deleted by itself in %n day(s)", "", days)

    def _dates(self) -> str:
        first, last = self.overview.first_photo_at, self.overview.last_photo_at
        if first is None or last is None:
            return ""
        days = [_day(one) for one in (first, last)]
        return days[0] if days[0] == days[1] else " – ".join(days)


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """Whole days until an event is to be deleted; negative when that day is past."""

    days: int

    @property
    def is_soon(self) -> bool:
        """Whether somebody should be told."""
        return self.days < _WARN_BELOW_DAYS


def days_left(keep_until: datetime | None, now: datetime) -> DaysLeft | None:
    """Return how long an event is kept, None for ever."""
    if keep_until is None:
        return None
    return DaysLeft((keep_until - now).days)


def _day(when: datetime) -> str:
    local = when.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
