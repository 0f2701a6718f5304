"""What becomes of the errors of psycopg."""

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from eventsnap_desktop.domain.errors import DatabaseAwayError, DatabaseRefusedError
from eventsnap_desktop.index.database import complete_address
from eventsnap_desktop.index.failures import translate, translated


@pytest.mark.parametrize(
    "error",
    [
        errors.AdminShutdown(),
        errors.CannotConnectNow(),
        errors.CrashShutdown(),
        errors.TooManyConnections(),
        errors.ConnectionFailure(),
        errors.DeadlockDetected(),
        errors.SerializationFailure(),
        errors.OutOfMemory(),
        errors.QueryCanceled(),
        PoolTimeout("couldn't get a connection after 4.00 sec"),
        PoolClosed("the pool is closed"),
        psycopg.InterfaceError("the connection is closed"),
        psycopg.OperationalError("server closed the connection unexpectedly"),
        psycopg.OperationalError("FATAL:  the database system is starting up"),
        psycopg.OperationalError("FATAL:  the database system is shutting down"),
        psycopg.OperationalError("FATAL:  sorry, too many clients already"),
        psycopg.OperationalError("connection refused: is the server of the database running?"),
    ],
    ids=repr,
)
def test_what_passes_by_waiting_says_that_the_database_is_away(error: psycopg.Error) -> None:
    assert isinstance(translate(error), DatabaseAwayError)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.DiskFull(), "disk is full. Free space"),
        (errors.InsufficientPrivilege(), "rights"),
        (errors.InvalidPassword(), "user or password"),
        (errors.InvalidCatalogName(), "no database of this name"),
        (errors.ReadOnlySqlTransaction(), "only be read"),
        (errors.DuplicateTable(), "another program"),
        (errors.UndefinedTable(), "lacks tables"),
        (errors.DataCorrupted(), "damaged"),
        (errors.IoError(), "cannot read or write its files"),
        (errors.SyntaxError(), "42601"),
        (psycopg.ProgrammingError("nonsense"), "report it"),
        (
            psycopg.OperationalError('FATAL:  password authentication failed for user "x"'),
            "password",
        ),
        (psycopg.OperationalError("fe_sendauth: no password supplied"), "password"),
        (psycopg.OperationalError('FATAL:  role "x" does not exist'), "user or password"),
        (psycopg.OperationalError('FATAL:  database "x" does not exist'), "no database"),
        (psycopg.OperationalError('FATAL:  no pg_hba.conf entry for host "::1"'), "user"),
        (psycopg.OperationalError("could not write: No space left on device"), "disk is full"),
    ],
    ids=repr,
)
def test_what_waiting_does_not_help_says_what_to_do(error: psycopg.Error, words: str) -> None:
    ours = translate(error)
    assert isinstance(ours, DatabaseRefusedError)
    assert words in str(ours)
    assert ours.advice


def test_the_library_error_is_kept_as_the_cause() -> None:
    cause = errors.AdminShutdown("terminating connection")
    with pytest.raises(DatabaseAwayError) as caught, translated():
        raise cause
    assert caught.value.__cause__ is cause


def test_errors_of_others_come_through() -> None:
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "url", ["postgresql://me:sesame@host/db?nonsense=1", "postgresql://me:sesame%zz@host", "sesame"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(DatabaseRefusedError, match="cannot be understood") as caught:
        complete_address(url)
    assert "sesame" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_what_the_address_says_wins_over_our_defaults() -> None:
    text = complete_address("postgresql://host/db?connect_timeout=60&application_name=mine")
    assert "connect_timeout=60" in text
    assert "application_name=mine" in text
