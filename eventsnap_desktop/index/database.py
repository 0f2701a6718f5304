"""Connections to the database: a pool that recovers by itself after a restart of the server."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from pgvector.psycopg import register_vector
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from eventsnap_desktop.domain.errors import DatabaseAwayError, DatabaseRefusedError
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.queries import queries

log = logging.getLogger(__name__)

# How long a call waits for a connection before it says that the database is away, in seconds.
ANSWER_WITHIN = 4.0

# Of libpq; without them a call would wait for minutes for a server whose cable was pulled.
_DEFAULTS: dict[str, str | int] = {
    "application_name": "eventsnap",
    "connect_timeout": 4,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def complete_address(url: str) -> str:
    """Return the address with our defaults; DatabaseRefusedError, which does not repeat it."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        # Not chained: the library's message repeats the address with its password.
        raise DatabaseRefusedError(
            "The database address cannot be understood",
            "It looks like postgresql://user:password@host:5432/database "
            "(EVENTSNAP_DATABASE_URL); in a password, @ is written %40, / is %2F and # is %23.",
        ) from None
    return make_conninfo("", **{**_DEFAULTS, **given})


@contextmanager
def connect(url: str) -> Iterator[Connection[TupleRow]]:
    """Hold one connection of our own in autocommit mode; errors are the program's."""
    with translated():
        connection = psycopg.connect(complete_address(url), autocommit=True)
        try:
            yield connection
        finally:
            connection.close()


class Database:
    """A pool of connections to one database; open it with ``with``.

    ``warm`` connections are kept open; ``revive`` is called before DatabaseAwayError is raised.
    """

    def __init__(self, url: str, warm: int = 1, revive: Callable[[], None] | None = None) -> None:
        self._address = complete_address(url)
        self._revive = revive
        self._pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
            self._address,
            kwargs={"autocommit": True},
            min_size=warm,
            max_size=warm + 8,
            open=False,
            name="eventsnap",
            configure=_configure,
            # Asks the server before each use: what a restart broke is thrown away and replaced.
            check=ConnectionPool.check_connection,
            timeout=ANSWER_WITHIN,
            # Short, because after it a new request tries again at once instead of waiting for a
            # back-off that has grown while the server was away.
            reconnect_timeout=1.0,
        )

    @property
    def address(self) -> str:
        """The completed address; holds the password, so never to be shown."""
        return self._address

    def __enter__(self) -> "Database":
        with translated():
            self._pool.open(wait=True, timeout=ANSWER_WITHIN * 2)
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.close()

    @contextmanager
    def reviving(self) -> Iterator[None]:
        """Have the server started again when the block finds it away."""
        try:
            yield
        except DatabaseAwayError:
            if self._revive is not None:
                self._revive()
            raise

    @contextmanager
    def connection(self) -> Iterator[Connection[TupleRow]]:
        """Lend a connection in autocommit mode; DatabaseAwayError or DatabaseRefusedError."""
        with self.reviving(), translated(), self._pool.connection() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection[TupleRow]]:
        """Lend a connection in a transaction that is committed at the end, or rolled back."""
        with self.connection() as connection, connection.transaction():
            yield connection


def _configure(connection: Connection[TupleRow]) -> None:
    register_vector(connection)
    connection.execute(queries("session")["settings"])
