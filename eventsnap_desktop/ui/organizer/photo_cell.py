"""Paints one photo of the grid: its picture with round corners, its name, and what is special."""

from collections import OrderedDict

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.photos import PhotoState
from eventsnap_desktop.ui.bridge.thumbnails import SMALL, Thumbnails
from eventsnap_desktop.ui.organizer.photo_model import PhotoModel
from eventsnap_desktop.ui.organizer.photo_words import PhotoWords
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.palette import Colours
from eventsnap_desktop.ui.widgets.sentences import in_window_language
from eventsnap_desktop.ui.widgets.theme import colours_now

CAPTION = 44
"""Height of name and time under a picture."""
INSET = 7
"""Room between a cell's edge and its picture: the frame of a selected photo lies in it."""

_RADIUS = 8.0
_MOST_ROUNDED = 64 * 1024 * 1024  # bytes of pictures cut to the size of a cell
_MOST_CAPTIONS = 2000
_FROM_TOP = 0.3  # of what is cut off an upright photo lies above: heads are there

Index = QModelIndex | QPersistentModelIndex


class PhotoCell(QStyledItemDelegate):
    """Paints what is in memory and asks for nothing: the grid does, when scrolling allows."""

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._thumbnails = model, thumbnails
        self._words = PhotoWords(self)
        self._cell = QSize(200, 200)
        self._rounded: OrderedDict[tuple[int, str, int, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._captions: dict[tuple[object, ...], tuple[str, str]] = {}
        self._chips: dict[tuple[str, str, str], QPixmap] = {}
        self._name_font, self._small_font = QFont("Inter"), QFont("Inter")
        self._name_font.setPixelSize(13)
        self._name_font.setWeight(QFont.Weight.Medium)
        self._small_font.setPixelSize(12)
        self._chip_font = QFont("Inter")
        self._chip_font.setPixelSize(11)
        self._chip_font.setWeight(QFont.Weight.DemiBold)

    def set_cell(self, size: QSize) -> None:
        """Paint cells of another size from now on."""
        if size != self._cell:
            self._cell = size
            self.forget()

    def forget(self) -> None:
        """Paint everything anew: sizes, colours or language changed."""
        self._rounded.clear()
        self._captions.clear()
        self._chips.clear()
        self._bytes = 0

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: Index
    ) -> QSize:
        """Return the one size of all cells."""
        return self._cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one photo."""
        row = self._model.row_at(index.row())
        colours = colours_now()
        rect = QRect(option.rect.topLeft(), self._cell)
        state: QStyle.StateFlag = option.state
        picture = rect.adjusted(INSET, INSET, -INSET, -INSET - CAPTION)
        self._paint_frame(painter, rect, state, colours)
        self._paint_picture(painter, picture, row, colours)
        if row is not None:
            self._paint_chips(painter, picture, row, colours)
            self._paint_caption(painter, picture, row, colours)

    def _paint_frame(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, colours: Colours
    ) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not (selected or focused or hovered):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(QColor(colours.accent_soft if selected else colours.raised))
        painter.setPen(Qt.PenStyle.NoPen)
        if focused:
            painter.setPen(QPen(QColor(colours.text), 2))
        elif selected:
            painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRoundedRect(frame, _RADIUS + 4, _RADIUS + 4)

    def _paint_picture(
        self, painter: QPainter, place: QRect, row: PhotoRow | None, colours: Colours
    ) -> None:
        event = self._model.event_shown
        image = None
        if row is not None and event is not None:
            image = self._thumbnails.get(event, row.key, row.etag, SMALL)
        if row is None or image is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.border))
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
            if row is not None and event is not None:
                broken = self._thumbnails.failed(event, row.key, row.etag, SMALL) is not None
                self._paint_icon(painter, place, "warning" if broken else "photos", colours)
            return
        painter.setOpacity(0.35 if row.hidden else 1.0)
        painter.drawPixmap(place.topLeft(), self._picture(row, image, place.size(), painter))
        painter.setOpacity(1.0)

    def _paint_icon(self, painter: QPainter, place: QRect, name: str, colours: Colours) -> None:
        ratio = painter.device().devicePixelRatioF()
        key = (name, colours.strong_border, f"{ratio}")
        if key not in self._chips:
            self._chips[key] = pixmap(name, colours.strong_border, 32, ratio)
        painter.drawPixmap(place.center() - QPoint(16, 16), self._chips[key])

    def _picture(self, row: PhotoRow, image: QImage, size: QSize, painter: QPainter) -> QPixmap:
        """Return the picture in the cell's size with round corners, from memory if it is there."""
        ratio = painter.device().devicePixelRatioF()
        key = (row.id, row.etag, size.width(), round(ratio * 100))
        made = self._rounded.get(key)
        if made is not None:
            self._rounded.move_to_end(key)
            return made
        made = _rounded(image, size, ratio)
        self._rounded[key] = made
        self._bytes += _bytes(made)
        while self._bytes > _MOST_ROUNDED and len(self._rounded) > 1:
            _, dropped = self._rounded.popitem(last=False)
            self._bytes -= _bytes(dropped)
        return made

    def _paint_chips(
        self, painter: QPainter, picture: QRect, row: PhotoRow, colours: Colours
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        right = picture.right() - 6
        if row.face_count:
            chip = self._chip("user", f"{row.face_count}", colours.text, colours.surface, ratio)
            left = right - round(chip.deviceIndependentSize().width())
            painter.drawPixmap(left, picture.top() + 6, chip)
        left = picture.left() + 6
        for icon_name, text, colour, ground in self._states(row, colours):
            chip = self._chip(icon_name, text, colour, ground, ratio)
            painter.drawPixmap(left, picture.top() + 6, chip)
            left += round(chip.deviceIndependentSize().width()) + 4

    def _states(self, row: PhotoRow, colours: Colours) -> list[tuple[str, str, str, str]]:
        states = []
        if row.hidden:
            states.append(("hide", self.tr("Hidden"), colours.text, colours.surface))
        if row.slideshow:
            states.append(("kiosks", "", colours.accent, colours.surface))
        if row.state is PhotoState.FAILED:
            states.append(("error", self.tr("Failed"), colours.danger, colours.danger_soft))
        elif row.state is PhotoState.PENDING:
            states.append(("clock", self.tr("Waiting"), colours.warning, colours.warning_soft))
        return states

    def _chip(self, icon_name: str, text: str, colour: str, ground: str, ratio: float) -> QPixmap:
        key = (icon_name + ground, text, f"{colour}{ratio}")
        made = self._chips.get(key)
        if made is None:
            if len(self._chips) > 200:
                self._chips.clear()
            made = self._draw_chip(icon_name, text, colour, ground, ratio)
            self._chips[key] = made
        return made

    def _draw_chip(
        self, icon_name: str, text: str, colour: str, ground: str, ratio: float
    ) -> QPixmap:
        width = 24  # for an icon alone
        if text:
            width = 27 + QFontMetrics(self._chip_font).horizontalAdvance(text)
        made = QPixmap(QSize(round(width * ratio), round(20 * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        back = QColor(ground)
        back.setAlpha(235)
        painter.setBrush(back)
        painter.drawRoundedRect(QRectF(0, 0, width, 20), 10, 10)
        painter.drawPixmap(QPoint(6, 4), pixmap(icon_name, colour, 12, ratio))
        painter.setPen(QColor(colour))
        painter.setFont(self._chip_font)
        painter.drawText(QRectF(21, 0, width - 21, 20), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
        return made

    def _paint_caption(
        self, painter: QPainter, picture: QRect, row: PhotoRow, colours: Colours
    ) -> None:
        name, small = self._caption(row, picture.width())
        where = QRect(picture.left(), picture.bottom() + 6, picture.width(), 18)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._name_font)
        painter.setPen(QColor(colours.text))
        painter.drawText(where, flags, name)
        failed = row.state is PhotoState.FAILED
        painter.setFont(self._small_font)
        painter.setPen(QColor(colours.danger if failed else colours.faint))
        painter.drawText(where.translated(0, 18), flags, small)

    def _caption(self, row: PhotoRow, width: int) -> tuple[str, str]:
        key = (row.id, row.key, row.state, row.failure, row.time, width)
        said = self._captions.get(key)
        if said is None:
            if len(self._captions) > _MOST_CAPTIONS:
                self._captions.clear()
            small = self._words.moment(row.time)
            if row.state is PhotoState.FAILED:
                small = in_window_language(row.failure or "") or self._words.state(row)
            name = row.key.rpartition("/")[2]
            middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
            said = (
                QFontMetrics(self._name_font).elidedText(name, middle, width),
                QFontMetrics(self._small_font).elidedText(small, right, width),
            )
            self._captions[key] = said
        return said


def _rounded(image: QImage, size: QSize, ratio: float) -> QPixmap:
    """Return the image filling ``size``, what is too much cut off, its corners round."""
    target = size * ratio
    scale = max(target.width() / image.width(), target.height() / image.height())
    across = (target.width() - image.width() * scale) / 2
    down = (target.height() - image.height() * scale) * _FROM_TOP
    made = QImage(target, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    brush = QBrush(image)
    brush.setTransform(QTransform(scale, 0, 0, scale, across, down))
    painter.setBrush(brush)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(
        QRectF(0, 0, target.width(), target.height()), _RADIUS * ratio, _RADIUS * ratio
    )
    painter.end()
    result = QPixmap.fromImage(made)
    result.setDevicePixelRatio(ratio)
    return result


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
