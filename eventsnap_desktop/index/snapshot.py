"""Reads the whole index as it is at one moment, for a backup; nothing is changed or held up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.backups import (
    IndexMoment,
    SequencePosition,
    StoredEvent,
    StoredTable,
)
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.own_tables import own_tables
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.schema import known_migrations, refuse_newer, schema_version

# PostgreSQL hands out a row at a time: gathered, each costs a tenth.
_BLOCK = 256 * 1024


class Snapshot:
    """One transaction that sees the index as it was when it began; fits flows/backup_ports."""

    def __init__(self, connection: Connection[TupleRow], moment: IndexMoment) -> None:
        self._connection = connection
        self.moment = moment

    def copy_out(self, table: StoredTable, write: Callable[[bytes], object]) -> int:
        """Hand a table's rows to ``write`` in blocks, in the binary COPY format; return how many.

        DatabaseAwayError, and whatever ``write`` raises.
        """
        values = {"table": table.name, "columns": list(table.columns)}
        with translated(), self._connection.cursor() as cursor:
            statement = _value(cursor.execute(queries("snapshot")["reading"], values).fetchone())
            waiting = bytearray()
            with cursor.copy(str(statement).encode()) as copy:
                for row in copy:
                    waiting += row
                    if len(waiting) >= _BLOCK:
                        write(bytes(waiting))
                        waiting.clear()
            write(bytes(waiting))
            return cursor.rowcount


@contextmanager
def open_snapshot(url: str) -> Iterator[Snapshot]:
    """Look at the database at ``url`` as it is now, at whichever version of the schema it is.

    EventSnapError where there is no index, DatabaseRefusedError where a newer program made it,
    DatabaseAwayError. Who deletes an event meanwhile waits for the end (events.py).
    """
    named = queries("snapshot")
    with connect(url) as connection:
        # Before the moment that is read, and until the connection ends.
        connection.execute(named["keep_deletions_waiting"])
        with connection.transaction():
            connection.execute(named["one_moment"])
            connection.execute(queries("session")["settings"])
            connection.execute(named["one_reader"])
            version = schema_version(connection)
            refuse_newer(version, len(known_migrations()))
            if version == 0:
                raise no_index()
            yield Snapshot(connection, _moment(connection, version))


def no_index() -> EventSnapError:
    """Return the error for a place without an index."""
    return EventSnapError(
        "There is no index here yet, so there is nothing to back up",
        "If there should be one, check the data folder (--home, EVENTSNAP_HOME) and the "
        "database's address (EVENTSNAP_DATABASE_URL).",
    )


def _moment(connection: Connection[TupleRow], version: int) -> IndexMoment:
    named, tables = queries("snapshot"), own_tables(connection)
    values = {"tables": [table.name for table in tables]}
    # The sequences are no part of the moment, they are ahead of it: so none of its ids is missing.
    events = [StoredEvent(*row) for row in connection.execute(named["events"])]
    positions = [SequencePosition(*row) for row in connection.execute(named["sequences"], values)]
    return IndexMoment(
        schema=version,
        taken_at=_value(connection.execute(named["now"]).fetchone()),
        tables=tables,
        sequences=tuple(positions),
        events=tuple(events),
        waiting=_value(connection.execute(named["waiting"]).fetchone()),
        size=int(_value(connection.execute(named["size"], values).fetchone())),
    )


def _value(row: TupleRow | None) -> Any:
    assert row is not None  # the queries return exactly one row
    return row[0]
