"""The schema: migrated, compared, and refused where it or its server do not fit."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import DatabaseRefusedError, EventSnapError
from eventsnap_desktop.domain.events import EventCounts
from eventsnap_desktop.domain.guests import SessionId
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState
from eventsnap_desktop.domain.outgoing import OutputSettings, PrintPlaces
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.opening import open_index
from eventsnap_desktop.index.probe import probe
from eventsnap_desktop.index.schema import Migration, known_migrations, migrate, schema_version
from eventsnap_desktop.index.server_programs import programs_folder
from tests.fixtures.postgres import RestartableDatabase

NEWEST = len(known_migrations())


def dump(url: str) -> str:
    """Return the schema as PostgreSQL's own program writes it."""
    program = programs_folder(Path("nowhere")) / "pg_dump"
    parts = conninfo_to_dict(url)
    address = [
        f"--{name}={parts[key]}"
        for name, key in (
            ("host", "host"),
            ("port", "port"),
            ("username", "user"),
            ("dbname", "dbname"),
        )
    ]
    done = subprocess.run(
        [str(program), "--schema-only", *address], capture_output=True, text=True, check=True
    )
    # A fresh secret in every dump (\restrict), which has nothing to do with the schema.
    return "\n".join(x for x in done.stdout.splitlines() if not x.startswith("\\"))


def test_the_schema_is_what_all_migrations_make(database_url: str, empty_database_url: str) -> None:
    whole = (files("eventsnap_desktop.index") / "schema.sql").read_bytes()
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute(whole)
    assert dump(empty_database_url) == dump(database_url)


def test_opening_an_empty_database_makes_the_schema_once(empty_database_url: str) -> None:
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == 0
    for _ in range(2):
        with open_index(empty_database_url) as index:
            assert index.events.list_events() == []
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == NEWEST


def test_programs_that_open_an_empty_database_at_once_migrate_it_once(
    empty_database_url: str,
) -> None:
    def opened() -> int:
        with connect(empty_database_url) as connection:
            return migrate(connection)

    with ThreadPoolExecutor(6) as threads:
        answers = [threads.submit(opened) for _ in range(6)]
    assert [answer.result() for answer in answers] == [NEWEST] * 6


def test_a_database_of_the_first_version_is_brought_up_to_date_with_its_rows(
    empty_database_url: str,
) -> None:
    with connect(empty_database_url) as connection:
        migrate(connection, known_migrations()[:1])
        connection.execute("""
            insert into event (code, name, settings) values ('wedding', 'A wedding', '{"a": 1}');
            select create_face_partition(1);
            insert into photo (event_id, key, etag, bytes, modified_at, state, failure)
            values (1, 'a.jpg', '', 1, now(), 'encoded', null),
                (1, 'b.jpg', '', 1, now(), 'failed', 'broken');
            insert into session (event_id, kiosk, matches) values (1, 'tent', 3);
            insert into outbox (event_id, session_id, kind, payload, idempotency_key)
            values (1, 1, 'email', '{"photos": [1]}', 'x');
        """)
    with open_index(empty_database_url) as index:
        event = index.events.find_event("wedding").id
        assert index.events.counts(event) == EventCounts(0, 1, 1, 0, 1, 0)
        assert index.organizing.kiosk_settings(event) == KioskSettings()
        view = index.organizing.overview(event)
        assert (view.archived, view.hidden, view.cover) == (False, 0, None)
        assert len(index.browsing.list_ids(event, PhotoFilter())) == 2
        [delivery] = index.deliveries.list_deliveries(event, None, 9)
        assert delivery.photos == 1
        assert index.coverage.coverage(event, 9).guests_served == 1
        index.kiosks.report("tent", event, KioskState.IDLE, "")
        index.events.delete_event(event)
        assert index.events.list_events() == []
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == NEWEST


def test_a_database_of_the_second_version_is_brought_up_to_date_with_its_rows(
    empty_database_url: str,
) -> None:
    with connect(empty_database_url) as connection:
        migrate(connection, known_migrations()[:2])
        connection.execute("""
            insert into event (code, name, deliveries_paused) values ('wedding', 'A wedding', true);
            select create_face_partition(1);
            insert into photo
                (event_id, key, etag, bytes, modified_at, state, width, height, hidden)
            values (1, 'a.jpg', '', 1, now(), 'encoded', 600, 400, false),
                (1, 'b.jpg', '', 1, now(), 'encoded', 600, 400, true);
            insert into consent (event_id, kiosk, text_version, language)
            values (1, 'tent', '1', 'en');
            insert into session (event_id, consent_id, kiosk) values (1, 1, 'tent');
            insert into outbox (event_id, session_id, kind, payload, idempotency_key)
            values (1, 1, 'email', '{"photos": [1]}', 'x');
        """)
    with open_index(empty_database_url) as index:
        event = index.events.find_event("wedding").id
        ids = index.browsing.list_ids(event, PhotoFilter()).tolist()
        assert not any(row.slideshow for row in index.browsing.rows(event, ids))
        assert (index.guests.glance(event).photos, index.guests.glance(event).slideshow) == (1, ())
        assert index.browsing.set_slideshow(event, ids, True) == 2
        assert [one.key for one in index.guests.glance(event).slideshow] == ["a.jpg"]
        [delivery] = index.guests.deliveries(SessionId(1))
        assert (delivery.photos, delivery.paused) == (1, True)
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == NEWEST


