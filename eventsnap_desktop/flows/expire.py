"""Deletes the events whose day is over, as a person would: same code, same receipt, photos stay."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from eventsnap_desktop.domain.errors import (
    DatabaseAwayError,
    DatabaseRefusedError,
    EventBusyError,
    EventSnapError,
)
from eventsnap_desktop.domain.events import EventCounts, EventId
from eventsnap_desktop.domain.expiry import Expiring, Receipt

log = logging.getLogger(__name__)

CLOCKS_MAY_DIFFER = timedelta(days=1)
"""Where the machine's clock and the database's are further apart, one of them is wrong."""


class ExpiryDesk(Protocol):
    """The events that end by themselves. Every method may raise DatabaseAwayError."""

    def now(self) -> datetime:
        """Return the time by the database's clock."""

    def announce(self) -> list[Expiring]:
        """Return the events in their last days or past them, noting those not announced yet."""

    def delete_due(self, event_id: EventId) -> EventCounts | None:
        """Delete an event; None where it is not due any more, EventBusyError while it is encoded.

        DatabaseAwayError while a backup reads it.
        """


@dataclass(frozen=True, slots=True)
class Held:
    """An event that is due and could not be deleted yet; ``error`` says why."""

    expiring: Expiring
    error: EventSnapError


@dataclass(frozen=True, slots=True)
class ExpiryReport:
    """What one look did: deleted events, those that could not be, and those that will be."""

    receipts: tuple[Receipt, ...] = ()
    held: tuple[Held, ...] = ()
    coming: tuple[Expiring, ...] = ()


def machine_clock() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


def announce(
    desk: ExpiryDesk, machine: Callable[[], datetime] = machine_clock
) -> tuple[datetime, list[Expiring]]:
    """Return the time, and the events in their last days or past them, first to end first.

    They count as announced from now on. EventSnapError where the clocks do not agree: then nothing
    is announced or deleted.
    """
    now, here = desk.now(), machine()
    if abs(now - here) > CLOCKS_MAY_DIFFER:
        raise EventSnapError(
            f"This computer's clock says {here:%Y-%m-%d}, the database's {now:%Y-%m-%d}: no event "
            "is deleted by its date",
            "Set the clock that is wrong.",
        )
    return now, desk.announce()


def expire(
    desk: ExpiryDesk,
    only: EventId | None = None,
    machine: Callable[[], datetime] = machine_clock,
) -> ExpiryReport:
    """Delete every event that is due, or only one; return receipts and what is left.

    May be called by several processes at once: each event is deleted once, and has one receipt.
    Deliveries that wait go with their event. Raises what ``announce`` does, DatabaseAwayError and
    DatabaseRefusedError before anything was deleted only.
    """
    now, found = announce(desk, machine)
    receipts: list[Receipt] = []
    held: list[Held] = []
    wanted = [one for one in found if only is None or one.event.id == only]
    for one in wanted:
        if not one.is_due(now):
            continue
        try:
            counts = desk.delete_due(one.event.id)
        except (EventBusyError, DatabaseAwayError, DatabaseRefusedError) as error:
            log.info("event %s is over and stays for now: %s", one.event.id, type(error).__name__)
            held.append(Held(one, error))
            continue
        if counts is not None:
            log.info("event %s was over and is deleted: %s faces", one.event.id, counts.faces)
            receipts.append(Receipt(one.event, counts, now))
    coming = tuple(one for one in wanted if not one.is_due(now))
    return ExpiryReport(tuple(receipts), tuple(held), coming)
