"""The organizer's window: the program without arguments."""

import logging
import os
import signal
import sys
from argparse import Namespace
from types import FrameType, TracebackType

from eventsnap_desktop import __version__
from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.early_server import server_started_early
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.settings.log_file import start_log

log = logging.getLogger(__name__)

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_LISTEN_TO_SIGNALS_EVERY = 200  # milliseconds; Python handles signals only while it runs


def run_organizer(chosen: Namespace) -> int:
    """Open the window and return when it was closed; EventSnapError where no window can open."""
    _check_screen()
    loaded = settings_for(chosen)
    running_log = start_log(loaded.settings.home, loaded.settings.log_level)
    sys.excepthook = _log_bug
    try:
        with server_started_early(loaded.settings):
            _run_window(loaded)
    finally:
        running_log.stop()
    return ExitCode.DONE


def _check_screen() -> None:
    """Say what is missing where Qt would only abort the program."""
    on_linux = sys.platform.startswith("linux")
    if on_linux and not any(os.environ.get(name) for name in _SCREENS):
        raise EventSnapError(
            "There is no screen here to open a window on",
            "Start it from a desktop; eventsnap --help lists what works without a screen.",
        )
    try:
        import PySide6.QtWidgets  # noqa: F401 - only whether it can be imported
    except ImportError as error:
        raise EventSnapError(
            f"The windows' libraries cannot be loaded ({error})",
            "Install what is missing; on Debian: apt-get install libegl1 libgl1 libxkbcommon0 "
            "libdbus-1-3 libfontconfig1.",
        ) from error


def _run_window(loaded: LoadedSettings) -> None:
    import qasync
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from eventsnap_desktop.app.organizer_session import OrganizerSession
    from eventsnap_desktop.ui.widgets import language
    from eventsnap_desktop.ui.widgets.icons import app_icon
    from eventsnap_desktop.ui.widgets.theme import Theme

    app = QApplication(sys.argv[:1])
    app.setApplicationName("EventSnap")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("eventsnap")
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
    language.put_on(app, loaded.settings.window.language)
    theme = Theme(app, loaded.settings.window.theme)
    loop = qasync.QEventLoop(app)
    session = OrganizerSession(loop, loaded, theme)
    session.ended.connect(loop.stop)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        session.end()

    for number in before:
        signal.signal(number, on_signal)
    awake = QTimer()
    awake.start(_LISTEN_TO_SIGNALS_EVERY)
    session.start()
    with loop:
        loop.run_forever()
    for number, handler in before.items():
        signal.signal(number, handler)


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what a slot raised; the window goes on."""
    log.error("an unexpected error", exc_info=(kind, error, trace))
