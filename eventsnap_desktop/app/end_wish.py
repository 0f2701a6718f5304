"""Hears from the system that the program shall end, and only notes it.

Python runs a signal's handler wherever the GUI's thread happens to be: amid an import whose lock a
worker waits for, or in the middle of making a lane of threads that nobody can close yet. Whoever
waits for the threads there waits for ever (seen: "QThread: Destroyed while thread is still
running"). The event loop asks for what was noted, where nothing is half done.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class EndWish:
    """Whether somebody wishes the end and was not heard yet."""

    def __init__(self) -> None:
        self._wished = False

    def note(self, number: int = signal.SIGTERM, frame: FrameType | None = None) -> None:
        """Wish the end; this is the signals' handler."""
        del number, frame
        self._wished = True

    def take(self) -> bool:
        """Return whether the end was wished since the last call."""
        wished, self._wished = self._wished, False
        return wished


@contextmanager
def end_wished() -> Iterator[EndWish]:
    """Listen until the block ends; a signal that was ignored before stays so (nohup does that)."""
    wish = EndWish()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    heard = [one for one in numbers if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, wish.note) for number in heard}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_at_once(code: int) -> None:
    """End the process with a thread that does not, such as one on a network drive that hangs.

    To destroy a QThread that runs is to crash; everything else is closed by now.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
