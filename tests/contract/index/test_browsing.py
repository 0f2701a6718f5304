"""Looking through photos in a real database: filters, rows, faces, hiding, trying again."""

import json
from datetime import timedelta

import numpy as np
import psycopg
import pytest

from eventsnap_desktop.domain.browsing import FailureGroup, PhotoFilter, PhotoKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON, embedding, encode_all, face, photo, result_of


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def fill(index: Index, event: EventId) -> dict[str, PhotoId]:
    """Bring in a photo of each kind, the first one the oldest; return the ids by key."""
    names = ("two.jpg", "none.jpg", "bad.jpg", "late.jpg", "gone.jpg")
    index.photos.sync(event, [photo(name, minutes=n) for n, name in enumerate(names)], 3)
    waiting = {one.key: one for one in index.photos.next_pending(event, 10, [])}
    index.photos.write(
        event,
        [
            result_of(waiting["two.jpg"], [face(9), face(2)]),
            result_of(waiting["none.jpg"], []),
            result_of(waiting["bad.jpg"], failure="it is broken", content=None),
        ],
    )
    index.photos.mark_gone(event, waiting["gone.jpg"].id)
    return {key: one.id for key, one in waiting.items()}


def keys(index: Index, event: EventId, which: PhotoFilter) -> list[str]:
    """Return the keys of the photos that fit, in the order of the list."""
    ids = index.browsing.list_ids(event, which)
    rows = {row.id: row.key for row in index.browsing.rows(event, ids.tolist())}
    return [rows[number] for number in ids.tolist()]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PhotoKind.ALL, {"late.jpg", "bad.jpg", "two.jpg", "none.jpg"}),
        (PhotoKind.WITH_FACES, {"two.jpg"}),
        (PhotoKind.WITHOUT_FACES, {"none.jpg"}),
        (PhotoKind.FAILED, {"bad.jpg"}),
        (PhotoKind.PENDING, {"late.jpg"}),
        (PhotoKind.HIDDEN, {"two.jpg"}),
        (PhotoKind.SLIDESHOW, {"none.jpg"}),
    ],
)
def test_photos_are_listed_by_kind(
    index: Index, event: EventId, kind: PhotoKind, expected: set[str]
) -> None:
    ids = fill(index, event)
    other = index.events.create_event("other", "", "").id
    encode_all(index, other, [photo("other.jpg")])
    index.browsing.set_hidden(event, [ids["two.jpg"]], True)
    index.browsing.set_slideshow(event, [ids["none.jpg"]], True)
    assert set(keys(index, event, PhotoFilter(kind))) == expected


def test_photos_come_newest_first_by_when_they_were_taken_or_else_modified(
    index: Index, event: EventId, database_url: str
) -> None:
    index.photos.sync(event, [photo(f"{n}.jpg", minutes=n) for n in range(5)], 3)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update photo set taken_at = %s where key = '0.jpg'", (NOON + timedelta(hours=1),)
        )
    assert keys(index, event, PhotoFilter()) == ["0.jpg", "4.jpg", "3.jpg", "2.jpg", "1.jpg"]
    minutes = [NOON + timedelta(minutes=n) for n in range(5)]
    assert keys(index, event, PhotoFilter(since=minutes[3])) == ["0.jpg", "4.jpg", "3.jpg"]
    assert keys(index, event, PhotoFilter(until=minutes[3])) == ["2.jpg", "1.jpg"]
    assert keys(index, event, PhotoFilter(since=minutes[2], until=minutes[4])) == ["3.jpg", "2.jpg"]


def test_50_000_photos_are_listed_in_the_right_order(
    index: Index, event: EventId, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into photo (event_id, key, etag, bytes, modified_at, taken_at)"
            " select %s, n || '.jpg', '', 1, %s, case when n %% 10 > 0 then"
            " %s + make_interval(secs => n * 7919 %% 50000 / 3) end"
            " from generate_series(1, 50000) n",
            (event, NOON, NOON),
        )
        rows = connection.execute(
            "select id, extract(epoch from coalesce(taken_at, modified_at))::float8 from photo"
        ).fetchall()
    numbers, times = (np.array(column) for column in zip(*rows, strict=True))
    expected = numbers[np.lexsort((-numbers, -times))]
    ids = index.browsing.list_ids(event, PhotoFilter())
    assert ids.dtype == np.int64
    assert np.array_equal(ids, expected)


