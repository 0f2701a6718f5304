"""The outbox as the organizer sees it, in a real database."""

import json

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import (
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    OutboxCounts,
)
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def add(
    url: str,
    event: EventId,
    state: str,
    payload: str = '{"photos": [1, 2, 3]}',
    kind: str = "print",
) -> DeliveryId:
    """Put a delivery in that was tried twice; its time of creation counts up."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "insert into outbox (event_id, kind, payload, state, attempts, next_try_at, last_error,"
            " idempotency_key, created_at)"
            " select %s, %s, %s::jsonb, %s, 2, now() + interval '1 hour', 'no paper',"
            " gen_random_uuid()::text, %s + make_interval(mins => count(*)::integer) from outbox"
            " returning id",
            (event, kind, payload, state, NOON),
        ).fetchone()
    assert row is not None
    return DeliveryId(row[0])


def states(index: Index, event: EventId) -> dict[DeliveryId, DeliveryState]:
    return {one.id: one.state for one in index.deliveries.list_deliveries(event, None, 99)}


def test_deliveries_are_listed_newest_first(
    index: Index, event: EventId, database_url: str
) -> None:
    other = index.events.create_event("other", "", "").id
    add(database_url, other, "waiting")
    made = [add(database_url, event, state) for state in ("waiting", "failed", "done", "waiting")]
    listed = index.deliveries.list_deliveries(event, None, 99)
    assert [one.id for one in listed] == made[::-1]
    assert [one.id for one in index.deliveries.list_deliveries(event, None, 2)] == made[:1:-1]
    waiting = index.deliveries.list_deliveries(event, DeliveryState.WAITING, 99)
    assert [one.id for one in waiting] == [made[3], made[0]]
    first = listed[-1]
    assert (first.kind, first.state) == (DeliveryKind.PRINT, DeliveryState.WAITING)
    assert (first.photos, first.attempts, first.last_error) == (3, 2, "no paper")
    assert first.next_try_at > first.created_at > NOON


@pytest.mark.parametrize(
    ("payload", "photos"),
    [
        ('{"photos": []}', 0),
        ('{"photos": ["a", "b"]}', 2),
        ('{"photos": 7}', 0),
        ('{"photos": null}', 0),
        ('{"photos": {"a": 1}}', 0),
        ("{}", 0),
        ("[1, 2]", 0),
        ('"photos"', 0),
        ("null", 0),
    ],
)
def test_photos_are_counted_whatever_the_payload_looks_like(
    index: Index, event: EventId, database_url: str, payload: str, photos: int
) -> None:
    add(database_url, event, "done", payload)
    [one] = index.deliveries.list_deliveries(event, None, 9)
    assert one.photos == photos


def test_deliveries_are_counted_by_state(index: Index, event: EventId, database_url: str) -> None:
    assert index.deliveries.counts(event) == OutboxCounts(0, 0, 0, 0, False)
    for state in ("waiting", "done", "done", "failed", "failed", "failed", "cancelled"):
        add(database_url, event, state)
    assert index.deliveries.counts(event) == OutboxCounts(1, 2, 3, 1, False)
    assert index.deliveries.counts(EventId(77)) == OutboxCounts(0, 0, 0, 0, False)


def test_what_is_not_done_is_tried_now(index: Index, event: EventId, database_url: str) -> None:
    made = [add(database_url, event, state) for state in ("waiting", "failed", "cancelled", "done")]
    assert index.deliveries.retry([]) == 0
    assert index.deliveries.retry(made) == 3
    assert list(states(index, event).values()) == ["done", "waiting", "waiting", "waiting"]
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "select attempts, next_try_at <= now() from outbox where state = 'waiting'"
        ).fetchall()
    assert rows == [(0, True)] * 3


def test_what_was_not_made_yet_can_be_cancelled(
    index: Index, event: EventId, database_url: str
) -> None:
    made = [add(database_url, event, state) for state in ("waiting", "failed", "cancelled", "done")]
    assert index.deliveries.cancel(made) == 2
    assert list(states(index, event).values()) == ["done", "cancelled", "cancelled", "cancelled"]


def test_an_events_deliveries_are_held_back_and_go_on(
    index: Index, event: EventId, database_url: str
) -> None:
    other = index.events.create_event("other", "", "").id
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        index.deliveries.set_paused(event, True)
        told = [json.loads(one.payload) for one in listener.notifies(timeout=20, stop_after=2)]
    assert {"subject": "outbox", "event": event} in told
    assert index.deliveries.counts(event).paused
    assert not index.deliveries.counts(other).paused
    index.deliveries.set_paused(event, False)
    assert not index.deliveries.counts(event).paused
    with pytest.raises(UnknownEventError):
        index.deliveries.set_paused(EventId(77), True)
