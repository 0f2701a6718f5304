"""Events that end by themselves: which are due, which soon will be, and what was deleted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.events import Event, EventCounts

WARNED_FOR = timedelta(days=7)
"""From so long before its day on, an event is announced as one that will be deleted."""

WARNED_BEFORE = timedelta(hours=20)
"""An event is deleted only if some look at least so long ago has announced it.

A clock that leaps ahead, or a date that was mistyped, is so seen by somebody before it costs an
event. Less than a day, so that a daily look deletes at its second time also when it is early.
"""


@dataclass(frozen=True, slots=True)
class Expiring:
    """An event in its last days, or past them.

    ``day`` is its ``keep_until``, ``due_at`` the first moment at which it is deleted by itself;
    ``waiting`` counts deliveries that were not made yet.
    """

    event: Event
    day: datetime
    due_at: datetime
    waiting: int

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be deleted now."""
        return self.due_at <= now


@dataclass(frozen=True, slots=True)
class Receipt:
    """An event that was deleted because its day was over: what there was of it, and when.

    ``sheets`` are those that waited at printers.
    """

    event: Event
    deleted: EventCounts
    deleted_at: datetime
    sheets: SheetsOfDeleted = field(default_factory=SheetsOfDeleted)

    @property
    def photos(self) -> int:
        """How many photos were forgotten, whose files stay."""
        return self.deleted.known_photos


def due_at(keep_until: datetime, warned_at: datetime) -> datetime:
    """Return when an event is deleted by itself that was announced at ``warned_at``."""
    return max(keep_until, warned_at + WARNED_BEFORE)
