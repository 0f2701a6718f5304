"""`--delete`: an event's index data, in one step; its photos stay in their source."""

from argparse import Namespace
from dataclasses import asdict

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.deleting import delete_event, sheets_answer, sheets_words
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.expiring import forget_pictures
from eventsnap_desktop.app.talking import confirm, say, say_json
from eventsnap_desktop.domain.events import checked_code


def run_delete(chosen: Namespace) -> int:
    """Delete an event; return 0, or 130 when the user said no."""
    program = open_program(chosen)
    with program.open_index() as index:
        event = index.events.find_event(checked_code(chosen.delete))
        counts = index.events.counts(event.id)
        question = f"Delete the index of {event.code} with {counts.faces} faces? The photos stay."
        if not chosen.yes and not confirm(question):
            return ExitCode.STOPPED
        deletion = delete_event(program, index, event.id)
    deleted, sheets = deletion.counts, deletion.sheets
    forget_pictures(program.settings.home, event.code)
    if chosen.json:
        answer = {"event": event.code, "deleted": asdict(deleted)}
        say_json({**answer, "sheets": sheets_answer(sheets)})
    else:
        photos = deleted.known_photos
        said = f"deleted {deleted.faces} faces of {photos} photos. The photos stay."
        say(f"{event.code}: {said} {sheets_words(sheets)}".rstrip())
    return ExitCode.DONE
