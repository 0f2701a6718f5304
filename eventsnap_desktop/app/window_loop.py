"""What every window of the program runs in: Qt's application, the event loop, signals, bugs."""

import logging
import signal
import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from eventsnap_desktop import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

_LISTEN_TO_SIGNALS_EVERY = 200  # milliseconds; Python handles signals only while it runs


def make_application() -> "QApplication":
    """Return Qt's application, which lives until somebody ends its loop."""
    from PySide6.QtWidgets import QApplication

    from eventsnap_desktop.ui.widgets.icons import app_icon

    app = QApplication(sys.argv[:1])
    app.setApplicationName("EventSnap")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("eventsnap")
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
    return app


def run_loop(loop: AbstractEventLoop, start: Callable[[], None], end: Callable[[], None]) -> None:
    """Start, and run until the loop is stopped; SIGINT and SIGTERM ask for the end."""
    from PySide6.QtCore import QTimer

    from eventsnap_desktop.ui.bridge.collecting import GuiCollector

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        end()

    for number in before:
        signal.signal(number, on_signal)
    awake = QTimer()
    awake.start(_LISTEN_TO_SIGNALS_EVERY)
    collector = GuiCollector()
    collector.start()
    start()
    with loop:  # type: ignore[attr-defined] # a loop of qasync
        loop.run_forever()
    collector.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what a slot raised; the window goes on."""
    log.error("an unexpected error", exc_info=(kind, error, trace))
