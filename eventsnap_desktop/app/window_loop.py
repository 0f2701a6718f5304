"""What every window of the program runs in: Qt's application, the event loop, signals, bugs."""

import logging
import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from eventsnap_desktop import __version__
from eventsnap_desktop.app.end_wish import EndWish

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


def run_loop(
    loop: AbstractEventLoop, start: Callable[[], None], end: Callable[[], None], wish: EndWish
) -> None:
    """Start, and run until the loop is stopped; ``end`` is called where ``wish`` was noted.

    Where it was noted before, nothing is started.
    """
    from PySide6.QtCore import QTimer

    from eventsnap_desktop.ui.bridge.collecting import GuiCollector

    def look() -> None:
        if wish.take():
            log.info("the program is told to end")
            end()

    awake = QTimer()
    awake.timeout.connect(look)
    awake.start(_LISTEN_TO_SIGNALS_EVERY)
    collector = GuiCollector()
    collector.start()
    with loop:  # type: ignore[attr-defined] # a loop of qasync
        if not wish.take():
            start()
            loop.run_forever()
    awake.stop()
    collector.stop()


def log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what a slot raised; the window goes on."""
    log.error("an unexpected error", exc_info=(kind, error, trace))
