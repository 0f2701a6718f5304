"""What reaches a session: the guest's actions, news, finished work; and the guest's patience."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from eventsnap_desktop.domain.guests import SessionOutcome
from eventsnap_desktop.domain.notices import Notice
from eventsnap_desktop.flows.guest_actions import Action, StillHere

TICK = 0.5
"""Seconds after which whoever waits looks at the clock."""

_WARNED = 15.0  # seconds before a visit ends by itself


class VisitEndedError(Exception):
    """The visit is over; leads out of whatever a session does. Not an error of the program."""

    def __init__(self, outcome: SessionOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class DatabaseHere:
    """The database was lost, or is there again."""

    here: bool


Item = Action | Notice | DatabaseHere


class Patience:
    """How long a visit goes on without a touch, and in all; 0 seconds for no limit."""

    def __init__(self, idle: float, total: float, clock: Callable[[], float]) -> None:
        self._idle, self._total, self._clock = idle, total, clock
        self._began = self._touched = clock()

    def touch(self) -> None:
        """Note that the guest is there."""
        self._touched = self._clock()

    def extend(self) -> None:
        """Give more time, the idle time or a minute: the guest says that they are there."""
        self.touch()
        if self._total:
            self._total = max(self._total, self._clock() - self._began + max(60.0, self._idle))

    def left(self) -> tuple[float | None, SessionOutcome]:
        """Return the seconds until the visit ends by itself, None for never, and how it would."""
        now = self._clock()
        idle = self._touched + self._idle - now if self._idle else None
        total = self._began + self._total - now if self._total else None
        if total is not None and (idle is None or total < idle):
            return total, SessionOutcome.TIME_UP
        return idle, SessionOutcome.WALKED_AWAY

    @property
    def warned(self) -> float:
        """How many seconds before the end the guest is told."""
        return min(_WARNED, self._idle / 2) if self._idle else _WARNED


class Inbox:
    """One for a session. Everything but ``next`` may be called at any time on its thread."""

    def __init__(
        self, count_down: Callable[[int | None], None], clock: Callable[[], float] = monotonic
    ) -> None:
        self._count_down, self.clock = count_down, clock
        self._items: deque[Item] = deque()
        self._waker: asyncio.Future[None] | None = None
        self._patience: Patience | None = None
        self._shown: int | None = None
        self._ending: SessionOutcome | None = None

    def put(self, item: Item) -> None:
        """Add something; an action shows that the guest is there."""
        if isinstance(item, StillHere):
            if self._patience is not None:
                self._patience.extend()
            self._show(None)
        else:
            self._items.append(item)
            if not isinstance(item, Notice | DatabaseHere):
                self.touch()
        self.wake()

    def touch(self) -> None:
        """Note that the guest is there."""
        if self._patience is not None:
            self._patience.touch()
            left, _ = self._patience.left()
            if self._shown is not None and (left is None or left > self._patience.warned):
                self._show(None)

    def end(self, outcome: SessionOutcome) -> None:
        """End the visit, whatever it does."""
        self._ending = outcome
        self.wake()

    def begin(self, idle: float, total: float) -> None:
        """Begin a visit: forget what came before, and be patient so long."""
        self._items.clear()
        self._ending = None
        self._patience = Patience(idle, total, self.clock)

    def finish(self) -> None:
        """End being patient: the visit is over."""
        self._items.clear()
        self._ending = self._patience = None
        self._show(None)

    def wake(self, *_: object) -> None:
        """Have whoever waits look again."""
        if self._waker is not None and not self._waker.done():
            self._waker.set_result(None)

    async def next(
        self, until: "asyncio.Future[Any] | None" = None, seconds: float | None = None
    ) -> Item | None:
        """Return what came, None when ``until`` is done or so many seconds are over.

        Raises VisitEndedError when the guest left, the time is up, or somebody ended the visit.
        """
        deadline = None if seconds is None else self.clock() + seconds
        if until is not None:
            until.add_done_callback(self.wake)
        while True:
            self._check()
            if self._items:
                return self._items.popleft()
            if until is not None and until.done():
                return None
            left = TICK if deadline is None else min(TICK, deadline - self.clock())
            if left <= 0:
                return None
            await self._sleep(left)

    async def _sleep(self, seconds: float) -> None:
        self._waker = asyncio.get_running_loop().create_future()
        try:
            # Not wait_for: when woken and cancelled at once, that forgets that it was cancelled.
            await asyncio.wait({self._waker}, timeout=seconds)
        finally:
            self._waker = None

    def _check(self) -> None:
        if self._ending is not None:
            raise VisitEndedError(self._ending)
        if self._patience is None:
            return
        left, outcome = self._patience.left()
        if left is None or left > self._patience.warned:
            self._show(None)
        elif left <= 0:
            raise VisitEndedError(outcome)
        else:
            self._show(max(1, round(left)))

    def _show(self, seconds: int | None) -> None:
        if seconds != self._shown:
            self._shown = seconds
            self._count_down(seconds)
