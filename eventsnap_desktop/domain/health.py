"""How an index does: what a monitor wants to know of its events without changing anything."""

from dataclasses import dataclass
from datetime import datetime

from eventsnap_desktop.domain.events import Event, EventCounts
from eventsnap_desktop.domain.kiosks import KioskStatus
from eventsnap_desktop.domain.photos import FailedPhoto


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """Deliveries of an event that were not made yet.

    ``later`` are e-mails that wait for new photos of a guest, which is no fault: ``waiting`` and
    ``oldest_at`` (when the one that waits longest was asked for) leave them out.
    """

    waiting: int
    later: int
    failed: int
    paused: bool
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventHealth:
    """One event: how far it is, and what works for it right now.

    ``encoding`` tells whether a process holds it for encoding, ``kiosks`` are those that were heard
    of within a day. ``failed_photos`` is empty where all events are looked at.
    """

    event: Event
    archived: bool
    counts: EventCounts
    last_encoded_at: datetime | None
    encoding: bool
    outbox: OutboxHealth
    kiosks: tuple[KioskStatus, ...]
    failed_photos: tuple[FailedPhoto, ...]


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """A database that answers, as of its own clock ``now``; ``events`` are the newest first."""

    now: datetime
    server: str
    pgvector: str
    schema: int
    events: tuple[EventHealth, ...]
