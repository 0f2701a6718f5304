"""A guest's face cut out of a photo, so that they can tell whether it is theirs."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from eventsnap_desktop.domain.guests import GalleryPhoto

_AROUND = 2.7  # heights of the face are shown
_RING = 1.45  # heights of the face are inside the ring
_SHARP = 0.7  # pixels of a picture at least for each pixel shown


def crop_of(photo: GalleryPhoto, size: QSize) -> QRectF:
    """Return the part of a photo, in its pixels, that shows its first face in this shape."""
    width, height = float(max(1, photo.width)), float(max(1, photo.height))
    shape = size.width() / max(1, size.height())
    high = min(height, width / shape)
    middle = QPointF(width / 2, height / 2)
    if photo.faces:
        face = photo.faces[0]
        high = min(high, max(face.width, face.height) * _AROUND)
        middle = QPointF(face.x + face.width / 2, face.y + face.height / 2)
    crop = QRectF(0, 0, high * shape, high)
    crop.moveCenter(middle)
    crop.moveLeft(min(max(0.0, crop.left()), width - crop.width()))
    crop.moveTop(min(max(0.0, crop.top()), height - crop.height()))
    return crop


def is_sharp(photo: GalleryPhoto, image: QImage, size: QSize) -> bool:
    """Whether an image of the photo has pixels enough for the crop."""
    scale = image.width() / max(1, photo.width)
    return crop_of(photo, size).height() * scale >= size.height() * _SHARP


def draw_crop(photo: GalleryPhoto, image: QImage, size: QSize, ring: float) -> QPixmap:
    """Return the crop filling ``size`` pixels, the face in a soft ring so many pixels wide."""
    crop = crop_of(photo, size)
    across = image.width() / max(1, photo.width)
    down = image.height() / max(1, photo.height)
    source = QRectF(crop.x() * across, crop.y() * down, crop.width() * across, crop.height() * down)
    made = QPixmap(size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.drawImage(QRectF(made.rect()), image, source)
    if photo.faces:
        face = photo.faces[0]
        scale = size.height() / crop.height()
        side = max(face.width, face.height) * _RING * scale
        middle = QPointF(face.x + face.width / 2, face.y + face.height / 2) - crop.topLeft()
        around = QRectF(0, 0, side, side)
        around.moveCenter(middle * scale)
        draw_ring(painter, QRectF(made.rect()), [around], ring, 0.45)
    painter.end()
    return made


def draw_ring(
    painter: QPainter, whole: QRectF, rings: list[QRectF], width: float, dimmed: float
) -> None:
    """Draw soft white rings and dim what is outside of them by a share."""
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(whole)
    for ring in rings:
        one = QPainterPath()
        one.addEllipse(ring)
        inside = inside.united(one)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, round(255 * dimmed)))
    painter.drawPath(outside.subtracted(inside))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    strength = min(1.0, dimmed * 2.2)
    for wide, alpha in ((width * 3, 50), (width, 245)):
        painter.setPen(QPen(QColor(255, 255, 255, round(alpha * strength)), wide))
        painter.drawPath(inside)
