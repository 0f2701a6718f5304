"""What staff do at a kiosk: the PIN, and after it pausing, cameras, a test print, the way out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from eventsnap_desktop import __version__
from eventsnap_desktop.app.kiosk_ways import MachineWays
from eventsnap_desktop.camera.devices import CameraDevice, list_cameras
from eventsnap_desktop.delivery.trial_page import print_trial_page
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.flows.guest_session import GuestSession
from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.flows.staff_gate import StaffGate
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.staff_panel import StaffFacts, StaffPanel
from eventsnap_desktop.ui.kiosk.window import KioskWindow
from eventsnap_desktop.ui.widgets.sentences import in_window_language

log = logging.getLogger(__name__)

SourceOpener = Callable[[], PhotoSource]
"""Opens the event's photo source."""


@dataclass(frozen=True, slots=True)
class _Examined:
    """What was found out for the menu; problems are "" where all is well."""

    said: str
    source: str
    printer: str
    cameras: tuple[CameraDevice, ...]


class KioskStaff(QObject):
    """Answers the staff's panel; one for a kiosk."""

    leave_wanted = Signal()
    restart_wanted = Signal()
    camera_wanted = Signal(str)
    """The address of the camera to use from now on."""

    def __init__(
        self,
        window: KioskWindow,
        session: GuestSession,
        jobs: Jobs,
        ways: MachineWays,
        feed: CameraFeed,
        source: SourceOpener,
        camera: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._jobs = window, session, jobs
        self._ways, self._feed, self._source = ways, feed, source
        self._gate = StaffGate()
        self._camera = camera
        self._cameras: tuple[CameraDevice, ...] = ()
        self._facts: StaffFacts | None = None
        window.staff_wanted.connect(self._open)

    def _open(self) -> None:
        panel = self._window.open_staff(bool(self._session.settings.pin_hash))
        panel.pin_entered.connect(self._on_pin)
        panel.leave_wanted.connect(self.leave_wanted)
        panel.restart_wanted.connect(self.restart_wanted)
        panel.pause_wanted.connect(self._on_pause)
        panel.resume_wanted.connect(self._on_resume)
        panel.camera_wanted.connect(self._on_camera)
        panel.test_print_wanted.connect(self._on_test_print)
        self._say_wait(panel)

    def _say_wait(self, panel: StaffPanel) -> None:
        seconds = self._gate.seconds_to_wait()
        if seconds:
            panel.say(self.tr("Too many wrong PINs. Wait %n seconds.", "", seconds))

    def _on_pin(self, pin: str) -> None:
        pin_hash = self._session.settings.pin_hash
        self._jobs.call(
            partial(self._gate.try_pin, pin, pin_hash),
            owner=self,
            lane="staff",
            done=self._on_tried,
        )

    def _on_tried(self, right: bool) -> None:
        panel = self._window.staff
        if panel is None:
            return
        if right:
            log.info("staff opened the menu")
            self._look()
            return
        log.warning("a wrong staff PIN was entered")
        panel.say(self.tr("That PIN is wrong."))
        self._say_wait(panel)

    def _look(self, said: str = "") -> None:
        """Find out how everything is, and show it."""
        self._jobs.call(partial(self._examined, said), owner=self, lane="staff", done=self._show)

    def _examined(self, said: str) -> _Examined:
        try:
            self._source().check()
            source = ""
        except EventSnapError as error:
            source = error.message
        return _Examined(said, source, self._ways.look_at_printer(), tuple(list_cameras()))

    def _show(self, seen: _Examined) -> None:
        works = self.tr("works")
        self._cameras = seen.cameras
        addresses = [str(one.number) for one in seen.cameras if one.number is not None]
        at = addresses.index(self._camera) if self._camera in addresses else None
        names = tuple(one.name for one in seen.cameras if one.number is not None)
        self._facts = StaffFacts(
            database=in_window_language(self._session.problem) or works,
            source=in_window_language(seen.source) or works,
            camera=in_window_language(self._feed.problem) or self._camera_name(at, names),
            printer=in_window_language(seen.printer)
            or (works if self._ways.printer else self.tr("none is set up")),
            version=__version__,
            cameras=names,
            camera_now=at,
            can_print=self._ways.can_print,
            paused=self._session.is_paused,
            said=seen.said,
        )
        self._window.show_staff_menu(self._facts)

    def _camera_name(self, at: int | None, names: tuple[str, ...]) -> str:
        return self._camera if at is None else names[at]

    def _on_pause(self, minutes: int) -> None:
        log.info("staff paused the kiosk")
        back = datetime.now(UTC) + timedelta(minutes=minutes) if minutes else None
        self._session.pause(back)
        self._look()

    def _on_resume(self) -> None:
        self._session.resume()
        self._look()

    def _on_camera(self, place: int) -> None:
        numbers = [one.number for one in self._cameras if one.number is not None]
        if 0 <= place < len(numbers):
            self._camera = str(numbers[place])
            self.camera_wanted.emit(self._camera)
            self._look(self.tr("The next guest is filmed by this camera."))

    def _on_test_print(self) -> None:
        self._jobs.call(
            self._print_test_page,
            owner=self,
            lane="staff",
            done=self._on_printed,
            failed=self._on_not_printed,
        )

    def _print_test_page(self) -> str:
        return print_trial_page(self._ways.print_queues(), datetime.now(UTC).astimezone())

    def _on_printed(self, _: str) -> None:
        self._look(self.tr("The test page is on its way to the printer."))

    def _on_not_printed(self, error: Exception) -> None:
        log.warning("a test page was not printed: %s", type(error).__name__)
        known = (
            in_window_language(error.message)
            if isinstance(error, EventSnapError)
            else self.tr("It did not work.")
        )
        self._look(known)
