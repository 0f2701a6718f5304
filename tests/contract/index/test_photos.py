"""Photos in a real database: listings compared, work handed out, results written."""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import psycopg
import pytest

from eventsnap_desktop.domain.errors import (
    EventBusyError,
    SourceAwayError,
    UnknownEventError,
)
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import FailedPhoto, SourcePhoto, SyncCounts
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.made_up import embedding, encode_all, face, photo, result_of


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def rows(url: str, *tables: str) -> list[tuple[object, ...]]:
    """Return every row of some tables with its place and the transaction that wrote it."""
    with psycopg.connect(url) as connection:
        return [
            row
            for table in tables
            for row in connection.execute(
                b"select tableoid, ctid::text, xmin::text, xmax::text, t::text from %s t"
                % table.encode()
            )
        ]


def faces_of(index: Index, event: EventId, key: str) -> int:
    return sum(one.key == key for one in index.faces.search(event, embedding(0), -1.0))


def test_a_first_listing_makes_every_photo_wait_newest_first(index: Index, event: EventId) -> None:
    listing = [photo(f"{minute}.jpg", minutes=minute) for minute in (3, 1, 2)]
    assert index.photos.sync(event, listing, 3) == SyncCounts(3, 3, 0, 0, 0)
    waiting = index.photos.next_pending(event, 10, [])
    assert [one.key for one in waiting] == ["3.jpg", "2.jpg", "1.jpg"]
    assert index.photos.count_pending(event) == 3


def test_a_listing_streams_and_100_000_keys_are_compared(index: Index, event: EventId) -> None:
    def listing() -> Iterator[SourcePhoto]:
        return (photo(f"card/IMG_{number:06}.jpg", minutes=number) for number in range(100_000))

    assert index.photos.sync(event, listing(), 3).new == 100_000
    assert index.photos.sync(event, listing(), 3) == SyncCounts(100_000, 0, 0, 0, 100_000)
    newest = index.photos.next_pending(event, 2, [])
    assert [one.key for one in newest] == ["card/IMG_099999.jpg", "card/IMG_099998.jpg"]


def test_photos_in_work_are_not_handed_out_again(index: Index, event: EventId) -> None:
    index.photos.sync(event, [photo(f"{n}.jpg", minutes=n) for n in range(4)], 3)
    first = index.photos.next_pending(event, 2, [])
    second = index.photos.next_pending(event, 9, [one.id for one in first])
    assert [one.key for one in second] == ["1.jpg", "0.jpg"]


def test_an_unchanged_listing_writes_no_row(
    index: Index, event: EventId, database_url: str
) -> None:
    listing = [photo("a.jpg"), photo("none.jpg"), photo("bad.jpg"), photo("late.jpg")]
    index.photos.sync(event, listing, 1)
    waiting = {one.key: one for one in index.photos.next_pending(event, 9, [])}
    index.photos.write(
        event,
        [
            result_of(waiting["a.jpg"], [face(1)]),
            result_of(waiting["none.jpg"], []),
            result_of(waiting["bad.jpg"], failure="broken"),
        ],
    )
    before = rows(database_url, "event", "photo", "face")
    assert len(before) == 6
    assert index.photos.sync(event, listing, 1) == SyncCounts(4, 0, 0, 0, 4)
    assert rows(database_url, "event", "photo", "face") == before


def test_a_new_date_with_the_same_etag_changes_nothing(
    index: Index, event: EventId, database_url: str
) -> None:
    index.photos.sync(event, [photo("a.jpg")], 3)
    before = rows(database_url, "photo")
    assert index.photos.sync(event, [photo("a.jpg", minutes=9)], 3).unchanged == 1
    assert rows(database_url, "photo") == before


def test_a_changed_photo_waits_again_and_then_replaces_its_faces(
    index: Index, event: EventId
) -> None:
    encode_all(index, event, [photo("a.jpg"), photo("b.jpg")], faces=3)
    listing = [photo("a.jpg", etag="v2"), photo("b.jpg")]
    assert index.photos.sync(event, listing, 3) == SyncCounts(2, 0, 1, 0, 1)
    assert faces_of(index, event, "a.jpg") == 3
    [waiting] = index.photos.next_pending(event, 9, [])
    assert (waiting.key, waiting.etag, waiting.content) == ("a.jpg", "v2", "digest")
    index.photos.write(event, [result_of(waiting, [face(7)], content="other")])
    assert faces_of(index, event, "a.jpg") == 1
    assert faces_of(index, event, "b.jpg") == 3
    assert index.faces.count_faces(event) == 4


