"""Reads what the outbox page shows; all of it blocks."""

from dataclasses import dataclass
from datetime import datetime

from eventsnap_desktop.domain.deliveries import (
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    OutboxCounts,
)
from eventsnap_desktop.domain.delivery_details import OutboxDay
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.flows.organizer_ports import DeliveryDesk
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_details import DetailsView

MOST_ROWS = 500
"""The table holds the newest so many of what is asked for."""

_ALL = 2**31 - 1

Wanted = tuple[DeliveryState | None, DeliveryKind | None]
"""Which deliveries: of one state or of all, of one kind or of all."""


@dataclass(frozen=True, slots=True)
class OutboxView:
    """What the page shows of one event."""

    counts: OutboxCounts
    deliveries: tuple[Delivery, ...]
    day: OutboxDay


def load_outbox(
    desk: DeliveryDesk, event: EventId, wanted: Wanted, most: int = MOST_ROWS
) -> OutboxView:
    """Read the outbox of one event."""
    state, kind = wanted
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return OutboxView(
        desk.counts(event, kind),
        tuple(desk.list_deliveries(event, state, most, kind)),
        desk.day(event, midnight),
    )


def load_details(
    desk: Desk, event: Event, delivery: DeliveryId, paused: bool
) -> DetailsView | None:
    """Read one delivery with its photos, None when it is not there any more."""
    details = desk.deliveries.details(delivery)
    if details is None:
        return None
    there = {row.id: row for row in desk.browsing.rows(event.id, details.photos)}
    rows = [there[one] for one in details.photos if one in there and not there[one].hidden]
    return DetailsView(details, tuple(rows), event, paused)


def retry_all_failed(desk: DeliveryDesk, event: EventId, kind: DeliveryKind | None) -> int:
    """Have all failed ones tried now; return how many."""
    failed = desk.list_deliveries(event, DeliveryState.FAILED, _ALL, kind)
    return desk.retry([one.id for one in failed])
