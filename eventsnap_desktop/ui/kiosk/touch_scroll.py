"""A part of a screen that is scrolled with a finger, a wheel, or the keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLayout, QScrollArea, QScroller, QWidget

from eventsnap_desktop.ui.kiosk.look import Look


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Have an area follow a finger; also the mouse, which some touch screens claim to be."""
    gesture = QScroller.ScrollerGestureType.LeftMouseButtonGesture
    QScroller.grabGesture(area.viewport(), gesture)


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
