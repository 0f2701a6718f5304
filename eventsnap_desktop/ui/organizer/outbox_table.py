"""The outbox as a table: one delivery a row, its state as a coloured word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QObject,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from eventsnap_desktop.domain.deliveries import Delivery, DeliveryKind
from eventsnap_desktop.ui.organizer.outbox_words import OutboxWords
from eventsnap_desktop.ui.widgets.icons import icon
from eventsnap_desktop.ui.widgets.rows_table import Index, RowsTable
from eventsnap_desktop.ui.widgets.theme import colours_now

KIND, STATE, PHOTOS, AGE, STANDING = range(5)

_ICONS = {DeliveryKind.EMAIL: "mail", DeliveryKind.PRINT: "print", DeliveryKind.SHARE: "phone"}


class OutboxTable(RowsTable):
    """Deliveries, newest first."""

    columns = STANDING + 1
    counts = frozenset({PHOTOS})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliveries: tuple[Delivery, ...] = ()
        self._now = datetime.now(UTC)
        self._paused = False
        self.words = OutboxWords(self)

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
            last = self.index(len(self._deliveries) - 1, STANDING)
            self.dataChanged.emit(self.index(0, KIND), last)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._deliveries)

    def heads(self) -> tuple[str, ...]:
        """Return the columns' names."""
        return (
            self.tr("Kind"),
            self.tr("State"),
            self.tr("Photos"),
            self.tr("Asked for"),
            self.tr("How it stands"),
        )

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
            found = self.alignment(column)
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = self._tip(delivery, column)
        elif role == Qt.ItemDataRole.UserRole and column == STATE:
            found = self.words.badge(delivery)[1]
        return found

    def _words(self, delivery: Delivery, column: int) -> str:
        return (
            self.words.kind(delivery.kind),
            self.words.badge(delivery)[0],
            str(delivery.photos),
            self.words.age(delivery, self._now),
            self.words.standing(delivery, self._paused, self._now),
        )[column]

    def _tip(self, delivery: Delivery, column: int) -> str | None:
        if column == AGE:
            return self.words.moment(delivery.created_at)
        return self._words(delivery, column) if column == STANDING else None


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
