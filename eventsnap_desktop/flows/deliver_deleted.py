"""Takes back what a deleted event left at print servers, and says how many sheets that were.

The index keeps the prints when their event goes, whoever deletes it. Whatever delivers at a machine
takes its own back sooner or later; this does so at once, for a receipt.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from time import monotonic, sleep
from typing import Protocol

from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import PrintPlaces, Withdrawal
from eventsnap_desktop.flows.deliver_ports import Withdrawing

log = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds for a print server that does not answer, or for others who do it
_LONGEST = 60.0  # seconds, for hundreds of prints: who waits for the receipt wants to go on
_LOOK_EVERY = 0.25  # seconds
_LEASE = 60.0  # seconds; a print server answers within 15, or does not
_AGAIN_AFTER = 15.0  # seconds until somebody else tries what could not be done here

TakeBack = Callable[[EventId], SheetsOfDeleted]
"""What is called with an event that was deleted a moment ago."""


class DeletedPrints(Protocol):
    """Fits flows/deliver_ports.Outbox."""

    def claim_withdrawal(
        self, places: PrintPlaces, lease: float, event_id: EventId | None = None
    ) -> Withdrawal | None:
        """Take on a print that is not to be made any more; None when there is none."""

    def withdrawn(self, number: DeliveryId, after: float = 0.0, back: int = 0) -> None:
        """Note how it ended."""

    def sheets_of_deleted(self, event_id: EventId, machine: str) -> SheetsOfDeleted:
        """Return what became of a deleted event's sheets by now."""


def take_back_deleted(
    event_id: EventId,
    prints: DeletedPrints,
    printing: Callable[[], Withdrawing],
    places: PrintPlaces,
    patience: float = _PATIENCE,
    longest: float = _LONGEST,
    wait: Callable[[float], object] = sleep,
) -> SheetsOfDeleted:
    """Take this machine's sheets of a deleted event back; raises nothing: the event is gone.

    A print server that does not answer is asked for ``patience`` seconds, and all of it takes
    ``longest``. What is left then is left to whatever delivers here, which goes on. ``printing``
    is asked for once, and only where there is anything; ``wait`` lets some seconds pass.
    """
    until, why = monotonic() + patience, ""
    give_up, once = monotonic() + longest, cache(printing)
    try:
        while True:
            while monotonic() < give_up:
                wish = prints.claim_withdrawal(places, _LEASE, event_id)
                if wish is None:
                    break
                why = _withdraw(wish, prints, once(), last=monotonic() >= until)
                if why:
                    break
            found = prints.sheets_of_deleted(event_id, places.machine)
            if not found.left or monotonic() >= until:
                return replace(found, why=why if found.left else "")
            wait(_LOOK_EVERY)
    except EventSnapError as error:  # the database is away now
        log.warning("deleted prints are not taken back yet: %s", type(error).__name__)
        return SheetsOfDeleted(why=str(error))


def _withdraw(wish: Withdrawal, prints: DeletedPrints, printing: Withdrawing, last: bool) -> str:
    """Take one print back; return what keeps it from that, "" for nothing."""
    try:
        taken = printing.withdraw(wish)
    except EventSnapError as error:
        log.info("delivery %s was not taken back: %s", wish.id, type(error).__name__)
        is_soon = isinstance(error, TryAgainError) and not last
        prints.withdrawn(wish.id, _LOOK_EVERY if is_soon else _AGAIN_AFTER)
        return str(error)
    prints.withdrawn(wish.id, back=taken.back)
    return ""
