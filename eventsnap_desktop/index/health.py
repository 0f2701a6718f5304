"""Reads how an index does, for a monitor: quick, and without changing or migrating anything."""

from psycopg import Connection, IsolationLevel
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import DatabaseRefusedError
from eventsnap_desktop.domain.health import EventHealth, IndexHealth, OutboxHealth
from eventsnap_desktop.domain.kiosks import KioskStatus
from eventsnap_desktop.domain.photos import FailedPhoto
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.events import to_counts, to_event
from eventsnap_desktop.index.kiosk_desk import to_status
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.schema import check_server, known_migrations, schema_version
from eventsnap_desktop.index.text import from_stored, to_stored


def read_health(url: str, code: str | None = None) -> IndexHealth:
    """Return how all events do, or one of them with its failed photos.

    There are none where no event has the code, and in a database that the program has not used
    yet. Raises DatabaseAwayError or DatabaseRefusedError, also where the schema is not the
    program's: it is not brought up to date here.
    """
    with connect(url) as connection:
        check_server(connection)
        found = schema_version(connection)
        _refuse_another_schema(found, len(known_migrations()))
        # One moment for all figures, and no way to write.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            connection.execute(queries("health")["give_up_soon"])
            return _read(connection, found, code)


def _read(connection: Connection[TupleRow], schema: int, code: str | None) -> IndexHealth:
    named = queries("health")
    row = connection.execute(named["now"]).fetchone()
    extension = connection.execute(queries("schema")["extension"]).fetchone()
    assert row is not None
    assert extension is not None
    events: list[EventHealth] = []
    if schema:
        values = {"code": None if code is None else to_stored(code)}
        kiosks = _kiosks(connection)
        for found in connection.execute(named["events"], values).fetchall():
            events.append(_event(connection, found, kiosks, code is not None))
    return IndexHealth(
        now=row[0],
        server=str(connection.info.parameter_status("server_version")),
        pgvector=str(extension[0] or extension[1]),
        schema=schema,
        events=tuple(events),
    )


def _event(
    connection: Connection[TupleRow], row: TupleRow, kiosks: list[KioskStatus], closely: bool
) -> EventHealth:
    event = to_event(row[:7])
    failed: list[TupleRow] = []
    if closely:
        values = {"event": event.id}
        failed = connection.execute(queries("events")["failed"], values).fetchall()
    waiting, later, given_up, paused, oldest = row[16:]
    return EventHealth(
        event=event,
        archived=row[7],
        encoding=row[8],
        counts=to_counts(row[9:15]),
        last_encoded_at=row[15],
        outbox=OutboxHealth(waiting, later, given_up, paused, oldest),
        kiosks=tuple(kiosk for kiosk in kiosks if kiosk.event_code == event.code),
        failed_photos=tuple(FailedPhoto(from_stored(key), str(why)) for key, why in failed),
    )


def _kiosks(connection: Connection[TupleRow]) -> list[KioskStatus]:
    rows = connection.execute(queries("kiosks")["list"], {"event": None}).fetchall()
    return [to_status(row) for row in rows]


def _refuse_another_schema(found: int, known: int) -> None:
    if found > known:
        raise DatabaseRefusedError(
            f"The database was made by a newer EventSnap (its schema is {found}, ours {known})",
            "Update this program.",
        )
    if 0 < found < known:
        raise DatabaseRefusedError(
            f"The database is that of an older EventSnap (its schema is {found}, ours {known})",
            "The next window, kiosk or --encode brings it up to date.",
        )
