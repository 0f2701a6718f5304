"""What a backup of a real database brings back: everything, of every version, or nothing."""

from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from eventsnap_desktop.domain.backups import BackupProgress
from eventsnap_desktop.domain.errors import Cancelled, EventSnapError
from eventsnap_desktop.domain.outgoing import ShareToken
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.opening import open_index
from eventsnap_desktop.index.schema import schema_version
from tests.contract.backup.made import NEWEST, back_up, restore
from tests.contract.index.older_rows import Rows, make_database, rows_of
from tests.contract.index.outbox_rows import change
from tests.contract.index.test_schema import dump


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "party.backup"


def as_restored(rows: Rows, hold: bool = True) -> Rows:
    """Return the rows as they are after a restore: nobody makes a delivery, those wait are held."""
    waiting = {one["event_id"] for one in rows["outbox"] if one["state"] == "waiting"}
    free = {"claimed_by": None, "claimed_until": None, "detail": ""}
    outbox = [{**one, **(free if one["claimed_by"] else {})} for one in rows["outbox"]]
    events = [
        {**one, "deliveries_paused": one["deliveries_paused"] or (hold and one["id"] in waiting)}
        for one in rows["event"]
    ]
    return {**rows, "outbox": outbox, "event": events}


def brought_up_to_date(url: str) -> Rows:
    with open_index(url):
        pass
    return rows_of(url)


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_backup_of_every_version_is_restored_as_if_it_had_been_brought_up_to_date(
    empty_database_url: str, database_url: str, file: Path, version: int
) -> None:
    """Into a database that was used before, so that the tables of another version are there."""
    make_database(empty_database_url, version)
    made = back_up(empty_database_url, file)
    assert made.schema == version

    schema = dump(database_url)
    restored = restore(file, database_url)

    expected, found = as_restored(brought_up_to_date(empty_database_url)), rows_of(database_url)
    for rows in (expected, found):  # they got the time of the migration
        if version == 1:
            for one in rows["outbox"]:
                del one["created_at"]
    assert found == expected
    assert restored.rows["face"] == made.faces == 3
    with connect(database_url) as connection:
        assert schema_version(connection) == NEWEST
        connection.execute("select drop_face_partition(id) from event")
    assert dump(database_url) == schema


def test_a_backup_is_restored_into_a_database_that_never_was_ours(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)

    restore(file, empty_database_url)

    assert rows_of(empty_database_url) == as_restored(rows_of(database_url))
    assert dump(empty_database_url) == dump(database_url)


def fill(url: str) -> None:
    """Put rows into a database that has the newest schema and none."""
    make_database(url, NEWEST)


