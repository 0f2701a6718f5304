"""Prints of deleted events: the database keeps what is needed to take their sheets back."""

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import to_stored


def claim_of_deleted(
    connection: Connection[TupleRow], values: dict[str, object]
) -> TupleRow | None:
    """Take on what is to be taken back: id, key and payload; None when there is nothing."""
    return connection.execute(queries("withdrawals")["claim"], values).fetchone()


def note_of_deleted(connection: Connection[TupleRow], values: dict[str, object]) -> None:
    """Note how it ended, where it was a deleted event's."""
    connection.execute(queries("withdrawals")["withdrawn"], values)


def sheets_of_deleted(
    connection: Connection[TupleRow], event_id: EventId, machine: str
) -> SheetsOfDeleted:
    """Return what became of an event's sheets by now, as seen from a machine."""
    values = {"event": event_id, "machine": to_stored(machine)}
    row = connection.execute(queries("withdrawals")["sheets"], values).fetchone()
    back, left, elsewhere = row or (0, 0, 0)
    return SheetsOfDeleted(int(back), int(left), int(elsewhere))