def test_a_missing_photo_is_gone_with_its_faces_and_comes_back_to_be_encoded_anew(
    index: Index, event: EventId
) -> None:
    encode_all(index, event, [photo("a.jpg"), photo("b.jpg")])
    assert index.photos.sync(event, [photo("b.jpg")], 3) == SyncCounts(1, 0, 0, 1, 1)
    assert faces_of(index, event, "a.jpg") == 0
    assert index.events.counts(event).gone == 1
    assert index.photos.sync(event, [photo("b.jpg")], 3) == SyncCounts(1, 0, 0, 0, 1)
    assert index.photos.sync(event, [photo("a.jpg"), photo("b.jpg")], 3).new == 1
    [waiting] = index.photos.next_pending(event, 9, [])
    assert (waiting.key, waiting.content) == ("a.jpg", None)


def test_failed_photos_are_tried_again_up_to_the_limit(index: Index, event: EventId) -> None:
    listing = [photo("bad.jpg")]
    for attempt in range(3):
        index.photos.sync(event, listing, 3)
        [waiting] = index.photos.next_pending(event, 9, [])
        index.photos.write(event, [result_of(waiting, failure=f"broken {attempt}")])
    index.photos.sync(event, listing, 3)
    assert index.photos.count_pending(event) == 0
    assert index.events.failed_photos(event) == [FailedPhoto("bad.jpg", "broken 2")]
    index.photos.sync(event, [photo("bad.jpg", etag="v2")], 3)
    assert index.photos.count_pending(event) == 1
    assert index.events.failed_photos(event) == []


def test_a_photo_that_fails_after_a_change_loses_the_faces_of_before(
    index: Index, event: EventId
) -> None:
    encode_all(index, event, [photo("a.jpg")])
    index.photos.sync(event, [photo("a.jpg", etag="v2")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, failure="broken")])
    assert faces_of(index, event, "a.jpg") == 0
    assert index.events.counts(event).faces == 0


def test_a_photo_whose_bytes_stayed_keeps_its_faces(
    index: Index, event: EventId, database_url: str
) -> None:
    encode_all(index, event, [photo("a.jpg")])
    before = rows(database_url, "face")
    index.photos.sync(event, [photo("a.jpg", etag="v2")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, None, content="digest")])
    assert index.photos.count_pending(event) == 0
    assert rows(database_url, "face") == before
    assert index.photos.sync(event, [photo("a.jpg", etag="v2")], 3).unchanged == 1


