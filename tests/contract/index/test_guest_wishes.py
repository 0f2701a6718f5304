"""What guests ask for, in a real database: one delivery each, whatever happens to the server."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.errors import DatabaseAwayError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import GuestDelivery, Order, SessionId, SessionOutcome
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index, open_index
from tests.fixtures.postgres import RestartableDatabase

MAIL = Order(
    "a-key", DeliveryKind.EMAIL, (PhotoId(7), PhotoId(8)), "de", addresses=("a@x.org", "b@x.org")
)
PRINT = Order("another", DeliveryKind.PRINT, (PhotoId(7),), "en", copies=2, printer="selphy")


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


@pytest.fixture
def visit(index: Index, event: EventId) -> SessionId:
    return index.guests.begin(event, "tent", None)


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_a_wish_is_one_delivery_however_often_it_is_sent(
    index: Index, event: EventId, visit: SessionId, database_url: str
) -> None:
    number = index.guests.order(event, visit, MAIL)
    again = index.guests.order(event, visit, replace(MAIL, language="en", addresses=("c@x.org",)))
    assert again == number
    assert index.guests.order(event, visit, replace(MAIL, key="a second wish")) != number
    [first, _] = rows(
        database_url,
        "select id, event_id, session_id, kind, state, attempts, payload, idempotency_key"
        " from outbox order by id",
    )
    payload = {"photos": [7, 8], "language": "de", "to": ["a@x.org", "b@x.org"]}
    assert first == (number, event, visit, "email", "waiting", 0, payload, "a-key")


def test_a_wish_sent_at_the_same_time_is_one_delivery(
    index: Index, event: EventId, visit: SessionId
) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(index.guests.order, event, visit, MAIL) for _ in range(24)]
    assert len({answer.result() for answer in answers}) == 1
    assert len(index.guests.deliveries(visit)) == 1


@pytest.mark.parametrize(
    ("order", "payload"),
    [
        (
            replace(PRINT, machine="a", page="http://h", photos_a_sheet=3),
            {
                "photos": [7],
                "language": "en",
                "copies": 2,
                "sheets": 2,
                "printer": "selphy",
                "machine": "a",
                "page": "http://h",
            },
        ),
        (Order("s", DeliveryKind.SHARE, (PhotoId(7),), "en"), {"photos": [7], "language": "en"}),
        (
            Order("n", DeliveryKind.EMAIL, (), "en", addresses=("a\x00@x.org",)),
            {"photos": [], "language": "en", "to": ["a\U0010fffd@x.org"]},
        ),
    ],
)
def test_a_wish_keeps_what_its_kind_needs_and_no_more(
    index: Index,
    event: EventId,
    visit: SessionId,
    database_url: str,
    order: Order,
    payload: dict[str, object],
) -> None:
    index.guests.order(event, visit, order)
    assert rows(database_url, "select kind, payload from outbox") == [(order.kind.value, payload)]


def test_a_visit_sees_how_far_its_own_wishes_are_oldest_first(
    index: Index, event: EventId, visit: SessionId, database_url: str
) -> None:
    mail = index.guests.order(event, visit, MAIL)
    paper = index.guests.order(event, visit, PRINT)
    next_guest = index.guests.begin(event, "tent", None)
    index.guests.order(event, next_guest, replace(MAIL, key="theirs"))
    waiting = [
        GuestDelivery(mail, DeliveryKind.EMAIL, DeliveryState.WAITING, 2, 0, False),
        GuestDelivery(paper, DeliveryKind.PRINT, DeliveryState.WAITING, 1, 0, False),
    ]
    assert index.guests.deliveries(visit) == waiting
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update outbox set state = 'failed', attempts = 3 where id = %s", (mail,)
        )
    index.deliveries.set_paused(event, True)
    assert index.guests.deliveries(visit) == [
        replace(waiting[0], state=DeliveryState.FAILED, attempts=3, paused=True),
        replace(waiting[1], paused=True),
    ]


def test_the_organizer_sees_a_wish_and_is_told_of_it(
    index: Index, event: EventId, visit: SessionId, database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen eventsnap")
        number = index.guests.order(event, visit, MAIL)
        [told] = listener.notifies(timeout=60, stop_after=1)
    assert json.loads(told.payload) == {"subject": "outbox", "event": event}
    [delivery] = index.deliveries.list_deliveries(event, None, 9)
    assert (delivery.id, delivery.kind, delivery.photos) == (number, DeliveryKind.EMAIL, 2)


def test_a_database_that_is_away_is_said_to_be_and_a_wish_can_be_repeated(
    restartable_database: RestartableDatabase,
) -> None:
    with open_index(restartable_database.url) as index:
        event = index.events.create_event("wedding", "", "").id
        visit = index.guests.begin(event, "tent", None)
        number = index.guests.order(event, visit, MAIL)
        restartable_database.stop()
        for call in (
            lambda: index.guests.glance(event),
            lambda: index.guests.order(event, visit, MAIL),
            lambda: index.guests.end(visit, 3, SessionOutcome.FINISHED),
        ):
            with pytest.raises(DatabaseAwayError):
                call()
        restartable_database.start()
        assert _patiently(index, event, visit) == number
        index.guests.end(visit, 3, SessionOutcome.FINISHED)
        assert [one.id for one in index.guests.deliveries(visit)] == [number]


def _patiently(index: Index, event: EventId, visit: SessionId) -> DeliveryId:
    """Send the wish again until the pool has found the server."""
    for _ in range(20):
        try:
            return index.guests.order(event, visit, MAIL)
        except DatabaseAwayError:
            continue
    raise AssertionError("the database did not come back")
