"""Paints the cells of a gallery: a photo with round corners, its mark, or a calm place for it."""

from collections import OrderedDict
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtGui import QTransform as Transform

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
from eventsnap_desktop.ui.widgets.icons import pixmap

_MOST_BYTES = 128 * 1024 * 1024  # of cells kept as they are painted
_MIDDLE = QPointF(0.5, 0.4)  # of a photo without a known face: heads are above its middle
_AT_ONCE = 0.008  # seconds of each painting for pictures that are new: scrolling stays smooth
_BLURRED = 1.5  # times the size of a small picture: from there on the large one is wanted


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands: chosen, new, under the keyboard; ``opacity`` of its picture."""

    chosen: bool = False
    fresh: bool = False
    current: bool = False
    opacity: float = 1.0


class GalleryCells:
    """Paints cells, and keeps the pictures of those that were seen last."""

    def __init__(self, look: Look, pictures: Pictures) -> None:
        self._look, self._pictures = look, pictures
        self._kept: OrderedDict[tuple[PhotoId, str, int, int, int], QPixmap] = OrderedDict()
        self._signs: dict[tuple[str, str, int], QPixmap] = {}
        self._bytes = 0
        self._spent = 0.0
        self._owes = False

    @property
    def owes(self) -> bool:
        """Whether pictures were left for the next painting."""
        return self._owes

    def begin(self) -> None:
        """Begin a painting."""
        self._spent, self._owes = 0.0, False

    @property
    def radius(self) -> float:
        """How round corners are, in pixels."""
        return float(self._look.px(18))

    @property
    def target(self) -> int:
        """Pixels of the square in a cell's corner that chooses it."""
        return self._look.target(76)

    def side_for(self, size: QSize) -> int:
        """Return which picture a cell of this size needs."""
        return LARGE if max(size.width(), size.height()) > SMALL * _BLURRED else SMALL

    def can_be_chosen(self, photo: GalleryPhoto) -> bool:
        """Whether there is something to take home, as far as is known."""
        return self._pictures.failed(photo, SMALL) is None

    def mark_rect(self, cell: QRect, mirrored: bool) -> QRect:
        """Return the part of a cell that chooses its photo when it is touched."""
        side = min(self.target, cell.width(), cell.height())
        left = cell.left() if mirrored else cell.right() + 1 - side
        return QRect(left, cell.bottom() + 1 - side, side, side)

    def paint(
        self,
        painter: QPainter,
        photo: GalleryPhoto,
        cell: QRectF,
        size: QSize,
        state: CellState,
        mirrored: bool,
    ) -> None:
        """Paint a cell of ``size`` where it is on its way to its place."""
        picture = self._picture(photo, size, painter.device().devicePixelRatioF())
        if picture is None or state.opacity < 1.0:
            self._paint_place(painter, photo, cell, state)
        if picture is not None:
            painter.setOpacity(state.opacity)
            painter.drawPixmap(cell, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
        if state.current:
            self._paint_focus(painter, cell)
        if state.chosen:
            self._paint_ring(painter, cell)
        if picture is not None or state.chosen:
            self._paint_mark(painter, cell, state, mirrored)
        if state.fresh and picture is not None:
            self._paint_new(painter, cell, mirrored)

    def _picture(self, photo: GalleryPhoto, size: QSize, ratio: float) -> QPixmap | None:
        for side in dict.fromkeys((self.side_for(size), SMALL)):
            key = (photo.id, photo.etag, side, size.width(), size.height())
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
            image = self._pictures.get(photo, side)
            if image is not None and self._spent > _AT_ONCE:
                self._owes = True
                return None
            if image is not None:
                began = perf_counter()
                made = rounded(image, size, self.radius, ratio, _middle_of(photo))
                self._keep(key, made)
                self._spent += perf_counter() - began
                return made
        return None

    def _sign(self, name: str, colour: str, side: int) -> QPixmap:
        key = (name, colour, side)
        if key not in self._signs:
            self._signs[key] = pixmap(name, colour, side)
        return self._signs[key]

    def _keep(self, key: tuple[PhotoId, str, int, int, int], made: QPixmap) -> None:
        self._kept[key] = made
        self._bytes += _bytes(made)
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _bytes(dropped)

    def _paint_place(
        self, painter: QPainter, photo: GalleryPhoto, cell: QRectF, state: CellState
    ) -> None:
        colours = self._look.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(cell, self.radius, self.radius)
        if self._pictures.failed(photo, SMALL) is None or state.opacity < 1.0:
            return
        side = self._look.px(64)
        words = QCoreApplication.translate("GalleryCells", "Cannot be shown now")
        font = QFont("Inter")
        font.setPixelSize(self._look.text(24))
        room = cell.adjusted(self._look.px(20), 0, -self._look.px(20), 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        text = QFontMetrics(font).boundingRect(room.toRect(), flags, words)
        with_words = text.width() <= room.width() and side + text.height() < cell.height() * 0.8
        below = text.height() + self._look.px(12) if with_words else 0
        top = cell.center().y() - (side + below) / 2
        sign = self._sign("photos", colours.faint, side)
        painter.drawPixmap(QPointF(cell.center().x() - side / 2, top), sign)
        if with_words:
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            below_sign = top + side + self._look.px(12)
            painter.drawText(QRectF(room.x(), below_sign, room.width(), below), flags, words)

    def _paint_focus(self, painter: QPainter, cell: QRectF) -> None:
        away = self._look.px(6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._look.colours.text), self._look.px(5)))
        ring = cell.adjusted(-away, -away, away, away)
        painter.drawRoundedRect(ring, self.radius + away, self.radius + away)

    def _paint_ring(self, painter: QPainter, cell: QRectF) -> None:
        wide = self._look.px(9)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner, half = self._look.px(3), wide / 2
        for width, inset, colour in (
            (inner, wide + inner / 2, self._look.colours.surface),
            (wide, half, self._look.colours.accent),
        ):
            painter.setPen(QPen(QColor(colour), width))
            ring = cell.adjusted(inset, inset, -inset, -inset)
            round_by = max(1.0, self.radius - inset)
            painter.drawRoundedRect(ring, round_by, round_by)

    def _paint_mark(
        self, painter: QPainter, cell: QRectF, state: CellState, mirrored: bool
    ) -> None:
        where = QRectF(self.mark_rect(cell.toRect(), mirrored))
        side = min(self._look.px(50), round(where.width()))
        circle = QRectF(0, 0, side, side)
        circle.moveCenter(where.center())
        colours = self._look.colours
        if not state.chosen:
            painter.setPen(QPen(QColor(255, 255, 255, 235), self._look.px(4)))
            painter.setBrush(QColor(16, 19, 28, 90))
            painter.drawEllipse(circle)
            return
        painter.setPen(QPen(QColor(colours.surface), self._look.px(4)))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(circle)
        tick = round(side * 0.68)
        corner = circle.center() - QPointF(tick / 2, tick / 2)
        painter.drawPixmap(corner, self._sign("check", colours.on_accent, tick))

    def _paint_new(self, painter: QPainter, cell: QRectF, mirrored: bool) -> None:
        words = QCoreApplication.translate("GalleryCells", "New")
        font = QFont("Inter")
        font.setPixelSize(self._look.text(24))
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(words) + self._look.px(32)
        height = metrics.height() + self._look.px(10)
        away = self._look.px(14)
        if width + away + self.target > cell.width():
            return
        left = cell.right() - away - width if mirrored else cell.left() + away
        pill = QRectF(left, cell.top() + away, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colours.accent))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(self._look.colours.on_accent))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


