"""Kiosk control: start kiosks, see how each is doing, and set what guests meet there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QImageReader, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings, KioskStatus
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.flows.consent_texts import read_consent_texts, with_version
from eventsnap_desktop.flows.organizer_ports import EventDesk
from eventsnap_desktop.flows.staff_pin import make_pin_hash
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.kiosk_board import KioskBoard
from eventsnap_desktop.ui.organizer.kiosk_setup import KioskSetup
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import button, row
from eventsnap_desktop.ui.widgets.resource_files import resource

_LOOK_EVERY = 5_000  # milliseconds
_LARGEST_LOGO = 4_000  # pixels


@dataclass(frozen=True, slots=True)
class LoadedSetup:
    """What is set for an event, and the program's own consent texts."""

    event: EventId
    settings: KioskSettings
    own: tuple[ConsentText, ...]


@dataclass(frozen=True, slots=True)
class SavedSetup:
    """What was set before, and what is set now."""

    event: EventId
    before: KioskSettings
    now: KioskSettings


class KiosksPage(OrganizerPage):
    """Two views: the kiosks that run, and the settings with a preview."""

    interests = frozenset({Subject.KIOSKS, Subject.EVENTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Kiosks"))
        self.board, self.setup, self._no_event = KioskBoard(), KioskSetup(), EmptyState()
        self._views, self._stack = QButtonGroup(self), QStackedWidget()
        self._loaded: LoadedSetup | None = None
        self._drafts: dict[EventId, KioskSettings] = {}
        self._shown_event: EventId | None = None
        self._load_failed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._arrange()
        self._connect()
        self.show_event(desk.current.overview)

    def refresh(self) -> None:
        """Load the kiosks, and what is set for the event."""
        self._look()
        event = self.desk.current.id
        if event is not None:
            self.desk.jobs.call(
                partial(load_setup, self.desk.organizing, event),
                owner=self,
                done=self._show_setup,
                failed=self._on_not_loaded,
            )

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event's settings; a draft of the one before is kept for later."""
        event = None if overview is None else overview.event
        name = "" if event is None else event.name or event.code
        self.board.show_event(name)
        self.say_subtitle(name)
        self._no_event.show_empty(
            "events", self.tr("No event is open"), "", self.tr("Go to the events")
        )
        if event is not None and event.id == self._shown_event:
            return
        self._keep_draft()
        self._shown_event, self._loaded = (None if event is None else event.id), None
        self._show_view(self._views.checkedId())
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the kiosks again and again."""
        super().showEvent(event)
        self._look()
        self._timer.start()

    def _arrange(self) -> None:
        bar = row(spacing=6)
        for number, text in enumerate((self.tr("Running"), self.tr("Settings and preview"))):
            segment = button(text, kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self._views.addButton(segment, number)
            bar.addWidget(segment)
        for view in (self.board, self.setup, self._no_event):
            self._stack.addWidget(view)
        self.action_row.addLayout(bar)
        self.content.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._views.idClicked.connect(self._show_view)
        self.board.start_wanted.connect(self._on_start)
        self.setup.save_wanted.connect(self._save)
        self.setup.logo_wanted.connect(self._on_logo_wanted)
        self.setup.form.pin.pin_chosen.connect(self._on_pin)
        self._no_event.acted.connect(self._on_no_event)
        self._timer.timeout.connect(self._on_timer)

    def _show_view(self, number: int) -> None:
        view: QWidget = self.board
        if number == 1:
            view = self._no_event if self._shown_event is None else self.setup
            self.setup.setEnabled(self._loaded is not None)
        self._stack.setCurrentWidget(view)

    def _look(self) -> None:
        self.desk.jobs.call(
            partial(self.desk.kiosks.kiosks, None),
            owner=self,
            done=self._show_kiosks,
            failed=self._on_not_loaded,
        )

    def _on_not_loaded(self, error: Exception) -> None:
        self._load_failed = True
        self.complain(error)

    def _show_kiosks(self, kiosks: list[KioskStatus]) -> None:
        if self._load_failed:  # what the banner says is over
            self._load_failed = False
            self.banner.hide()
        chosen = self.desk.current.chosen
        code = "" if chosen is None else chosen.code
        ordered = sorted(kiosks, key=lambda one: (one.event_code != code, one.name))
        self.board.show_kiosks(ordered, datetime.now(UTC))

    def _show_setup(self, loaded: LoadedSetup) -> None:
        if loaded.event != self._shown_event:
            return
        before, self._loaded = self._loaded, loaded
        draft = self._drafts.pop(loaded.event, None)
        if before is not None and self.setup.is_changed:
            draft = self.setup.draft
        if before != loaded:
            self.setup.show_settings(loaded.settings, loaded.own, draft)
        self.setup.setEnabled(True)

    def _keep_draft(self) -> None:
        if self._shown_event is not None and self._loaded is not None and self.setup.is_changed:
            self._drafts[self._shown_event] = self.setup.draft

    def _on_timer(self) -> None:
        if self.isVisible():
            self._look()
        else:
            self._timer.stop()

    def _on_no_event(self) -> None:
        self.asked.emit("events")

    def _on_start(self, screen: int, windowed: bool) -> None:
        event = self.desk.current.chosen
        if event is None:
            return
        self.board.show_starting(True)
        self.desk.jobs.call(
            partial(self.desk.works.start_kiosk, event.code, screen, windowed),
            owner=self,
            done=self._on_started,
            failed=self._on_not_started,
        )

    def _on_started(self, _: None) -> None:
        self.board.show_starting(False)
        self.did.emit((self.tr("The kiosk starts. It appears here with its first word."), None))
        self._look()

    def _on_not_started(self, error: Exception) -> None:
        self.board.show_starting(False)
        self.complain(error)

    def _save(self, settings: KioskSettings) -> None:
        if self._loaded is not None:
            self.setup.show_saving(True)
            self._store(self._loaded.event, settings, self._on_saved)

    def _store(self, event: EventId, settings: KioskSettings, done: object) -> None:
        self.desk.jobs.call(
            partial(save_setup, self.desk.organizing, event, settings),
            owner=self,
            done=done,  # type: ignore[arg-type] # one of the methods below
            failed=self._on_not_saved,
        )

    def _on_saved(self, saved: SavedSetup) -> None:
        self._show_saved(saved)
        take_back = partial(self._store, saved.event, saved.before, self._show_saved)
        self.did.emit((self.tr("The kiosks’ settings are saved."), take_back))

    def _show_saved(self, saved: SavedSetup) -> None:
        self.setup.show_saving(False)
        if self._loaded is not None and saved.event == self._loaded.event:
            self._loaded = LoadedSetup(saved.event, saved.now, self._loaded.own)
            self.setup.show_settings(saved.now, self._loaded.own)

    def _on_not_saved(self, error: Exception) -> None:
        self.setup.show_saving(False)
        self.complain(error)

    def _on_pin(self, pin: str) -> None:
        self.desk.jobs.call(
            partial(make_pin_hash, pin),
            owner=self,
            done=partial(self._take_pin, self._shown_event),
            failed=self.complain,
        )

    def _take_pin(self, event: EventId | None, pin_hash: str) -> None:
        if event == self._shown_event:
            self.setup.form.pin.take_hash(pin_hash)

    def _on_logo_wanted(self, path: str) -> None:
        self.desk.jobs.call(
            partial(load_logo, path),
            owner=self,
            lane="pictures",
            done=partial(self._show_logo, path),
            failed=self.complain,
        )

    def _show_logo(self, path: str, picture: QImage | None) -> None:
        problem = "" if picture is not None else self.tr("This picture cannot be read.")
        self.setup.show_logo(path, picture, problem)


def load_setup(desk: EventDesk, event: EventId) -> LoadedSetup:
    """Read what is set for an event and the program's consent texts; blocks."""
    own = read_consent_texts(resource("consent"))
    return LoadedSetup(event, desk.kiosk_settings(event), own)


def save_setup(desk: EventDesk, event: EventId, settings: KioskSettings) -> SavedSetup:
    """Store settings under the consent version that their words need; blocks."""
    own = read_consent_texts(resource("consent"))
    before = desk.kiosk_settings(event)
    now = with_version(settings, before, own)
    desk.set_kiosk_settings(event, now)
    return SavedSetup(event, before, now)


def load_logo(path: str) -> QImage | None:
    """Read a picture for the preview, None when it cannot be; blocks."""
    if not Path(path).is_file():
        return None
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST_LOGO:
        return None
    picture = reader.read()
    return None if picture.isNull() else picture
