"""Makes deliveries one after the other, and notes what came of each."""

import logging
from collections.abc import Callable
from math import inf
from time import monotonic, sleep

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.outgoing import DeliveryJob
from eventsnap_desktop.domain.work import Cancel, Patience
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_try import End, Held, Outcome, Try

log = logging.getLogger(__name__)

LEASE = 60.0  # seconds for which a delivery is nobody else's, extended while it is made
_NOTE_EVERY = 1.0  # seconds between two tries to note what was made: the lease runs
_NOTE_LAST = 5.0  # seconds in which a program that ends tries to note it
_HURRY_EVERY = 300.0  # seconds between two times that all that failed is tried at once

Told = Callable[[DeliveryKind, End], None]
"""Hears of the end of each try, on any thread."""


class Maker:
    """Makes one delivery at a time of one kind, on whichever thread calls ``make``."""

    def __init__(self, kind: DeliveryKind, parts: Delivering, cancel: Cancel, told: Told) -> None:
        self._kind, self._parts, self._cancel, self._told = kind, parts, cancel, told
        self._held: Held | None = None
        self._in_trouble = False
        self._hurried_at = -inf

    def make(self, job: DeliveryJob) -> None:
        """Have a delivery made and noted; raises what the outbox does, but not that it is away."""
        held = self._held = Held(job)
        try:
            outcome = Try(self._parts, held, self._cancel).make()
            self._note(outcome)
        finally:
            self._held = None
        self._told(self._kind, outcome.end)
        self._hurry_others(outcome.end)

    def keep(self) -> None:
        """Extend the lease of what is being made; safe from any thread."""
        held = self._held
        if held is None:
            return
        try:
            held.lost = not self._parts.outbox.keep(held.job, LEASE)
        except EventSnapError as error:
            log.debug("a lease was not extended: %s", type(error).__name__)

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
            self._parts.outbox.hurry([self._kind])
        self._in_trouble = False
