"""From start to end of a kiosk's program: opening, the window, guests, closing."""

import asyncio
import gc
import logging
import sys
from contextlib import ExitStack

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.delivering import start_delivering
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.kiosk_heartbeat import Heartbeat
from eventsnap_desktop.app.kiosk_options import KioskOptions
from eventsnap_desktop.app.kiosk_parts import (
    JobsRunner,
    Opened,
    check_pack,
    kiosk_parts,
    screen_factories,
)
from eventsnap_desktop.app.kiosk_sounds import Sounds, sound_of
from eventsnap_desktop.app.kiosk_staff import KioskStaff
from eventsnap_desktop.app.kiosk_ways import MachineWays
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.camera.frames import Camera
from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState
from eventsnap_desktop.domain.notices import Notice
from eventsnap_desktop.flows.guest_session import GuestSession
from eventsnap_desktop.flows.guest_views import AwayView, View, WhyAway
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.change_relay import ChangeRelay
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.kiosk.away_screen import AwayScreen
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.look import Look, make_look
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.screen_place import Factories
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.kiosk.window import KioskWindow, WindowStage
from eventsnap_desktop.ui.widgets.theme import load_fonts

log = logging.getLogger(__name__)

_TRY_AGAIN_AFTER = 5000  # milliseconds, while the database is away at the start
_LAST_WORD_WITHIN = 3000  # milliseconds; the organizer hears it from no sign of life otherwise
_ENDS_WITHIN = 10.0  # seconds to wait for threads
_OPENS_WITHIN = 330.0  # seconds: what is half open must open before it can be closed again


