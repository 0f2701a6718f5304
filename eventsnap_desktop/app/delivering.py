"""Joins what delivering works with on this machine, for the command line and for windows."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.carriers import Address, make_carriers
from eventsnap_desktop.app.deliver_presence import Presence
from eventsnap_desktop.app.photo_reading import PhotoReader
from eventsnap_desktop.delivery.print_pool import printer_names
from eventsnap_desktop.delivery.printers import PrinterList, list_printers
from eventsnap_desktop.delivery.share_address import share_url
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver import deliver_all
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.schema import Settings

if TYPE_CHECKING:  # the command line delivers where there is no Qt
    from PySide6.QtCore import QObject

    from eventsnap_desktop.ui.bridge.jobs import Jobs

log = logging.getLogger(__name__)

_ASK_AGAIN_AFTER = 60.0  # seconds: asking a print server takes a tenth of one, or its time-out
_CLOSES_WITHIN = 8.0  # seconds that a closing window waits for what is being delivered


class OwnPrinters:
    """The names under which orders may ask for this machine's printers; one thread at a time."""

    def __init__(
        self,
        setting: str,
        printers: Callable[[], PrinterList] = list_printers,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        # A kiosk may order from all of its printers at once, or from one of them.
        self._set = (setting, *(one.name for one in printer_names(setting)))
        self._printers, self._clock = printers, clock
        self._asked_at = -inf
        self._listed: tuple[str, ...] = ()

    def __call__(self) -> Sequence[str]:
        """Return the printers of the setting, and those that the system has."""
        if self._clock() - self._asked_at >= _ASK_AGAIN_AFTER:
            self._listed = tuple(one.name for one in self._printers().printers)
            self._asked_at = self._clock()
        return tuple(dict.fromkeys(name for name in (*self._set, *self._listed) if name))


@contextmanager
def opened_delivering(
    program: Program,
    index: Index,
    event: Event | None = None,
    once: bool = False,
    address: Address | None = None,
) -> Iterator[Delivering]:
    """Return what delivers on this machine, for one event or for all.

    ``address`` is what a phone opens for a token, where this process serves the page.
    """
    outbox = index.outbox
    with Presence(program.settings.home / "delivering", outbox.name) as presence:

        def free_what_ended_ones_had() -> None:
            try:
                presence.let_go_of_ended(outbox.claimants, outbox.let_go)
            except EventSnapError as error:
                log.debug("who delivers is not known: %s", type(error).__name__)

        yield Delivering(
            outbox=outbox,
            carriers=make_carriers(program, index, address or public_address(program.settings)),
            read=PhotoReader(program, index).read,
            printers=OwnPrinters(program.settings.kiosk.printer),
            changes=index.changes,
            event_id=event.id if event is not None else None,
            once=once,
            patience=program.settings.database.patience if once else inf,
            chores=free_what_ended_ones_had,
        )


def public_address(settings: Settings) -> Address | None:
    """Return what links begin with for processes that serve no page; None when it is not set."""
    if not settings.share.public_url:
        return None
    # The rest is only asked for where no such address is set.
    return lambda token: f"{share_url(settings.share.public_url, 'https', '', 0)}/g/{token}"


def start_delivering(
    jobs: "Jobs",
    owner: "QObject",
    program: Program,
    index: Index,
    address: Address | None = None,
) -> None:
    """Deliver beside a window until its jobs are closed."""

    def deliver(_report: object, cancel: Cancel) -> None:
        with opened_delivering(program, index, address=address) as parts:
            deliver_all(parts, lambda _: None, cancel, _CLOSES_WITHIN)

    def on_failed(error: Exception) -> None:
        log.error("nothing is delivered any more", exc_info=error)

    jobs.run(deliver, owner=owner, lane="delivering", failed=on_failed)
