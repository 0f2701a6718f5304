"""Turns what psycopg raises into the program's errors, without a password in any of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout

from eventsnap_desktop.domain.errors import (
    DatabaseAwayError,
    DatabaseRefusedError,
    EventSnapError,
)

MINIMUM_SERVER = 160000
MINIMUM_PGVECTOR = (0, 8, 4)

_ADDRESS_ADVICE = "Check the database address in the settings (EVENTSNAP_DATABASE_URL)."
_DISK_ADVICE = (
    "Free space on the database's disk and start again; everything written so far is kept."
)

# SQLSTATE, or its class of two characters (PostgreSQL manual, appendix A). Waiting may help:
_AWAY = {
    "08": "The connection to the database broke",
    "57P01": "The database server is shutting down",
    "57P02": "The database server is restarting after a crash",
    "57P03": "The database server is starting or stopping",
    "57P05": "The database server closed an idle connection",
    "57014": "The database server stopped a statement",
    "53300": "The database server has no free connection",
    "53200": "The database server is out of memory",
    "40": "The database server asks to try again",
    "55P03": "The database server waits for another program",
}
# Waiting does not help:
_REFUSED = {
    "53100": ("The database's disk is full", _DISK_ADVICE),
    "53": ("The database server is at a limit", "See the database server's log."),
    "28": ("The database does not accept this user or password", _ADDRESS_ADVICE),
    "3D000": ("The database server has no database of this name", _ADDRESS_ADVICE),
    "42501": (
        "The database user has not the rights that are needed",
        "Ask the database's administrator for the right to create tables in this database.",
    ),
    "25006": ("The database can only be read", "Use the primary server, not a standby."),
    "42P07": (
        "The database already holds tables of another program",
        "Use an empty database for EventSnap.",
    ),
    "42P01": (
        "The database lacks tables that should be there",
        "Use an empty database, or restore this one from its backup.",
    ),
    "58": ("The database server cannot read or write its files", "See the database server's log."),
    "XX": ("The database's files are damaged", "Restore the database from its backup."),
}
# Connection errors come without a SQLSTATE: only their English text tells them apart.
_AWAY_TEXTS = (
    "starting up",
    "shutting down",
    "in recovery mode",
    "not yet accepting connections",
    "not accepting connections",
    "too many clients",
    "remaining connection slots",
)
_REFUSED_TEXTS = {
    "password authentication failed": "28",
    "no password supplied": "28",
    "authentication failed": "28",
    "no pg_hba.conf entry": "28",
    "role": "28",
    "database": "3D000",
    "permission denied for database": "42501",
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise every psycopg error of the block as DatabaseAwayError or DatabaseRefusedError."""
    try:
        yield
    except psycopg.Error as error:
        raise translate(error) from error


def translate(error: psycopg.Error) -> EventSnapError:
    """Return the error that says what happened and what to do."""
    if error.sqlstate is not None:
        return _from_state(error.sqlstate)
    if isinstance(error, PoolClosed):
        return DatabaseAwayError("The index was closed")
    if isinstance(error, PoolTimeout):
        return DatabaseAwayError("The database does not answer")
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return _from_text(str(error))
    return DatabaseRefusedError(
        f"The database answered something unexpected ({type(error).__name__})",
        "This is an error of the program: please report it.",
    )


def _from_state(state: str) -> EventSnapError:
    for known in (state, state[:2]):
        if known in _AWAY:
            return DatabaseAwayError(_AWAY[known])
        if known in _REFUSED:
            return DatabaseRefusedError(*_REFUSED[known])
    # Neither the message nor the detail: both may hold keys, which name people at times.
    return DatabaseRefusedError(
        f"The database refused a statement (SQLSTATE {state})",
        "This is an error of the program: please report it.",
    )


def _from_text(text: str) -> EventSnapError:
    lower = text.lower()
    if any(known in lower for known in _AWAY_TEXTS):
        return DatabaseAwayError("The database server is not ready")
    if "no space left on device" in lower:
        return DatabaseRefusedError(*_REFUSED["53100"])
    for known, state in _REFUSED_TEXTS.items():
        if known in lower and (known not in ("role", "database") or "does not exist" in lower):
            return DatabaseRefusedError(*_REFUSED[state])
    return DatabaseAwayError("The database does not answer")