def test_an_event_without_photos_lists_none(index: Index, event: EventId) -> None:
    ids = index.browsing.list_ids(event, PhotoFilter())
    assert ids.dtype == np.int64
    assert ids.size == 0
    assert index.browsing.rows(event, []) == []


NAMES = (
    "card/IMG_0001.JPG",
    "card/IMGX0001.jpg",
    "100%.jpg",
    "100 of 100.jpg",
    "back\\slash.jpg",
    "Gruppe (2) [a]{1}.jpg",
    "Größe ÉTÉ.jpg",
    "caf\udce9.jpg",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("img_", {"card/IMG_0001.JPG"}),
        ("IMG", {"card/IMG_0001.JPG", "card/IMGX0001.jpg"}),
        ("0%", {"100%.jpg"}),
        ("%", {"100%.jpg"}),
        ("_", {"card/IMG_0001.JPG"}),
        ("\\", {"back\\slash.jpg"}),
        ("(2) [A]{1}.", {"Gruppe (2) [a]{1}.jpg"}),
        ("gRÖSSE", set()),
        ("GRÖßE", {"Größe ÉTÉ.jpg"}),
        ("été", {"Größe ÉTÉ.jpg"}),
        ("caf\udce9", {"caf\udce9.jpg"}),
        (".*", set()),
        ("^", set()),
        ("a|b", set()),
        ("\x00", set()),
        ("nowhere", set()),
        ("", set(NAMES)),
    ],
)
def test_a_text_is_searched_for_as_it_stands_in_any_case(
    index: Index, event: EventId, text: str, expected: set[str]
) -> None:
    index.photos.sync(event, [photo(name) for name in NAMES], 3)
    assert set(keys(index, event, PhotoFilter(text=text))) == expected


def test_a_row_tells_what_the_photo_is(index: Index, event: EventId) -> None:
    ids = fill(index, event)
    two = index.browsing.find(event, "two.jpg")
    assert two is not None
    assert (two.id, two.key, two.etag, two.state) == (
        ids["two.jpg"],
        "two.jpg",
        "v1",
        PhotoState.ENCODED,
    )
    assert (two.hidden, two.face_count, two.bytes) == (False, 2, 1000)
    assert (two.width, two.height, two.time, two.failure) == (6000, 4000, NOON, None)
    bad = index.browsing.find(event, "bad.jpg")
    assert bad is not None
    assert (bad.state, bad.failure, bad.width) == (PhotoState.FAILED, "it is broken", None)
    assert bad.time == NOON + timedelta(minutes=2)


def test_photos_that_are_not_there_any_more_are_left_out(index: Index, event: EventId) -> None:
    ids = fill(index, event)
    other = index.events.create_event("other", "", "").id
    asked = [ids["gone.jpg"], ids["two.jpg"], PhotoId(99_999)]
    assert [row.key for row in index.browsing.rows(event, asked)] == ["two.jpg"]
    assert index.browsing.rows(other, asked) == []
    assert index.browsing.find(event, "gone.jpg") is None
    assert index.browsing.find(event, "never.jpg") is None
    assert index.browsing.find(other, "two.jpg") is None


def test_the_faces_of_a_photo_come_from_left_to_right(index: Index, event: EventId) -> None:
    ids = fill(index, event)
    left, right = index.browsing.faces(event, ids["two.jpg"])
    for stored, written in ((left, face(2)), (right, face(9))):
        assert stored.box == written.box
        assert np.array_equal(stored.landmarks, written.landmarks)
        assert stored.landmarks.dtype == stored.embedding.dtype == np.float32
        assert np.abs(stored.embedding - written.embedding).max() < 1e-3
        assert stored.score == pytest.approx(written.score)
        assert stored.quality == written.quality
    assert index.browsing.faces(event, ids["none.jpg"]) == []


