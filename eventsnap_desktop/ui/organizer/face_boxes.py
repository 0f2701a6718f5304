"""Draws the boxes of a photo's faces and as many of their labels as have room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from eventsnap_desktop.domain.faces import Box

_COLOURS = {"": "#ffffff", "good": "#5be08a", "warning": "#ffc14d", "danger": "#ff8a8a"}
"""On photos, not on the window's ground: bright on a dark outline, in both themes."""

_LABEL = QColor(12, 14, 18, 215)
_OUTLINE = QColor(0, 0, 0, 150)
_PADDING = 5.0


@dataclass(frozen=True, slots=True)
class FaceMark:
    """A face's box in pixels of the photo, its label, a short one, and a tone."""

    box: Box
    label: str
    short: str
    tone: str = ""


def draw_marks(
    painter: QPainter,
    marks: Sequence[FaceMark],
    boxes: Sequence[QRectF],
    inside: QRectF,
    hovered: int,
) -> None:
    """Draw every box, and labels where they cover no other one; the hovered face's always.

    ``boxes`` are those of ``marks`` in the painter's pixels. Larger faces get their room first.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    for number, (mark, box) in enumerate(zip(marks, boxes, strict=True)):
        if box.intersects(inside):
            _draw_box(painter, box, QColor(_COLOURS[mark.tone]), number == hovered)
    order = sorted(range(len(marks)), key=lambda one: (one != hovered, -boxes[one].width()))
    metrics = QFontMetricsF(font)
    taken: list[QRectF] = []
    for number in order:
        if boxes[number].intersects(inside):
            _draw_label(painter, marks[number], boxes[number], inside, metrics, taken)
    painter.restore()


def _draw_box(painter: QPainter, box: QRectF, colour: QColor, hovered: bool) -> None:
    width = 3.0 if hovered else 2.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_OUTLINE, width + 2), QPen(colour, width)):
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)


def _draw_label(
    painter: QPainter,
    mark: FaceMark,
    box: QRectF,
    inside: QRectF,
    metrics: QFontMetricsF,
    taken: list[QRectF],
) -> None:
    for text in (mark.label, mark.short):
        for place in _places(text, box, inside, metrics):
            if not any(place.intersects(other) for other in taken):
                taken.append(place)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_LABEL)
                painter.drawRoundedRect(place, 4, 4)
                painter.setPen(QColor(_COLOURS[mark.tone]))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                return


def _places(text: str, box: QRectF, inside: QRectF, metrics: QFontMetricsF) -> list[QRectF]:
    """Return where a label can be: below its box or above it, moved so that it can be read."""
    lines = text.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * _PADDING
    height = metrics.lineSpacing() * len(lines) + 4
    left = min(max(box.center().x() - width / 2, inside.left() + 2), inside.right() - width - 2)
    places = [
        QRectF(QPointF(left, top), QPointF(left + width, top + height))
        for top in (box.bottom() + 4, box.top() - height - 4)
    ]
    return [one for one in places if inside.top() <= one.top() and one.bottom() <= inside.bottom()]
