"""Looks at a database without changing it, for the list of what this machine has."""

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import DatabaseRefusedError, EventSnapError
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.schema import check_server, known_migrations, schema_version


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """What there is at a database's address; None where it could not be found out.

    ``schema`` is the number of the newest migration there, 0 in a database that we have not used,
    and ``known_schema`` the program's. ``problem`` and ``advice`` are empty when all is well.
    """

    reachable: bool
    server: str | None = None
    pgvector: str | None = None
    schema: int | None = None
    known_schema: int = 0
    problem: str = ""
    advice: str = ""


def probe(url: str) -> DatabaseReport:
    """Return what there is at an address; raises nothing, changes nothing, shows no password."""
    known = len(known_migrations())
    try:
        with connect(url) as connection:
            return _look(connection, known)
    except EventSnapError as error:
        return DatabaseReport(False, known_schema=known, problem=error.message, advice=error.advice)


def _look(connection: Connection[TupleRow], known: int) -> DatabaseReport:
    problem = advice = ""
    schema = schema_version(connection)
    try:
        check_server(connection)
        if schema > known:
            raise DatabaseRefusedError(
                "The database was made by a newer EventSnap", "Update this program."
            )
    except DatabaseRefusedError as error:
        problem, advice = error.message, error.advice
    row = connection.execute(queries("schema")["extension"]).fetchone()
    installed = None if row is None else row[0] or row[1]
    server = connection.info.parameter_status("server_version")
    return DatabaseReport(True, server, installed, schema, known, problem, advice)
