"""Sync and encode: from the photo source to searchable faces, live."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from eventsnap_desktop.domain.browsing import FailureGroup
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import Coverage, EventOverview
from eventsnap_desktop.flows.import_photos import ImportReport
from eventsnap_desktop.ui.organizer.desk import Desk, VisionFacts
from eventsnap_desktop.ui.organizer.durations import in_words
from eventsnap_desktop.ui.organizer.encode_panel import EncodePanel
from eventsnap_desktop.ui.organizer.encodings import EncodeState, Encodings, Phase
from eventsnap_desktop.ui.organizer.failures_panel import FailuresPanel
from eventsnap_desktop.ui.organizer.import_panel import ImportPanel
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.figure_tile import FigureTile
from eventsnap_desktop.ui.widgets.pieces import button, card, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_LOOK_AT_LAG_EVERY = 5_000  # milliseconds


class EncodePage(OrganizerPage):
    """The running encode, the source, what is imported, and what failed."""

    interests = frozenset({Subject.PHOTOS})

    def __init__(self, desk: Desk, encodings: Encodings) -> None:
        super().__init__("", desk)
        self.set_title(self.tr("Sync and encode"))
        self._encodings = encodings
        self._event: EventId | None = None
        self._offer: tuple[EventId, str] | None = None  # photos that wait, and what is said
        self._lag_pause = QTimer(self)  # while it runs the lag is not asked for again
        self._lag_pause.setSingleShot(True)
        self._lag_pause.setInterval(_LOOK_AT_LAG_EVERY)
        self._lag_is_old = False
        self._was_busy = encodings.is_busy
        self._panel, self._import = EncodePanel(), ImportPanel(desk)
        self._failures = FailuresPanel()
        self._photos, self._faces = FigureTile(self.tr("Photos")), FigureTile(self.tr("Faces"))
        self._lag = FigureTile(self.tr("From arrival to searchable"))
        self._device = FigureTile(self.tr("Runs on"))
        self._source, self._change = label("", wrap=True), button(self.tr("Change folder…"))
        self._watch = button(self.tr("Watch this folder"), "watch")
        self._lay_out()
        self._connect()
        self.show_event(desk.current.overview)
        self._panel.show_state(encodings.state)
        if encodings.facts is not None:
            self._on_facts(encodings.facts)

    def _lay_out(self) -> None:
        scroll = ScrollColumn()
        tiles = QHBoxLayout()
        tiles.setSpacing(16)
        for tile in (self._photos, self._faces, self._lag, self._device):
            tiles.addWidget(tile, 1)
        source, inside = card()
        inside.addLayout(
            row(label(self.tr("Photo source"), "heading"), None, self._watch, self._change)
        )
        inside.addWidget(self._source)
        inside.addWidget(
            label(
                self.tr(
                    "A hot folder: let the tethered camera or the FTP server write into this "
                    "folder, and watch it. Every photo can be found seconds after it arrives."
                ),
                "faint",
                wrap=True,
            )
        )
        for widget in (self._panel, self._import):
            scroll.column.addWidget(widget)
        scroll.column.addLayout(tiles)
        scroll.column.addWidget(source)
        scroll.column.addWidget(self._failures)
        scroll.column.addStretch(1)
        self.content.addWidget(scroll)

    def _connect(self) -> None:
        self._encodings.changed.connect(self._on_state)
        self._encodings.facts_known.connect(self._on_facts)
        self._panel.start_wanted.connect(self._start)
        self._panel.pause_wanted.connect(self._encodings.pause)
        self._panel.resume_wanted.connect(self._encodings.resume)
        self._panel.stop_wanted.connect(self._encodings.stop)
        self._import.imported.connect(self._on_imported)
        self._failures.retry_wanted.connect(self._retry)
        self._failures.photos_wanted.connect(self._see_failed)
        self._watch.clicked.connect(self._start_watching)
        self._change.clicked.connect(self._choose_folder)
        self._lag_pause.timeout.connect(self._on_lag_pause_over)
        self.banner.acted.connect(self._start_once)
        self.banner.closed.connect(self._forget_offer)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files, folders and ZIPs into the chosen event."""
        self._import.import_paths(list(paths))

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event, or its new figures."""
        self._panel.show_event(overview)
        source = overview.event.source if overview is not None else ""
        folder = bool(source) and "://" not in source
        self._source.setText(source or self.tr("No source yet: choose a folder."))
        self._watch.setVisible(folder)
        self._change.setVisible(overview is not None)
        event = overview.event.id if overview is not None else None
        if event != self._event:
            self._event = event
            self._forget_event()
        if overview is None:
            return
        counts = overview.counts
        there = counts.pending + counts.encoded + counts.failed
        waiting = self.tr("%n waiting", "", counts.pending) if counts.pending else ""
        self._photos.show_figure(QLocale().toString(there), waiting)
        without = self.tr("%n photo(s) without a face", "", counts.without_faces)
        faces = QLocale().toString(counts.faces)
        self._faces.show_figure(faces, without if counts.without_faces else "")

    def refresh(self) -> None:
        """Load why photos failed, and now and then how long they take to be searchable."""
        self._encodings.ask_facts()
        event, desk = self._event, self.desk
        if event is None:
            return
        desk.jobs.call(
            partial(desk.browsing.failures, event),
            owner=self,
            done=partial(self._on_failures, event),
            failed=self.complain,
        )
        if self._lag_pause.isActive():
            self._lag_is_old = True
            return
        self._lag_is_old = False
        self._lag_pause.start()
        desk.jobs.call(
            partial(desk.coverage.coverage, event, 1),
            owner=self,
            done=partial(self._on_coverage, event),
            failed=self.complain,
        )

    def _on_lag_pause_over(self) -> None:
        if self._lag_is_old and self.isVisible():
            self.refresh()

    def _forget_event(self) -> None:
        """Show nothing of the event before; what this one has is loaded when it is seen."""
        self._failures.show_groups(())
        for tile in (self._photos, self._faces, self._lag):
            tile.show_figure("–")
        self._lag_pause.stop()
        self._forget_offer()
        self.banner.hide()
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _forget_offer(self) -> None:
        self._offer = None

    def _start(self, watch: bool) -> None:
        event = self.desk.current.chosen
        if event is not None and not self._encodings.is_busy:
            self._forget_offer()
            self.banner.hide()
            self._encodings.start(event, watch)

    def _start_once(self) -> None:
        self._start(watch=False)

    def _start_watching(self) -> None:
        self._start(watch=True)

    def _on_state(self, state: EncodeState) -> None:
        self._panel.show_state(state)
        idle = state.phase in {Phase.IDLE, Phase.FAILED, Phase.PAUSED}
        self._watch.setEnabled(idle)
        self._change.setEnabled(idle)
        if self._encodings.is_busy != self._was_busy:
            self._was_busy = self._encodings.is_busy
            self._show_offer()

    def _on_facts(self, facts: VisionFacts) -> None:
        name = self.tr("GPU") if facts.provider == "cuda" else self.tr("CPU")
        note = self.tr("Model pack {pack}").format(pack=facts.pack)
        reason = in_window_language(facts.reason)
        why = reason[:1].upper() + reason[1:]
        self._device.show_figure(name, f"{note}. {why}." if why else note)

    def _on_failures(self, event: EventId, groups: list[FailureGroup]) -> None:
        if event == self._event:
            self._failures.show_groups(groups)

    def _on_coverage(self, event: EventId, coverage: Coverage) -> None:
        if event != self._event:
            return
        if coverage.median_lag is None:
            self._lag.show_figure("–")
            return
        slow = self.tr("95 of 100 within {time}").format(time=in_words(coverage.slow_lag or 0))
        self._lag.show_figure(in_words(coverage.median_lag), slow)

    def _on_imported(self, event: Event, report: ImportReport) -> None:
        text = self.tr("%n new photo(s) wait to be encoded.", "", report.added)
        self._make_offer(event.id, text)

    def _make_offer(self, event: EventId, text: str) -> None:
        """Offer to encode what waits, unless the watch finds it by itself."""
        state = self._encodings.state
        mine = state.event is not None and state.event.id == event
        watched = mine and state.watching and state.phase in {Phase.RUNNING, Phase.RETRYING}
        if event == self._event and not watched:
            self._offer = (event, text)
            self._show_offer()

    def _show_offer(self) -> None:
        """Show what waits; the button only when it can be had now, else when the run is over."""
        if self._offer is not None and not self._encodings.is_busy:
            self.banner.say(self._offer[1], "info", self.tr("Encode now"))
        elif self._offer is not None:
            later = self.tr("They can be encoded when this run is over.")
            self.banner.say(f"{self._offer[1]} {later}")

    def _retry(self, reason: str) -> None:
        event = self._event
        if event is None:
            return
        browsing = self.desk.browsing
        self.desk.jobs.call(
            lambda: browsing.retry_reason(event, reason) if reason else browsing.retry(event, None),
            owner=self,
            done=partial(self._on_retried, event),
            failed=self.complain,
        )

    def _on_retried(self, event: EventId, count: int) -> None:
        self.refresh()
        if count and not self._encodings.is_busy:  # a run takes what waits by itself
            self._make_offer(event, self.tr("%n photo(s) wait to be tried again.", "", count))

    def _see_failed(self) -> None:
        self.asked.emit("photos")

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the photos"))
        if folder:
            self.change_source(folder)

    def change_source(self, uri: str) -> None:
        """Take the event's photos from somewhere else, once that can be read."""
        event = self.desk.current.id
        if event is None:
            return
        desk = self.desk

        def change() -> EventOverview:
            source = desk.works.open_source(uri)
            source.check()
            desk.events.set_source(event, source.uri)
            return desk.organizing.overview(event)

        desk.jobs.call(change, owner=self, done=self._on_source, failed=self.complain)

    def _on_source(self, overview: EventOverview) -> None:
        if overview.event.id == self._event:
            self.desk.current.show(overview)
