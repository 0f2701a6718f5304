"""Lets staff through by PIN, and whoever guesses wait longer and longer."""

from collections.abc import Callable
from time import monotonic

from eventsnap_desktop.flows.staff_pin import check_pin

_FREE_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 900.0  # seconds


class StaffGate:
    """One for a kiosk. A wait outlives a closed panel; only the right PIN ends the counting."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._wrong = 0
        self._closed_until = 0.0

    def seconds_to_wait(self) -> int:
        """Return how long no PIN is looked at, 0 when one is."""
        left = self._closed_until - self._clock()
        return max(0, int(left) + 1) if left > 0 else 0

    def try_pin(self, pin: str, pin_hash: str) -> bool:
        """Tell whether the PIN is right; never while it is to be waited. Takes a quarter second.

        After three wrong ones it is closed for 30 seconds, and twice as long each further time, up
        to a quarter of an hour: 10,000 PINs of four digits would take three months.
        """
        if self.seconds_to_wait():
            return False
        if check_pin(pin, pin_hash):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong >= _FREE_TRIES:
            doubled = min(self._wrong - _FREE_TRIES, 10)
            self._closed_until = self._clock() + min(_FIRST_WAIT * 2**doubled, _LONGEST_WAIT)
        return False
