"""`--status`: how far the events are, and whether all is well."""

from argparse import Namespace

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.status_answer import all_events, one_event
from eventsnap_desktop.app.status_look import StatusLook, look
from eventsnap_desktop.app.status_words import lines_of_all, lines_of_one
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.domain.errors import DatabaseAwayError, EventSnapError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.index.events import unknown_event


def run_status(chosen: Namespace) -> int:
    """Tell how one event, or all events, do; return 1 where the database could not be read.

    A monitor reads the verdict in the JSON object, which is there in that case too.
    """
    program = open_program(chosen)
    code = checked_code(chosen.status) if chosen.status else None
    seen = look(program, code, start=not chosen.no_start)
    unread = _why_unread(seen)
    if chosen.json:
        say_json(all_events(seen) if code is None else one_event(seen))
    if unread is not None:
        raise unread
    if not chosen.json:
        for line in lines_of_all(seen) if code is None else lines_of_one(seen):
            say(line)
    return ExitCode.DONE


def _why_unread(seen: StatusLook) -> EventSnapError | None:
    """Return the error that ends the command where the figures could not be read."""
    database = seen.database
    if database.problem is not None:
        return database.problem
    if database.index is None and database.is_made:
        return DatabaseAwayError(
            "The built-in database does not run",
            "It starts with a window, a kiosk or --encode; without --no-start it starts for this.",
        )
    known = () if database.index is None else database.index.events
    return None if seen.code is None or known else unknown_event(seen.code)
