"""One way photos leave: takes on what is due, has it made, and notes what came of it."""

import logging
from collections.abc import Callable
from math import inf
from threading import Event, Thread
from time import monotonic, sleep

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.outgoing import DeliveryJob
from eventsnap_desktop.domain.work import Cancel, Patience
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_try import End, Held, Outcome, Try, log_bug

log = logging.getLogger(__name__)

LEASE = 60.0  # seconds for which a delivery is nobody else's, extended while it is made
_LONGEST_WAIT = 5.0  # seconds between two tries to reach a database that is away
_NOTE_EVERY = 1.0  # seconds between two tries to note what was made: the lease runs
_NOTE_LAST = 5.0  # seconds in which a program that ends tries to note it
_HURRY_EVERY = 300.0  # seconds between two times that all that failed is tried at once
_BUG_WAIT = 30.0  # seconds until work goes on after a bug


class Lane(Thread):
    """Makes one delivery of its kind after the other until ``cancel``.

    ``told`` is called on its thread whenever a try ended. ``error`` is what ended it early.
    """

    def __init__(
        self,
        kind: DeliveryKind,
        parts: Delivering,
        cancel: Cancel,
        told: Callable[[DeliveryKind, End], None],
    ) -> None:
        # A daemon: a server that never answers must not keep the program from ending.
        super().__init__(name=f"deliver-{kind}", daemon=True)
        self.kind = kind
        self.error: Exception | None = None
        self._parts, self._cancel, self._told = parts, cancel, told
        self._wake = Event()
        self._held: Held | None = None
        self._patience = Patience(parts.patience, longest=_LONGEST_WAIT)
        self._in_trouble = False
        self._hurried_at = -inf

    def wake(self) -> None:
        """Have it look into the outbox now; safe from any thread."""
        self._wake.set()

    def keep(self) -> None:
        """Extend the lease of what is being made; safe from any thread."""
        held = self._held
        if held is None:
            return
        try:
            held.lost = not self._parts.outbox.keep(held.job, LEASE)
        except EventSnapError as error:
            log.debug("a lease was not extended: %s", type(error).__name__)

    def run(self) -> None:
        """Work; called by the thread."""
        while self.error is None:
            # Before the look, so that nothing is missed that is told during it.
            self._wake.clear()
            if self._cancel.requested:
                return
            try:
                found = self._work()
            except EventSnapError as error:
                self._wait_for_database(error)
            except Exception as error:  # noqa: BLE001 - a bug must not end deliveries for good
                log_bug(error, f"the outbox's {self.kind}")
                self.error = error if self._parts.once else None
                self._cancel.wait(0 if self._parts.once else _BUG_WAIT)
            else:
                if not found and self._parts.once:
                    return
                if not found:
                    self._wake.wait(self._parts.look_every)

    def _work(self) -> bool:
        """Make what is due longest; return whether there was something."""
        printers = self._parts.printers() if self.kind is DeliveryKind.PRINT else ()
        job = self._parts.outbox.claim([self.kind], printers, LEASE, self._parts.event_id)
        self._patience.succeeded()
        if job is None:
            return False
        self._make(job)
        return True

    def _make(self, job: DeliveryJob) -> None:
        held = self._held = Held(job)
        try:
            outcome = Try(self._parts, held, self._cancel).make()
            self._note(outcome)
        finally:
            self._held = None
        self._told(self.kind, outcome.end)
        self._hurry_others(outcome.end)

    def _note(self, outcome: Outcome) -> None:
        """Note how a try ended, however long the database is away: else it is made twice."""
        give_up = Patience(_NOTE_LAST)
        while True:
            try:
                outcome.note()
            except TryAgainError as error:
                log.debug("the end of a delivery was not noted: %s", type(error).__name__)
            else:
                return
            if self._cancel.requested and give_up.next_wait() is None:
                return
            sleep(_NOTE_EVERY)

    def _hurry_others(self, end: End) -> None:
        """When it works again, have all that failed tried now: the internet or the printer is back.

        Not too often, because one address that always fails must not be tried all the time.
        """
        if end is not End.DELIVERED:
            self._in_trouble = self._in_trouble or end is End.LATER
            return
        if self._in_trouble and monotonic() - self._hurried_at >= _HURRY_EVERY:
            self._hurried_at = monotonic()
            self._parts.outbox.hurry([self.kind])
        self._in_trouble = False

    def _wait_for_database(self, error: EventSnapError) -> None:
        log.debug("the outbox cannot be read: %s", type(error).__name__)
        wait = self._patience.next_wait()
        if wait is None or (self._parts.once and not isinstance(error, TryAgainError)):
            self.error = error
        else:
            self._cancel.wait(wait)
