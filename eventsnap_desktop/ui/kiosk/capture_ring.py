"""The ring around the guest's face: one segment a selfie, filling up smoothly."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_GAP = 14.0  # degrees between two segments, round ends included
_CATCH_UP = 0.12  # seconds in which most of the way to a newer value is gone
_NEAR = 0.002  # segments; nobody sees less
_TRACK = QColor(255, 255, 255, 80)


class CaptureRing:
    """How much of all selfies is done, as it is shown: it follows what was last reported."""

    def __init__(self, colour: str, width: float) -> None:
        self._colour, self._width = QColor(colour), width
        self._wanted = 3
        self._goal = 0.0
        self.shown = 0.0
        """Filled segments, with the part of the one that fills."""

    def aim(self, taken: int, wanted: int, ring: float) -> None:
        """Take a newer report: so many selfies are taken, and the next one is so far (0 to 1)."""
        self._wanted = max(1, wanted)
        part = min(1.0, max(0.0, ring)) if taken < wanted else 0.0
        self._goal = float(min(taken, self._wanted)) + part

    @property
    def moving(self) -> bool:
        """Whether it has not yet reached what was reported."""
        return self.shown != self._goal

    def advance(self, seconds: float) -> None:
        """Move on by so much time."""
        left = (self._goal - self.shown) * math.exp(-seconds / _CATCH_UP)
        self.shown = self._goal if abs(left) < _NEAR else self._goal - left

    def finish(self) -> None:
        """Be where it was reported to be."""
        self.shown = self._goal

    def paint(self, painter: QPainter, oval: QRectF) -> None:
        """Draw it clockwise along an oval, beginning at the top."""
        gap = _GAP if self._wanted > 1 else 0.0
        step = 360.0 / self._wanted
        for number in range(self._wanted):
            start = number * step + gap / 2
            self._arc(painter, oval, start, step - gap, _TRACK)
            filled = min(1.0, max(0.0, self.shown - number))
            if filled > 0:
                self._arc(painter, oval, start, (step - gap) * filled, self._colour)

    def _arc(
        self, painter: QPainter, oval: QRectF, start: float, length: float, colour: QColor
    ) -> None:
        """Draw degrees clockwise from the top; Qt counts sixteenths, the other way, from three."""
        painter.setPen(QPen(colour, self._width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(oval, round((90 - start) * 16), round(-length * 16))
