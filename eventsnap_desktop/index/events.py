"""Events in the database: found, created with their partition, bound to a model pack, deleted."""

from psycopg import Connection
from psycopg.errors import LockNotAvailable
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import (
    DatabaseAwayError,
    EventBusyError,
    PackMismatchError,
    UnknownEventError,
)
from eventsnap_desktop.domain.events import Event, EventCounts, EventId
from eventsnap_desktop.domain.photos import FailedPhoto
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored

BACKUP_PATIENCE = 30
"""Seconds that a deletion waits for a backup: 200,000 faces take ten (docs/operations.md)."""


class Events:
    """The events of one database; fits the flows' EventIndex.

    Every method may raise DatabaseAwayError or DatabaseRefusedError and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("events")

    def find_event(self, code: str) -> Event:
        """Return the event, or raise UnknownEventError."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["find"], {"code": to_stored(code)}).fetchone()
        if row is None:
            raise unknown_event(code)
        return to_event(row)

    def list_events(self) -> list[Event]:
        """Return all events, newest first."""
        with self._database.connection() as connection:
            return [to_event(row) for row in connection.execute(self._sql["list"])]

    def create_event(self, code: str, name: str, source: str) -> Event:
        """Create an event with its partition, or return the one that has this code."""
        values = {"code": to_stored(code), "name": to_stored(name), "source": to_stored(source)}
        with self._database.transaction() as connection:
            row = connection.execute(self._sql["create"], values).fetchone()
            if row is not None:
                connection.execute(self._sql["create_partition"], {"event": row[0]})
        return self.find_event(code)

    def set_source(self, event_id: EventId, source: str) -> None:
        """Remember where an event's photos come from; UnknownEventError."""
        values = {"event": event_id, "source": to_stored(source)}
        with self._database.transaction() as connection:
            if connection.execute(self._sql["exists"], values).fetchone() is None:
                raise deleted_event()
            connection.execute(self._sql["set_source"], values)

    def claim_model_pack(self, event_id: EventId, digest: str) -> None:
        """Bind the event to a pack; PackMismatchError when it has vectors of another."""
        values = {"event": event_id, "pack": digest}
        with self._database.transaction() as connection:
            connection.execute(queries("photos")["lock_event"], values)
            if connection.execute(self._sql["claim_pack"], values).rowcount:
                connection.execute(self._sql["encode_again"], values)
            row = connection.execute(self._sql["pack"], values).fetchone()
        if row is None:
            raise deleted_event()
        if row[0] != digest:
            raise PackMismatchError(
                f"The event's faces were made by another model pack ({str(row[0])[:12]}, "
                f"not {digest[:12]})",
                "Choose that pack in the settings, or delete the event's index with “eventsnap "
                "--delete” and encode again: the photos stay.",
            )

    def counts(self, event_id: EventId) -> EventCounts:
        """Return how far the event is."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["counts"], {"event": event_id}).fetchone()
        return to_counts(row)

    def failed_photos(self, event_id: EventId) -> list[FailedPhoto]:
        """Return every failed photo with its reason, by key."""
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["failed"], {"event": event_id}).fetchall()
        return [FailedPhoto(from_stored(key), str(failure)) for key, failure in rows]

    def delete_event(self, event_id: EventId) -> EventCounts:
        """Drop the event's partition and rows in one transaction; return what there was.

        EventBusyError while somebody encodes it, DatabaseAwayError while a backup reads for long.
        An event that is gone already counts as empty.
        """
        with self._database.transaction() as connection:
            hold_for_deletion(connection, event_id)
            return delete_held(connection, event_id)


def hold_for_deletion(connection: Connection[TupleRow], event_id: EventId) -> None:
    """Keep others from changing an event until the transaction ends; EventBusyError.

    A backup of ours is waited for, which holds nobody else up; DatabaseAwayError where it takes
    longer than BACKUP_PATIENCE.
    """
    values = {"event": event_id}
    _wait_for_backups(connection)
    row = connection.execute(queries("events")["try_encoding"], values).fetchone()
    if row is None or not row[0]:
        raise EventBusyError(
            "The event is being encoded", "Stop the encoding, then delete the event."
        )
    connection.execute(queries("photos")["lock_event"], values)


def _wait_for_backups(connection: Connection[TupleRow]) -> None:
    sql = queries("events")
    connection.execute(sql["wait_for"], {"seconds": f"{BACKUP_PATIENCE}s"})
    try:
        connection.execute(sql["after_backups"])
    except LockNotAvailable:
        raise DatabaseAwayError(
            "A backup is being made that reads the event", "Delete it when the backup is done."
        ) from None
    connection.execute(sql["wait_for"], {"seconds": "0"})


def delete_held(connection: Connection[TupleRow], event_id: EventId) -> EventCounts:
    """Drop the partition and the rows of an event that is held; return what there was."""
    values, sql = {"event": event_id}, queries("events")
    counts = to_counts(connection.execute(sql["counts"], values).fetchone())
    # As long as this waits for somebody else's backup, all searches would wait for this.
    connection.execute(sql["wait_for"], {"seconds": "2s"})
    connection.execute(sql["drop_partition"], values)
    connection.execute(sql["delete"], values)
    return counts


def unknown_event(code: str) -> UnknownEventError:
    """Return the error for a code that no event has."""
    return UnknownEventError(
        f"There is no event “{code}”", "See “eventsnap --status” for the events there are."
    )


def deleted_event() -> UnknownEventError:
    """Return the error for an event that vanished under the caller's hands."""
    return UnknownEventError("The event is not there any more", "It was deleted meanwhile.")


def to_event(row: TupleRow) -> Event:
    """Return the event of a row as the query ``find`` returns it."""
    number, code, name, source, pack, created, keep = row
    code, name, source = from_stored(code), from_stored(name), from_stored(source)
    return Event(EventId(number), code, name, source, pack, created, keep)


def to_counts(row: TupleRow | None) -> EventCounts:
    """Return the counts of a row as the query ``counts`` returns it."""
    return EventCounts(*(int(value) for value in row or (0,) * 6))
