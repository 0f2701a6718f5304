"""What delivering works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.flows.deliver_ports import Carrier, Outbox, Printers, ReadPhoto
from eventsnap_desktop.flows.organizer_ports import ChangeFeed

_LOOK_EVERY = 2.0  # seconds between two looks into the outbox when nothing is told


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Delivering:
    """What delivers, and how.

    Each of the ``printers`` prints beside the others. ``event_id`` is whose deliveries are made,
    None for all. With ``once`` it ends when nothing is due, and a database that is away ends it
    after ``patience`` seconds. ``chores`` is called every few seconds and must not raise.
    ``look_every`` is in seconds; ``clock`` returns a timezone-aware time.
    """

    outbox: Outbox
    carriers: Mapping[DeliveryKind, Carrier]
    read: ReadPhoto
    printers: Printers
    changes: ChangeFeed
    event_id: EventId | None = None
    once: bool = False
    patience: float = inf
    chores: Callable[[], None] = nothing
    look_every: float = _LOOK_EVERY
    clock: Callable[[], datetime] = now_utc
