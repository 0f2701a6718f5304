"""The photos of a gallery, by finger, mouse and keys: scroll, open, choose."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.ui.kiosk.drag_scroll import DragScroll
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.photo_wall import PhotoWall
from eventsnap_desktop.ui.kiosk.pictures import Pictures


class GalleryGrid(PhotoWall):
    """A wall of photos that a guest touches."""

    opened = Signal(object)
    """The PhotoId that is to be seen large."""
    picked = Signal(object, bool)
    """The PhotoId to choose, or to choose no more."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(look, pictures, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drag = DragScroll(self.viewport(), look.px(16))

    def set_head(self, head: QWidget) -> None:
        """Have a widget scroll above the photos; a drag may begin on its buttons."""
        super().set_head(head)
        for button in head.findChildren(QAbstractButton):
            button.installEventFilter(self)

    def show_fresh(self) -> None:
        """Scroll up to the photos that came meanwhile."""
        top = self._head_height()
        self._drag.glide_to(0 if top < self.viewport().height() * 0.55 else top, 450)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a drag or a tap."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._by_keyboard = False
            self._drag.press(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the second of two quick presses as any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll."""
        self._drag.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose or open what was tapped."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag.let_go(event.position()):
            self._on_tap(event.position().toPoint())

    def _on_tap(self, where: QPoint) -> None:
        down = self._photos_top() - self.verticalScrollBar().value()
        left = self.viewport().width() - where.x() if self._mirrored else where.x()
        place = self._rows.at(QPoint(left - self._edge, where.y() - down))
        if place < 0:
            return
        photo = self._shown[place]
        self._current = photo.id
        if self._cells.mark_rect(self._rect(place), self._mirrored).contains(where):
            self._toggle(photo)
        else:
            self.opened.emit(photo.id)

    def _toggle(self, photo: GalleryPhoto) -> None:
        on = photo.id not in self._chosen
        if not on or self.can_be_chosen(photo):
            self.picked.emit(photo.id, on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a drag that begins on a button of the widget above scroll; a tap is the button's."""
        if not isinstance(watched, QAbstractButton) or event.type() not in _MOUSE:
            return bool(super().eventFilter(watched, event))
        mouse = cast("QMouseEvent", event)
        where = QPointF(watched.mapTo(self.viewport(), mouse.position()))
        if event.type() in _PRESSES:
            self._drag.press(where)
        elif event.type() == QEvent.Type.MouseMove:
            self._drag.move(where)
            if self._drag.is_held and self._drag.is_drag:
                watched.setDown(False)
                return True
        else:
            tapped = self._drag.let_go(where)
            watched.setDown(watched.isDown() and tapped)
            return not tapped
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go through the photos, choose with Space, open with Enter."""
        place = self._places.get(self._current) if self._current is not None else None
        key = Qt.Key(event.key())
        if not self._shown:
            event.ignore()
        elif key in _KEYS:
            self._by_keyboard = True
            self._drag.stop()
            self.go_to(self._shown[self._led_to(key, place)].id)
        elif key == Qt.Key.Key_Space and place is not None:
            self._toggle(self._shown[place])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and place is not None:
            self.opened.emit(self._shown[place].id)
        else:
            event.ignore()

    def _led_to(self, key: Qt.Key, place: int | None) -> int:
        last = len(self._shown) - 1
        if key == Qt.Key.Key_End:
            return last
        if place is None or key == Qt.Key.Key_Home:
            return self.seen().start if place is None and key != Qt.Key.Key_Home else 0
        down, across, rows = _KEYS[key]
        for _ in range(rows):
            place = self._rows.in_next_row(place, down)
        return min(last, max(0, place + (-across if self._mirrored else across)))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, when it came by keyboard."""
        super().focusInEvent(event)
        tabs = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if event.reason() in tabs and self._shown:
            self._by_keyboard = True
            if self._current is None:
                self._current = self._shown[self.seen().start].id
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hide the ring."""
        super().focusOutEvent(event)
        self.viewport().update()


_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
_MOUSE = _PRESSES | {QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease}
_KEYS = {
    Qt.Key.Key_Left: (0, -1, 0),
    Qt.Key.Key_Right: (0, 1, 0),
    Qt.Key.Key_Up: (-1, 0, 1),
    Qt.Key.Key_Down: (1, 0, 1),
    Qt.Key.Key_PageUp: (-1, 0, 3),
    Qt.Key.Key_PageDown: (1, 0, 3),
    Qt.Key.Key_Home: (0, 0, 0),
    Qt.Key.Key_End: (0, 0, 0),
}