def test_a_hidden_photo_leaves_every_search_at_once_and_comes_back(
    index: Index, event: EventId
) -> None:
    hidden, shown = encode_all(index, event, [photo("a.jpg"), photo("b.jpg")])
    # The first search reads the faces in, later ones go another way.
    for _ in range(2):
        assert len(index.faces.search(event, embedding(0), -1.0)) == 2
    assert index.browsing.set_hidden(event, [hidden.id], True) == 1
    for _ in range(2):
        found = index.faces.search(event, embedding(0), -1.0)
        assert [one.photo_id for one in found] == [shown.id]
    assert index.browsing.set_hidden(event, [hidden.id], False) == 1
    assert len(index.faces.search(event, embedding(0), -1.0)) == 2


def test_a_photo_hidden_before_the_first_search_is_not_found(index: Index, event: EventId) -> None:
    [hidden] = encode_all(index, event, [photo("a.jpg")])
    index.browsing.set_hidden(event, [hidden.id], True)
    assert index.faces.search(event, embedding(0), -1.0) == []


def test_a_person_can_be_erased_from_hidden_photos(index: Index, event: EventId) -> None:
    [hidden] = encode_all(index, event, [photo("a.jpg")])
    index.browsing.set_hidden(event, [hidden.id], True)
    for _ in range(2):
        found = index.every_face.search(event, embedding(0), -1.0)
        assert [one.photo_id for one in found] == [hidden.id]
    assert index.every_face.erase_faces(event, found) == 1
    index.browsing.set_hidden(event, [hidden.id], False)
    assert index.faces.search(event, embedding(0), -1.0) == []
    assert index.every_face.count_faces(event) == 0


def test_a_hidden_photo_is_encoded_and_stays_hidden(index: Index, event: EventId) -> None:
    [waiting] = encode_all(index, event, [photo("a.jpg")])
    index.browsing.set_hidden(event, [waiting.id], True)
    encode_all(index, event, [photo("a.jpg", etag="v2")])
    index.photos.sync(event, [], 3)
    encode_all(index, event, [photo("a.jpg", etag="v3")])
    assert index.events.counts(event).encoded == 1
    assert index.faces.search(event, embedding(0), -1.0) == []


def test_hiding_tells_listeners_only_of_the_photos_that_changed(
    index: Index, event: EventId, database_url: str
) -> None:
    first, second = (one.id for one in encode_all(index, event, [photo("a.jpg"), photo("b.jpg")]))
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        assert index.browsing.set_hidden(event, [first], True) == 1
        assert index.browsing.set_hidden(event, [first], True) == 0
        assert index.browsing.set_hidden(event, [first, second], True) == 1
        assert index.browsing.set_hidden(event, [], False) == 0
        assert index.browsing.set_hidden(event, [first, second], False) == 2
        told = [json.loads(one.payload) for one in listener.notifies(timeout=60, stop_after=3)]
    assert [one["event"] for one in told] == [event] * 3
    assert [sorted(one["photos"]) for one in told] == [[first], [second], sorted([first, second])]


def test_photos_of_another_event_are_not_hidden(index: Index, event: EventId) -> None:
    [one] = encode_all(index, event, [photo("a.jpg")])
    other = index.events.create_event("other", "", "").id
    assert index.browsing.set_hidden(other, [one.id], True) == 0
    assert keys(index, event, PhotoFilter(PhotoKind.HIDDEN)) == []


def approved(index: Index, event: EventId) -> list[str]:
    """Return the keys of the photos that are approved for the kiosks' first screen."""
    ids = index.browsing.list_ids(event, PhotoFilter())
    rows = index.browsing.rows(event, ids.tolist())
    found = sorted(row.key for row in rows if row.slideshow)
    assert found == sorted(keys(index, event, PhotoFilter(PhotoKind.SLIDESHOW)))
    return found


