"""Loads and saves what leaves the chosen event; a draft of each event is kept meanwhile."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings
from eventsnap_desktop.flows.event_branding import event_branding
from eventsnap_desktop.flows.organizer_ports import EventDesk
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.output_setup import OutputSetup


@dataclass(frozen=True, slots=True)
class LoadedOutput:
    """What is set for an event, what it is branded with, and the first language of its guests."""

    event: EventId
    settings: OutputSettings
    branding: Branding
    language: str


@dataclass(frozen=True, slots=True)
class SavedOutput:
    """What was set before, and what is set now."""

    event: EventId
    before: OutputSettings
    now: OutputSettings


class OutputPanel(QWidget):
    """Tells what it did and what failed; the page shows both."""

    did = Signal(object)
    """(sentence, function that takes it back or None)."""
    failed = Signal(object)
    """The error."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._event: Event | None = None
        self._loaded: LoadedOutput | None = None
        self._drafts: dict[EventId, OutputSettings] = {}
        self.setup = OutputSetup(desk.jobs, bool(desk.settings.settings.share.public_url))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.setup)
        self.setup.setEnabled(False)
        self.setup.save_wanted.connect(self._on_save)
        self.setup.form.revoke_wanted.connect(self.ask_to_revoke)

    @property
    def is_loaded(self) -> bool:
        """Whether the settings of the event are shown."""
        return self._loaded is not None

    def show_event(self, event: Event | None) -> None:
        """Show another event; a draft of the one before is kept for later."""
        if event is not None and self._event is not None and event.id == self._event.id:
            self._event = event
            return
        if self._loaded is not None and self.setup.is_changed:
            self._drafts[self._loaded.event] = self.setup.draft
        self._event, self._loaded = event, None
        self.setup.setEnabled(False)

    def refresh(self) -> None:
        """Load what is set."""
        if self._event is not None:
            self._desk.jobs.call(
                partial(load_output, self._desk.organizing, self._event),
                owner=self,
                done=self._show_loaded,
                failed=self.failed.emit,
            )

    def _show_loaded(self, loaded: LoadedOutput) -> None:
        if self._event is None or loaded.event != self._event.id:
            return
        before, self._loaded = self._loaded, loaded
        draft = self._drafts.pop(loaded.event, None)
        if before is not None and self.setup.is_changed:
            draft = self.setup.draft
        if before != loaded:
            self.setup.show_settings(loaded.settings, loaded.branding, loaded.language, draft)
        self.setup.setEnabled(True)

    def _on_save(self, settings: OutputSettings) -> None:
        if self._loaded is not None:
            self.setup.show_saving(True)
            self._store(self._loaded.event, settings, is_undo=False)

    def _store(self, event: EventId, settings: OutputSettings, is_undo: bool) -> None:
        self._desk.jobs.call(
            partial(save_output, self._desk.organizing, event, settings),
            owner=self,
            done=self._show_saved if is_undo else self._on_saved,
            failed=self._on_not_saved,
        )

    def _on_saved(self, saved: SavedOutput) -> None:
        self._show_saved(saved)
        take_back = partial(self._store, saved.event, saved.before, is_undo=True)
        self.did.emit((self.tr("What leaves the event is saved."), take_back))

    def _show_saved(self, saved: SavedOutput) -> None:
        self.setup.show_saving(False)
        loaded = self._loaded
        if loaded is not None and saved.event == loaded.event:
            self._loaded = LoadedOutput(saved.event, saved.now, loaded.branding, loaded.language)
            self.setup.show_settings(saved.now, loaded.branding, loaded.language)

    def _on_not_saved(self, error: Exception) -> None:
        self.setup.show_saving(False)
        self.failed.emit(error)

    def ask_to_revoke(self) -> None:
        """Ask whether no link of the event is to work any more."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("End all links?"))
        box.setText(self.tr("No phone opens the photos of this event any more."))
        box.setInformativeText(self.tr("Guests can get a new link at a kiosk."))
        box.addButton(self.tr("End all links"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.accepted.connect(self.revoke_links)
        box.open()

    def revoke_links(self) -> None:
        """Have no link of the event work any more."""
        if self._event is not None:
            self._desk.jobs.call(
                partial(self._desk.shares.revoke, self._event.id),
                owner=self,
                done=self._on_revoked,
                failed=self.failed.emit,
            )

    def _on_revoked(self, count: int) -> None:
        self.did.emit((self.tr("%n link(s) do not work any more.", "", count), None))


def load_output(desk: EventDesk, event: Event) -> LoadedOutput:
    """Read what is set for an event; blocks."""
    settings, kiosk = desk.output_settings(event.id), desk.kiosk_settings(event.id)
    language = kiosk.languages[0] if kiosk.languages else "en"
    branding = event_branding(event.name, kiosk, settings)
    return LoadedOutput(event.id, settings, branding, language)


def save_output(desk: EventDesk, event: EventId, settings: OutputSettings) -> SavedOutput:
    """Store settings; blocks."""
    before = desk.output_settings(event)
    desk.set_output_settings(event, settings)
    return SavedOutput(event, before, settings)
