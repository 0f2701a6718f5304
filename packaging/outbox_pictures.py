"""Fills the sample event's outbox, so that the pictures of it show something."""

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import Order, SessionOutcome
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.domain.outgoing import DeliveryJob, PrintPlaces
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index

_LEASE = 60.0  # seconds; longer than this script holds a delivery
_LATER = 1200.0  # seconds
_PRINTER = "Selphy"


def fill_kiosks(index: Index, event: EventId) -> None:
    """Have two kiosks say how they are."""
    index.kiosks.report("Entrance", event, KioskState.IN_SESSION, "")
    index.kiosks.report("Bar", event, KioskState.PRINTER_PROBLEM, "The printer is out of paper.")


def fill_outbox(index: Index, event: EventId, photos: list[PhotoId]) -> None:
    """Put deliveries of every state into the outbox: done, refused, waiting, tried again."""
    _visit(index, event, photos, "Entrance")
    _visit(index, event, photos[:5], "Bar")
    sent = _claim(index, DeliveryKind.EMAIL)
    index.outbox.done(sent)
    index.outbox.failed(
        _claim(index, DeliveryKind.EMAIL), "The mail server refuses the address for good (550)"
    )
    index.outbox.done(_claim(index, DeliveryKind.PRINT))
    index.outbox.try_again(_claim(index, DeliveryKind.PRINT), "The printer is out of paper", _LATER)


def _visit(index: Index, event: EventId, photos: list[PhotoId], kiosk: str) -> None:
    """Let a guest of this kiosk ask for an e-mail and a print, and leave."""
    consent = index.guests.consent(event, kiosk, "1", "en")
    session = index.guests.begin(event, kiosk, consent)
    email = Order(
        f"{kiosk} e-mail",
        DeliveryKind.EMAIL,
        tuple(photos),
        "en",
        addresses=(f"{kiosk.lower()}@example.org",),
    )
    paper = Order(f"{kiosk} print", DeliveryKind.PRINT, tuple(photos[:1]), "en", printer=_PRINTER)
    index.guests.order(event, session, email)
    index.guests.order(event, session, paper)
    index.guests.end(session, len(photos), SessionOutcome.FINISHED)


def _claim(index: Index, kind: DeliveryKind) -> DeliveryJob:
    job = index.outbox.claim([kind], PrintPlaces(printers=(_PRINTER,)), _LEASE)
    assert job is not None
    return job
