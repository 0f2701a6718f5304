"""A command that is told to end does so as by Ctrl-C: it closes what it opened, and says so."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")  # of a service manager, and of a terminal that was closed


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Have termination and a closed terminal raise KeyboardInterrupt inside the block.

    Else the process is gone at once, and a built-in database that it started goes on alone. Signals
    that are ignored (nohup) or handled already stay so; a mode may handle them in its own way.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt
