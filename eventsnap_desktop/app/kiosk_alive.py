"""What a guarded kiosk and its supervisor tell each other: a sign of life, and who has ended."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
"""How often a kiosk that is up has to touch its file."""

_LAST_SECONDS = 15.0


class AliveFile:
    """The file whose time changes while the kiosk's window lives; the first touch means "up".

    Only the change counts, never the age: clocks of machines without a network jump.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        """Say "not up yet", before a kiosk is started; OSError.

        The file takes its place only when it says so: nobody may read "up" from one just made.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.new")
        fresh.touch()
        os.utime(fresh, ns=(0, 0))
        fresh.replace(self._path)

    def touch(self) -> None:
        """Give a sign of life, from the GUI's thread; what goes wrong is logged only."""
        try:
            self._path.touch()
        except OSError as error:
            log.warning("no sign of life can be given: %s", type(error).__name__)

    def stamp(self) -> int:
        """Return what changes with every touch, 0 while there was none."""
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0


def watch_parent(on_end: Callable[[], None]) -> None:
    """Call ``on_end`` on a thread of its own once the process that started this one has ended.

    Its end closes the pipe that is our standard input. Who has not ended 15 seconds later is ended:
    no kiosk lives on without its supervisor.
    """
    pipe = _take_standard_input()
    threading.Thread(target=_await_end, args=(pipe, on_end), name="parent", daemon=True).start()


def _take_standard_input() -> int:
    """Return the pipe, and put nothing in its place: programs we start must not inherit it."""
    pipe = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return pipe


def _await_end(pipe: int, on_end: Callable[[], None]) -> None:
    # os.read, not sys.stdin: a daemon thread must not hold a lock of Python's when it exits.
    while os.read(pipe, 1):
        pass
    log.warning("the supervisor has ended; this kiosk ends too")
    try:
        on_end()
    finally:
        time.sleep(_LAST_SECONDS)
        sys.stderr.flush()
        os._exit(1)