class KioskSession(QObject):
    """Owns everything that is open, and closes it in the right order."""

    ended = Signal(int)
    """The exit code."""
    ready = Signal()
    """A guest can begin."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        loaded: LoadedSettings,
        event_code: str,
        options: KioskOptions,
    ) -> None:
        super().__init__()
        self._settings, self._code, self._options = loaded.settings, event_code, options
        self._program = Program(loaded.settings)
        self._stack = ExitStack()
        self._jobs = Jobs(loop, self)
        self._camera = loaded.settings.kiosk.camera
        self._feed = CameraFeed(self._open_camera, self)
        self._sharing: Sharing | None = None
        self._ways = MachineWays(loaded.settings, phone=self._answers_phones)
        self._heartbeat = Heartbeat(self._jobs, options.alive, self._state, self)
        self._branding = Branding("")
        self._brand: KioskSettings | None = None
        self._changes: ChangeRelay | None = None
        self._pictures: Pictures | None = None
        self._staff: KioskStaff | None = None
        self._ending = self._is_closed = False
        self._opening: Job[tuple[Opened, KioskSettings, QImage | None]] | None = None
        self.session: GuestSession | None = None
        self.window: KioskWindow | None = None

    def start(self) -> None:
        """Open everything; guests are served as soon as it is there."""
        load_fonts(_application())
        self._open()

    @property
    def working(self) -> tuple[str, ...]:
        """The names of threads that did not end in time; none where all is well."""
        return self._jobs.working

    def end(self) -> None:
        """End as the system or the staff wish."""
        self._end(ExitCode.DONE)

    def _open(self) -> None:
        if self._ending:
            return
        self._opening = self._jobs.call(
            self._opened,
            owner=self,
            lane="opening",
            done=self._on_opened,
            failed=self._on_not_opened,
        )

    def _opened(self) -> tuple[Opened, KioskSettings, QImage | None]:
        """Open the index, the event and the models; runs beside the window."""
        with ExitStack() as opening:
            index = opening.enter_context(self._program.open_index())
            event = index.events.find_event(self._code)
            vision = self._program.open_vision()
            event = check_pack(index, event.code, vision)
            settings = index.guests.kiosk_settings(event.id)
            logo = _read_logo(settings.logo)
            sharing = Sharing(self._program)
            opening.callback(sharing.stop)
            self._stack = opening.pop_all()
        return Opened(index, event, vision, sharing), settings, logo

    def _on_not_opened(self, error: Exception) -> None:
        log.warning("the kiosk could not be opened: %s", type(error).__name__)
        if isinstance(error, TryAgainError):
            self._show_window({AwayView: AwayScreen}, KioskSettings())
            assert self.window is not None
            self.window.show_view(AwayView(WhyAway.DATABASE))
            self._heartbeat.live()
            QTimer.singleShot(_TRY_AGAIN_AFTER, self, self._open)
            return
        if isinstance(error, EventSnapError):
            print(f"eventsnap: {error}", file=sys.stderr)
        else:
            log.error("opening the kiosk failed", exc_info=error)
        self._end(ExitCode.COULD_NOT_RUN)

    def _on_opened(self, result: tuple[Opened, KioskSettings, QImage | None]) -> None:
        opened, settings, logo = result
        if self._ending:
            return
        self._drop_window()
        self._branding = _branding(opened.event.name, settings, logo)
        thumbnails = Thumbnails(
            self._jobs,
            self._program.read_thumbnail,
            self._settings.home / "cache",
            self,
        )
        self._pictures = Pictures(opened.event, thumbnails, self)
        factories = screen_factories(
            self._pictures, self._feed, lambda: self._branding, self._language
        )
        window = self._show_window(factories, settings)
        runner = JobsRunner(self._jobs, self)
        parts = kiosk_parts(
            self._program, opened, self._options.name, self._feed, self._ways, runner
        )
        kiosk = self._settings.kiosk
        sounds = Sounds(self._settings.home / "cache" / "sounds") if kiosk.sound else None
        stage = KioskStage(window, self._pictures, sounds)
        session = GuestSession(parts, stage, rest=self._rest)
        self.session = session
        self._listen(opened, window, session)
        self._staff = KioskStaff(
            window,
            session,
            self._jobs,
            self._ways,
            self._feed,
            lambda: self._program.open_source(opened.event.source),
            self._camera,
            self,
        )
        self._staff.leave_wanted.connect(self.end)
        self._staff.restart_wanted.connect(self._restart)
        self._staff.camera_wanted.connect(self._use_camera)
        self._heartbeat.live()
        self._heartbeat.report_to(opened.index.kiosks, opened.event.id, self._options.name)
        self._sharing = opened.sharing
        opened.sharing.begin()
        link = opened.sharing.link if self._settings.share.enabled else None
        start_delivering(self._jobs, self, self._program, opened.index, link)
        gc.freeze()  # what is here now stays: collections at the end of a visit look at less
        self._jobs.start(session.serve(), self._on_bug)
        log.info("the kiosk is open")
        self.ready.emit()

    def _listen(self, opened: Opened, window: KioskWindow, session: GuestSession) -> None:
        self._changes = ChangeRelay(opened.index.changes, self._jobs, self)
        self._changes.changed.connect(self._on_changes)
        self._changes.database_here.connect(session.hear_database)
        window.acted.connect(session.act)
        window.touched.connect(session.touch)
        window.language_chosen.connect(session.speak)
        self._changes.start()

    def _on_changes(self, notices: tuple[Notice, ...]) -> None:
        if self.session is not None:
            for notice in notices:
                self.session.hear(notice)

    def _show_window(self, factories: Factories, settings: KioskSettings) -> KioskWindow:
        if self.window is not None:
            return self.window
        languages = SpokenLanguages(_application(), settings.languages, self)
        self._brand = settings
        window = KioskWindow(
            factories,
            self._looks,
            languages,
            self._branding,
            accessible=self._settings.kiosk.accessible,
        )
        self.window = window
        if self._options.windowed:
            window.close_wanted.connect(self.end)
            window.resize(1280, 800)
            window.show()
        else:
            window.open_full(self._options.screen or 0)
        return window

    def _answers_phones(self) -> bool:
        return self._sharing is not None and self._sharing.is_running

    def _language(self) -> str:
        return self.window.language if self.window is not None else "en"

    def _looks(self, accessible: bool) -> Look:
        accent = self._brand.accent if self._brand is not None else ""
        return make_look(self._settings.kiosk.theme, accent, accessible)

    def _drop_window(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.leave()
            window.deleteLater()

    def _open_camera(self) -> Camera:
        return open_camera(self._camera)

    def _use_camera(self, address: str) -> None:
        self._camera = address

    def _rest(self) -> None:
        """Between two visits: let go of everything, and take new colours and words."""
        gc.collect()
        settings = self.session.settings if self.session is not None else None
        if settings is None or self.window is None or settings == self._brand:
            return
        self._brand = settings
        logo = _read_logo(settings.logo)
        self._branding = _branding(self._branding.event_name, settings, logo)
        self.window.redress(self._looks, self._branding)

    def _state(self) -> tuple[KioskState, str]:
        if self.session is None:
            return KioskState.WAITING, ""
        state, problem = self.session.state, self.session.problem
        printer = self._ways.known_problem
        if state in {KioskState.IDLE, KioskState.IN_SESSION} and printer and not problem:
            return KioskState.PRINTER_PROBLEM, printer
        return state, problem

    def _on_bug(self, error: Exception) -> None:
        """End with a crash's code: the supervisor starts the kiosk anew, at its first screen."""
        log.error("an unexpected error ended a visit", exc_info=error)
        self._end(ExitCode.BUG)

    def _restart(self) -> None:
        self._end(ExitCode.RESTART)

    def _end(self, code: int) -> None:
        if self._ending:
            return
        self._ending = True
        if self._changes is not None:
            self._changes.stop()
        self._heartbeat.stop()
        last_word = self._heartbeat.last_word()
        self._jobs.call(
            last_word,
            owner=self,
            lane="heartbeat",
            done=lambda _: self._close(code),
            failed=lambda _: self._close(code),
        )
        QTimer.singleShot(_LAST_WORD_WITHIN, self, lambda: self._close(code))

    def _close(self, code: int) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        if self.window is not None:
            self.window.wipe()
            self.window.hide()  # waiting for the threads may take a moment
        opening = self._opening is not None and self._opening.is_running
        self._jobs.close(_OPENS_WITHIN if opening else _ENDS_WITHIN)
        if self.window is not None:
            self.window.wipe()
        self._drop_window()
        self._feed.wipe()
        self._stack.close()
        self.ended.emit(code)


class KioskStage(WindowStage):
    """The window as the session sees it; what it wipes are the photos' pictures as well."""

    def __init__(self, window: KioskWindow, pictures: Pictures, sounds: Sounds | None) -> None:
        super().__init__(window)
        self._pictures, self._sounds = pictures, sounds
        self._before: View | None = None

    def show(self, view: View) -> None:
        """Show a view instead of the one before, with its sound where sounds are wanted."""
        if self._sounds is not None:
            sound = sound_of(self._before, view)
            self._before = view
            if sound is not None:
                self._sounds.play(sound)
        super().show(view)

    def wipe(self) -> None:
        """Forget everything of the guest."""
        self._before = None
        super().wipe()
        self._pictures.wipe()


def _branding(event_name: str, settings: KioskSettings, logo: QImage | None) -> Branding:
    return Branding(event_name, settings.greeting, logo, max(2, settings.slideshow_seconds))


def _read_logo(path: str) -> QImage | None:
    """Return the event's picture, None where there is none that can be read."""
    logo = QImage(path) if path else QImage()
    return None if logo.isNull() else logo


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
