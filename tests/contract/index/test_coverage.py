"""The figures of an evening, in a real database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.overview import Bucket, Coverage
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON, photo


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def execute(url: str, statement: bytes, values: Sequence[object] = ()) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement, values)


def test_an_event_without_anything_has_no_figures(index: Index, event: EventId) -> None:
    nothing = Coverage((), 60, 0, 0, None, None, None, 0, 0)
    assert index.coverage.coverage(event, 40) == nothing
    assert index.coverage.coverage(EventId(77), 40) == nothing


def test_photos_are_counted_in_slices_without_gaps(
    index: Index, event: EventId, database_url: str
) -> None:
    listing = [photo(f"{n}.jpg", minutes=n) for n in (1, 2, 2 + 15, 44)]
    index.photos.sync(event, [*listing, photo("gone.jpg", minutes=500)], 3)
    index.photos.sync(event, listing, 3)
    execute(database_url, b"update photo set face_count = 3 where key = '2.jpg'")
    execute(
        database_url,
        b"update photo set taken_at = %s where key = '1.jpg'",
        [NOON + timedelta(minutes=31)],
    )
    figures = index.coverage.coverage(event, 5)
    assert figures.bucket_seconds == 600
    ten = timedelta(minutes=10)
    assert figures.buckets == (
        Bucket(NOON, 1, 3),
        Bucket(NOON + ten, 1, 0),
        Bucket(NOON + 2 * ten, 0, 0),
        Bucket(NOON + 3 * ten, 1, 0),
        Bucket(NOON + 4 * ten, 1, 0),
    )
    assert index.coverage.coverage(event, 4).bucket_seconds == 900
    assert len(index.coverage.coverage(event, 1).buckets) == 1
    late = index.coverage.coverage(event, 5, NOON + timedelta(minutes=30))
    assert sum(bucket.photos for bucket in late.buckets) == 2
    assert index.coverage.coverage(event, 5, NOON + timedelta(days=1)).buckets == ()


@pytest.mark.parametrize("most", [1, 48])
@pytest.mark.parametrize(
    "first", [NOON, datetime(1904, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, 59, tzinfo=UTC)]
)
def test_a_camera_without_a_clock_does_not_make_more_slices(
    index: Index, event: EventId, database_url: str, most: int, first: datetime
) -> None:
    last = NOON + timedelta(days=3)
    index.photos.sync(event, [photo("a.jpg"), photo("b.jpg")], 3)
    execute(database_url, b"update photo set taken_at = %s where key = 'a.jpg'", [first])
    execute(database_url, b"update photo set taken_at = %s where key = 'b.jpg'", [last])
    figures = index.coverage.coverage(event, most)
    assert 1 <= len(figures.buckets) <= most
    assert sum(one.photos for one in figures.buckets) == 2
    width = timedelta(seconds=figures.bucket_seconds)
    assert figures.buckets[0].start <= first < figures.buckets[0].start + width
    assert figures.buckets[-1].start <= last < figures.buckets[-1].start + width


def test_guests_are_those_who_saw_photos_and_those_who_left_without(
    index: Index, event: EventId, database_url: str
) -> None:
    other = index.events.create_event("other", "", "").id
    sessions: list[tuple[EventId, int | None, bool]] = [
        (event, 4, True),
        (event, 9, True),
        (event, 20, False),
        (event, 0, True),
        (event, None, True),
        (event, 0, False),
        (event, None, False),
        (other, 7, True),
    ]
    for whose, matches, ended in sessions:
        execute(
            database_url,
            b"insert into session (event_id, kiosk, matches, ended_at)"
            b" values (%s, 'tent', %s, case when %s then now() end)",
            (whose, matches, ended),
        )
    figures = index.coverage.coverage(event, 9)
    assert (figures.guests_served, figures.guests_without) == (3, 2)
    assert figures.median_photos == 9.0


def test_lags_run_from_a_photos_arrival_or_the_events_beginning(
    index: Index, event: EventId, database_url: str
) -> None:
    execute(database_url, b"update event set created_at = %s", [NOON])
    # An hour before the event, then every minute; the last one's clock was ahead.
    for number, (minutes, seconds) in enumerate([(-60, 10), (1, 20), (2, 30), (3, -5)]):
        at = NOON + timedelta(minutes=minutes)
        execute(
            database_url,
            b"insert into photo (event_id, key, etag, bytes, modified_at, state, encoded_at)"
            b" values (%s, %s, '', 1, %s, 'encoded', %s)",
            [event, f"{number}.jpg", at, max(at, NOON) + timedelta(seconds=seconds)],
        )
    figures = index.coverage.coverage(event, 9)
    assert figures.median_lag == pytest.approx(15.0)
    assert figures.slow_lag == pytest.approx(28.5)
    assert figures.photos_without_faces == 4


def test_lags_look_at_the_last_1_000_photos_only(
    index: Index, event: EventId, database_url: str
) -> None:
    execute(database_url, b"update event set created_at = %s", [NOON])
    execute(
        database_url,
        b"insert into photo (event_id, key, etag, bytes, modified_at, state, encoded_at)"
        b" select %s, n::text, '', 1, %s, 'encoded', %s + make_interval(secs => n)"
        b" from generate_series(1, 3000) n",
        [event, NOON, NOON],
    )
    assert index.coverage.coverage(event, 9).median_lag == pytest.approx(2500.5)


def test_deliveries_that_wait_are_counted(index: Index, event: EventId, database_url: str) -> None:
    execute(
        database_url,
        b"insert into outbox (event_id, kind, payload, state, idempotency_key)"
        b" select %s, 'email', '{}', case when n > 2 then 'done' else 'waiting' end, n::text"
        b" from generate_series(1, 5) n",
        [event],
    )
    assert index.coverage.coverage(event, 9).deliveries_waiting == 2
