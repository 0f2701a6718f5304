"""A photo as it will come out of the printer: on white paper, cropped around the guests' faces."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from eventsnap_desktop.delivery.print_crop import PAPER_RATIO, crop_for
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.widgets.icons import pixmap

_PAPER = "#ffffff"
_MARGIN = 0.02  # white around the photo, of the paper's shorter side


class PrintPreview(QAbstractButton):
    """One print; checked when it is to be printed. ``is_one_of_many`` shows that by a mark."""

    def __init__(self, look: Look, photo: GalleryPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self.crop = crop_for(max(1, photo.width), max(1, photo.height), photo.faces, PAPER_RATIO)
        self.is_one_of_many = False
        self._look = look
        self._image: QImage | None = None
        self._scaled = QImage()
        self._is_missing = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_image(self, image: QImage | None, *, missing: bool = False) -> None:
        """Show the photo's picture, None while it is not there; ``missing``: it never will be."""
        self._image, self._is_missing = image, missing
        self._scaled = QImage()
        self.update()

    @property
    def paper(self) -> QRectF:
        """Where the paper lies on this widget."""
        room = QRectF(self.rect()).adjusted(*self._inset())
        is_wide = self.crop.width >= self.crop.height
        ratio = PAPER_RATIO if is_wide else 1 / PAPER_RATIO
        width = min(room.width(), room.height() * ratio)
        height = width / ratio
        place = room.center() - QPointF(width / 2, height / 2)
        return QRectF(place.x(), place.y(), width, height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size it likes to have."""
        return QSize(self._look.px(480), self._look.px(480))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the paper, the photo on it, and whether it is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = self.paper
        self._paint_paper(painter, paper)
        if self.is_one_of_many:
            self._paint_mark(painter, paper)
        if self.hasFocus():
            self._frame(painter, paper.adjusted(-6, -6, 6, 6), self._look.colours.text)

    def _inset(self) -> tuple[int, int, int, int]:
        beside = self._look.px(16)
        return beside, beside, -beside, -beside

    def _paint_paper(self, painter: QPainter, paper: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for away in range(self._look.px(8), 0, -1):  # a shadow that fades
            painter.setBrush(QColor(0, 0, 0, 8))
            painter.drawRoundedRect(paper.adjusted(-away, -away / 2, away, away * 1.5), 4, 4)
        painter.setBrush(QColor(_PAPER))
        painter.drawRect(paper)
        margin = min(paper.width(), paper.height()) * _MARGIN
        inside = paper.adjusted(margin, margin, -margin, -margin)
        painter.setOpacity(1.0 if self.isChecked() or not self.is_one_of_many else 0.45)
        image = self._fitting(inside)
        if image is None:
            painter.fillRect(inside, QColor("#e3e5e9"))
            self._paint_icon(painter, inside, "error" if self._is_missing else "photos")
        else:
            painter.drawImage(inside, image)
        painter.setOpacity(1.0)

    def _fitting(self, inside: QRectF) -> QImage | None:
        """Return the part to be printed in the size in which it is painted."""
        if self._image is None:
            return None
        ratio = self.devicePixelRatioF()
        size = QSize(round(inside.width() * ratio), round(inside.height() * ratio))
        if self._scaled.size() != size:
            scale = self._image.width() / max(1, self.photo.width)
            part = self._image.copy(
                round(self.crop.x * scale),
                round(self.crop.y * scale),
                max(1, round(self.crop.width * scale)),
                max(1, round(self.crop.height * scale)),
            )
            exactly, smooth = (
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled = part.scaled(size, exactly, smooth)
        return self._scaled

    def _paint_mark(self, painter: QPainter, paper: QRectF) -> None:
        colours = self._look.colours
        side = self._look.px(56)
        place = QRectF(paper.right() - side * 1.2, paper.top() + side * 0.2, side, side)
        if self.isChecked():
            self._frame(painter, paper.adjusted(-3, -3, 3, 3), colours.accent)
            painter.setPen(QPen(QColor(colours.on_accent), 2))
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(place)
            tick = pixmap("check", colours.on_accent, round(side * 0.7), self.devicePixelRatioF())
            painter.drawPixmap(place.topLeft() + QPointF(side * 0.15, side * 0.15), tick)
        else:
            painter.setPen(QPen(QColor(_PAPER), 3))
            painter.setBrush(QColor(0, 0, 0, 90))
            painter.drawEllipse(place)

    def _paint_icon(self, painter: QPainter, inside: QRectF, name: str) -> None:
        side = self._look.px(72)
        picture = pixmap(name, "#6b7280", side, self.devicePixelRatioF())
        painter.drawPixmap(inside.center() - QPointF(side / 2, side / 2), picture)

    @staticmethod
    def _frame(painter: QPainter, place: QRectF, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 6, 6)
