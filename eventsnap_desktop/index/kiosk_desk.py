"""The kiosks that work on this database: what each said last."""

from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskState, KioskStatus
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored


class KioskDesk:
    """The kiosks of one database; fits the flows' KioskDesk.

    Every method may raise DatabaseAwayError, and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("kiosks")

    def kiosks(self, event_id: EventId | None) -> list[KioskStatus]:
        """Return the kiosks of an event, or all, by name; those silent for a day are left out."""
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["list"], {"event": event_id}).fetchall()
        return [to_status(row) for row in rows]

    def report(self, name: str, event_id: EventId, state: KioskState, detail: str) -> None:
        """Store a kiosk's state as of now: its heartbeat. Listeners are told. UnknownEventError."""
        values = {
            "event": event_id,
            "name": to_stored(name),
            "state": state,
            "detail": to_stored(detail),
        }
        with self._database.connection() as connection:
            if connection.execute(self._sql["report"], values).fetchone() is None:
                raise deleted_event()


def to_status(row: TupleRow) -> KioskStatus:
    """Return the kiosk of a row as the query ``list`` returns it."""
    name, code, state, detail, started, heartbeat = row
    return KioskStatus(
        name=from_stored(name),
        event_code=from_stored(code),
        state=KioskState(state),
        detail=from_stored(detail),
        started_at=started,
        heartbeat_at=heartbeat,
    )
