"""Joins the buttons, keys and menus of the photos page with what is done to photos."""

import numpy as np
from PySide6.QtCore import QObject, QPoint

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.ui.organizer.desk import CurrentEvent
from eventsnap_desktop.ui.organizer.photo_actions import Mark, PhotoActions
from eventsnap_desktop.ui.organizer.photo_grid import PhotoGrid
from eventsnap_desktop.ui.organizer.photo_toolbar import PhotoToolbar
from eventsnap_desktop.ui.organizer.photo_viewer import PhotoViewer


class PhotoCommands(QObject):
    """Knows what each command is about: the grid's photos, or the one in the viewer."""

    def __init__(
        self,
        actions: PhotoActions,
        current: CurrentEvent,
        grid: PhotoGrid,
        toolbar: PhotoToolbar,
        viewer: PhotoViewer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions, self._current = actions, current
        self._grid, self._toolbar, self._viewer = grid, toolbar, viewer
        grid.opened.connect(viewer.open_at)
        grid.customContextMenuRequested.connect(self._on_menu)
        toolbar.open_asked.connect(self._on_open)
        toolbar.hide_asked.connect(self._on_hide)
        toolbar.slideshow_asked.connect(self._on_slideshow)
        toolbar.retry_asked.connect(self._on_retry)
        toolbar.retry_all_asked.connect(self._on_retry_all)
        toolbar.folder_asked.connect(self._on_folder)
        viewer.hide_asked.connect(self._on_viewer_hide)
        viewer.slideshow_asked.connect(self._on_viewer_slideshow)
        viewer.folder_asked.connect(self._open_folder)

    def _on_open(self) -> None:
        if self._grid.current_place >= 0:
            self._viewer.open_at(self._grid.current_place)

    def _on_menu(self, where: QPoint) -> None:
        if len(self._grid.targets()):
            self._toolbar.pop_up(self._grid.viewport().mapToGlobal(where))

    def _on_hide(self) -> None:
        self._toggle(Mark.HIDDEN)

    def _on_slideshow(self) -> None:
        self._toggle(Mark.SLIDESHOW)

    def _toggle(self, mark: Mark) -> None:
        event = self._current.chosen
        if event is not None:
            self._actions.toggle(event, self._grid.targets(), mark)

    def _on_retry(self) -> None:
        event, chosen = self._current.chosen, self._grid.targets()
        if event is not None and len(chosen):
            self._actions.retry(event, chosen)

    def _on_retry_all(self) -> None:
        event = self._current.chosen
        if event is not None:
            self._actions.retry(event, None)

    def _on_folder(self) -> None:
        row = self._grid.photos.row_at(self._grid.current_place)
        if row is not None:
            self._open_folder(row)

    def _on_viewer_hide(self, row: PhotoRow) -> None:
        self._toggle_one(row, Mark.HIDDEN)

    def _on_viewer_slideshow(self, row: PhotoRow) -> None:
        self._toggle_one(row, Mark.SLIDESHOW)

    def _toggle_one(self, row: PhotoRow, mark: Mark) -> None:
        event = self._grid.photos.event_shown
        if event is not None:
            self._actions.toggle(event, np.array([row.id], np.int64), mark)

    def _open_folder(self, row: PhotoRow) -> None:
        event = self._grid.photos.event_shown
        if event is not None:
            self._actions.open_folder(event, row)
