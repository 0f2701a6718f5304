"""One way photos leave: takes on what is due and has it made, one delivery after the other."""

import logging
from enum import Enum, auto
from threading import Event, Lock, Thread

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.outgoing import PrintPlaces
from eventsnap_desktop.domain.work import Cancel, Patience
from eventsnap_desktop.flows.deliver_maker import LEASE, Maker, Told
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_try import log_bug

log = logging.getLogger(__name__)

_LONGEST_WAIT = 5.0  # seconds between two tries to reach a database that is away
_BUG_WAIT = 30.0  # seconds until work goes on after a bug


class Look(Enum):
    """What a look into the outbox came to."""

    FOUND = auto()
    NOTHING = auto()
    BUSY = auto()  # nothing now, but something is being made, and its end may change that


class Lane(Thread):
    """Makes one delivery of its kind after the other until ``cancel``.

    ``told`` is called on its thread whenever a try ended. ``error`` is what ended it early.
    """

    def __init__(self, kind: DeliveryKind, parts: Delivering, cancel: Cancel, told: Told) -> None:
        # A daemon: a server that never answers must not keep the program from ending.
        super().__init__(name=f"deliver-{kind}", daemon=True)
        self.kind = kind
        self.error: Exception | None = None
        self._parts, self._cancel, self._told = parts, cancel, told
        self._makers: dict[str, Maker] = {}
        self._lock = Lock()
        self._wake = Event()
        self._patience = Patience(parts.patience, longest=_LONGEST_WAIT)

    def wake(self) -> None:
        """Have it look into the outbox now; safe from any thread."""
        self._wake.set()

    def keep(self) -> None:
        """Extend the lease of what is being made; safe from any thread."""
        with self._lock:
            makers = list(self._makers.values())
        for maker in makers:
            maker.keep()

    def run(self) -> None:
        """Work; called by the thread."""
        while self.error is None:
            # Before the look, so that nothing is missed that is told during it.
            self._wake.clear()
            if self._cancel.requested:
                return
            try:
                look = self._work()
            except EventSnapError as error:
                self._wait_for_database(error)
            except Exception as error:  # noqa: BLE001 - a bug must not end deliveries for good
                log_bug(error, f"the outbox's {self.kind}")
                self.error = error if self._parts.once else None
                self._cancel.wait(0 if self._parts.once else _BUG_WAIT)
            else:
                if look is Look.NOTHING and self._parts.once:
                    return
                if look is not Look.FOUND:
                    self._wake.wait(self._parts.look_every)

    def _work(self) -> Look:
        """Make what is due longest."""
        job = self._parts.outbox.claim([self.kind], PrintPlaces(), LEASE, self._parts.event_id)
        self._patience.succeeded()
        if job is None:
            return Look.NOTHING
        self._maker("").make(job)
        return Look.FOUND

    def _maker(self, place: str) -> Maker:
        """Return what makes deliveries at a place, of which each has one at a time."""
        with self._lock:
            if place not in self._makers:
                self._makers[place] = Maker(self.kind, self._parts, self._cancel, self._told)
            return self._makers[place]

    def _wait_for_database(self, error: EventSnapError) -> None:
        log.debug("the outbox cannot be read: %s", type(error).__name__)
        wait = self._patience.next_wait()
        if wait is None or (self._parts.once and not isinstance(error, TryAgainError)):
            self.error = error
        else:
            self._cancel.wait(wait)
