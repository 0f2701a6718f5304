"""The photos of an event: a grid with filters and search, a viewer, and what can be done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoRow
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.export_dialog import ExportChoice, ExportDialog
from eventsnap_desktop.ui.organizer.face_search import FaceFound, FaceSearch
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.organizer.photo_actions import PhotoActions
from eventsnap_desktop.ui.organizer.photo_commands import PhotoCommands
from eventsnap_desktop.ui.organizer.photo_filters import PhotoFilters
from eventsnap_desktop.ui.organizer.photo_grid import PhotoGrid
from eventsnap_desktop.ui.organizer.photo_listing import Listing, Results, load_listing
from eventsnap_desktop.ui.organizer.photo_model import PhotoModel
from eventsnap_desktop.ui.organizer.photo_toolbar import PhotoToolbar, Selection
from eventsnap_desktop.ui.organizer.photo_viewer import FaceChoice, PhotoViewer
from eventsnap_desktop.ui.organizer.photo_words import PhotoWords
from eventsnap_desktop.ui.organizer.photos_empty import PhotosEmpty, why_no_photos
from eventsnap_desktop.ui.organizer.results_strip import ResultsStrip

Ids = NDArray[np.int64]

_LOOKED_AT = 500  # selected photos whose state decides what the buttons offer


class PhotosPage(OrganizerPage):
    """Photos of the chosen event, newest first."""

    interests = frozenset({Subject.PHOTOS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Photos"))
        self._results: Results | None = None
        self._query: QueryTemplate | None = None
        self._overview: EventOverview | None = None
        self._loading = self._load_again = self._complained = False
        self._open_next: PhotoId | None = None
        self._words = PhotoWords(self)
        self._model = PhotoModel(desk.browsing, desk.jobs, self)
        self._actions = PhotoActions(desk.browsing, desk.jobs, self)
        self._face_search = FaceSearch(desk, self)
        self._filters, self._strip = PhotoFilters(), ResultsStrip()
        self._grid = PhotoGrid(self._model, desk.thumbnails)
        self._stack, self._empty = QStackedWidget(), PhotosEmpty()
        self._viewer = PhotoViewer(desk, self._model, self)
        self._toolbar = PhotoToolbar(self._grid)
        self._commands = PhotoCommands(
            self._actions, desk.current, self._grid, self._toolbar, self._viewer, self
        )
        self._arrange()
        self._connect()
        self.show_event(desk.current.overview)

    @property
    def grid(self) -> PhotoGrid:
        """The grid of photos."""
        return self._grid

    @property
    def viewer(self) -> PhotoViewer:
        """What shows one photo over the page."""
        return self._viewer

    @property
    def filters(self) -> PhotoFilters:
        """What chooses the photos."""
        return self._filters

    @property
    def toolbar(self) -> PhotoToolbar:
        """What can be done with the selected photos."""
        return self._toolbar

    @property
    def empty(self) -> PhotosEmpty:
        """What is said while there is no photo."""
        return self._empty

    @property
    def results(self) -> ResultsStrip:
        """What says that found photos are listed, and whom one looks for."""
        return self._strip

    def refresh(self) -> None:
        """Load which photos fit; the rows follow when they are seen."""
        event = self.desk.current.chosen
        if event is None:
            return
        if self._loading:
            self._load_again = True
            return
        self._loading, self._load_again = True, False
        which = PhotoFilter() if self._results else self._filters.wanted(datetime.now(UTC))
        self.desk.jobs.call(
            partial(load_listing, self.desk.organizing, self.desk.browsing, event.id, which),
            owner=self,
            done=partial(self._show_loaded, event, self._results),
            failed=self._on_not_loaded,
        )

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event's photos, or an event's new figures."""
        before, self._overview = self._overview, overview
        if overview is None or before is None or overview.event.id != before.event.id:
            self._leave_results()
            self.set_query(None)
            if self._viewer.photo is not None:
                self._viewer.close_viewer()
            self._filters.reset()
            self._grid.show_ids(None, np.empty(0, np.int64))
            self._say_empty(loading=True)
            if overview is not None and self.isVisible():
                self.refresh()
            else:
                self._stale = True
        self._show_figures()

    def open_photo(self, which: PhotoId | int | str) -> None:
        """Show one photo in the viewer, by its id or by its key."""
        event = self.desk.current.id
        if event is None:
            return
        if isinstance(which, str):
            self.desk.jobs.call(
                partial(self.desk.browsing.find, event, which),
                owner=self,
                done=self._on_found_photo,
                failed=self.complain,
            )
            return
        place = self._model.place_of(PhotoId(which))
        if place >= 0:
            self._viewer.open_at(place)
            return
        self._open_next = PhotoId(which)
        self._leave_results()
        self._filters.reset()
        self.refresh()

    def set_query(self, query: QueryTemplate | None) -> None:
        """Say in the viewer why this person is found in a photo or not; None to stop."""
        self._query = query
        self._viewer.set_query(self._query)
        self._show_strip()

    def show_photos(self, photos: Sequence[PhotoId], label_: str) -> None:
        """List these photos, in this order, until the user goes back to all."""
        self._leave_results()
        self._results = Results(np.array(photos, np.int64), label_, self._query)
        if self._viewer.photo is not None:
            self._viewer.close_viewer()
        self._show_strip()
        self._grid.clearSelection()
        self._grid.scrollToTop()
        self.refresh()
        self._grid.setFocus()

    def complain(self, error: Exception) -> None:
        """Say what went wrong until something works again."""
        self._complained = True
        self._viewer.bar.say_busy("")
        super().complain(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back from found photos with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._results is not None:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the page covered by the viewer."""
        super().resizeEvent(event)
        self._viewer.setGeometry(self.rect())

    def _arrange(self) -> None:
        self.action_row.addWidget(self._toolbar)
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._empty)
        for part in (self._filters, self._strip):
            self.content.addWidget(part)
        self.content.addWidget(self._stack, 1)
        self.addAction(self._filters.search_action)

    def _connect(self) -> None:
        self._filters.changed.connect(self.refresh)
        self._strip.went_back.connect(self._go_back)
        self._strip.query_closed.connect(self._on_query_closed)
        self._grid.chosen_changed.connect(self._show_buttons)
        self._grid.selectionModel().currentChanged.connect(self._show_buttons)
        self._model.fetched.connect(self._show_buttons)
        self._model.failed.connect(self.complain)
        self._actions.did.connect(self.did)
        self._actions.retried.connect(self._on_retried)
        self._actions.failed.connect(self.complain)
        self._toolbar.export_asked.connect(self._on_export)
        self._viewer.closed.connect(self._grid.setFocus)
        self._viewer.moved.connect(self._on_viewer_moved)
        self._viewer.face_chosen.connect(self._on_face_chosen)
        self._viewer.failed.connect(self.complain)
        self._face_search.found.connect(self._on_face_found)
        self._face_search.failed.connect(self.complain)
        self._empty.acted.connect(self._on_empty_acted)
        self.banner.acted.connect(self._on_banner_acted)
        self.desk.changes.changed.connect(self._on_noticed)

    def _show_loaded(self, event: Event, results: Results | None, listing: Listing) -> None:
        self._loading = False
        if event.id != self.desk.current.id or results is not self._results:
            self.refresh()
            return
        if self._complained:
            self._complained = False
            self.banner.hide()
        ids = listing.ids
        if results is not None:
            ids = results.ids[np.isin(results.ids, ids)]
        self._overview = listing.overview
        self._grid.show_ids(event, ids)
        self._stack.setCurrentWidget(self._grid if len(ids) else self._empty)
        if not len(ids):
            self._say_empty()
        self._show_figures()
        self._open_waiting()
        if self._load_again:
            self.refresh()

    def _on_not_loaded(self, error: Exception) -> None:
        self._loading = False
        self.complain(error)

    def _open_waiting(self) -> None:
        wanted, self._open_next = self._open_next, None
        if wanted is None:
            return
        place = self._model.place_of(wanted)
        if place >= 0:
            self._viewer.open_at(place)
        else:
            self.banner.say(self.tr("This photo is not there any more."), "warning")

    def _show_figures(self) -> None:
        overview = self._overview
        self._filters.show_counts(overview)
        shown = None if self._model.event_shown is None else len(self._model.ids)
        self.say_subtitle(self._words.heading(overview, shown))
        self._show_strip()
        self._show_buttons()

    def _show_strip(self) -> None:
        found = "" if self._results is None else self._results.label
        self._strip.show_state(found, "" if self._query is None else self._query.label)
        self._filters.setVisible(self._results is None)

    def _show_buttons(self) -> None:
        targets, event = self._grid.targets(), self.desk.current.chosen
        rows = [self._model.known(PhotoId(one)) for one in targets[:_LOOKED_AT].tolist()]
        self._toolbar.export.setEnabled(self._model.event_shown is not None)
        self._toolbar.show_state(
            Selection(
                selected=len(self._grid.chosen()),
                targets=len(targets),
                known=[one for one in rows if one is not None],
                source="" if event is None else event.source,
                failed=0 if self._overview is None else self._overview.counts.failed,
            )
        )

    def _say_empty(self, loading: bool = False) -> None:
        self._stack.setCurrentWidget(self._empty)
        found, filtered = self._results is not None, self._filters.is_on
        has_event = self.desk.current.id is not None
        self._empty.show_reason(why_no_photos(has_event, loading, found, filtered))

    def _leave_results(self) -> None:
        if self._results is not None:
            before, self._results = self._results.query_before, None
            self._query = before
            self._viewer.set_query(before)

    def _go_back(self) -> None:
        self._leave_results()
        self._show_strip()
        self.refresh()
        self._grid.setFocus()

    def _on_noticed(self, notices: tuple[Notice, ...]) -> None:
        """Fetch the rows anew that changed; which photos there are is ``refresh``'s part."""
        event = self.desk.current.id
        for notice in notices:
            if notice.subject is Subject.EVERYTHING:
                self.desk.thumbnails.forget_failures()
                self._model.refetch(None)
            elif notice.subject is Subject.PHOTOS and notice.event in {None, event}:
                self._model.refetch({int(one) for one in notice.photos} or None)

    def _on_found_photo(self, row: PhotoRow | None) -> None:
        if row is None:
            self.banner.say(self.tr("This photo is not there any more."), "warning")
        else:
            self.open_photo(row.id)

    def _on_retried(self, count: int) -> None:
        if count:
            said = self.tr("%n photo(s) wait to be encoded.", "", count)
            self.banner.say(said, "info", self.tr("Start encoding"))
            self.did.emit((said, None))

    def _on_export(self) -> None:
        event, overview = self._model.event_shown, self._overview
        if event is None or overview is None:
            return
        counts = overview.counts
        choice = ExportChoice(
            selected=tuple(map(PhotoId, self._grid.chosen().tolist())),
            listed=tuple(map(PhotoId, self._model.ids.tolist())),
            event=counts.pending + counts.encoded + counts.failed,
        )
        ExportDialog(self.desk, event, choice, self).open()

    def _on_banner_acted(self) -> None:
        self.banner.hide()
        self.asked.emit("encode")

    def _on_query_closed(self) -> None:
        self.set_query(None)

    def _on_viewer_moved(self, photo: PhotoId) -> None:
        self._grid.make_current(self._model.place_of(photo))

    def _on_face_chosen(self, choice: FaceChoice) -> None:
        if self._model.event_shown is not None:
            self._viewer.bar.say_busy(self.tr("Looking for this face…"))
            self._face_search.look_for(self._model.event_shown, choice)

    def _on_face_found(self, found: FaceFound) -> None:
        self._viewer.bar.say_busy("")
        if found.event == self.desk.current.id:
            self.show_photos(found.photos, found.label)
            self.set_query(found.query)

    def _on_empty_acted(self) -> None:
        if self.desk.current.id is None:
            self.asked.emit("events")
        elif self._results is not None:
            self._go_back()
        elif self._filters.is_on:
            self._filters.reset()
            self.refresh()
        else:
            self.asked.emit("encode")
