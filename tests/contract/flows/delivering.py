"""Delivers in tests: what is due, or on a thread until it is stopped."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.outgoing import DeliveryJob, OutgoingPhoto, PrintPlaces
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver import DeliverReport, deliver_all
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_ports import Carrier
from eventsnap_desktop.index.opening import Index
from tests.contract.index.outbox_rows import PRINTER, row_of

MAIL, PRINT = DeliveryKind.EMAIL, DeliveryKind.PRINT
LONG = 600.0  # seconds: no test waits for the next look by the clock


def read(event_code: str, photo: OutgoingPhoto) -> bytes:
    return f"{event_code}/{photo.key}".encode()


class Printers:
    """Fits flows/deliver_ports.Printers: of one machine, whose orders name them with commas."""

    def __init__(self, machine: str = "", *names: str) -> None:
        self.machine, self.names = machine, names or (PRINTER,)

    def places(self, but: Sequence[str] = ()) -> PrintPlaces:
        return PrintPlaces(self.machine, self.names, tuple(but))

    def of(self, wanted: str) -> Sequence[str]:
        return [name for name in wanted.split(", ") if name in self.names]


def parts_of(index: Index, carriers: dict[DeliveryKind, Carrier], **more: Any) -> Delivering:
    parts = Delivering(index.outbox, carriers, read, Printers(), index.changes, once=True)
    return replace(parts, **more)


def delivered(index: Index, carriers: dict[DeliveryKind, Carrier], **more: Any) -> DeliverReport:
    """Deliver what is due."""
    return deliver_all(parts_of(index, carriers, **more), lambda _: None, Cancel())


class Worker:
    """Delivers on a thread until it is stopped."""

    def __init__(self, parts: Delivering, grace: float = 60.0) -> None:
        self.cancel, self.reports = Cancel(), list[DeliverReport]()
        self._news = Event()
        self._thread = Thread(
            target=lambda: deliver_all(parts, self._hear, self.cancel, grace), daemon=True
        )
        self._thread.start()

    def wait_for(self, fits: Callable[[DeliverReport], bool]) -> None:
        while not (self.reports and fits(self.reports[-1])):
            assert self._news.wait(60)
            self._news.clear()

    def stop(self) -> None:
        self.cancel.request()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _hear(self, report: DeliverReport) -> None:
        self.reports.append(report)
        self._news.set()


@contextmanager
def working(parts: Delivering, grace: float = 60.0, look_every: float = LONG) -> Iterator[Worker]:
    worker = Worker(replace(parts, once=False, look_every=look_every), grace)
    try:
        yield worker
    finally:
        worker.stop()


def until(url: str, condition: str) -> None:
    """Wait until the one delivery there is fits."""
    for _ in range(6000):
        if row_of(url, DeliveryId(1), condition)[0]:
            return
        Event().wait(0.01)
    pytest.fail(f"never: {condition}")


def told_of_loss(index: Index, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Return what is set once the outbox said that a delivery is not ours any more."""
    lost, keep = Event(), index.outbox.keep

    def kept(job: DeliveryJob, lease: float) -> bool:
        held = keep(job, lease)
        if not held:
            lost.set()
        return held

    monkeypatch.setattr(index.outbox, "keep", kept)
    return lost