def test_a_photo_whose_faces_left_meanwhile_is_not_taken_for_unchanged(
    index: Index, event: EventId
) -> None:
    encode_all(index, event, [photo("a.jpg")])
    index.photos.sync(event, [photo("a.jpg", etag="v2")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.mark_gone(event, waiting.id)
    index.photos.sync(event, [photo("a.jpg", etag="v2")], 3)
    index.photos.write(event, [result_of(waiting, None, content="digest")])
    assert index.photos.count_pending(event) == 1


def test_writing_twice_stores_faces_and_attempts_once(
    index: Index, event: EventId, database_url: str
) -> None:
    index.photos.sync(event, [photo("a.jpg"), photo("bad.jpg")], 3)
    good, bad = sorted(index.photos.next_pending(event, 9, []), key=lambda one: one.key)
    results = [result_of(good, [face(1), face(2)]), result_of(bad, failure="broken")]
    index.photos.write(event, results)
    before = rows(database_url, "photo", "face")
    index.photos.write(event, results)
    assert rows(database_url, "photo", "face") == before


def test_one_photo_twice_in_a_batch_is_stored_once(index: Index, event: EventId) -> None:
    index.photos.sync(event, [photo("a.jpg")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, [face(1)]), result_of(waiting, [face(1)])])
    assert faces_of(index, event, "a.jpg") == 1


def test_a_photo_that_changed_while_it_was_encoded_keeps_waiting(
    index: Index, event: EventId
) -> None:
    index.photos.sync(event, [photo("a.jpg")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.sync(event, [photo("a.jpg", etag="v2")], 3)
    index.photos.write(event, [result_of(waiting, [face(1)])])
    assert [one.etag for one in index.photos.next_pending(event, 9, [])] == ["v2"]
    assert faces_of(index, event, "a.jpg") == 0


def test_a_photo_that_left_while_it_was_encoded_stays_gone(index: Index, event: EventId) -> None:
    index.photos.sync(event, [photo("a.jpg")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.sync(event, [], 3)
    index.photos.write(event, [result_of(waiting, [face(1)])])
    assert index.events.counts(event).gone == 1
    assert faces_of(index, event, "a.jpg") == 0


def test_faces_come_back_as_they_were_written(
    index: Index, event: EventId, database_url: str
) -> None:
    index.photos.sync(event, [photo("a.jpg")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, [face(5)])])
    [found] = index.faces.search(event, face(5).embedding, 0.9)
    assert (found.box, found.quality, found.key) == (face(5).box, 0.75, "a.jpg")
    assert np.abs(found.embedding - face(5).embedding).max() < 1e-3
    with psycopg.connect(database_url) as connection:
        stored = connection.execute("select landmarks, score from face").fetchone()
        sizes = connection.execute(
            "select width, height, face_count, taken_at is not null, encoded_at is not null"
            " from photo"
        ).fetchone()
    assert stored == (face(5).landmarks.ravel().tolist(), pytest.approx(0.9))
    assert sizes == (6000, 4000, 1, True, True)


def test_a_face_that_is_no_number_fails_its_photo_only(index: Index, event: EventId) -> None:
    index.photos.sync(event, [photo("a.jpg"), photo("b.jpg")], 3)
    good, bad = sorted(index.photos.next_pending(event, 9, []), key=lambda one: one.key)
    broken = replace(face(1), embedding=np.full(512, np.nan, np.float32))
    index.photos.write(event, [result_of(good, [face(2)]), result_of(bad, [face(3), broken])])
    assert [one.key for one in index.events.failed_photos(event)] == ["b.jpg"]
    assert faces_of(index, event, "a.jpg") == 1


def test_a_reason_of_any_kind_can_be_stored(index: Index, event: EventId) -> None:
    index.photos.sync(event, [photo("bad.jpg")], 3)
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, failure="odd \x00 \udcff name")])
    assert index.events.failed_photos(event)[0].key == "bad.jpg"


def test_a_listing_that_breaks_off_changes_nothing(index: Index, event: EventId) -> None:
    encode_all(index, event, [photo("a.jpg"), photo("b.jpg")])

    def listing() -> Iterator[SourcePhoto]:
        yield photo("c.jpg")
        raise SourceAwayError("the source does not answer")

    with pytest.raises(SourceAwayError):
        index.photos.sync(event, listing(), 3)
    assert index.photos.count_pending(event) == 0
    assert index.events.counts(event).gone == 0


def test_a_key_listed_twice_counts_once(index: Index, event: EventId) -> None:
    listing = [photo("a.jpg", "old"), photo("a.jpg", "new", minutes=1), photo("a.jpg", "old")]
    assert index.photos.sync(event, listing, 3) == SyncCounts(1, 1, 0, 0, 0)
    assert [one.etag for one in index.photos.next_pending(event, 9, [])] == ["new"]


def test_a_hint_brings_one_photo_in_line(index: Index, event: EventId, database_url: str) -> None:
    assert index.photos.sync_one(event, photo("a.jpg"))
    assert index.photos.sync_one(event, photo("a.jpg"))
    [waiting] = index.photos.next_pending(event, 9, [])
    index.photos.write(event, [result_of(waiting, [face(1)])])
    before = rows(database_url, "photo")
    assert not index.photos.sync_one(event, photo("a.jpg"))
    assert rows(database_url, "photo") == before
    assert index.photos.sync_one(event, photo("a.jpg", etag="v2"))
    index.photos.mark_gone(event, waiting.id)
    assert index.photos.sync_one(event, photo("a.jpg", etag="v2"))
    assert index.events.counts(event).gone == 0


def test_a_photo_that_vanished_is_gone_with_its_faces(index: Index, event: EventId) -> None:
    [waiting] = encode_all(index, event, [photo("a.jpg")])
    index.photos.mark_gone(event, waiting.id)
    index.photos.mark_gone(event, waiting.id)
    assert faces_of(index, event, "a.jpg") == 0
    assert index.events.counts(event).gone == 1


def test_photos_of_a_deleted_event_are_refused(index: Index, event: EventId) -> None:
    index.events.delete_event(event)
    with pytest.raises(UnknownEventError):
        index.photos.sync(event, [photo("a.jpg")], 3)
    with pytest.raises(UnknownEventError):
        index.photos.write(event, [])


def test_listeners_are_told_which_photos_changed_in_short_payloads(
    index: Index, event: EventId, database_url: str
) -> None:
    index.photos.sync(event, [photo(f"{number}.jpg") for number in range(1000)], 3)
    waiting = index.photos.next_pending(event, 1000, [])
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        index.photos.write(event, [result_of(one, []) for one in waiting])
        heard: list[int] = []
        for notice in listener.notifies(timeout=60):
            assert len(notice.payload) < 8000
            payload = json.loads(notice.payload)
            assert payload["event"] == event
            heard += payload["photos"]
            if len(heard) == len(waiting):
                break
    assert sorted(heard) == sorted(one.id for one in waiting)


def test_one_process_at_a_time_encodes_an_event(
    index: Index, event: EventId, database_url: str
) -> None:
    other_event = index.events.create_event("other", "", "").id
    with open_index(database_url) as other:
        with index.photos.encoding(event):
            with pytest.raises(EventBusyError, match="another process"):
                other.photos.encoding(event).__enter__()
            with other.photos.encoding(other_event):
                pass
        with other.photos.encoding(event), pytest.raises(EventBusyError):
            index.photos.encoding(event).__enter__()
