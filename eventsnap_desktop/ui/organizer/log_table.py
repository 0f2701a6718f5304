"""The log as a table that can be filtered by level and words."""

import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from eventsnap_desktop.settings.log_file import LogLine
from eventsnap_desktop.ui.widgets.rows_table import Index, RowsTable
from eventsnap_desktop.ui.widgets.theme import colours_now

TIME, LEVEL, PLACE, TEXT = range(4)
MOST_LINES = 5_000

_PACKAGE = "eventsnap_desktop."


class LogTable(RowsTable):
    """Entries, oldest first; only the newest are kept."""

    columns = TEXT + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[LogLine] = []
        self._shown: list[LogLine] = []
        self._least, self._words = logging.NOTSET, tuple[str, ...]()

    @property
    def shown(self) -> Sequence[LogLine]:
        """The entries that pass the filter."""
        return self._shown

    @property
    def total(self) -> int:
        """How many entries there are, shown or not."""
        return len(self._all)

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        """Show these instead of what is shown."""
        self._all = list(lines[-MOST_LINES:])
        self._filter()

    def add_lines(self, lines: Sequence[LogLine]) -> None:
        """Show these behind what is shown."""
        if not lines:
            return
        self._all += lines
        if len(self._all) > MOST_LINES:
            # A good part at once, so that not every new entry moves all others.
            del self._all[: len(self._all) - MOST_LINES * 9 // 10]
            self._filter()
            return
        fresh = [line for line in lines if self._fits(line)]
        if fresh:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._shown += fresh
            self.endInsertRows()

    def filter_by(self, least: int, text: str) -> None:
        """Show entries from a level of logging on that hold all words."""
        self._least, self._words = least, tuple(text.casefold().split())
        self._filter()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._shown)

    def heads(self) -> tuple[str, ...]:
        """Return the columns' names."""
        return (self.tr("Time"), self.tr("Level"), self.tr("Part"), self.tr("What"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                line.at.strftime("%H:%M:%S"),
                self._level_word(line.level),
                line.name.removeprefix(_PACKAGE),
                line.text.partition("\n")[0],
            )[column]
        if role == Qt.ItemDataRole.ForegroundRole and column != TEXT:
            return QColor(_colour(line.level))
        if role == Qt.ItemDataRole.ToolTipRole and column == TIME:
            return line.at.strftime("%Y-%m-%d %H:%M:%S")
        return None

    def _level_word(self, level: str) -> str:
        return {
            "DEBUG": self.tr("Detail"),
            "INFO": self.tr("Info"),
            "WARNING": self.tr("Warning"),
            "ERROR": self.tr("Error"),
            "CRITICAL": self.tr("Error"),
        }.get(level, level)

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._all if self._fits(line)]
        self.endResetModel()

    def _fits(self, line: LogLine) -> bool:
        if logging.getLevelNamesMapping().get(line.level, logging.INFO) < self._least:
            return False
        text = f"{line.name} {line.text}".casefold()
        return all(word in text for word in self._words)


def _colour(level: str) -> str:
    colours = colours_now()
    tones = {"WARNING": colours.warning, "ERROR": colours.danger, "CRITICAL": colours.danger}
    return tones.get(level, colours.faint)
