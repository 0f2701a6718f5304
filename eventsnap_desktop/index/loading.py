"""Puts the rows of a backup into a database without events: all of them, or none."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.backups import SequencePosition, StoredTable
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.own_tables import function_names, own_tables, table_names
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.schema import (
    alone,
    check_server,
    known_migrations,
    migrate,
    refuse_newer,
    schema_version,
)

log = logging.getLogger(__name__)


class Loading:
    """One transaction that fills the index; fits flows/backup_ports.

    It begins with the schema that the backup's rows are of, ``finish`` brings that up to date.
    """

    def __init__(self, connection: Connection[TupleRow]) -> None:
        self._connection = connection
        self._sql = queries("loading")
        self._known: dict[str, StoredTable] = {}
        self._events: list[int] = []

    def begin(self, version: int) -> None:
        """Make the tables of a version of the schema; EventSnapError where there are events."""
        self._connection.execute(self._sql["patience"])
        found = schema_version(self._connection)
        refuse_newer(found, len(known_migrations()))
        if found > 0:
            self._refuse_events()
        if found not in (0, version):
            self._drop_everything()
        migrate(self._connection, known_migrations()[:version])
        self._known = {table.name: table for table in own_tables(self._connection)}

    def copy_in(self, table: StoredTable, blocks: Iterable[bytes]) -> int:
        """Write a table's rows as ``Snapshot.copy_out`` read them; return how many.

        Those of events that are over by now are left out. Events come before all others.
        EventSnapError for a table or a column that the schema does not have.
        """
        known = self._known.get(table.name)
        if known is None or not set(table.columns) <= set(known.columns):
            raise EventSnapError(
                f"The backup does not fit its own version: “{table.name[:80]}” is not known",
                "Nothing was changed. Use another backup, and please report this one.",
            )
        values = {"table": table.name, "columns": list(table.columns), "events": self._events}
        with translated(), self._connection.cursor() as cursor:
            row = cursor.execute(self._sql["writing"], values).fetchone()
            assert row is not None
            with cursor.copy(str(row[0]).encode()) as copy:
                for block in blocks:
                    copy.write(block)
            rows = cursor.rowcount
        if table.name == "event":
            self._connection.execute(self._sql["make_partitions"])
            self._events = [row[0] for row in self._connection.execute(self._sql["events"])]
        return rows

    def finish(
        self, positions: Sequence[SequencePosition], sources: Mapping[str, str], hold: bool
    ) -> tuple[int, int]:
        """Bring the schema up to date; return how many deliveries wait, and how many are held.

        ``sources`` are new ones by the old one. With ``hold`` the events' deliveries stay where
        they are until somebody lets them go on.
        """
        for one in positions:
            values = {"table": one.table, "column": one.column, "last": one.last}
            self._connection.execute(self._sql["set_sequence"], values)
        migrate(self._connection)
        self._connection.execute(self._sql["let_go"])
        if hold:
            self._connection.execute(self._sql["hold_deliveries"])
        for event, _, source in self._connection.execute(self._sql["events"]).fetchall():
            if source in sources:
                values = {"event": event, "source": sources[source]}
                self._connection.execute(queries("events")["set_source"], values)
        waiting = self._connection.execute(self._sql["waiting"]).fetchone()
        return (0, 0) if waiting is None else (waiting[0], waiting[1])

    def event_codes(self) -> frozenset[str]:
        """Return the codes of the events that were not over."""
        rows = self._connection.execute(self._sql["events"])
        return frozenset(code for _, code, _ in rows)

    def _refuse_events(self) -> None:
        self._connection.execute(self._sql["hold_events"])
        row = self._connection.execute(self._sql["count_events"]).fetchone()
        if row is not None and row[0]:
            raise EventSnapError(
                f"There are events here already ({row[0]}), and a restore never mixes with others",
                "Name a new, empty data folder with --home, or an empty database "
                "(EVENTSNAP_DATABASE_URL); or delete the events with “eventsnap --delete”.",
            )

    def _drop_everything(self) -> None:
        values = {
            "tables": [*table_names(), "schema_version"],
            "functions": list(function_names()),
        }
        for (statement,) in self._connection.execute(self._sql["dropping"], values).fetchall():
            self._connection.execute(str(statement).encode())


@contextmanager
def open_loading(url: str) -> Iterator[Loading]:
    """Fill the database at ``url``, which holds no events; at an error nothing was written.

    DatabaseAwayError, or DatabaseRefusedError where the database cannot be used.
    """
    with connect(url) as connection:
        check_server(connection)
        with alone(connection), connection.transaction():
            connection.execute(queries("session")["settings"])
            yield Loading(connection)
        with suppress(psycopg.Error):  # the server does it by itself later
            connection.execute(queries("loading")["look_over"])
