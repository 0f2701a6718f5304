"""How a piece of work is told to stop and how it tells what it does."""

from collections.abc import Callable
from threading import Event as _Flag
from time import monotonic

from eventsnap_desktop.domain.errors import Cancelled


class Cancel:
    """A wish to stop, shared by the threads of one piece of work."""

    def __init__(self) -> None:
        self._flag = _Flag()

    def request(self) -> None:
        """Ask the work to stop; safe from any thread and from a signal handler."""
        self._flag.set()

    @property
    def requested(self) -> bool:
        """Whether the work shall stop."""
        return self._flag.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep until the wish or the time comes; return whether the wish came."""
        return self._flag.wait(seconds)

    def raise_if_requested(self) -> None:
        """Raise Cancelled when the work shall stop."""
        if self._flag.is_set():
            raise Cancelled("Stopped")


class Patience:
    """Waits between tries: doubling from ``first`` to ``longest``, ``total`` seconds in all."""

    def __init__(
        self,
        total: float,
        first: float = 0.25,
        longest: float = 5.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._total, self._first, self._longest, self._clock = total, first, longest, clock
        self._next = first
        self._since: float | None = None

    def succeeded(self) -> None:
        """Start over: the last try went well."""
        self._since, self._next = None, self._first

    def next_wait(self) -> float | None:
        """Return the seconds to wait before the next try, or None when patience is at its end."""
        now = self._clock()
        self._since = now if self._since is None else self._since
        if now - self._since >= self._total:
            return None
        wait, self._next = self._next, min(self._next * 2, self._longest)
        return wait
