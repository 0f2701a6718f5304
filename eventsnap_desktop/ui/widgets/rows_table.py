"""What tables of the windows have in common: a thing a row, named columns, figures on the right."""

from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()


class RowsTable(QAbstractTableModel):
    """A table without branches; who inherits it says what is in the rows."""

    columns: ClassVar[int]
    """How many columns there are."""
    counts: ClassVar[frozenset[int]] = frozenset()
    """The columns that hold figures."""

    def count(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def heads(self) -> tuple[str, ...]:
        """Return the columns' names."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else self.columns

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return self.heads()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return where a column's words stand."""
        side = Qt.AlignmentFlag.AlignRight if column in self.counts else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