def test_ids_go_on_where_they_were_also_those_of_what_was_deleted(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    change(database_url, "delete from session; delete from photo where event_id = 3")
    back_up(database_url, file)
    restore(file, empty_database_url)

    with psycopg.connect(empty_database_url) as connection:
        given = connection.execute("""
            with e as (insert into event (code, name) values ('new', '') returning id),
                s as (insert into session (event_id, kiosk) values (1, '') returning id),
                p as (insert into photo (event_id, key, etag, bytes, modified_at)
                    values (1, 'new', '', 1, now()) returning id)
            select e.id, s.id, p.id, nextval('face_id_seq') from e, s, p
        """).fetchone()
    assert given == (5, 3, 5, 4)


def test_what_waited_is_held_until_somebody_lets_it_go_on_and_what_was_made_stays_made(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)

    restored = restore(file, empty_database_url)

    assert (restored.waiting, restored.held) == (1, 1)
    with open_index(empty_database_url) as index:
        event = index.events.find_event("wedding").id
        counts = index.deliveries.counts(event)
        assert (counts.waiting, counts.done, counts.paused) == (1, 1, True)
        assert due(empty_database_url) == []
        index.deliveries.set_paused(event, False)
        assert due(empty_database_url) == ["y"]


def test_what_waited_goes_on_where_that_is_wished(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)

    restored = restore(file, empty_database_url, hold=False)

    assert (restored.waiting, restored.held) == (1, 0)
    assert due(empty_database_url) == ["y"]  # nobody has it any more


def due(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("""
            select idempotency_key from outbox o join event e on e.id = o.event_id
            where state = 'waiting' and claimed_by is null and not deliveries_paused
        """).fetchall()
    return [row[0] for row in rows]


def test_a_link_that_a_guest_has_goes_on_working(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)
    restore(file, empty_database_url)

    with open_index(empty_database_url) as index:
        share = index.shares.find(ShareToken("token"))
    assert share is not None
    assert [one.key for one in share.photos] == ["a.jpg"]


def test_an_event_whose_time_is_over_is_left_out_with_all_that_belongs_to_it(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    change(database_url, "update event set keep_until = now() where code = 'wedding'")
    back_up(database_url, file)

    restored = restore(file, empty_database_url)

    assert restored.over == ("wedding",)
    assert restored.rows == {
        **{"event": 2, "photo": 1, "face": 1, "consent": 1, "session": 1, "outbox": 1},
        **{"share": 0, "kiosk": 0, "withdrawal": 2},
    }
    kept = rows_of(empty_database_url)
    theirs = [name for name in kept if name not in {"event", "withdrawal"}]
    assert {one["event_id"] for table in theirs for one in kept[table]} == {3}


def test_a_database_with_events_is_left_as_it_is(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)
    make_database(empty_database_url, 1)
    before = rows_of(empty_database_url)

    with pytest.raises(EventSnapError, match=r"events here already \(3\).*--home"):
        restore(file, empty_database_url)

    assert rows_of(empty_database_url) == before
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == 1


def test_tables_of_another_program_are_left_as_they_are(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)
    change(empty_database_url, "create table photo (theirs integer)")

    with pytest.raises(EventSnapError, match="another program"):
        restore(file, empty_database_url)

    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("select from photo").rowcount == 0


def test_an_error_at_the_last_moment_leaves_nothing(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file, files={"config.toml": b"log_level = 'INFO'"})
    before = dump(empty_database_url)

    def full(files: Mapping[str, bytes]) -> None:
        assert files == {"config.toml": b"log_level = 'INFO'"}
        raise EventSnapError("The disk is full")

    with pytest.raises(EventSnapError, match="disk is full"):
        restore(file, empty_database_url, keep=full)

    assert dump(empty_database_url) == before


def test_stopped_while_rows_are_written_it_leaves_nothing(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    fill(database_url)
    back_up(database_url, file)
    before, cancel = dump(empty_database_url), Cancel()

    def stop(progress: BackupProgress) -> None:
        if progress.part == "face":
            cancel.request()

    with pytest.raises(Cancelled):
        restore(file, empty_database_url, report=stop, cancel=cancel)

    assert dump(empty_database_url) == before


def test_photos_of_a_data_folder_that_is_gone_belong_into_the_new_one(
    database_url: str, empty_database_url: str, file: Path, tmp_path: Path
) -> None:
    fill(database_url)
    old, new, there = tmp_path / "old", tmp_path / "new", tmp_path / "old" / "there"
    there.mkdir(parents=True)
    change(database_url, f"update event set source = '{old}/photos/W' where code = 'wedding'")
    change(database_url, f"update event set source = '{there}' where code = 'fair'")
    back_up(database_url, file, home=old)

    restored = restore(file, empty_database_url, home=new)

    assert [(one.event, one.folder) for one in restored.moved] == [("wedding", new / "photos/W")]
    with open_index(empty_database_url) as index:
        sources = {one.code: one.source for one in index.events.list_events()}
    # What is still there is used where it is; what was somewhere else stays there.
    assert sources == {"wedding": str(new / "photos/W"), "fair": str(there), "empty": ""}
