"""The organizer's window: the rail, one page at a time, banner, toast and status line."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk, VisionFacts
from eventsnap_desktop.ui.organizer.encode_page import EncodePage
from eventsnap_desktop.ui.organizer.encodings import EncodeState, Encodings
from eventsnap_desktop.ui.organizer.expiry_notice import ExpiryNotice
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.organizer.pages import make_page
from eventsnap_desktop.ui.organizer.rail import Rail
from eventsnap_desktop.ui.organizer.status_line import StatusLine
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.toast import Toast

log = logging.getLogger(__name__)

_STOPS_WITHIN = 15.0  # seconds a closing window waits for its threads


def event_to_begin_with(overviews: Sequence[EventOverview], code: str) -> EventOverview | None:
    """Return the event of that code, or else the newest; None where there is none.

    ``overviews`` are those that are not archived, newest first; ``code`` is "" where none was used.
    """
    used = [one for one in overviews if one.event.code == code]
    return next(iter((*used, *overviews)), None)


class OrganizerWindow(QMainWindow):
    """Opens on the list of events, the one used last chosen; pages are built when first seen."""

    closed = Signal()
    sample_wanted = Signal()
    appearance_changed = Signal(str, str)

    def __init__(self, desk: Desk, memory: QSettings) -> None:
        super().__init__()
        self.desk, self._memory = desk, memory
        self.encodings = Encodings(desk, self)
        self._pages: dict[str, OrganizerPage] = {}
        self._look_again = self._at_once = self._is_closed = False
        self._looking: Job[EventOverview | None] | None = None
        self._question: QMessageBox | None = None
        self._rail, self._stack = Rail(), QStackedWidget()
        self._status, self._banner, self._whole = StatusLine(), Banner(), QWidget()
        self.expiry_notice = ExpiryNotice()
        self._lay_out()
        self._toast = Toast(self._whole)
        self._connect()
        self._restore()
        if desk.current.overview is not None:
            self._on_event(desk.current.overview)

    def _lay_out(self) -> None:
        self.setWindowTitle("EventSnap")
        self.setMinimumSize(1024, 680)
        self.setAcceptDrops(True)
        right = QWidget()
        right.setProperty("role", "ground")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        holder = QVBoxLayout()
        holder.setContentsMargins(28, 0, 28, 0)
        holder.addWidget(self._banner)
        holder.addWidget(self.expiry_notice)
        column.addLayout(holder)
        column.addWidget(self._stack, 1)
        line = QHBoxLayout(self._whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._rail)
        line.addWidget(right, 1)
        self.setCentralWidget(self._whole)
        self.setStatusBar(self._status)
        database = self.desk.settings.settings.database
        self._built_in = database.url is None and not database.url_in_keyring
        self._status.show_database(True, self._built_in)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.show_page)
        self.desk.current.changed.connect(self._on_event)
        self.desk.changes.changed.connect(self._on_changes)
        self.desk.changes.database_here.connect(self._on_database)
        self.encodings.changed.connect(self._on_encoding)
        self.encodings.facts_known.connect(self.show_device)

    def page(self, name: str) -> OrganizerPage:
        """Return a page, built now if it was not seen yet."""
        if name not in self._pages:
            made = make_page(name, self.desk, self.encodings)
            made.asked.connect(self.show_page)
            made.did.connect(self._on_did)
            for signal, slot in self._extra_connections(name, made):
                getattr(made, signal).connect(slot)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def _extra_connections(
        self, name: str, made: OrganizerPage
    ) -> list[tuple[str, Callable[..., None]]]:
        """Return which further signals of a page go where."""
        del made
        connections: dict[str, list[tuple[str, Callable[..., None]]]] = {
            "events": [("sample_wanted", self.sample_wanted.emit)],
            "find": [("photo_wanted", self._open_photo), ("query_changed", self._set_query)],
            "settings": [("appearance_changed", self.appearance_changed.emit)],
            "coverage": [("projected", self._project)],
        }
        return connections.get(name, [])

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self._rail.mark(name)
        page.setFocus()

    def show_device(self, facts: VisionFacts) -> None:
        """Say in the status line what inference runs on."""
        self._status.show_device(facts)

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a word at the lower edge."""
        self._toast.say(text, undo)

    def paint_icons(self) -> None:
        """Draw icons in the colours that are on now."""
        self._rail.paint_icons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files that are dragged over the window, wherever they are dropped."""
        if event.mimeData().hasUrls() and self.desk.current.chosen is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Import what was dropped into the chosen event."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        page = self.page("encode")
        if paths and isinstance(page, EncodePage):
            event.acceptProposedAction()
            self.show_page("encode")
            page.import_paths(paths)

    def close_at_once(self) -> None:
        """Close without a question, also where one is open; what is encoded stays encoded."""
        self._at_once = True
        if self._question is not None:
            self._question.reject()  # which goes on closing
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask once when an encode runs; then stop everything and remember the window's state."""
        if self._is_closed:
            return
        if self.encodings.is_busy and not self._at_once and not self._may_stop():
            event.ignore()
            return
        self._is_closed = True
        self._memory.setValue("window/geometry", self.saveGeometry())
        self._memory.sync()
        self.encodings.stop()
        self.desk.changes.stop()
        self.hide()  # waiting for the threads may take a moment
        self.desk.jobs.close(_STOPS_WITHIN)
        super().closeEvent(event)
        self.closed.emit()

    def _may_stop(self) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Stop encoding?"))
        box.setText(self.tr("Photos are being encoded."))
        box.setInformativeText(
            self.tr("What is done stays done, and the next start goes on where this one stopped.")
        )
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep encoding"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        self._question = box
        box.exec()
        self._question = None
        return self._at_once or box.clickedButton() is stop

    def _restore(self) -> None:
        geometry = self._memory.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1280, 800)
        self.show_page("events")
        if self.desk.current.overview is None:
            code = str(self._memory.value("window/event") or "")
            self.desk.jobs.call(
                lambda: event_to_begin_with(self.desk.organizing.overviews(False), code),
                owner=self,
                done=self._begin_with,
                failed=self._on_no_overview,
            )

    def _begin_with(self, overview: EventOverview | None) -> None:
        if overview is not None and self.desk.current.overview is None:  # none was chosen meanwhile
            self.desk.current.show(overview)

    def _on_event(self, overview: EventOverview | None) -> None:
        if overview is not None and overview.event.code != self._memory.value("window/event"):
            self._memory.setValue("window/event", overview.event.code)
        self._rail.show_event(overview)
        self._status.show_event(overview)
        name = f"{overview.event.name} – EventSnap" if overview is not None else "EventSnap"
        self.setWindowTitle(name)
        if overview is None:
            self.show_page("events")

    def _on_changes(self, notices: tuple[Notice, ...]) -> None:
        """Bring the chosen event's figures up to date."""
        event = self.desk.current.id
        wanted = {Subject.PHOTOS, Subject.EVENTS, Subject.EVERYTHING}
        if any(one.subject in wanted and one.event in {None, event} for one in notices):
            self._look()

    def _look(self) -> None:
        """Load the chosen event's figures; what changes meanwhile is looked at afterwards."""
        event = self.desk.current.id
        if event is None:
            return
        if self._looking is not None and self._looking.is_running:
            self._look_again = True
            return
        self._look_again = False
        self._looking = self.desk.jobs.call(
            lambda: self._overview_or_none(event),
            owner=self,
            done=self._on_overview,
            failed=self._on_no_overview,
        )

    def _overview_or_none(self, event: EventId) -> EventOverview | None:
        try:
            return self.desk.organizing.overview(event)
        except UnknownEventError:
            return None  # somebody deleted it

    def _on_no_overview(self, error: Exception) -> None:
        log.info("the event's figures cannot be had: %s", type(error).__name__)

    def _on_overview(self, overview: EventOverview | None) -> None:
        current = self.desk.current.id
        if overview is None or overview.event.id == current:
            self.desk.current.show(overview)
        if self._look_again:
            self._look()

    def _on_database(self, here: bool) -> None:
        self._status.show_database(here, self._built_in)
        if here:
            self._banner.hide()
            return
        self._banner.say(
            self.tr(
                "The database does not answer. Nothing is lost: the program tries again until it "
                "is back."
            ),
            "danger",
            closable=False,
        )

    def _on_did(self, done: tuple[str, Callable[[], None] | None]) -> None:
        self.say(*done)

    def _on_encoding(self, state: EncodeState) -> None:
        progress = state.progress
        if not self.encodings.is_busy or progress is None:
            self._status.show_work("")
        elif progress.waiting:
            self._status.show_work(progress.waiting)
        else:
            text = self.tr("Encoding {event}: {done} of {total}")
            name = state.event.name if state.event is not None else ""
            self._status.show_work(
                text.format(event=name, done=progress.done, total=progress.total),
                progress.done,
                progress.total,
            )

    def _project(self, on: bool) -> None:
        """Give the whole screen to a page, or take it back."""
        for widget in (self._rail, self._status):
            widget.setVisible(not on)
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def _open_photo(self, photo: object) -> None:
        page = self.page("photos")
        self.show_page("photos")
        page.open_photo(photo)  # type: ignore[attr-defined] # the photos page, made by name

    def _set_query(self, query: object) -> None:
        if query is not None:
            self.encodings.ask_facts()  # the models are open by now
        self.page("photos").set_query(query)  # type: ignore[attr-defined] # as above
