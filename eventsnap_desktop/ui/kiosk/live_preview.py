"""The guest as in a mirror: the camera's newest picture, with the oval, the ring and the marks."""

import math
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import (
    QElapsedTimer,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.ui.kiosk import preview_marks as marks
from eventsnap_desktop.ui.kiosk.capture_ring import CaptureRing
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.palette import DARK

_TICK = 40  # milliseconds without a picture after which what moves is painted anyway
_FLASH = 0.3  # seconds
_CHECK = 1.0
_LONGEST_STEP = 0.1  # seconds; after a pause nothing jumps
_TURNS = (Hint.TURN_LEFT, Hint.TURN_RIGHT)


class LiveFeed(Protocol):
    """Where the pictures come from; ui/bridge/camera_feed.py is one."""

    @property
    def arrived(self) -> SignalInstance:
        """There is a newer picture; emitted once until it is taken."""

    @property
    def lost(self) -> SignalInstance:
        """The camera is away; says why."""

    @property
    def found(self) -> SignalInstance:
        """The camera is back."""

    @property
    def wiped(self) -> SignalInstance:
        """Everything was forgotten."""

    @property
    def problem(self) -> str:
        """Why there is no picture for now, "" when there is."""

    def take_image(self) -> QImage | None:
        """Return the newest picture, mirrored, RGB32; None where there is no newer one."""

    def set_preview_size(self, size: QSize, /) -> None:
        """Have the pictures made just large enough to fill a place, in device pixels."""


class _Held:
    """The picture that is shown; it outlives no widget."""

    def __init__(self) -> None:
        self.image = QImage()

    def forget(self) -> None:
        self.image = QImage()


class LivePreview(QWidget):
    """Paints the newest picture, filling its rounded shape. It takes one when it paints.

    So pictures are never queued: while it paints slowly, or is hidden, the feed replaces them.
    """

    camera_changed = Signal()
    """The camera went away or came back: see ``is_lost``."""

    def __init__(self, look: Look, feed: LiveFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._feed = look, feed
        self._held = _Held()
        self._progress = CaptureProgress(Hint.NOBODY)
        self._told = False
        self._away = bool(feed.problem)
        self._over = False
        self._since_taken = math.inf
        self._phase = 0.0
        self._below = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._ticker = QTimer(self, interval=_TICK, singleShot=True)
        self.ring = CaptureRing(DARK.good, look.px(16))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(look.px(320), look.px(320))
        self.setAccessibleName(self.tr("You, as in a mirror"))
        self._lay_out()
        self._ticker.timeout.connect(self._on_tick)
        feed.arrived.connect(self._on_arrived)
        feed.lost.connect(self._on_lost)
        feed.found.connect(self._on_found)
        feed.wiped.connect(self._on_wiped)
        self.destroyed.connect(self._held.forget)

    @property
    def image(self) -> QImage:
        """The picture that is shown, a null one for none."""
        return self._held.image

    @property
    def is_lost(self) -> bool:
        """Whether the camera is away."""
        known = self._progress.hint is Hint.CAMERA_LOST or bool(self._progress.problem)
        return self._away or known

    @property
    def animates(self) -> bool:
        """Whether something moves besides the picture."""
        calls = self._progress.hint is Hint.LOOK_HERE or self._progress.hint in _TURNS
        calls = calls and not self.is_lost and not self._progress.countdown
        return self.ring.moving or self._since_taken < _CHECK or calls

    def show_progress(self, progress: CaptureProgress) -> None:
        """Take a newer report of the coach."""
        if self._told and progress.taken > self._progress.taken and self.isVisible():
            self._since_taken = 0.0
        self._progress = replace(progress, selfies=())  # the strip's; no picture is kept twice
        self.ring.aim(progress.taken, progress.wanted, progress.ring)
        if not self._told or not self.isVisible():
            self.ring.finish()
        self._told = True
        if self.is_lost:
            self._held.forget()
        self.update()

    def set_room_below(self, height: int) -> None:
        """Leave so many pixels under the oval."""
        self._below = height
        self._lay_out()

    def forget(self) -> None:
        """Show no picture and stop moving."""
        self._ticker.stop()
        self._held.forget()
        self._since_taken = math.inf
        self.ring.finish()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep nothing that is not seen."""
        self.forget()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Have the pictures made as large as they are painted."""
        self._lay_out()
        self._feed.set_preview_size(self._pixels())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the newest picture and what lies over it."""
        del event
        self._take()
        self._advance(min(_LONGEST_STEP, self._clock.restart() / 1000))
        painter = QPainter(self)
        if self.is_lost:
            self._paint_message(painter, "clock", self._lost_words())
        elif self._over:
            painter.fillRect(self.rect(), QColor(self._look.colours.surface))
        elif self._held.image.isNull():
            self._paint_message(painter, "camera", self.tr("The camera starts …"))
        else:
            self._paint_picture(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_marks(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._corners, QColor(self._look.colours.ground))
        if self.animates and self.isVisible():
            self._ticker.start()

    def _on_tick(self) -> None:
        self.update()

    # Slots by declaration: the feed speaks from the filming thread.
    @Slot()
    def _on_arrived(self) -> None:
        self._set_away(False)
        self.update()

    @Slot(str)
    def _on_lost(self, _: str) -> None:
        self._held.forget()
        self._set_away(True)

    @Slot()
    def _on_found(self) -> None:
        self._set_away(False)

    @Slot()
    def _on_wiped(self) -> None:
        self._over = True  # the camera is off: it does not start either
        self.forget()
        self.update()

    def _set_away(self, away: bool) -> None:
        if away is not self._away:
            self._away = away
            self.setAccessibleDescription(self._lost_words() if away else "")
            self.camera_changed.emit()
            self.update()

    def _lost_words(self) -> str:
        return self.tr("One moment, the camera is being reconnected")

    def _lay_out(self) -> None:
        """Work out the shapes once a size."""
        place = QRectF(self.rect())
        above = min(float(self._look.px(112)), place.height() * 0.12)
        self._oval = marks.oval_in(place, above, max(above, self._below + self._look.px(44)))
        out = self._look.px(20)
        self._ring_place = self._oval.adjusted(-out, -out, out, out)
        self._around = marks.around(place, self._oval)
        self._corners = marks.corners(place, self._look.px(36))

    def _pixels(self) -> QSize:
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    def _take(self) -> None:
        if self.isVisible():
            image = self._feed.take_image()
            if image is not None and not self.is_lost:
                self._held.image, self._over = image, False

    def _advance(self, seconds: float) -> None:
        self.ring.advance(seconds)
        self._phase += seconds
        self._since_taken += seconds

    def _paint_picture(self, painter: QPainter) -> None:
        image, place = self._held.image, self._pixels()
        part = QRect(0, 0, place.width(), place.height())
        # A feed never enlarges: a small camera's picture is enlarged here, cut out pixel by pixel
        # where it is large enough.
        if image.width() < place.width() or image.height() < place.height():
            fit = Qt.AspectRatioMode.KeepAspectRatio
            part.setSize(place.scaled(image.size(), fit))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part.moveCenter(image.rect().center())
        painter.drawImage(self.rect(), image, part)

    def _paint_marks(self, painter: QPainter) -> None:
        marks.paint_dimmed(painter, self._around)
        self.ring.paint(painter, self._ring_place)
        if self._since_taken < _CHECK:
            self._paint_taken(painter)
        elif self._progress.countdown:
            marks.paint_number(painter, self._oval, self.font(), self._progress.countdown)
        elif self._progress.hint in _TURNS:
            left = self._progress.hint is Hint.TURN_LEFT
            marks.paint_turn(painter, self._oval, left, self._look.px(44), self._phase)
        elif self._progress.hint is Hint.LOOK_HERE:
            foot = QPointF(self._oval.center().x(), self._ring_place.top() - self._look.px(14))
            marks.paint_look_up(painter, foot, foot.y() * 0.7, self._phase)

    def _paint_taken(self, painter: QPainter) -> None:
        left = 1 - self._since_taken / _CHECK
        marks.paint_check(painter, self._oval, QColor(DARK.good), min(1.0, left * 2))
        flash = 1 - self._since_taken / _FLASH
        if flash > 0:
            marks.paint_flash(painter, QRectF(self.rect()), 0.85 * flash)

    def _paint_message(self, painter: QPainter, icon: str, words: str) -> None:
        colours = self._look.colours
        painter.fillRect(self.rect(), QColor(colours.surface))
        font = QFont(self.font())
        font.setPixelSize(self._look.text(40))
        picture = pixmap(icon, colours.faint, self._look.px(120), self.devicePixelRatioF())
        place = QRectF(self.rect())
        marks.paint_message(painter, place, font, QColor(colours.text), picture, words)
