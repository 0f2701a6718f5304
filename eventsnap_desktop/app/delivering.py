"""Joins what delivering works with on this machine, for the command line and for windows."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.deliver_presence import Presence
from eventsnap_desktop.app.machine_identity import machine_identity
from eventsnap_desktop.app.photo_reading import PhotoReader
from eventsnap_desktop.delivery.share_address import share_url
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver import deliver_all
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.schema import Settings

if TYPE_CHECKING:  # without a window there may be no Qt
    from PySide6.QtCore import QObject

    from eventsnap_desktop.app.carriers import Address
    from eventsnap_desktop.ui.bridge.jobs import Jobs

log = logging.getLogger(__name__)

_CLOSES_WITHIN = 8.0  # seconds that a closing window waits for what is being delivered


@contextmanager
def opened_delivering(
    program: Program,
    index: Index,
    event: Event | None = None,
    once: bool = False,
    address: "Address | None" = None,
    others: bool = False,
) -> Iterator[Delivering]:
    """Return what delivers on this machine, for one event or for all.

    ``address`` is what a phone opens for a token, where this process serves the page. With
    ``others``, prints that were ordered at other machines are made here.
    """
    # Imported when they are used: a window is open before anything is delivered.
    from eventsnap_desktop.app.carriers import make_carriers
    from eventsnap_desktop.app.own_printers import OwnPrinters

    outbox, machine = index.outbox, machine_identity(program.settings.home)
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
            printers=OwnPrinters(machine, program.settings.kiosk.printer, others),
            changes=index.changes,
            event_id=event.id if event is not None else None,
            once=once,
            patience=program.settings.database.patience if once else inf,
            chores=free_what_ended_ones_had,
        )


def public_address(settings: Settings) -> "Address | None":
    """Return what links begin with for processes that serve no page; None when it is not set."""
    page = public_page(settings)
    return (lambda token: f"{page}/g/{token}") if page else None


def public_page(settings: Settings) -> str:
    """Return what links begin with wherever they are made, "" where that is not set."""
    # The rest is only asked for where no such address is set.
    return share_url(settings.share.public_url, "https", "", 0) if settings.share.public_url else ""


def start_delivering(
    jobs: "Jobs",
    owner: "QObject",
    program: Program,
    index: Index,
    address: "Address | None" = None,
) -> None:
    """Deliver beside a window until its jobs are closed."""

    def deliver(_report: object, cancel: Cancel) -> None:
        with opened_delivering(program, index, address=address) as parts:
            deliver_all(parts, lambda _: None, cancel, _CLOSES_WITHIN)

    def on_failed(error: Exception) -> None:
        log.error("nothing is delivered any more", exc_info=error)

    jobs.run(deliver, owner=owner, lane="delivering", failed=on_failed)
