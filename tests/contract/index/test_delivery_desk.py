"""The outbox as the organizer sees it, in a real database."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import (
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    OutboxCounts,
)
from eventsnap_desktop.domain.delivery_details import OutboxDay
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import PrintPlaces
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
    assert index.deliveries.counts(event, DeliveryKind.EMAIL) == OutboxCounts(0, 0, 0, 0, False)
    assert index.deliveries.counts(event, DeliveryKind.PRINT).failed == 3
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
        told = [json.loads(one.payload) for one in listener.notifies(timeout=60, stop_after=2)]
    assert {"subject": "outbox", "event": event} in told
    assert index.deliveries.counts(event).paused
    assert not index.deliveries.counts(other).paused
    index.deliveries.set_paused(event, False)
    assert not index.deliveries.counts(event).paused
    with pytest.raises(UnknownEventError):
        index.deliveries.set_paused(EventId(77), True)


MAIL = '{"photos": [7, 9], "language": "de", "to": ["anna@example.org", "ben@example.org"]}'


def test_one_kind_is_listed(index: Index, event: EventId, database_url: str) -> None:
    mail = add(database_url, event, "failed", MAIL, "email")
    add(database_url, event, "waiting", MAIL, "email")
    add(database_url, event, "failed")
    failed = index.deliveries.list_deliveries(
        event, DeliveryState.FAILED, 9, kind=DeliveryKind.EMAIL
    )
    assert [one.id for one in failed] == [mail]
    every = index.deliveries.list_deliveries(event, None, 9, DeliveryKind.PRINT)
    assert [one.kind for one in every] == [DeliveryKind.PRINT]


def test_one_mail_is_looked_at_closely(index: Index, event: EventId, database_url: str) -> None:
    number = add(database_url, event, "failed", MAIL, "email")
    found = index.deliveries.details(number)
    assert found is not None
    assert found.delivery == index.deliveries.list_deliveries(event, None, 9)[0]
    assert (found.photos, found.language) == ((7, 9), "de")
    assert found.addresses == ("anna@example.org", "ben@example.org")
    assert not found.is_in_work
    assert found.done_at is None
    assert "example.org" not in repr(found)
    assert index.deliveries.details(DeliveryId(number + 1)) is None


def test_one_print_is_looked_at_closely(index: Index, event: EventId, database_url: str) -> None:
    payload = '{"photos": [7], "copies": 2, "printer": "Selphy"}'
    number = add(database_url, event, "waiting", payload)
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set claimed_until = now() + interval '1 minute'")
    found = index.deliveries.details(number)
    assert found is not None
    assert (found.copies, found.printer, found.addresses) == (2, "Selphy", ())
    assert found.is_in_work


@pytest.mark.parametrize(
    "payload",
    ["null", "[]", '"x"', '{"photos": {"a": 1}, "to": "x", "copies": "y"}', '{"to": [1, null]}'],
)
def test_any_payload_can_be_looked_at(
    index: Index, event: EventId, database_url: str, payload: str
) -> None:
    found = index.deliveries.details(add(database_url, event, "failed", payload, "email"))
    assert found is not None
    assert (found.photos, found.addresses, found.copies) == ((), (), 1)


@pytest.mark.parametrize("state", ["waiting", "failed", "cancelled", "done"])
def test_a_mail_goes_to_a_corrected_address(
    index: Index, event: EventId, database_url: str, state: str
) -> None:
    number = add(database_url, event, state, MAIL, "email")
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set claimed_by = 'x', failing_since = now()")
    assert index.deliveries.resend(number, ["anne@example.org"])
    found = index.deliveries.details(number)
    assert found is not None
    assert (found.addresses, found.photos) == (("anne@example.org",), (7, 9))
    assert found.delivery.state is DeliveryState.WAITING
    assert (found.delivery.attempts, found.delivery.last_error) == (0, None)
    assert found.delivery.next_try_at <= datetime.now(UTC)


def test_who_sends_a_mail_loses_it_when_its_address_is_corrected(
    index: Index, event: EventId, database_url: str
) -> None:
    number = add(database_url, event, "waiting", '{"photos": [], "to": ["a@b.de"]}', "email")
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set next_try_at = now()")
        row = connection.execute(
            "insert into photo (event_id, key, etag, bytes, modified_at, state, encoded_at, width,"
            " height) values (%s, 'a.jpg', 'e', 1, now(), 'encoded', now() + interval '1 day', 9,"
            " 9) returning id",
            (event,),
        ).fetchone()
    assert row is not None
    job = index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60)
    assert job is not None
    assert index.deliveries.resend(number, ["c@d.de"])
    assert not index.outbox.keep(job, 60)
    index.outbox.done(job)
    again = index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60)
    assert again is not None
    assert again.addresses == ("c@d.de",)


def test_only_mails_have_an_address_to_correct(
    index: Index, event: EventId, database_url: str
) -> None:
    number = add(database_url, event, "failed")
    assert not index.deliveries.resend(number, ["anne@example.org"])
    assert not index.deliveries.resend(DeliveryId(number + 1), ["anne@example.org"])
    assert states(index, event) == {number: DeliveryState.FAILED}


def test_a_day_is_counted_by_what_guests_got(
    index: Index, event: EventId, database_url: str
) -> None:
    now = datetime.now(UTC)
    assert index.deliveries.day(event, now) == OutboxDay()
    add(database_url, event, "done", MAIL, "email")
    add(database_url, event, "done", '{"photos": [1, 2], "copies": 3}')
    add(database_url, event, "done", '{"photos": [1], "copies": "many"}')
    add(database_url, event, "failed", MAIL, "email")
    add(database_url, event, "waiting", MAIL, "email")
    add(database_url, event, "waiting", '{"photos": [], "to": ["a@b.de"]}', "email")
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set done_at = now() where state = 'done'")
        connection.execute("update outbox set next_try_at = now(), created_at = now()")
    index.shares.share(event, None, [], "en", now + timedelta(hours=1))
    since = now - timedelta(minutes=5)
    assert index.deliveries.day(event, since) == OutboxDay(2, 7, 1, 1, 1)
    later = now + timedelta(days=1)
    assert index.deliveries.day(event, later) == OutboxDay(waiting_mails=1)
