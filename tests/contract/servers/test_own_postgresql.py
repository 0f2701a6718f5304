"""postgresql.sql on a real server, and the program with exactly the rights that it gives."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.errors import OperationalError

from eventsnap_desktop.domain.errors import DatabaseRefusedError
from eventsnap_desktop.index.opening import open_index
from eventsnap_desktop.index.schema import known_migrations, schema_version
from tests.fixtures.own_servers import SERVERS, OwnPostgres

PASSWORD = "pass-word-of-the-program"


@pytest.fixture(scope="module")
def prepared(own_postgres: OwnPostgres) -> OwnPostgres:
    """Return the server after postgresql.sql."""
    own_postgres.prepare(PASSWORD)
    return own_postgres


def _program(server: OwnPostgres) -> str:
    return server.url("eventsnap", PASSWORD, "eventsnap")


def test_the_script_says_what_is_there_now(own_postgres: OwnPostgres) -> None:
    said = own_postgres.prepare(PASSWORD)

    assert said.startswith("The role eventsnap owns the database eventsnap: PostgreSQL ")
    assert "pgvector" in said


def test_the_role_has_no_right_beyond_its_database(prepared: OwnPostgres) -> None:
    with psycopg.connect(_program(prepared), autocommit=True) as connection:
        rights = connection.execute(
            "select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls "
            "from pg_roles where rolname = current_user"
        ).fetchone()
        assert rights == (False,)
        for statement in (
            b"create role another",
            b"create database another",
            b"create extension pg_stat_statements",
            b"alter extension vector update",
            b"select pg_read_file('/etc/passwd')",
            b"copy (select 1) to program 'true'",
            b"alter system set fsync = off",
        ):
            with pytest.raises(psycopg.Error) as refused:
                connection.execute(statement)
            assert refused.value.sqlstate in {"42501", "0A000"}, statement


def test_the_program_migrates_and_works_with_these_rights(prepared: OwnPostgres) -> None:
    with open_index(_program(prepared)) as index:
        event = index.events.create_event("PARTY", "Party", "")
        assert index.events.list_events() == [event]
        index.events.delete_event(event.id)
    with psycopg.connect(_program(prepared), autocommit=True) as connection:
        assert schema_version(connection) == len(known_migrations())


def test_no_other_role_gets_into_the_database(prepared: OwnPostgres) -> None:
    with psycopg.connect(prepared.administration, autocommit=True) as connection:
        connection.execute("drop role if exists stranger")
        connection.execute("create role stranger login password 'stranger'")

    with pytest.raises(OperationalError, match="permission denied for database"):
        psycopg.connect(prepared.url("stranger", "stranger", "eventsnap"))


def test_it_may_be_run_again_and_changes_the_password(prepared: OwnPostgres) -> None:
    try:
        prepared.prepare("another")
        with psycopg.connect(prepared.url("eventsnap", "another", "eventsnap")):
            pass
        with pytest.raises(DatabaseRefusedError), open_index(_program(prepared)):
            pass
        prepared.prepare("")  # keeps what there is
        with psycopg.connect(prepared.url("eventsnap", "another", "eventsnap")):
            pass
    finally:
        prepared.prepare(PASSWORD)


def test_rights_that_somebody_gave_meanwhile_are_taken_back(prepared: OwnPostgres) -> None:
    with psycopg.connect(prepared.administration, autocommit=True) as connection:
        connection.execute("alter role eventsnap superuser createdb")

    prepared.prepare(PASSWORD)

    with psycopg.connect(_program(prepared)) as connection:
        row = connection.execute(
            "select rolsuper, rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
    assert row == (False, False)


def test_no_password_reaches_the_log_of_a_server_that_logs_every_statement(
    own_postgres: OwnPostgres,
) -> None:
    secret = "hard-to-find-elsewhere"
    said = own_postgres.prepare(secret)
    broken = own_postgres.psql(
        *("-v", "role=no\nrole" * 30, "-f", str(SERVERS / "postgresql.sql")),
        DATABASE_PASSWORD=secret,
    )

    assert "create extension" in own_postgres.log or "pg_available" in own_postgres.log
    assert secret not in own_postgres.log + said + broken.stdout + broken.stderr
    own_postgres.prepare(PASSWORD)


@pytest.mark.parametrize("name", ["Event Snap", "o'clock-2"])
def test_role_and_database_may_have_other_names(own_postgres: OwnPostgres, name: str) -> None:
    own_postgres.prepare(PASSWORD, "-v", f"role={name}", "-v", f"database={name}")

    address = make_conninfo(own_postgres.administration, user=name, password=PASSWORD, dbname=name)
    with psycopg.connect(address) as connection:
        row = connection.execute("select extname from pg_extension where extname = 'vector'")
        assert row.fetchone() == ("vector",)


def test_an_administrator_without_superuser_is_told_what_is_missing(
    own_postgres: OwnPostgres,
) -> None:
    with psycopg.connect(own_postgres.administration, autocommit=True) as connection:
        connection.execute("create role dba login createrole createdb password 'dba'")
    arguments = ["-v", "role=guest", "-v", "database=guest"]

    done = own_postgres.psql(
        *arguments, "-f", str(SERVERS / "postgresql.sql"), PGUSER="dba", PGPASSWORD="dba"
    )

    # Role and database are there; only the extension is a superuser's on this server.
    assert done.returncode != 0
    assert 'permission denied to create extension "vector"' in done.stderr
    assert own_postgres.psql("-d", "guest", "-c", "create extension vector").returncode == 0
    again = own_postgres.psql(
        *arguments, "-f", str(SERVERS / "postgresql.sql"), PGUSER="dba", PGPASSWORD="dba"
    )
    assert again.returncode == 0, again.stderr


def test_the_program_says_what_to_do_where_the_extension_is_missing(
    own_postgres: OwnPostgres,
) -> None:
    with psycopg.connect(own_postgres.administration, autocommit=True) as connection:
        connection.execute("create role bare login password 'bare'")
        connection.execute("create database bare owner bare")

    with (
        pytest.raises(DatabaseRefusedError, match="CREATE EXTENSION vector"),
        open_index(own_postgres.url("bare", "bare", "bare")),
    ):
        pass
