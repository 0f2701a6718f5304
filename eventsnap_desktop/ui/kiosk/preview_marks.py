"""What is drawn over the live picture: the oval, numbers, arrows, a check and messages."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

_WHITE = QColor(255, 255, 255)
_DARK = QColor(0, 0, 0, 170)
_DIM = QColor(8, 10, 16, 120)
_OVAL = 0.74  # width to height, a little rounder than a face
_WIDEST = 0.62  # of the preview's width
_CHEVRONS = 3
_PULSE = 1.2  # seconds from one pulse to the next


def oval_in(place: QRectF, top: float, bottom: float) -> QRectF:
    """Return the oval for a face, with so much room over and under it."""
    height = max(1.0, place.height() - top - bottom)
    width = min(height * _OVAL, place.width() * _WIDEST)
    height = min(height, width / _OVAL)
    middle = QPointF(place.center().x(), place.top() + top + (place.height() - top - bottom) / 2)
    oval = QRectF(0, 0, width, height)
    oval.moveCenter(middle)
    return oval


def around(place: QRectF, oval: QRectF) -> QPainterPath:
    """Return everything outside of the oval."""
    path = QPainterPath()
    path.addRect(place)
    path.addEllipse(oval)
    return path


def corners(place: QRectF, radius: float) -> QPainterPath:
    """Return what lies outside of the rounded corners."""
    path = QPainterPath()
    path.addRect(place)
    path.addRoundedRect(place, radius, radius)
    return path


def paint_dimmed(painter: QPainter, path: QPainterPath) -> None:
    """Dim what lies around the face."""
    painter.fillPath(path, _DIM)


def paint_number(painter: QPainter, oval: QRectF, font: QFont, number: int) -> None:
    """Draw a huge number that can be read on any picture."""
    sized = QFont(font)
    sized.setPixelSize(max(1, round(oval.height() * 0.5)))
    sized.setBold(True)
    _outlined(painter, oval.center(), sized, str(number))


def _outlined(painter: QPainter, centre: QPointF, font: QFont, words: str) -> None:
    path = QPainterPath()
    path.addText(QPointF(), font, words)
    path.translate(centre - path.boundingRect().center())
    pen = QPen(_DARK, font.pixelSize() / 14)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, _WHITE)


def paint_flash(painter: QPainter, place: QRectF, strength: float) -> None:
    """Whiten the picture, 0 not at all to 1."""
    painter.fillRect(place, QColor(255, 255, 255, round(255 * strength)))


def paint_check(painter: QPainter, oval: QRectF, colour: QColor, strength: float) -> None:
    """Draw a check on a disc in the middle, 0 invisible to 1."""
    painter.save()
    painter.setOpacity(painter.opacity() * strength)
    radius = oval.width() * 0.24
    centre = oval.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)
    pen = QPen(QColor("#10131c"), radius * 0.18)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    points = [(-0.42, 0.03), (-0.1, 0.34), (0.44, -0.3)]
    painter.drawPolyline([centre + QPointF(x * radius, y * radius) for x, y in points])
    painter.restore()


def paint_turn(painter: QPainter, oval: QRectF, to_left: bool, size: float, phase: float) -> None:
    """Draw chevrons beside the oval that run to one side of the screen; a mirror's left is left."""
    way = -1.0 if to_left else 1.0
    edge = oval.left() if to_left else oval.right()
    for number in range(_CHEVRONS):
        tip = QPointF(edge + way * size * (1.7 + 0.8 * number), oval.center().y())
        arms = QPointF(-way * size * 0.55, size)
        _chevron(painter, tip, arms, size * 0.26, _wave(phase, number))


def paint_look_up(painter: QPainter, foot: QPointF, size: float, phase: float) -> None:
    """Draw chevrons that run upwards, to where the camera is, beginning over ``foot``."""
    for number in range(2):
        tip = QPointF(foot.x(), foot.y() - size * (0.6 + 0.55 * number))
        _chevron(painter, tip, QPointF(size * 0.8, size * 0.5), size * 0.24, _wave(phase, number))


def _wave(phase: float, number: int) -> float:
    return 0.35 + 0.65 * (0.5 + 0.5 * math.cos(2 * math.pi * (phase / _PULSE - number / 4)))


def _chevron(painter: QPainter, tip: QPointF, arms: QPointF, width: float, strength: float) -> None:
    """Draw two arms from a tip; ``arms`` is where one ends, the other lies opposite."""
    sideways = abs(arms.y()) > abs(arms.x())
    other = QPointF(arms.x(), -arms.y()) if sideways else QPointF(-arms.x(), arms.y())
    for colour, thick in ((_DARK, width * 1.7), (_WHITE, width)):
        faded = QColor(colour)
        faded.setAlphaF(colour.alphaF() * strength)
        pen = QPen(faded, thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([tip + arms, tip, tip + other])


def paint_message(
    painter: QPainter, place: QRectF, font: QFont, colour: QColor, picture: QPixmap, words: str
) -> None:
    """Draw an icon and a sentence in the middle."""
    inside = place.adjusted(place.width() * 0.1, 0, -place.width() * 0.1, 0)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.setFont(font)
    painter.setPen(colour)
    room = painter.boundingRect(inside, flags, words)
    ratio = picture.devicePixelRatio()
    high, gap = picture.height() / ratio, font.pixelSize() * 0.8
    top = place.center().y() - (high + gap + room.height()) / 2
    painter.drawPixmap(QPointF(place.center().x() - picture.width() / ratio / 2, top), picture)
    painter.drawText(inside.translated(0, top + high + gap - inside.top()), flags, words)
