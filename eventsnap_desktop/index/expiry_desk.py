"""Events whose day is over, or soon will be: announced, and deleted once they are due."""

from datetime import datetime

from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventCounts, EventId
from eventsnap_desktop.domain.expiry import WARNED_BEFORE, WARNED_FOR, Expiring, due_at
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import delete_held, hold_for_deletion, to_event
from eventsnap_desktop.index.queries import queries


class ExpiryDesk:
    """The events of one database that end by themselves; fits the flows' ExpiryDesk.

    Every method may raise DatabaseAwayError or DatabaseRefusedError and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("expiry")

    def now(self) -> datetime:
        """Return the time by the database's clock, which dates are judged by."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["now"]).fetchone()
        assert row is not None
        found: datetime = row[0]
        return found

    def announce(self) -> list[Expiring]:
        """Return the events in their last days or past them, noting those not announced yet."""
        values = {"ahead": WARNED_FOR}
        with self._database.transaction() as connection:
            connection.execute(self._sql["warn"], values)
            return [_to_expiring(row) for row in connection.execute(self._sql["coming"], values)]

    def delete_due(self, event_id: EventId) -> EventCounts | None:
        """Delete an event that is due as Events.delete_event does, and with its errors.

        None where it is not due any more: its date was changed, or somebody else deleted it.
        """
        values = {"event": event_id, "before": WARNED_BEFORE}
        with self._database.transaction() as connection:
            connection.execute(self._sql["one_at_a_time"], values)
            hold_for_deletion(connection, event_id)
            if connection.execute(self._sql["is_due"], values).fetchone() is None:
                return None
            return delete_held(connection, event_id)


def _to_expiring(row: TupleRow) -> Expiring:
    event, warned_at, waiting = to_event(row[:7]), row[7], row[8]
    day = event.keep_until
    assert day is not None
    return Expiring(event, day, due_at(day, warned_at), waiting)
