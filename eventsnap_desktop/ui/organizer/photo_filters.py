"""Which photos to list: a kind, a part of the name, and a range of time."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QLocale, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.widgets.icons import icon
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.theme import colours_now

_KINDS = tuple(PhotoKind)
_TYPING_ENDS_AFTER = 250  # milliseconds
_ANY, _QUARTER, _HOUR, _TODAY, _RANGE = range(5)


class PhotoFilters(QWidget):
    """Segments with counts, a search field, and the time; ``search_action`` is for the page."""

    changed = Signal()
    """Other photos are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = QButtonGroup(self)
        self._search, self._when = QLineEdit(), QComboBox()
        self._since, self._until = QDateTimeEdit(), QDateTimeEdit()
        self._range = QWidget()
        self.search_action = QAction(self.tr("Search"), self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_ENDS_AFTER)
        self._overview: EventOverview | None = None
        self._ranged: EventId | None = None
        self._set_up()
        self._arrange()
        self._connect()
        self._show_counts()

    @property
    def is_on(self) -> bool:
        """Whether some photos are left out."""
        return self.kind is not PhotoKind.ALL or self._narrows

    @property
    def kind(self) -> PhotoKind:
        """Which kind of photos is listed."""
        return _KINDS[self._kinds.checkedId()]

    def wanted(self, now: datetime) -> PhotoFilter:
        """Return what is asked for; ``now`` is timezone-aware, for "the last hour"."""
        since, until = self._times(now)
        return PhotoFilter(self.kind, self._search.text().strip(), since, until)

    def choose(self, kind: PhotoKind) -> None:
        """List photos of one kind."""
        self._kinds.button(_KINDS.index(kind)).click()

    def reset(self) -> None:
        """Ask for all photos, without telling so."""
        with QSignalBlocker(self._search), QSignalBlocker(self._when):
            self._search.clear()
            self._when.setCurrentIndex(_ANY)
        self._kinds.button(0).setChecked(True)
        self._range.hide()
        self._typing.stop()
        self._show_counts()

    def focus_search(self) -> None:
        """Have the next keys go into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def show_counts(self, overview: EventOverview | None) -> None:
        """Show how many photos of each kind the event has."""
        self._overview = overview
        self._show_counts()

    @property
    def _narrows(self) -> bool:
        return bool(self._search.text().strip()) or self._when.currentIndex() != _ANY

    def _set_up(self) -> None:
        self._search.setPlaceholderText(self.tr("Search by name (Ctrl+F)"))
        self._search.setAccessibleName(self.tr("Search by name"))
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(280)
        looking = QAction(icon("search", colours_now().faint), "", self._search)
        self._search.addAction(looking, QLineEdit.ActionPosition.LeadingPosition)
        self._when.setAccessibleName(self.tr("Time"))
        for text in (
            self.tr("Any time"),
            self.tr("Last 15 minutes"),
            self.tr("Last hour"),
            self.tr("Today"),
            self.tr("From … to …"),
        ):
            self._when.addItem(text)
        now = QDateTime.currentDateTime()
        for edit, name, moment in (
            (self._since, self.tr("From"), now.addSecs(-3600)),
            (self._until, self.tr("To"), now),
        ):
            edit.setAccessibleName(name)
            edit.setDisplayFormat(moment_format(QLocale()))
            edit.setCalendarPopup(True)
            edit.setDateTime(moment)

    def _arrange(self) -> None:
        segments = row(spacing=6)
        for number in range(len(_KINDS)):
            segment = button("", kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self._kinds.addButton(segment, number)
            segments.addWidget(segment)
        segments.addStretch(1)
        span = QHBoxLayout(self._range)
        span.setContentsMargins(0, 0, 0, 0)
        span.setSpacing(8)
        for widget in (self._since, label("–", "faint"), self._until):
            span.addWidget(widget)
        self._range.hide()
        finding = row(self._search, self._when, self._range, None)
        finding.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(segments)
        column.addLayout(finding)

    def _connect(self) -> None:
        self.search_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.search_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.search_action.triggered.connect(self.focus_search)
        self._kinds.idClicked.connect(self._on_kind)
        self._search.textChanged.connect(self._on_typed)
        self._search.returnPressed.connect(self._on_typing_ended)
        self._typing.timeout.connect(self._on_typing_ended)
        self._when.activated.connect(self._on_when)
        self._since.dateTimeChanged.connect(self._on_typed)
        self._until.dateTimeChanged.connect(self._on_typed)

    def _times(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        chosen = self._when.currentIndex()
        local = now.astimezone()
        if chosen == _RANGE:
            since, until = self._since.dateTime(), self._until.dateTime().addSecs(60)
            return _aware(since), _aware(until)
        sinces = {
            _QUARTER: now - timedelta(minutes=15),
            _HOUR: now - timedelta(hours=1),
            _TODAY: local.replace(hour=0, minute=0, second=0, microsecond=0),
        }
        return sinces.get(chosen), None

    def _show_counts(self) -> None:
        words = (
            self.tr("All"),
            self.tr("With faces"),
            self.tr("Without faces"),
            self.tr("Failed"),
            self.tr("Pending"),
            self.tr("Hidden"),
            self.tr("First screen"),
        )
        counts = _counts(self._overview) if not self._narrows else None
        for number, word in enumerate(words):
            text = word
            if counts is not None:
                count = self.locale().toString(counts[number])
                text = self.tr("{kind}  {count}").format(kind=word, count=count)
            self._kinds.button(number).setText(text)

    def _on_kind(self) -> None:
        self.changed.emit()

    def _on_typed(self) -> None:
        self._typing.start()

    def _on_typing_ended(self) -> None:
        self._typing.stop()
        self._show_counts()
        self.changed.emit()

    def _on_when(self) -> None:
        ranged = self._when.currentIndex() == _RANGE
        if ranged:
            self._begin_with_all_times()
        self._range.setVisible(ranged)
        self._show_counts()
        self.changed.emit()

    def _begin_with_all_times(self) -> None:
        """Have the range hold all photos of the event, once: it is narrowed from there."""
        overview = self._overview
        if overview is None or overview.first_photo_at is None or overview.last_photo_at is None:
            return
        if self._ranged == overview.event.id:
            return
        self._ranged = overview.event.id
        times = (self._since, overview.first_photo_at), (self._until, overview.last_photo_at)
        for edit, when in times:
            with QSignalBlocker(edit):
                edit.setDateTime(QDateTime.fromSecsSinceEpoch(int(when.timestamp())))


def _counts(overview: EventOverview | None) -> tuple[int, ...] | None:
    """Return the counts in the order of the kinds; those with faces follow from the others."""
    if overview is None:
        return None
    counts = overview.counts
    every = counts.pending + counts.encoded + counts.failed
    with_faces = counts.encoded - counts.without_faces
    return (
        every,
        with_faces,
        counts.without_faces,
        counts.failed,
        counts.pending,
        overview.hidden,
        overview.slideshow,
    )


def _aware(when: QDateTime) -> datetime:
    return datetime.fromtimestamp(when.toSecsSinceEpoch()).astimezone()


def moment_format(place: QLocale) -> str:
    """Return how a place writes date and time, the year in full: it is typed as well."""
    short = place.dateTimeFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")