def test_a_database_of_the_third_version_is_brought_up_to_date_with_its_rows(
    empty_database_url: str,
) -> None:
    with connect(empty_database_url) as connection:
        migrate(connection, known_migrations()[:3])
        connection.execute("""
            insert into event (code, name) values ('wedding', 'A wedding');
            select create_face_partition(1);
            insert into photo (event_id, key, etag, bytes, modified_at, state, width, height)
            values (1, 'a.jpg', '', 1, now(), 'encoded', 600, 400);
            insert into outbox (event_id, kind, payload, idempotency_key)
            values (1, 'email', '{"photos": [1], "to": ["a@x.org"]}', 'x');
        """)
    with open_index(empty_database_url) as index:
        event = index.events.find_event("wedding").id
        assert index.outbox.output_settings(event) == OutputSettings()
        job = index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0)
        assert job is not None
        assert (job.key, job.addresses, len(job.photos)) == ("x", ("a@x.org",), 1)
        index.outbox.done(job)
        assert index.deliveries.counts(event).done == 1
        assert index.shares.revoke(event) == 0
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == NEWEST


def test_a_migration_that_fails_leaves_the_schema_before(database_url: str) -> None:
    steps = [
        *known_migrations(),
        Migration(NEWEST + 1, b"create table another (id integer)"),
        Migration(NEWEST + 2, b"create table broken (id nonsense)"),
    ]
    before = dump(database_url)
    with pytest.raises(EventSnapError), connect(database_url) as connection:
        migrate(connection, steps)
    assert dump(database_url) == before
    with connect(database_url) as connection:
        assert migrate(connection, steps[:-1]) == NEWEST + 1


def test_a_newer_schema_is_refused_and_nothing_is_touched(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into schema_version (version) values (99)")
        connection.execute("drop table outbox")
    before = dump(database_url)
    with (
        pytest.raises(DatabaseRefusedError, match=r"newer EventSnap.*Update"),
        open_index(database_url),
    ):
        pass
    assert dump(database_url) == before
    assert "newer EventSnap" in probe(database_url).problem


def test_tables_of_another_program_are_refused(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("create table photo (theirs integer)")
    with (
        pytest.raises(DatabaseRefusedError, match="another program"),
        open_index(empty_database_url),
    ):
        pass


@pytest.fixture
def guest_url(empty_database_url: str) -> str:
    """Return the address of an empty database for a user who may do nothing in it."""
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        found = connection.execute("select from pg_roles where rolname = 'guest'").rowcount
        if not found:
            connection.execute("create role guest login")
    return psycopg.conninfo.make_conninfo(empty_database_url, user="guest")


def test_a_user_who_may_not_create_the_extension_is_told_whom_to_ask(guest_url: str) -> None:
    with (
        pytest.raises(DatabaseRefusedError, match="CREATE EXTENSION vector"),
        open_index(guest_url),
    ):
        pass
    report = probe(guest_url)
    assert report.reachable
    assert "may not create" in report.problem


def test_a_user_who_may_not_create_tables_is_told_whom_to_ask(
    guest_url: str, empty_database_url: str
) -> None:
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("create extension vector")
    with pytest.raises(DatabaseRefusedError, match="has not the rights"), open_index(guest_url):
        pass


def test_an_old_pgvector_in_the_database_is_brought_up_to_date(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update pg_extension set extversion = '0.8.4' where extname = 'vector'")
        connection.execute("update pg_extension set extversion = '0.8.3' where extname = 'vector'")
    with open_index(database_url):
        pass
    assert probe(database_url).pgvector == "0.8.5"


def test_a_missing_database_is_named_as_the_reason(database_url: str) -> None:
    url = psycopg.conninfo.make_conninfo(database_url, dbname="nowhere")
    with pytest.raises(DatabaseRefusedError, match="no database of this name"), open_index(url):
        pass


def test_a_wrong_password_is_a_sentence_without_the_password(
    restartable_database: RestartableDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    with psycopg.connect(restartable_database.url, autocommit=True) as connection:
        connection.execute("create role guest login password 'right'")
        row = connection.execute("show hba_file").fetchone()
        assert row is not None
        rules = Path(row[0])
        rules.write_text(f"local all guest scram-sha-256\n{rules.read_text()}")
        connection.execute("select pg_reload_conf()")
    url = psycopg.conninfo.make_conninfo(
        restartable_database.url, user="guest", password="sesame-open"
    )
    with pytest.raises(DatabaseRefusedError, match="user or password") as caught, open_index(url):
        pass
    assert "sesame-open" not in f"{caught.value} {caught.value.__cause__} {caplog.text}"
    assert "sesame-open" not in str(probe(url))


def test_a_healthy_database_is_reported_with_its_versions(database_url: str) -> None:
    report = probe(database_url)
    assert (report.reachable, report.problem, report.advice) == (True, "", "")
    assert (report.schema, report.known_schema, report.pgvector) == (NEWEST, NEWEST, "0.8.5")
    assert report.server is not None
    assert report.server.startswith("18.")


def test_probing_changes_nothing(empty_database_url: str) -> None:
    before = dump(empty_database_url)
    assert probe(empty_database_url).schema == 0
    assert dump(empty_database_url) == before


def test_a_server_that_is_away_is_reported(short_folder: Path) -> None:
    report = probe(f"postgresql://x:secret@/y?host={short_folder}")
    assert not report.reachable
    assert "does not answer" in report.problem
    assert "secret" not in str(report)
