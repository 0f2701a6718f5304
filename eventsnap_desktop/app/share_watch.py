"""Notices where the page for phones does not answer any more although its process lives."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Watching:
    """How a page is watched; times in seconds.

    It is stuck once it answered nothing for ``silent_for``, to ``misses`` questions at least: so
    neither a machine that does a hundred things at once nor one that slept makes it so. A page of
    another program, which is watched there too, has ``others_silent_for``.
    """

    every: float = 10.0
    again_after: float = 2.0
    answers_within: float = 10.0
    misses: int = 3
    silent_for: float = 30.0
    others_silent_for: float = 120.0


class ShareWatch:
    """Asks the page as a phone would, over this machine's own loopback; one thread.

    A page is only watched from its first answer on: where a firewall keeps this machine from
    asking itself, nothing is ended for that.
    """

    def __init__(
        self,
        ask: Callable[[int, float], str | None],
        how: Watching,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._ask, self._how, self._clock = ask, how, clock
        self._heard_port = 0
        self._misses, self._answered_at = 0, 0.0

    @property
    def pause(self) -> float:
        """The seconds until it is to be asked again."""
        is_fine = self._heard_port and not self._misses
        return self._how.every if is_fine else self._how.again_after

    def is_stuck(self, port: int, is_own: bool) -> bool:
        """Ask what answers on a port (0 for none), and return whether it is stuck."""
        if not port:
            self._heard_port = self._misses = 0
            return False
        if self._ask(port, self._how.answers_within) is not None:
            self._heard_port, self._misses, self._answered_at = port, 0, self._clock()
            return False
        if port != self._heard_port:
            return False
        self._misses += 1
        how = self._how
        longest = how.silent_for if is_own else how.others_silent_for
        if self._misses < how.misses or self._clock() - self._answered_at < longest:
            return False
        self._heard_port = self._misses = 0
        return True
