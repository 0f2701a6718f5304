"""Prints leave by all printers at once: each makes one delivery after the other."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Thread

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.outgoing import DeliveryJob
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_lane import Lane, Look
from eventsnap_desktop.flows.deliver_maker import LEASE, Told
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_withdrawal import withdraw

Busy = frozenset[str | None]
"""Printers that make something; None stands for taking prints back, which waits for no printer."""


class PrintLane(Lane):
    """Takes prints on where one of the printers they may come out of has nothing to do.

    So a printer that is slow or out of paper holds up only what no other may print. Besides, what
    was cancelled while it waited at a print server is taken back.
    """

    def __init__(self, parts: Delivering, cancel: Cancel, told: Told) -> None:
        super().__init__(DeliveryKind.PRINT, parts, cancel, told)
        self._busy: set[str | None] = set()
        self._threads: list[Thread] = []
        self._raised = deque[Exception]()
        self._wanted: set[str] = set()

    def run(self) -> None:
        """Work; called by the thread. It ends after all that it began."""
        super().run()
        for thread in self._threads:
            thread.join()

    def _work(self) -> Look:
        """Have what is due longest made by a printer that has nothing to do."""
        if self._raised:
            raise self._raised.popleft()
        busy = self._busy_now()
        outbox, event_id = self._parts.outbox, self._parts.event_id
        places = self._parts.printers.places(self._left_alone(busy))
        if None not in busy:
            wish = outbox.claim_withdrawal(places, LEASE, event_id)
            if wish is not None:
                self._begin(None, partial(withdraw, self._parts, wish))
                return Look.FOUND
        job = outbox.claim([self.kind], places, LEASE, event_id)
        self._patience.succeeded()
        if job is not None:
            self._hand_on(job, busy)
            return Look.FOUND
        return Look.BUSY if busy else Look.NOTHING

    def _left_alone(self, busy: Busy) -> list[str]:
        """Return the words of orders for which nothing can be done at the moment."""
        return [wanted for wanted in self._wanted if not self._idle(wanted, busy)]

    def _idle(self, wanted: str, busy: Busy) -> list[str]:
        return [name for name in self._parts.printers.of(wanted) if name not in busy]

    def _hand_on(self, job: DeliveryJob, busy: Busy) -> None:
        """Have a print made, or give it back where no printer can; it is left alone then."""
        self._wanted.add(job.printer)
        idle = self._idle(job.printer, busy)
        if not idle:
            self._parts.outbox.put_off(job)
            return
        make = self._maker(idle[0]).make
        self._begin(idle[0], partial(make, replace(job, prefers=idle[0])))

    def _begin(self, place: str | None, work: Callable[[], None]) -> None:
        with self._lock:
            self._busy.add(place)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        name = f"deliver-print-{len(self._threads)}"
        thread = Thread(target=self._do, args=(place, work), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _do(self, place: str | None, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - it is raised again where lanes see to errors
            self._raised.append(error)
        finally:
            with self._lock:
                self._busy.discard(place)
            self.wake()

    def _busy_now(self) -> Busy:
        with self._lock:
            return frozenset(self._busy)
