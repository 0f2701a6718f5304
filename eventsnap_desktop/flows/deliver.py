"""Delivers what guests asked for: e-mails on one thread, each printer on its own, until stopped."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import Lock, Thread
from time import monotonic

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_lane import Lane
from eventsnap_desktop.flows.deliver_maker import LEASE
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_prints import PrintLane
from eventsnap_desktop.flows.deliver_try import End

log = logging.getLogger(__name__)

_KEEP_EVERY = LEASE / 6  # seconds: several tries before a lease is over
_LOOK_EVERY = 0.2  # seconds until an end, or the wish for it, is noticed


@dataclass(frozen=True, slots=True)
class DeliverReport:
    """What was delivered, in deliveries, and how often a try failed and another one follows."""

    emails: int = 0
    prints: int = 0
    failed: int = 0
    tried_again: int = 0
    seconds: float = 0.0
    cancelled: bool = False


def deliver_all(
    parts: Delivering,
    report: Callable[[DeliverReport], None],
    cancel: Cancel,
    grace: float = inf,
) -> DeliverReport:
    """Make deliveries until ``cancel``, or with ``parts.once`` until none is due.

    What is being made when the wish to stop comes is made to its end, for ``grace`` seconds at
    most: then it is left behind, and others take it on when its lease is over. E-mails and the
    prints of each printer do not wait for each other. ``report`` is called on any thread.

    Raises, with ``parts.once`` only, DatabaseAwayError and DatabaseRefusedError.
    """
    tally = _Tally(report)
    lanes = [
        PrintLane(parts, cancel, tally.count)
        if kind is DeliveryKind.PRINT
        else Lane(kind, parts, cancel, tally.count)
        for kind in parts.carriers
    ]
    listening = Cancel()
    parts.chores()  # before the first look, which may be the only one
    with _listening(parts, lanes, listening):
        for lane in lanes:
            lane.start()
        _attend(parts, lanes, cancel, grace)
    for lane in lanes:
        if lane.error is not None:
            raise lane.error
    return tally.result(cancel.requested)


def _attend(parts: Delivering, lanes: Sequence[Lane], cancel: Cancel, grace: float) -> None:
    """Keep the leases and do the chores until all lanes ended, or were given up."""
    keep_at, give_up_at = monotonic() + _KEEP_EVERY, inf
    while working := [lane for lane in lanes if lane.is_alive()]:
        now = monotonic()
        if now >= keep_at:
            keep_at = now + _KEEP_EVERY
            parts.chores()
            for lane in working:
                lane.keep()
        if cancel.requested:
            give_up_at = min(give_up_at, now + grace)
            for lane in working:
                lane.wake()
        if now >= give_up_at:
            log.info("%s deliveries are left behind", len(working))
            return
        working[0].join(_LOOK_EVERY)


@contextmanager
def _listening(parts: Delivering, lanes: Sequence[Lane], cancel: Cancel) -> Iterator[None]:
    """Wake the lanes as soon as the outbox changes, by whomever."""

    def wake_all() -> None:
        for lane in lanes:
            lane.wake()

    def on_notice(notice: Notice) -> None:
        if notice.subject in {Subject.OUTBOX, Subject.EVERYTHING}:
            wake_all()

    def on_state(here: bool) -> None:
        if here:  # what was ordered after the lanes' first look and before this, nobody told
            wake_all()

    def listen() -> None:
        parts.changes.listen(on_notice, on_state, cancel)

    if parts.once:  # it ends when nothing is due now
        yield
        return
    thread = Thread(target=listen, name="deliver-changes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        cancel.request()
        thread.join()


class _Tally:
    """Counts what the lanes do; any thread."""

    def __init__(self, report: Callable[[DeliverReport], None]) -> None:
        self._report, self._lock, self._began = report, Lock(), monotonic()
        self._emails = self._prints = self._failed = self._again = 0

    def count(self, kind: DeliveryKind, end: End) -> None:
        """Count the end of one try."""
        with self._lock:
            self._emails += end is End.DELIVERED and kind is DeliveryKind.EMAIL
            self._prints += end is End.DELIVERED and kind is DeliveryKind.PRINT
            self._failed += end is End.FAILED
            self._again += end is End.LATER
            so_far = self._result(False)
        self._report(so_far)

    def result(self, cancelled: bool) -> DeliverReport:
        """Return what was done so far."""
        with self._lock:
            return self._result(cancelled)

    def _result(self, cancelled: bool) -> DeliverReport:
        seconds = round(monotonic() - self._began, 3)
        return DeliverReport(
            self._emails, self._prints, self._failed, self._again, seconds, cancelled
        )
