"""The outbox as a table: one delivery a row, its state as a coloured word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from eventsnap_desktop.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from eventsnap_desktop.ui.organizer.ages import Ages
from eventsnap_desktop.ui.widgets.icons import icon
from eventsnap_desktop.ui.widgets.theme import colours_now

Index = QModelIndex | QPersistentModelIndex

KIND, STATE, PHOTOS, ATTEMPTS, AGE, NEXT_TRY, LAST_ERROR = range(7)

_ICONS = {DeliveryKind.EMAIL: "mail", DeliveryKind.PRINT: "print", DeliveryKind.SHARE: "phone"}
_TONES = {
    DeliveryState.WAITING: "accent",
    DeliveryState.DONE: "good",
    DeliveryState.FAILED: "danger",
    DeliveryState.CANCELLED: "",
}
_NOTHING = "–"
_ROOT = QModelIndex()


class OutboxTable(QAbstractTableModel):
    """Deliveries, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliveries: tuple[Delivery, ...] = ()
        self._now = datetime.now(UTC)
        self._paused = False
        self._ages = Ages(self)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What it shows."""
        return self._deliveries

    def show_deliveries(self, deliveries: Sequence[Delivery], paused: bool) -> None:
        """Show these; rows that only changed keep their place and selection."""
        same = [one.id for one in deliveries] == [one.id for one in self._deliveries]
        if not same:
            self.beginResetModel()
        self._deliveries, self._paused = tuple(deliveries), paused
        if not same:
            self.endResetModel()
        self.show_time(datetime.now(UTC))

    def show_time(self, now: datetime) -> None:
        """Count ages from this moment on."""
        self._now = now
        if self._deliveries:
            last = self.index(len(self._deliveries) - 1, LAST_ERROR)
            self.dataChanged.emit(self.index(0, KIND), last)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many deliveries there are."""
        return 0 if parent.isValid() else len(self._deliveries)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else LAST_ERROR + 1

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Kind"),
            self.tr("State"),
            self.tr("Photos"),
            self.tr("Tries"),
            self.tr("Asked for"),
            self.tr("Next try"),
            self.tr("Last error"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        delivery, column = self._deliveries[index.row()], index.column()
        found: Any = None
        if role == Qt.ItemDataRole.DisplayRole:
            found = self._words(delivery, column)
        elif role == Qt.ItemDataRole.DecorationRole and column == KIND:
            found = icon(_ICONS[delivery.kind], colours_now().faint)
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            found = self._alignment(column)
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = self._tip(delivery, column)
        elif role == Qt.ItemDataRole.UserRole and column == STATE:
            found = _TONES[delivery.state]
        return found

    def kind_word(self, kind: DeliveryKind) -> str:
        """Return a kind as people call it."""
        return {
            DeliveryKind.EMAIL: self.tr("E-mail"),
            DeliveryKind.PRINT: self.tr("Print"),
            DeliveryKind.SHARE: self.tr("Share"),
        }[kind]

    def state_word(self, state: DeliveryState) -> str:
        """Return a state as people call it."""
        return {
            DeliveryState.WAITING: self.tr("Waiting"),
            DeliveryState.DONE: self.tr("Done"),
            DeliveryState.FAILED: self.tr("Failed"),
            DeliveryState.CANCELLED: self.tr("Cancelled"),
        }[state]

    def _words(self, delivery: Delivery, column: int) -> str:
        return (
            self.kind_word(delivery.kind),
            self.state_word(delivery.state),
            str(delivery.photos),
            str(delivery.attempts),
            self._ages.ago(delivery.created_at, self._now),
            self._next_try(delivery),
            delivery.last_error or _NOTHING,
        )[column]

    def _next_try(self, delivery: Delivery) -> str:
        if delivery.state is not DeliveryState.WAITING:
            return _NOTHING
        if self._paused:
            return self.tr("on hold")
        return self._ages.until(delivery.next_try_at, self._now)

    def _tip(self, delivery: Delivery, column: int) -> str | None:
        if column == AGE:
            return self._ages.moment(delivery.created_at)
        if column == NEXT_TRY and delivery.state is DeliveryState.WAITING:
            return self._ages.moment(delivery.next_try_at)
        return delivery.last_error if column == LAST_ERROR else None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if column in {PHOTOS, ATTEMPTS}:
            side = Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class StateBadge(QStyledItemDelegate):
    """Paints a state as a badge in the tone of its UserRole."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell's ground, then the badge."""
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        text, blank.text = blank.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        colours = colours_now()
        tone = str(index.data(Qt.ItemDataRole.UserRole) or "")
        ground = getattr(colours, f"{tone}_soft") if tone else colours.raised
        word = getattr(colours, tone) if tone else colours.faint
        if option.state & QStyle.StateFlag.State_Selected:
            ground = colours.surface  # the row has the soft accent already
        font = _badge_font(option.font)
        width = QFontMetrics(font).horizontalAdvance(text) + 20
        cell = QRectF(option.rect)
        pill = QRectF(cell.left() + 8, cell.center().y() - 11, width, 22)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, 11, 11)
        painter.setFont(font)
        painter.setPen(QColor(word))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the room of the badge."""
        text = str(index.data() or "")
        font = _badge_font(option.font)
        return QSize(QFontMetrics(font).horizontalAdvance(text) + 40, 40)


def _badge_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    return font
