"""Matches as pictures with the face gently marked; only those in sight ask for a thumbnail."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import Match
from eventsnap_desktop.ui.bridge.thumbnails import SMALL, PictureId, Thumbnails
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.theme import colours_now

CELL = QSize(196, 180)
_MARGIN, _WORDS = 6, 28

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    MATCH = Qt.ItemDataRole.UserRole + 1
    IMAGE = Qt.ItemDataRole.UserRole + 2
    REASON = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match and the row of its photo."""

    match: Match
    row: PhotoRow


class MatchModel(QAbstractListModel):
    """The matches of one group, in the order they were given in."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._event: Event | None = None
        self.views: tuple[MatchView, ...] = ()
        thumbnails.ready.connect(self._on_picture)
        thumbnails.missed.connect(self._on_picture)

    def show_matches(self, event: Event | None, views: Sequence[MatchView]) -> None:
        """Show these in the place of those before."""
        if (event, tuple(views)) == (self._event, self.views):
            return
        self.beginResetModel()
        self._event, self.views = event, tuple(views)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's ways
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is drawn, read aloud or shown as a tip."""
        view = self.views[index.row()]
        if role == Role.MATCH:
            return view
        if role == Role.IMAGE:
            return self._image(view.row)
        if role == Role.REASON and self._event is not None:
            return self._thumbnails.failed(self._event, view.row.key, view.row.etag, SMALL)
        if role == Qt.ItemDataRole.DisplayRole:
            return view.row.key.rpartition("/")[2]
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._said(view)
        return None

    def _image(self, row: PhotoRow) -> QImage | None:
        if self._event is None:
            return None
        image = self._thumbnails.get(self._event, row.key, row.etag, SMALL)
        if image is None:
            self._thumbnails.request(self._event, row.key, row.etag, SMALL)
        return image

    def _said(self, view: MatchView) -> str:
        said = self.tr("{name}, similarity {similarity}").format(
            name=view.row.key, similarity=_figure(view.match.similarity)
        )
        if view.match.doubtful:
            said += "\n" + self.tr("Two faces of this photo are alike: look closely.")
        if view.row.hidden:
            said += "\n" + self.tr("This photo is hidden.")
        return said

    def _on_picture(self, which: PictureId) -> None:
        for number, view in enumerate(self.views):
            if (view.row.key, view.row.etag) == (which.key, which.etag):
                index = self.index(number)
                self.dataChanged.emit(index, index)


class MatchDelegate(QStyledItemDelegate):
    """Draws a photo whole, its face in a soft frame, its name and its similarity."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the same size for all."""
        del option, index
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one photo."""
        view = index.data(Role.MATCH)
        if not isinstance(view, MatchView):
            return
        rect: QRect = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._paint_ground(painter, rect, state)
        place = rect.adjusted(6, 6, -6, -_WORDS)
        image = index.data(Role.IMAGE)
        if isinstance(image, QImage):
            self._paint_photo(painter, place, image, view)
        else:
            missing = index.data(Role.REASON) is not None
            sign = pixmap("warning" if missing else "photos", colours_now().strong_border, 32)
            painter.drawPixmap(place.center().x() - 16, place.center().y() - 16, sign)
        self._paint_words(painter, rect, view)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours = colours_now()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        edge = colours.accent if chosen or focused else colours.border
        painter.setPen(QPen(QColor(edge), 2 if chosen or focused else 1))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.surface))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 10, 10)

    def _paint_photo(self, painter: QPainter, place: QRect, image: QImage, view: MatchView) -> None:
        size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = place.x() + (place.width() - size.width()) / 2
        top = place.y() + (place.height() - size.height()) / 2
        target = QRectF(left, top, size.width(), size.height())
        clip = QPainterPath()
        clip.addRoundedRect(target, 5, 5)
        painter.save()
        painter.setClipPath(clip)
        painter.drawImage(target, image)
        if view.row.width and view.row.height:
            box, across, down = view.match.box, view.row.width, view.row.height
            scale_x, scale_y = target.width() / across, target.height() / down
            face = QRectF(box.x * scale_x, box.y * scale_y, box.width * scale_x, 0)
            face.setHeight(box.height * scale_y)
            face.translate(QPointF(left, top))
            face.adjust(-2, -2, 2, 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((QColor(0, 0, 0, 90), 3.5), (QColor(255, 255, 255, 235), 1.6)):
                painter.setPen(QPen(colour, width))
                painter.drawRoundedRect(face, 5, 5)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, view: MatchView) -> None:
        colours = colours_now()
        line = QRect(rect.x() + 8, rect.bottom() - _WORDS + 3, rect.width() - 16, _WORDS - 4)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        said = _figure(view.match.similarity)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        room = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(said) - 8, 0)
        for there, name in ((view.match.doubtful, "warning"), (view.row.hidden, "hide")):
            if there:
                sign = pixmap(name, colours.warning, 16, painter.device().devicePixelRatioF())
                painter.drawPixmap(room.x(), room.y() + (room.height() - 16) // 2, sign)
                room.adjust(20, 0, 0, 0)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, right, said)
        painter.setPen(QColor(colours.faint))
        name = view.row.key.rpartition("/")[2]
        name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


def _figure(similarity: float) -> str:
    return QLocale().toString(similarity, "f", 2)
