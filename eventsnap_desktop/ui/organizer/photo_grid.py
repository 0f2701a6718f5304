"""A grid of photos that stays smooth with 50,000 of them: only what is seen is fetched."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.bridge.thumbnails import SMALL, PictureId, Thumbnails
from eventsnap_desktop.ui.organizer.photo_cell import CAPTION, INSET, PhotoCell
from eventsnap_desktop.ui.organizer.photo_model import PhotoModel
from eventsnap_desktop.ui.organizer.uniform_grid import UniformGrid

_LEAST_WIDTH = 196
_SHAPE = 0.75  # a picture's height by its width
_LOOK_AFTER = 30  # milliseconds after scrolling until pictures are asked for
_AHEAD_ROWS = 2  # rows of the grid below and above that are made ready


class PhotoGrid(UniformGrid):
    """Shows a PhotoModel. Enter, Space or a double click opens a photo."""

    opened = Signal(int)
    """The place of a photo that is to be looked at closely."""
    chosen_changed = Signal()
    """Other photos are selected."""

    def __init__(
        self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos, self._thumbnails = model, thumbnails
        self._cell = PhotoCell(model, thumbnails, self)
        self._asked: set[tuple[str, str]] = set()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_AFTER)
        self.setModel(model)
        self.setItemDelegate(self._cell)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Photos"))
        self._connect()

    @property
    def photos(self) -> PhotoModel:
        """The photos it shows."""
        return self._photos

    @property
    def current_place(self) -> int:
        """The place of the photo that has the keyboard, -1 for none."""
        return self.currentIndex().row()

    def chosen(self) -> NDArray[np.int64]:
        """Return the ids of the selected photos, newest first: int64 (n,)."""
        ids = self._photos.ids
        flags = np.zeros(len(ids), np.bool_)
        selection = self.selectionModel().selection()
        for part in map(selection.at, range(selection.count())):
            flags[part.top() : part.bottom() + 1] = True
        return ids[flags]

    def targets(self) -> NDArray[np.int64]:
        """Return what an action is about: the selected photos, or else the one with the focus."""
        chosen, place = self.chosen(), self.current_place
        return self._photos.ids[place : place + 1] if not len(chosen) and place >= 0 else chosen

    def choose(self, ids: NDArray[np.int64]) -> None:
        """Select these photos, those that are in the list."""
        flags = np.isin(self._photos.ids, ids)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
        selection = QItemSelection()
        for begin, end in edges.reshape(-1, 2):
            first, last = self._photos.index(int(begin)), self._photos.index(int(end) - 1)
            selection.select(first, last)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, flag)

    def show_ids(self, event: Event | None, ids: NDArray[np.int64]) -> None:
        """Show other photos. Of the same event, what is seen and selected stays where it can."""
        before = self._photos.event_shown
        same = event is not None and before is not None and before.id == event.id
        first, offset = self.first_seen() if same else (None, 0)
        chosen, current = self.chosen(), self._photo_at(self.current_place)
        self._photos.show_ids(event, ids)
        self.executeDelayedItemsLayout()
        if not same:
            self.scrollToTop()
            return
        if len(chosen) and not self.selectionModel().hasSelection():
            self.choose(chosen)  # the model was reset
        if current is not None and self.current_place < 0:
            self.make_current(self._photos.place_of(current))
        if first is not None:
            self._scroll_back(first, offset)

    def make_current(self, place: int) -> None:
        """Give one photo the keyboard, without selecting it, and have it seen."""
        index = self._photos.index(place) if place >= 0 else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter or Space, select nothing with Escape; the rest as in every list."""
        opening = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if Qt.Key(event.key()) in opening and plain:
            if self.current_place >= 0:
                self.opened.emit(self.current_place)
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.text().isprintable() and event.text() and plain:
            event.ignore()  # no search by typing: every row would have to be fetched
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width among as many columns as fit."""
        first, offset = self.first_seen()
        self._lay_out()
        super().resizeEvent(event)
        self.executeDelayedItemsLayout()
        if first is not None:
            self._scroll_back(first, offset)
        self._look.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and look soon what is missing."""
        super().paintEvent(event)
        if not self._look.isActive():
            self._look.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Paint in the new colours or words."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.LanguageChange}:
            self._cell.forget()
            self.viewport().update()

    def _connect(self) -> None:
        self._look.timeout.connect(self._ask)
        self._photos.fetched.connect(self._on_fetched)
        self._thumbnails.ready.connect(self._on_picture)
        self._thumbnails.missed.connect(self._on_picture)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def _width(self) -> int:
        return self.viewport().width() - 2

    def _lay_out(self) -> None:
        columns = max(1, self._width() // _LEAST_WIDTH)
        width = self._width() // columns
        height = round((width - 2 * INSET) * _SHAPE) + 2 * INSET + CAPTION
        size = QSize(width, height)
        if size != self.gridSize():
            self._cell.set_cell(size)
            self.setGridSize(size)

    def seen(self, more_rows: int = 0) -> range:
        """Return the places that are seen, by arithmetic: all cells have one size."""
        height = max(1, self.gridSize().height())
        top = self.verticalScrollBar().value()
        first = max(0, top // height - more_rows)
        last = (top + self.viewport().height()) // height + more_rows
        columns = self.columns
        return range(first * columns, min((last + 1) * columns, len(self._photos.ids)))

    def _photo_at(self, place: int) -> PhotoId | None:
        ids = self._photos.ids
        return PhotoId(int(ids[place])) if 0 <= place < len(ids) else None

    def first_seen(self) -> tuple[PhotoId | None, int]:
        """Return the first photo that is seen and how far it is scrolled; none at the very top."""
        top = self.verticalScrollBar().value()
        if top == 0 or not len(self._photos.ids) or not self.gridSize().isValid():
            return None, 0
        height = self.gridSize().height()
        return self._photo_at(top // height * self.columns), top % height

    def _scroll_back(self, photo: PhotoId, offset: int) -> None:
        place = self._photos.place_of(photo)
        if place >= 0:
            top = place // self.columns * self.gridSize().height() + offset
            self.verticalScrollBar().setValue(top)

    def _ask(self) -> None:
        """Ask for the pictures that are seen, and some around: the newest request comes first."""
        event = self._photos.event_shown
        if event is None or not self.isVisible():
            return
        seen, around = self.seen(), self.seen(_AHEAD_ROWS)
        order = [one for one in around if one not in seen] + list(reversed(seen))
        rows = [row for row in map(self._photos.row_at, order) if row is not None]
        wanted = {(row.key, row.etag): None for row in rows}
        for key, etag in self._asked - wanted.keys():
            self._thumbnails.withdraw(event, key, etag, SMALL)
        self._asked = set(wanted)
        for key, etag in wanted:
            self._thumbnails.request(event, key, etag, SMALL)

    def _on_fetched(self) -> None:
        self.viewport().update()

    def _on_picture(self, which: PictureId) -> None:
        if which.side != SMALL or (which.key, which.etag) not in self._asked:
            return
        for place in self.seen():
            row = self._photos.row_at(place)
            if row is not None and row.key == which.key:
                self.viewport().update(self.rect_of(place))
                return

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
