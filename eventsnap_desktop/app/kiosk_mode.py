"""`--kiosk`: the guests' screens, full screen, guarded by a supervisor."""

import faulthandler
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.early_server import server_started_early
from eventsnap_desktop.app.end_wish import EndWish, end_wished, leave_at_once
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.kiosk_alive import AliveFile, watch_parent
from eventsnap_desktop.app.kiosk_lock import KioskFiles
from eventsnap_desktop.app.kiosk_options import KioskOptions, kiosk_name
from eventsnap_desktop.app.kiosk_starting import kiosk_command
from eventsnap_desktop.app.kiosk_supervisor import Supervisor
from eventsnap_desktop.app.screen_check import check_display, check_screen
from eventsnap_desktop.app.window_loop import log_bug, make_application, run_loop
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.settings.log_file import start_log

if TYPE_CHECKING:
    from eventsnap_desktop.app.kiosk_session import KioskSession


def run_kiosk(chosen: Namespace) -> int:
    """Guard the kiosk, or be the guarded one; return the exit code."""
    code = checked_code(chosen.kiosk)
    if chosen.kiosk_child is None:
        return _guard(chosen, code)
    return _serve_guests(chosen, code)


def _guard(chosen: Namespace, code: str) -> int:
    loaded = settings_for(chosen)
    settings = loaded.settings
    files = KioskFiles(settings.home, kiosk_name(settings.kiosk.name, chosen.screen))
    command = kiosk_command(
        code,
        settings.home,
        camera=chosen.camera,
        windowed=chosen.windowed,
        screen=chosen.screen,
        model_pack=chosen.model_pack,
        guarded_as=files.name,
    )
    with files.held():
        running_log = start_log(settings.home, settings.log_level, f"{files.stem}-supervisor.log")
        try:
            supervisor = Supervisor(command, AliveFile(files.alive), check_display)
            with _signals_to(supervisor.stop):
                return supervisor.run()
        finally:
            running_log.stop()


def _serve_guests(chosen: Namespace, event_code: str) -> int:
    check_screen()
    faulthandler.enable()
    _leave_no_dump()
    loaded = settings_for(chosen)
    settings = loaded.settings
    name = chosen.kiosk_child or kiosk_name(settings.kiosk.name, chosen.screen)
    files = KioskFiles(settings.home, name)
    options = KioskOptions(name, AliveFile(files.alive), chosen.screen, chosen.windowed)
    running_log = start_log(settings.home, settings.log_level, f"{files.stem}.log")
    sys.excepthook = log_bug
    try:
        with end_wished() as wish:
            _check_camera(settings.kiosk.camera)
            guarded = bool(chosen.kiosk_child)
            with files.screen_held(), server_started_early(settings):
                session, code = _run_window(loaded, event_code, options, guarded, wish)
    finally:
        running_log.stop()
    if session.working:
        leave_at_once(code)
    return code


def _run_window(
    loaded: LoadedSettings, event_code: str, options: KioskOptions, guarded: bool, wish: EndWish
) -> "tuple[KioskSession, int]":
    """Return the exit code and what was open: to let go of that while it works is to crash."""
    import qasync

    from eventsnap_desktop.app.kiosk_session import KioskSession

    app = make_application()
    _check_number(options.screen)
    loop = qasync.QEventLoop(app)
    session = KioskSession(loop, loaded, event_code, options)
    ended: list[int] = []

    def on_ended(exit_code: int) -> None:
        ended.append(exit_code)
        loop.call_soon(loop.stop)  # also when it ended before the loop began

    session.ended.connect(on_ended)
    if guarded:
        watch_parent(wish.note)
    run_loop(loop, session.start, session.end, wish)
    return session, ended[0] if ended else ExitCode.DONE


def _check_camera(address: str) -> None:
    """Raise UsageError or CameraRefusedError for an address that never gives a picture.

    A webcam that is away is no error: it may come.
    """
    from eventsnap_desktop.camera.opening import open_camera

    open_camera(address).close()


def _check_number(screen: int | None) -> None:
    """Raise UsageError when there is no screen of this number."""
    from PySide6.QtGui import QGuiApplication

    names = [one.name() for one in QGuiApplication.screens()]
    if screen is not None and screen >= len(names):
        there = ", ".join(f"{number}: {name}" for number, name in enumerate(names, 1))
        raise UsageError(f"There is no screen {screen + 1} here", f"The screens are {there}.")


def _leave_no_dump() -> None:
    """Keep the system from writing our memory to the disk when we crash: guests' faces are in it.

    (Windows' error reports keep small dumps, of stacks only.)
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _signals_to(stop: Callable[[int], None]) -> Iterator[None]:
    """Hand SIGINT, SIGTERM and what else ends a program on purpose to ``stop``."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        stop(number)

    wanted = [signal.SIGINT, signal.SIGTERM]
    wanted += [getattr(signal, name) for name in ("SIGBREAK", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, on_signal) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