def rounded(
    image: QImage, size: QSize, radius: float, ratio: float, middle: QPointF = _MIDDLE
) -> QPixmap:
    """Return an image filling ``size`` logical pixels, its corners round.

    What is too much is cut off so that ``middle``, in shares of the image, stays near the middle.
    """
    target = size * ratio
    scale = max(target.width() / image.width(), target.height() / image.height())
    if scale < 0.5:  # a large picture in a small cell: without this step it would flicker
        image = image.scaled(image.size() * scale, mode=Qt.TransformationMode.SmoothTransformation)
        scale = max(target.width() / image.width(), target.height() / image.height())
    across = _shifted(image.width() * scale, target.width(), middle.x())
    down = _shifted(image.height() * scale, target.height(), middle.y())
    made = QPixmap(target)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    brush = QBrush(image)
    brush.setTransform(Transform(scale, 0, 0, scale, across, down))
    painter.setBrush(brush)
    painter.setPen(Qt.PenStyle.NoPen)
    whole = QRectF(0, 0, target.width(), target.height())
    painter.drawRoundedRect(whole, radius * ratio, radius * ratio)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _shifted(length: float, room: float, middle: float) -> float:
    return min(0.0, max(room - length, room / 2 - length * middle))


def _middle_of(photo: GalleryPhoto) -> QPointF:
    """Return where the guest's face is, in shares of the photo."""
    if not photo.faces or photo.width <= 0 or photo.height <= 0:
        return _MIDDLE
    face = photo.faces[0]
    across = (face.x + face.width / 2) / photo.width
    return QPointF(across, (face.y + face.height / 2) / photo.height)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
