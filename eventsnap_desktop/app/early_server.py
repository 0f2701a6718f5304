"""Starts the built-in database while the windows are still being imported."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.schema import Settings

log = logging.getLogger(__name__)


@contextmanager
def server_started_early(settings: Settings) -> Iterator[None]:
    """Hold the built-in server, if it was used before, from now until the block ends.

    Starting it takes most of a second in which the processor has little to do. What goes wrong here
    is said by whoever opens the database afterwards.
    """
    database = settings.database
    own = database.url is not None or database.url_in_keyring
    if own or not (settings.home / "database").exists():
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_hold, args=(settings, over), name="early-server")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _hold(settings: Settings, over: threading.Event) -> None:
    from eventsnap_desktop.index.embedded import embedded_server

    try:
        with embedded_server(settings.home):
            over.wait()
    except (EventSnapError, OSError) as error:
        log.info("the built-in database was not started early: %s", type(error).__name__)
