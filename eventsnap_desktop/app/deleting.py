"""Deletes events, and takes back what they left at this machine's print servers."""

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.machine_identity import machine_identity
from eventsnap_desktop.domain.deletions import Deletion, SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import PrintPlaces
from eventsnap_desktop.flows.deliver_deleted import TakeBack, take_back_deleted
from eventsnap_desktop.flows.deliver_ports import Withdrawing
from eventsnap_desktop.index.opening import Index


def delete_event(program: Program, index: Index, event_id: EventId) -> Deletion:
    """Delete an event for good; EventBusyError, DatabaseAwayError.

    A print server that is away keeps nothing from being deleted.
    """
    counts = index.events.delete_event(event_id)
    return Deletion(counts, take_back(program, index)(event_id))


def take_back(program: Program, index: Index) -> TakeBack:
    """Return what takes this machine's sheets of an event back that was just deleted."""
    machine = machine_identity(program.settings.home)
    # The setting's words, and none: what another printer's orders left is taken by who delivers.
    places = PrintPlaces(machine, (program.settings.kiosk.printer, ""))
    return lambda event_id: _take_back(event_id, program, index, places)


def sheets_answer(sheets: SheetsOfDeleted) -> dict[str, object]:
    """Return what became of sheets as scripts read it."""
    return {
        "taken_back": sheets.back,
        "left": sheets.left,
        "elsewhere": sheets.elsewhere,
        "reason": sheets.why or None,
    }


def sheets_words(sheets: SheetsOfDeleted) -> str:
    """Return what became of sheets as people read it, "" where none waited."""
    said = []
    if sheets.back:
        said.append(f"{sheets.back} sheets were taken back from the printer.")
    if sheets.left or sheets.why:
        number = f"{sheets.left} sheets" if sheets.left else "Sheets"
        said.append(f"{number} may still be printed: {sheets.why or 'they are being taken back'}")
    if sheets.elsewhere:
        said.append(
            f"{sheets.elsewhere} sheets were ordered at other machines, where EventSnap takes them "
            "back as soon as it runs."
        )
    return " ".join(said)


def _take_back(
    event_id: EventId, program: Program, index: Index, places: PrintPlaces
) -> SheetsOfDeleted:
    return take_back_deleted(event_id, index.outbox, lambda: _printing(program, index), places)


def _printing(program: Program, index: Index) -> Withdrawing:
    # Imported when it is used: most events leave nothing at a printer.
    from eventsnap_desktop.app.carriers import make_carriers

    carrier = make_carriers(program, index)[DeliveryKind.PRINT]
    assert isinstance(carrier, Withdrawing)
    return carrier
