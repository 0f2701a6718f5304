"""The photos of a grid: all ids at once, their rows fetched a page at a time when looked at."""

from collections import OrderedDict
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.flows.organizer_ports import PhotoBrowser
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.id_changes import id_changes
from eventsnap_desktop.ui.widgets.sentences import in_window_language

PAGE = 128
"""Rows fetched at a time."""

ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which an index gives its PhotoRow, None until it was fetched."""

Ids = NDArray[np.int64]
Index = QModelIndex | QPersistentModelIndex

_KEPT_ROWS = 64 * PAGE
_PAGES_ASKED = 6  # at most so many pages are being fetched: more have been scrolled away
_NOWHERE = QModelIndex()


class PhotoModel(QAbstractListModel):
    """Ids newest first; ``row_at`` gives what is known and has the rest fetched."""

    fetched = Signal()
    """More rows are known."""
    failed = Signal(object)
    """Rows could not be fetched: the error."""

    def __init__(self, browser: PhotoBrowser, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._browser, self._jobs = browser, jobs
        self.event_shown: Event | None = None
        self._ids: Ids = np.empty(0, np.int64)
        self._rows: OrderedDict[int, PhotoRow] = OrderedDict()
        self._asked: set[int] = set()
        self._pages = 0
        self._generation = 0

    @property
    def ids(self) -> Ids:
        """All ids: int64 (n,), newest first; not to be changed."""
        return self._ids

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many photos there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a photo's name, what is to be said about it, or its row."""
        row = self.row_at(index.row()) if index.isValid() else None
        if role == ROW:
            return row
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.key
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.describe(row)
        return None

    def row_at(self, place: int) -> PhotoRow | None:
        """Return the photo at a place if it is known; else it is fetched, and ``fetched`` sent."""
        if not 0 <= place < len(self._ids):
            return None
        number = int(self._ids[place])
        row = self._rows.get(number)
        if row is not None:
            self._rows.move_to_end(number)
        elif number not in self._asked and self._pages < _PAGES_ASKED:
            self._fetch(place)
        return row

    def known(self, photo: PhotoId) -> PhotoRow | None:
        """Return a photo if it is known; nothing is fetched."""
        return self._rows.get(int(photo))

    def place_of(self, photo: PhotoId) -> int:
        """Return where a photo is, -1 if it is not among these."""
        found = np.flatnonzero(self._ids == int(photo))
        return int(found[0]) if len(found) else -1

    def show_ids(self, event: Event | None, ids: Ids) -> None:
        """Show these photos; of the same event, what stays keeps its place in views."""
        if event is None or self.event_shown is None or event.id != self.event_shown.id:
            self.beginResetModel()
            self.event_shown, self._ids = event, ids
            self._forget()
            self.endResetModel()
            return
        self.event_shown = event
        changes = id_changes(self._ids, ids)
        if changes is None:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
            return
        for first, last in changes.removed:
            self.beginRemoveRows(_NOWHERE, first, last)
            self._ids = np.delete(self._ids, slice(first, last + 1))
            self.endRemoveRows()
        for first, last in changes.added:
            self.beginInsertRows(_NOWHERE, first, last)
            self._ids = np.insert(self._ids, first, ids[first : last + 1])
            self.endInsertRows()

    def refetch(self, photos: set[int] | None) -> None:
        """Have some rows, or all for None, fetched anew; until then the old ones are shown."""
        self._generation += 1
        self._asked.clear()
        known = [one for one in self._rows if photos is None or one in photos]
        event = self.event_shown
        if event is None or not known:
            return
        newest_used = known[-4 * PAGE :]
        for number in set(known) - set(newest_used):
            del self._rows[number]
        self._ask(event.id, newest_used)

    def describe(self, row: PhotoRow) -> str:
        """Return what a screen reader says about a photo."""
        words = [row.key]
        if row.state is PhotoState.FAILED:
            words.append(
                self.tr("failed: {reason}").format(reason=in_window_language(row.failure or ""))
            )
        elif row.state is PhotoState.PENDING:
            words.append(self.tr("waits to be encoded"))
        else:
            words.append(self.tr("%n face(s)", "", row.face_count))
        if row.hidden:
            words.append(self.tr("hidden"))
        if row.slideshow:
            words.append(self.tr("on the kiosks’ first screen"))
        return ", ".join(words)

    def _fetch(self, place: int) -> None:
        first = place - place % PAGE
        page = [int(one) for one in self._ids[first : first + PAGE]]
        wanted = [one for one in page if one not in self._rows and one not in self._asked]
        if self.event_shown is not None:
            self._ask(self.event_shown.id, wanted)

    def _ask(self, event: EventId, photos: list[int]) -> None:
        self._asked.update(photos)
        self._pages += 1
        self._jobs.call(
            partial(self._browser.rows, event, [PhotoId(one) for one in photos]),
            owner=self,
            lane="rows",
            done=partial(self._on_rows, self._generation, event, photos),
            failed=self._on_failed,
        )

    def _on_rows(
        self, generation: int, event: EventId, photos: list[int], rows: list[PhotoRow]
    ) -> None:
        self._pages -= 1
        if self.event_shown is None or event != self.event_shown.id:
            return
        if generation == self._generation:
            self._asked.difference_update(row.id for row in rows)
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
        while len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)
        del photos
        self.fetched.emit()

    def _on_failed(self, error: Exception) -> None:
        self._pages -= 1
        self.failed.emit(error)

    def _forget(self) -> None:
        self._rows.clear()
        self._asked.clear()
        self._generation += 1