def test_approving_for_the_kiosks_tells_listeners_only_of_the_photos_that_changed(
    index: Index, event: EventId, database_url: str
) -> None:
    first, second = (one.id for one in encode_all(index, event, [photo("a.jpg"), photo("b.jpg")]))
    other = index.events.create_event("other", "", "").id
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        assert index.browsing.set_slideshow(event, [first], True) == 1
        assert index.browsing.set_slideshow(event, [first], True) == 0
        assert index.browsing.set_slideshow(other, [second], True) == 0
        assert len(approved(index, event)) == 1
        assert index.browsing.set_slideshow(event, [first, second], True) == 1
        assert index.browsing.set_slideshow(event, [first, second], False) == 2
        told = [json.loads(one.payload) for one in listener.notifies(timeout=60, stop_after=3)]
    assert [sorted(one["photos"]) for one in told] == [[first], [second], sorted([first, second])]
    assert approved(index, event) == []


def test_a_photo_stays_approved_until_its_bytes_change(index: Index, event: EventId) -> None:
    names = ("waiting.jpg", "same.jpg", "other.jpg", "broken.jpg", "gone.jpg", "listed.jpg")
    index.photos.sync(event, [photo(name) for name in names], 3)
    waiting = {one.key: one for one in index.photos.next_pending(event, 9, [])}
    rest = [one for key, one in waiting.items() if key != "waiting.jpg"]
    index.photos.write(event, [result_of(one, []) for one in rest])
    index.browsing.set_slideshow(event, [one.id for one in waiting.values()], True)
    index.photos.write(event, [result_of(waiting["waiting.jpg"], [])])
    assert approved(index, event) == sorted(names)
    for name in ("same.jpg", "other.jpg", "broken.jpg"):
        index.photos.sync_one(event, photo(name, etag="v2"))
    again = {one.key: one for one in index.photos.next_pending(event, 9, [])}
    index.photos.write(
        event,
        [
            result_of(again["same.jpg"], []),
            result_of(again["other.jpg"], [], content="another digest"),
            result_of(again["broken.jpg"], failure="it is broken", content=None),
        ],
    )
    index.photos.mark_gone(event, waiting["gone.jpg"].id)
    index.photos.sync_one(event, photo("gone.jpg", etag="v3"))
    assert approved(index, event) == ["listed.jpg", "same.jpg", "waiting.jpg"]
    index.photos.sync(event, [], 3)
    index.photos.sync(event, [photo(name) for name in names], 3)
    assert approved(index, event) == []


def fail(index: Index, event: EventId, reasons: dict[str, str]) -> dict[str, PhotoId]:
    """Have photos fail twice, each for its reason; return the ids by key."""
    for _ in range(2):
        index.photos.sync(event, [photo(key) for key in reasons], 3)
        waiting = index.photos.next_pending(event, 99, [])
        index.photos.write(event, [result_of(one, failure=reasons[one.key]) for one in waiting])
    return {one.key: one.id for one in waiting}


REASONS = {"a.jpg": "too dark", "b.jpg": "not a picture \x00", "c.jpg": "not a picture \x00"}


def test_reasons_of_failures_are_counted_most_frequent_first(index: Index, event: EventId) -> None:
    fail(index, event, REASONS)
    assert index.browsing.failures(event) == [
        FailureGroup("not a picture \x00", 2),
        FailureGroup("too dark", 1),
    ]


def test_failed_photos_wait_again_with_no_attempt_counted(
    index: Index, event: EventId, database_url: str
) -> None:
    ids = fail(index, event, REASONS)
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        assert index.browsing.retry(event, [ids["a.jpg"]]) == 1
        [told] = listener.notifies(timeout=60, stop_after=1)
        assert json.loads(told.payload) == {"event": event, "photos": [ids["a.jpg"]]}
        rows = listener.execute("select state, attempts, failure from photo where key = 'a.jpg'")
        assert rows.fetchall() == [("pending", 0, None)]
    assert index.browsing.retry(event, [ids["a.jpg"]]) == 0
    assert index.browsing.retry_reason(event, "nothing of that kind") == 0
    assert index.browsing.retry_reason(event, "not a picture \x00") == 2
    assert index.browsing.failures(event) == []
    fail(index, event, REASONS)
    assert index.browsing.retry(event, []) == 0
    assert index.browsing.retry(event, None) == 3
    assert index.photos.count_pending(event) == 3
