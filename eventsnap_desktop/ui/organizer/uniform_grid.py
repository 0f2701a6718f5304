"""A list of cells of one size whose places are reckoned, so that 50,000 cost no more than 50.

QListView looks at every row whenever it is laid out: 150 to 400 ms for 50,000 rows, at each step of
a resize and for each new photo. Here only what is seen is touched.
"""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from eventsnap_desktop.ui.organizer.photo_model import Index

_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


class UniformGrid(QListView):
    """Rows of cells from left to right; ``setGridSize`` says how large a cell is."""

    @property
    def columns(self) -> int:
        """How many cells lie side by side."""
        return max(1, (self.viewport().width() - 2) // max(1, self.gridSize().width()))

    def rect_of(self, place: int) -> QRect:
        """Return where a cell is in the viewport."""
        size, columns = self.gridSize(), self.columns
        top = place // columns * size.height() - self.verticalOffset()
        return QRect(QPoint(place % columns * size.width(), top), size)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Return where a cell is in the viewport."""
        return self.rect_of(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return the cell at a point of the viewport, an invalid index beside all cells."""
        size = self.gridSize()
        across, top = point.x() // max(1, size.width()), point.y() + self.verticalOffset()
        if point.x() < 0 or top < 0 or across >= self.columns:
            return QModelIndex()
        place = top // max(1, size.height()) * self.columns + across
        return self.model().index(place, 0) if place < self._count() else QModelIndex()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return how far it is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return 0: there is nothing beside."""
        return 0

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Do without QListView's look at every row."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Tell the scroll bar how much there is."""
        height, seen = self.gridSize().height(), self.viewport().height()
        rows = -(-self._count() // self.columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, rows * height - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(max(1, height // 3))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move what is painted."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible
    ) -> None:
        """Have a cell seen, moving no more than it takes."""
        if not index.isValid():
            return
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        below = rect.bottom() + 1 - self.viewport().height()
        if hint == _Hint.PositionAtCenter:
            bar.setValue(bar.value() + (rect.top() + below) // 2)
        elif rect.top() < 0 or hint == _Hint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif below > 0 or hint == _Hint.PositionAtBottom:
            bar.setValue(bar.value() + below)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the cell that a key leads to."""
        last, columns = self._count() - 1, self.columns
        if last < 0:
            return QModelIndex()
        now = self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, self.gridSize().height())) * columns
        steps = {
            _Action.MoveLeft: -1,
            _Action.MovePrevious: -1,
            _Action.MoveRight: 1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -columns,
            _Action.MoveDown: columns,
            _Action.MovePageUp: -min(page, now // columns * columns),
            _Action.MovePageDown: min(page, (last - now) // columns * columns),
        }
        ends = {_Action.MoveHome: 0, _Action.MoveEnd: last}
        if now < 0 or action in ends:
            return self.model().index(ends.get(action, 0), 0)
        to = now + steps.get(action, 0)
        if to > last and to // columns == last // columns:
            to = last  # the last row is shorter
        return self.model().index(to if 0 <= to <= last else now, 0)

    def setSelection(  # noqa: N802 - Qt's name
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select from one point to another, as lines of a text are."""
        if not self._count():
            return
        ends = sorted((self._nearest(rect.topLeft()), self._nearest(rect.bottomRight())))
        first, last = (self.model().index(place, 0) for place in ends)
        self.selectionModel().select(QItemSelection(first, last), command)

    def visualRegionForSelection(  # noqa: N802 - Qt's name
        self, _selection: QItemSelection
    ) -> QRegion:
        """Return what has to be painted anew: all that is seen."""
        return QRegion(self.viewport().rect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cells that are seen."""
        height = max(1, self.gridSize().height())
        top = self.verticalOffset()
        first = (event.rect().top() + top) // height * self.columns
        end = ((event.rect().bottom() + top) // height + 1) * self.columns
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, chosen, model = option.state, self.selectionModel(), self.model()
        hovered = self._hovered() if self.viewport().underMouse() else -1
        current = self.currentIndex().row() if self.hasFocus() else -1
        painter = QPainter(self.viewport())
        for place in range(max(0, first), min(end, self._count())):
            index = model.index(place, 0)
            state = plain & ~QStyle.StateFlag.State_HasFocus
            for holds, flag in (
                (chosen.isSelected(index), QStyle.StateFlag.State_Selected),
                (place == current, QStyle.StateFlag.State_HasFocus),
                (place == hovered, QStyle.StateFlag.State_MouseOver),
            ):
                state = state | flag if holds else state & ~flag
            option.state, option.rect = state, self.rect_of(place)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _count(self) -> int:
        model = self.model()
        return 0 if model is None else model.rowCount()

    def _hovered(self) -> int:
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()

    def _nearest(self, point: QPoint) -> int:
        size, columns = self.gridSize(), self.columns
        across = min(max(0, point.x() // max(1, size.width())), columns - 1)
        down = max(0, point.y() + self.verticalOffset()) // max(1, size.height())
        return int(min(down * columns + across, self._count() - 1))
