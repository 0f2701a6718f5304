"""The links that work as a table: when and where each was made, and whether it was opened."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt

from eventsnap_desktop.domain.shared_links import SharedLink
from eventsnap_desktop.ui.organizer.ages import Ages
from eventsnap_desktop.ui.widgets.icons import icon
from eventsnap_desktop.ui.widgets.rows_table import Index, RowsTable
from eventsnap_desktop.ui.widgets.theme import colours_now

MADE, KIOSK, PHOTOS, OPENED, UNTIL = range(5)


class LinksTable(RowsTable):
    """Links, newest first; nothing in it tells whose they are."""

    columns = UNTIL + 1
    counts = frozenset({PHOTOS})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._links: tuple[SharedLink, ...] = ()
        self._now = datetime.now(UTC)
        self._ages = Ages(self)

    @property
    def links(self) -> tuple[SharedLink, ...]:
        """What it shows."""
        return self._links

    def show_links(self, links: Sequence[SharedLink], now: datetime) -> None:
        """Show these; rows that only changed keep their place and selection."""
        same = [one.id for one in links] == [one.id for one in self._links]
        if not same:
            self.beginResetModel()
        self._links, self._now = tuple(links), now
        if not same:
            self.endResetModel()
        elif links:
            self.dataChanged.emit(self.index(0, MADE), self.index(len(links) - 1, UNTIL))

    def moment(self, when: datetime) -> str:
        """Return date and time as this place writes them."""
        return self._ages.moment(when)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._links)

    def heads(self) -> tuple[str, ...]:
        """Return the columns' names."""
        return (
            self.tr("Made"),
            self.tr("Made by"),
            self.tr("Photos"),
            self.tr("Opened"),
            self.tr("Works until"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        link, column = self._links[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(link, column)
        if role == Qt.ItemDataRole.DecorationRole and column == OPENED and link.opened:
            return icon("check", colours_now().good)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column == MADE:
            return self.moment(link.created_at)
        return None

    def _words(self, link: SharedLink, column: int) -> str:
        return (
            self._ages.ago(link.created_at, self._now),
            link.kiosk or self.tr("E-mail or print"),
            str(link.photos),
            self.tr("Yes") if link.opened else self.tr("Not yet"),
            self.moment(link.expires_at),
        )[column]
