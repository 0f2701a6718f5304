"""Paints a sheet of paper as the printer will make it, by the printer's own geometry."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from eventsnap_desktop.delivery.print_layout import PhotoShape, Placed, placements
from eventsnap_desktop.delivery.print_parts import (
    LINE,
    PAPER,
    caption_lines,
    font_sizes,
    frame_colour,
    ink_on,
    sheet_parts,
)
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.ui.widgets.icons import pixmap

_NO_PHOTO, _FAINT = "#e3e5e9", "#6b7280"
_FAMILY = "Inter"


class PrintPaper:
    """One sheet. ``images`` are of its photos, None for those that are not there yet."""

    def __init__(self, photos: Sequence[GalleryPhoto], look: PrintLook) -> None:
        self._photos, self._look = tuple(photos), look
        settings, branding = look.settings, look.branding
        shapes = [
            PhotoShape(max(1, photo.width), max(1, photo.height), photo.faces) for photo in photos
        ]
        parts = sheet_parts(settings, branding, has_link=look.has_code)
        self.plan = placements(settings.print_layout, shapes, parts)
        self._colour = frame_colour(settings, branding) or PAPER
        taken = photos[0].time.astimezone().date()
        self._lines = caption_lines(settings.print_caption or branding.caption, branding, taken)
        self._logo = QImage(branding.logo) if self.plan.logos else QImage()
        self._scaled: dict[tuple[int, int, int], QImage] = {}

    @property
    def ratio(self) -> float:
        """The paper's width to its height."""
        return self.plan.width / self.plan.height

    def renew(self) -> None:
        """Forget what was scaled: the photos' pictures are other ones now."""
        self._scaled = {}

    def paint(
        self,
        painter: QPainter,
        paper: QRectF,
        images: Sequence[QImage | None],
        missing: Sequence[bool],
        strength: float = 1.0,
    ) -> None:
        """Paint the sheet; ``strength`` is how strong the photos' colours are, up to 1."""
        painter.save()
        painter.setClipRect(paper)
        painter.fillRect(paper, QColor(self._colour))
        for placed in self.plan.photos:
            place = self._on(paper, placed.place)
            painter.setOpacity(strength)
            image = images[placed.number]
            if image is None:
                painter.fillRect(place, QColor(_NO_PHOTO))
                _paint_icon(painter, place, "error" if missing[placed.number] else "photos")
            else:
                painter.drawImage(place, self._fitting(painter, placed, place, image))
        painter.setOpacity(1.0)
        for box in self.plan.captions:
            self._paint_caption(painter, paper, box)
        for box in self.plan.logos:
            self._paint_logo(painter, self._on(paper, box))
        for box in self.plan.codes:
            _paint_code(painter, self._on(paper, box))
        painter.restore()

    def _on(self, paper: QRectF, box: Box) -> QRectF:
        scale = paper.width() / self.plan.width
        return QRectF(
            paper.x() + box.x * scale,
            paper.y() + box.y * scale,
            box.width * scale,
            box.height * scale,
        )

    def _fitting(self, painter: QPainter, placed: Placed, place: QRectF, image: QImage) -> QImage:
        """Return the part to be printed in the size in which it is painted."""
        ratio = painter.device().devicePixelRatioF()
        size = QSize(round(place.width() * ratio), round(place.height() * ratio))
        key = (placed.number, size.width(), size.height())
        if key not in self._scaled:
            scale = image.width() / max(1, self._photos[placed.number].width)
            crop = placed.crop
            part = image.copy(
                round(crop.x * scale),
                round(crop.y * scale),
                max(1, round(crop.width * scale)),
                max(1, round(crop.height * scale)),
            )
            exactly, smooth = (
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled[key] = part.scaled(size, exactly, smooth)
        return self._scaled[key]

    def _paint_caption(self, painter: QPainter, paper: QRectF, box: Box) -> None:
        def width(line: str, size: float) -> float:
            return QFontMetricsF(_font(size)).horizontalAdvance(line)

        sizes = font_sizes(self._lines, box.width, box.height, width)
        top = box.y + (box.height - sum(sizes) * LINE) / 2
        painter.save()
        # In the paper's pixels, so that letters are as wide on the screen as they will be on it.
        painter.translate(paper.topLeft())
        painter.scale(paper.width() / self.plan.width, paper.height() / self.plan.height)
        painter.setPen(QColor(ink_on(self._colour)))
        for line, size in zip(self._lines, sizes, strict=True):
            painter.setFont(_font(size))
            place = QRectF(box.x, top, box.width, size * LINE)
            end = Qt.TextElideMode.ElideRight
            short = QFontMetricsF(painter.font()).elidedText(line, end, place.width() + 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short)
            top += size * LINE
        painter.restore()

    def _paint_logo(self, painter: QPainter, place: QRectF) -> None:
        if self._logo.isNull():
            return
        size = self._logo.size().toSizeF()
        size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = place.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawImage(QRectF(at, size), self._logo)


def _font(pixels: float) -> QFont:
    font = QFont(_FAMILY)
    font.setWeight(QFont.Weight.DemiBold)
    font.setPixelSize(max(1, round(pixels)))
    return font


def _paint_icon(painter: QPainter, place: QRectF, name: str) -> None:
    side = round(min(72.0, place.width() / 3, place.height() / 3))
    picture = pixmap(name, _FAINT, max(1, side), painter.device().devicePixelRatioF())
    painter.drawPixmap(place.center() - QPointF(side / 2, side / 2), picture)


def _paint_code(painter: QPainter, place: QRectF) -> None:
    """Paint what looks like a code and is none: the link is made when the print is."""
    less = place.width() * 0.03  # a real one has whole pixels
    place = place.adjusted(less, less, -less, -less)
    painter.fillRect(place, QColor(PAPER))
    module = place.width() / 25
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(2, 23):
        for column in range(2, 23):
            if _is_dark(row - 2, column - 2):
                at = QPointF(place.x() + column * module, place.y() + row * module)
                dark = QRectF(at.x(), at.y(), module + 0.3, module + 0.3)
                painter.fillRect(dark, QColor("#000000"))


def _is_dark(row: int, column: int) -> bool:
    """Return whether a module of the pattern is dark: three finders, and noise between them."""
    for top, left in ((0, 0), (0, 14), (14, 0)):
        if top <= row < top + 7 and left <= column < left + 7:
            away = max(abs(row - top - 3), abs(column - left - 3))
            return away != 2
        if top - 1 <= row <= top + 7 and left - 1 <= column <= left + 7:
            return False
    return (row * 7 + column * 13 + row * column * 5) % 11 < 5
