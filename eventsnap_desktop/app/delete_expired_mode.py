"""`--delete-expired`: the index data of every event whose day is over; photos stay."""

from argparse import Namespace

from eventsnap_desktop.app.assembly import Program, open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.expiring import expiry_of, receipt_answer, receipt_line
from eventsnap_desktop.app.index_address import is_made
from eventsnap_desktop.app.talking import confirm, note, say, say_json
from eventsnap_desktop.domain.expiry import Expiring
from eventsnap_desktop.flows.expire import ExpiryReport, announce


def run_delete_expired(chosen: Namespace) -> int:
    """Delete what is due; return 0, 3 where some could not be deleted yet, 130 after a no."""
    program = open_program(chosen)
    # No database is made only to look for events in it.
    report = _delete(program, chosen.yes) if is_made(program.settings) else ExpiryReport()
    if report is None:
        return ExitCode.STOPPED
    if chosen.json:
        say_json(_answer(report))
    else:
        _tell(report)
    return ExitCode.SOME_FAILED if report.held else ExitCode.DONE


def _delete(program: Program, yes: bool) -> ExpiryReport | None:
    with program.open_index() as index:
        if not yes:
            now, found = announce(index.expiry)
            due = [one for one in found if one.is_due(now)]
            for one in due:
                note(f"  {one.event.code}: its day was {one.day:%Y-%m-%d}{_with_waiting(one)}")
            number = "this event" if len(due) == 1 else f"these {len(due)} events"
            question = f"Delete the index of {number}? The photos stay."
            if due and not confirm(question):
                return None
        return expiry_of(program, index).look()


def _with_waiting(one: Expiring) -> str:
    return f", {one.waiting} deliveries were not made yet" if one.waiting else ""


def _answer(report: ExpiryReport) -> dict[str, object]:
    return {
        "deleted": [receipt_answer(one) for one in report.receipts],
        "failed": [
            {"event": one.expiring.event.code, "reason": str(one.error)} for one in report.held
        ],
        "coming": [
            {
                "event": one.event.code,
                "keep_until": one.day.isoformat(),
                "deleted_from": one.due_at.isoformat(),
                "deliveries_waiting": one.waiting,
            }
            for one in report.coming
        ],
    }


def _tell(report: ExpiryReport) -> None:
    for receipt in report.receipts:
        say(receipt_line(receipt))
    for held in report.held:
        say(f"{held.expiring.event.code}: not deleted yet. {held.error}")
    for one in report.coming:
        day = f"its day is {one.day:%Y-%m-%d}"
        say(f"{one.event.code}: {day}, deleted from {one.due_at:%Y-%m-%d %H:%M} UTC on")
    if not report.receipts and not report.held:
        say("There is nothing to delete.")
