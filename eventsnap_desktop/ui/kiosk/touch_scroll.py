"""A part of a screen that is scrolled with a finger, a wheel, or the keys."""

from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLayout, QScrollArea, QScroller, QWidget

from eventsnap_desktop.ui.kiosk.look import Look

_ByMouse = QScroller.ScrollerGestureType.LeftMouseButtonGesture
_ByTouch = QScroller.ScrollerGestureType.TouchGesture


def scroll_by_finger(area: QAbstractScrollArea, *, by_touch_only: bool = False) -> None:
    """Have an area follow a finger; also the mouse, which some touch screens claim to be."""
    viewport = area.viewport()
    QScroller.scroller(viewport)
    gesture, _ = _gesture(_ByTouch if by_touch_only else _ByMouse)
    viewport.grabGesture(gesture)
    if by_touch_only:
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)


@cache
def _gesture(kind: QScroller.ScrollerGestureType) -> tuple[Qt.GestureType, QObject]:
    """Return the program's gesture that drives the scroller of whichever widget grabs it.

    QScroller.grabGesture makes a new kind of gesture at each call; Qt, and PySide for the number it
    has no name for, keep every one of them: 5 kB a screen that stay for good. The gesture lives as
    long as the object beside it, which has no parent: the application's children outlive gestures.
    """
    holder = QObject()
    return QScroller.grabGesture(holder, kind), holder


class TouchScroll(QScrollArea):
    """Scrolls up and down only, and only where there is not enough room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_finger(self)

    def fill(self, layout: QLayout) -> None:
        """Show what a layout holds."""
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inside.setLayout(layout)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
