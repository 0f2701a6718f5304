"""What a monitor reads of a real database: right, at once, and without changing anything."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from eventsnap_desktop.domain.errors import DatabaseAwayError, DatabaseRefusedError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.health import EventHealth
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.index.health import read_health
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.index.schema import known_migrations
from tests.contract.index.outbox_rows import change, photos_of, put_mail, put_print


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("PARTY", "Party", "").id


def look(url: str) -> EventHealth:
    (one,) = read_health(url, "PARTY").events
    return one


def test_the_figures_are_those_that_the_index_gives(
    index: Index, event: EventId, database_url: str
) -> None:
    photos_of(index, event, 4)
    change(database_url, "update photo set state = 'failed', failure = 'it is broken' where id = 1")

    one = look(database_url)

    assert one.event == index.events.find_event("PARTY")
    assert one.counts == index.events.counts(event)
    assert one.counts.encoded == 3
    assert list(one.failed_photos) == index.events.failed_photos(event)
    assert one.last_encoded_at is not None
    assert not one.archived


def test_events_come_newest_first_and_one_by_its_code(index: Index, database_url: str) -> None:
    for code in ("FIRST", "SECOND"):
        index.events.create_event(code, "", "")

    every = read_health(database_url)

    assert [one.event for one in every.events] == index.events.list_events()
    assert [one.event.code for one in read_health(database_url, "FIRST").events] == ["FIRST"]
    assert read_health(database_url, "THIRD").events == ()
    assert every.schema == len(known_migrations())
    assert int(every.server.split(".")[0]) >= 16


def test_who_encodes_is_seen_while_it_does(index: Index, event: EventId, database_url: str) -> None:
    index.events.create_event("OTHER", "", "")
    assert not look(database_url).encoding
    with index.photos.encoding(event):
        seen = {one.event.code: one.encoding for one in read_health(database_url).events}
        assert seen == {"PARTY": True, "OTHER": False}
    assert not look(database_url).encoding


def test_mails_that_wait_for_new_photos_are_not_late(
    index: Index, event: EventId, database_url: str
) -> None:
    photos = photos_of(index, event)
    put_mail(database_url, event, [])
    change(database_url, "update outbox set created_at = now() - interval '9 hours'")
    put_print(database_url, event, photos)
    failed = put_mail(database_url, event, photos)
    change(database_url, f"update outbox set state = 'failed' where id = {failed}")
    index.deliveries.set_paused(event, True)

    outbox, now = look(database_url).outbox, read_health(database_url).now

    assert (outbox.waiting, outbox.later, outbox.failed, outbox.paused) == (1, 1, 1, True)
    assert outbox.oldest_at is not None
    assert (now - outbox.oldest_at).total_seconds() < 3600


def test_each_event_has_its_own_kiosks(index: Index, event: EventId, database_url: str) -> None:
    other = index.events.create_event("OTHER", "", "").id
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    index.kiosks.report("bar", other, KioskState.CAMERA_LOST, "unplugged")

    assert list(look(database_url).kiosks) == index.kiosks.kiosks(event)


def test_a_database_that_was_not_used_yet_stays_so(empty_database_url: str) -> None:
    health = read_health(empty_database_url)

    assert (health.events, health.schema) == ((), 0)
    with psycopg.connect(empty_database_url) as connection:
        row = connection.execute("select to_regclass('event'), to_regclass('schema_version')")
        assert row.fetchone() == (None, None)


@pytest.mark.parametrize(("change_by", "word"), [(-1, "older"), (1, "newer")])
def test_another_schema_is_refused_and_left_alone(
    database_url: str, change_by: int, word: str
) -> None:
    known = len(known_migrations())
    if change_by < 0:
        change(database_url, f"delete from schema_version where version = {known}")
    else:
        change(database_url, f"insert into schema_version values ({known + 1})")

    with pytest.raises(DatabaseRefusedError, match=f"{word} EventSnap"):
        read_health(database_url)

    with psycopg.connect(database_url) as connection:
        row = connection.execute("select max(version) from schema_version").fetchone()
    assert row == (known + change_by,)


def test_a_server_that_is_away_is_said() -> None:
    with pytest.raises(DatabaseAwayError):
        read_health("postgresql://nobody@127.0.0.1:9/nothing")


def test_a_role_that_may_only_read_is_enough(
    index: Index, event: EventId, database_url: str
) -> None:
    photos_of(index, event)
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    change(database_url, "create role monitor_of_tests login")
    try:
        change(database_url, "grant pg_read_all_data to monitor_of_tests")
        reader = make_conninfo(database_url, user="monitor_of_tests")

        (one,) = read_health(reader).events

        assert (one.counts.encoded, len(one.kiosks)) == (3, 1)
    finally:
        change(database_url, "drop role monitor_of_tests")
