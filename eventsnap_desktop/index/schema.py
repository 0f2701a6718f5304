"""Brings a database to the program's schema, by the numbered files of the migrations folder."""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import DatabaseRefusedError
from eventsnap_desktop.index.failures import MINIMUM_PGVECTOR, MINIMUM_SERVER
from eventsnap_desktop.index.queries import queries

log = logging.getLogger(__name__)

_FILE = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_PGVECTOR_ADVICE = (
    "Install pgvector 0.8.4 or newer on the database server, or leave the database address empty "
    "to use the database that comes with the program."
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    statements: bytes


@cache
def known_migrations() -> tuple[Migration, ...]:
    """Return the program's migrations in order; ValueError when their numbers have a gap."""
    folder = files("eventsnap_desktop.index") / "migrations"
    found = sorted(entry.name for entry in folder.iterdir() if _FILE.fullmatch(entry.name))
    steps = tuple(Migration(int(name[:4]), (folder / name).read_bytes()) for name in found)
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError("the migrations are not numbered 1, 2, 3, ...")
    return steps


def check_server(connection: Connection[TupleRow]) -> None:
    """Raise DatabaseRefusedError when the server is too old or cannot provide pgvector."""
    version = connection.info.server_version
    if version < MINIMUM_SERVER:
        raise DatabaseRefusedError(
            f"The database server is PostgreSQL {version // 10000}, which is too old",
            "Use PostgreSQL 16 or newer.",
        )
    installed, available, may_create = _extension(connection)
    best = installed or available
    if best is None:
        raise DatabaseRefusedError("The database server lacks pgvector", _PGVECTOR_ADVICE)
    if numbers(best) < MINIMUM_PGVECTOR and numbers(available or "0") < MINIMUM_PGVECTOR:
        raise DatabaseRefusedError(
            f"The database server's pgvector {best} is too old (it may damage indexes)",
            _PGVECTOR_ADVICE,
        )
    if installed is None and not may_create:
        raise DatabaseRefusedError(
            "The database user may not create the extension pgvector",
            "Ask the database's administrator to run “CREATE EXTENSION vector” in this database.",
        )


def schema_version(connection: Connection[TupleRow]) -> int:
    """Return the number of the newest migration applied, 0 for a database without our tables."""
    named = queries("schema")
    if connection.execute(named["has_versions"]).fetchone() == (False,):
        return 0
    row = connection.execute(named["newest_version"]).fetchone()
    return int(row[0]) if row is not None else 0


def migrate(connection: Connection[TupleRow], migrations: Sequence[Migration] | None = None) -> int:
    """Apply what is missing in one transaction and return the schema's version.

    ``connection`` is in autocommit mode. Two programs that start at once wait for each other. A
    schema newer than the program's raises DatabaseRefusedError, and nothing is changed.
    """
    steps = known_migrations() if migrations is None else tuple(migrations)
    refuse_newer(schema_version(connection), len(steps))
    if schema_version(connection) == len(steps):
        _update_extension(connection)
        return len(steps)
    with alone(connection):
        # Only now: a transaction that began before another's end would not see its tables.
        _apply(connection, steps)
    return len(steps)


def _apply(connection: Connection[TupleRow], steps: Sequence[Migration]) -> None:
    named = queries("schema")
    done = schema_version(connection)
    refuse_newer(done, len(steps))
    with connection.transaction():
        connection.execute(named["create_versions"])
        _update_extension(connection)
        for step in steps[done:]:
            log.info("bringing the database to schema version %s", step.number)
            connection.execute(step.statements)
            connection.execute(named["add_version"], {"number": step.number})


@contextmanager
def alone(connection: Connection[TupleRow]) -> Iterator[None]:
    """Have all others wait who would change the schema; may be nested."""
    named = queries("schema")
    connection.execute(named["lock_migrations"])
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(named["unlock_migrations"])


def numbers(version: str) -> tuple[int, ...]:
    """Return a dotted version as numbers that compare."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def refuse_newer(found: int, known: int) -> None:
    """Raise DatabaseRefusedError for a schema that is newer than the program's."""
    if found > known:
        raise DatabaseRefusedError(
            f"The database was made by a newer EventSnap (its schema is {found}, ours {known})",
            "Update this program; nothing in the database was changed.",
        )


def _extension(connection: Connection[TupleRow]) -> tuple[str | None, str | None, bool]:
    row = connection.execute(queries("schema")["extension"]).fetchone()
    return (None, None, False) if row is None else (row[0], row[1], row[2])


def _update_extension(connection: Connection[TupleRow]) -> None:
    installed, _, _ = _extension(connection)
    if installed is not None and numbers(installed) < MINIMUM_PGVECTOR:
        log.info("updating the extension pgvector from %s", installed)
        connection.execute(queries("schema")["update_extension"])
