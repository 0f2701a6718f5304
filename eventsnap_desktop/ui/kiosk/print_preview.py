"""A sheet as it will come out of the printer, to be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.print_paper import PrintPaper
from eventsnap_desktop.ui.widgets.icons import pixmap

_PAPER = "#ffffff"


class PrintPreview(QAbstractButton):
    """One print; checked when it is to be printed. ``is_one_of_many`` shows that by a mark."""

    def __init__(
        self,
        look: Look,
        photos: Sequence[GalleryPhoto],
        sheet: PrintLook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.photos = tuple(photos)
        self.is_one_of_many = False
        self._sheet = PrintPaper(self.photos, sheet)
        self._look = look
        self._images: list[QImage | None] = [None] * len(self.photos)
        self._missing = [False] * len(self.photos)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def crop(self) -> Box:
        """Which part of its first photo is on it."""
        return self._sheet.plan.photos[0].crop

    def show_image(self, number: int, image: QImage | None, *, missing: bool = False) -> None:
        """Show a photo's picture, None while it is not there; ``missing``: it never will be."""
        self._images[number], self._missing[number] = image, missing
        self._sheet.renew()
        self.update()

    @property
    def paper(self) -> QRectF:
        """Where the paper lies on this widget."""
        room = QRectF(self.rect()).adjusted(*self._inset())
        width = min(room.width(), room.height() * self._sheet.ratio)
        height = width / self._sheet.ratio
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
        strength = 1.0 if self.isChecked() or not self.is_one_of_many else 0.45
        self._sheet.paint(painter, paper, self._images, self._missing, strength)

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

    @staticmethod
    def _frame(painter: QPainter, place: QRectF, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 6, 6)
