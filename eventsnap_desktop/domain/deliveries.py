"""A delivery: one e-mail, print or share that a guest asked for, as the outbox keeps it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

DeliveryId = NewType("DeliveryId", int)


class DeliveryKind(StrEnum):
    """How photos leave."""

    EMAIL = "email"
    PRINT = "print"
    SHARE = "share"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox, without its payload: that names guests and is not for lists.

    ``photos`` is how many photos it holds. ``last_error`` is the sentence of the last failed try,
    ``detail`` how far it is while it is made.
    """

    id: DeliveryId
    kind: DeliveryKind
    state: DeliveryState
    photos: int
    attempts: int
    created_at: datetime
    next_try_at: datetime
    last_error: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """Deliveries of an event by state, and whether delivering is paused."""

    waiting: int
    done: int
    failed: int
    cancelled: int
    paused: bool
