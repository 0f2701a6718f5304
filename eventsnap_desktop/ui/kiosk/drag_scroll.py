"""Scrolls what a finger or the mouse drags, with its momentum, and tells a tap from a drag."""

from time import monotonic

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QScroller, QScrollerProperties, QWidget

_Input = QScroller.Input
_Metric = QScrollerProperties.ScrollMetric


class DragScroll:
    """Drives the scroller of a scroll area's viewport; a touch comes as the mouse does.

    Not by ``QScroller.grabGesture``: that keeps each press back for a quarter of a second.
    """

    def __init__(self, viewport: QWidget, slack: int) -> None:
        self._scroller = QScroller.scroller(viewport)
        self._slack = slack
        self._pressed: QPointF | None = None
        self._moved = False
        properties = self._scroller.scrollerProperties()
        never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
        for metric in (_Metric.VerticalOvershootPolicy, _Metric.HorizontalOvershootPolicy):
            properties.setScrollMetric(metric, never)
        properties.setScrollMetric(_Metric.DragStartDistance, 0.002)  # metres
        self._scroller.setScrollerProperties(properties)

    @property
    def is_held(self) -> bool:
        """Whether a finger is down."""
        return self._pressed is not None

    @property
    def is_drag(self) -> bool:
        """Whether the finger that is down moved, or stopped what was moving."""
        return self._moved

    def press(self, where: QPointF) -> None:
        """Begin, where a finger goes down."""
        self._pressed = where
        self._moved = self._scroller.state() == QScroller.State.Scrolling
        self._send(_Input.InputPress, where)

    def move(self, where: QPointF) -> None:
        """Scroll, once it moved far enough."""
        if self._pressed is None:
            return
        if (where - self._pressed).manhattanLength() > self._slack:
            self._moved = True
        self._send(_Input.InputMove, where)

    def let_go(self, where: QPointF) -> bool:
        """End, where it goes up; return whether it was a tap."""
        if self._pressed is None:
            return False
        self.move(where)
        self._pressed = None
        self._send(_Input.InputRelease, where)
        return not self._moved

    def stop(self) -> None:
        """Stop what moves."""
        self._scroller.stop()

    def glide_to(self, top: int, milliseconds: int) -> None:
        """Scroll to a height softly."""
        self._scroller.scrollTo(QPointF(0, top), milliseconds)

    def _send(self, kind: QScroller.Input, where: QPointF) -> None:
        self._scroller.handleInput(kind, where, int(monotonic() * 1000))
