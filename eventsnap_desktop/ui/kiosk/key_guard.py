"""Keeps guests inside the kiosk's window, and notices that somebody is there."""

import sys

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QTouchEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_Type = QEvent.Type
_KEYS = {_Type.KeyPress, _Type.KeyRelease, _Type.ShortcutOverride, _Type.Shortcut}
_PRESSES = {_Type.MouseButtonPress, _Type.MouseButtonDblClick}
_MOUSE = _PRESSES | {_Type.MouseButtonRelease, _Type.MouseMove}
_TOUCHES = {_Type.TouchBegin, _Type.TouchUpdate}
_NEVER = {_Type.ContextMenu, _Type.DragEnter, _Type.DragMove, _Type.Drop}
_WATCHED = _KEYS | _MOUSE | _TOUCHES | _NEVER | {_Type.Wheel}

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
# Signs such as @ are typed so where AltGr is no modifier of its own.
_THIRD_LEVEL = _ALT if sys.platform == "darwin" else _CONTROL | _ALT
_WAYS_OUT = {
    Qt.Key.Key_Menu,
    Qt.Key.Key_Help,
    Qt.Key.Key_Print,
    Qt.Key.Key_SysReq,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_HomePage,
    Qt.Key.Key_Search,
}


def leads_out(event: QKeyEvent) -> bool:
    """Tell whether a key could leave the kiosk, or do what no guest has to do."""
    key = Qt.Key(event.key())
    if key in _WAYS_OUT or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return True
    together = event.modifiers() & (_CONTROL | _ALT | Qt.KeyboardModifier.MetaModifier)
    if together == _THIRD_LEVEL:
        return not event.text().isprintable() or not event.text()
    return together != Qt.KeyboardModifier.NoModifier


class KeyGuard(QObject):
    """Sees every event of the application before its widgets do."""

    touched = Signal()
    """Somebody pressed, typed or moved."""
    pressed = Signal(QPointF)
    """Where the window was pressed, once for each press."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._moved_to = QPointF()
        self.by_keyboard = False
        """Whether the last word of the guest was typed."""
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow what leads out, tell of the rest."""
        kind = event.type()
        if kind not in _WATCHED or not self._is_ours(watched):
            return False
        if kind in _NEVER:
            event.ignore()
            return True
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QMouseEvent) and self._other_button(event):
            return True
        self._notice(watched, event)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return isinstance(watched, QWindow) and watched == self._window.windowHandle()

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == _Type.KeyPress:
            self.by_keyboard = True
            self.touched.emit()
        if leads_out(event):
            event.accept()
            return True
        return False

    @staticmethod
    def _other_button(event: QMouseEvent) -> bool:
        """Whether it is of another button than the first one: menus, and pasting on X11."""
        button = event.button()
        return button not in {Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton}

    def _notice(self, watched: QObject, event: QEvent) -> None:
        kind = event.type()
        if kind == _Type.MouseMove and isinstance(event, QMouseEvent):
            if event.globalPosition() == self._moved_to:
                return  # something else moved under a resting mouse
            self._moved_to = event.globalPosition()
        elif kind != _Type.MouseButtonRelease:
            self.by_keyboard = False
        self.touched.emit()
        if not isinstance(watched, QWindow):
            return  # the window's own event came before, with the same press
        if kind in _PRESSES and isinstance(event, QMouseEvent):
            if event.pointingDevice().type() != QPointingDevice.DeviceType.TouchScreen:
                self.pressed.emit(event.position())
        elif kind == _Type.TouchBegin and isinstance(event, QTouchEvent) and event.points():
            self.pressed.emit(event.points()[0].position())
