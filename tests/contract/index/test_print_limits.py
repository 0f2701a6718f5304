"""Limits of prints in a real database: sheets of paper, counted for a visit and over all kiosks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import Order, PrintLimitError, SessionId
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.outbox_rows import put

PHOTOS = tuple(map(PhotoId, range(1, 8)))
PRINT = Order("a-key", DeliveryKind.PRINT, PHOTOS[:1], "en", copies=2, printer="selphy")


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


@pytest.fixture
def visit(index: Index, event: EventId) -> SessionId:
    return index.guests.begin(event, "tent", None)


def limit(index: Index, event: EventId, guest: int = 0, everybody: int = 0) -> None:
    settings = KioskSettings(prints_a_guest=guest, prints_an_event=everybody)
    index.organizing.set_kiosk_settings(event, settings)


def test_sheets_are_counted_for_the_visit_and_the_event(
    index: Index, event: EventId, visit: SessionId, database_url: str
) -> None:
    limit(index, event)
    next_guest = index.guests.begin(event, "tent", None)
    assert index.guests.prints(event, visit) == (0, 0)
    made = [
        index.guests.order(event, visit, PRINT),
        index.guests.order(event, visit, replace(PRINT, key="two", photos=PHOTOS[:2], copies=3)),
        index.guests.order(event, next_guest, replace(PRINT, key="theirs", copies=1)),
    ]
    mail = Order("mail", DeliveryKind.EMAIL, PHOTOS, "en", addresses=("a@x.org",))
    index.guests.order(event, visit, mail)
    assert index.guests.prints(event, visit) == (8, 9)
    assert index.guests.prints(event, next_guest) == (1, 9)
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set state = 'done' where id = %s", (made[0],))
    assert index.guests.prints(event, visit) == (8, 9)
    index.deliveries.cancel([made[1]])
    assert index.guests.prints(event, visit) == (2, 3)


@pytest.mark.parametrize(("photos", "sheets"), [(1, 1), (3, 1), (4, 2), (7, 3)])
def test_a_strip_of_up_to_three_photos_counts_as_its_sheet(
    index: Index, event: EventId, visit: SessionId, photos: int, sheets: int
) -> None:
    limit(index, event, guest=2 * sheets)
    strips = replace(PRINT, photos=PHOTOS[:photos], photos_a_sheet=3)
    index.guests.order(event, visit, strips)
    assert index.guests.prints(event, visit) == (2 * sheets, 2 * sheets)
    with pytest.raises(PrintLimitError):
        index.guests.order(event, visit, replace(strips, key="more", copies=1))


@pytest.mark.parametrize(
    ("payload", "sheets"),
    [
        ({"photos": [1, 2], "copies": 3}, 6),
        ({"photos": [1, 2], "copies": "many"}, 2),
        ({"photos": [1, 2], "copies": 3, "sheets": 1}, 1),
        ({"sheets": -5}, 0),
        ({"sheets": 1e300}, 1_000_000),
        ({"copies": 2}, 0),
        (7, 0),
    ],
)
def test_prints_from_before_and_broken_ones_are_counted_as_well_as_can_be(
    index: Index,
    event: EventId,
    visit: SessionId,
    database_url: str,
    payload: object,
    sheets: int,
) -> None:
    put(database_url, event, "print", payload)
    assert index.guests.prints(event, visit) == (0, sheets)


def test_a_print_over_a_limit_is_refused_with_what_is_left_and_leaves_nothing(
    index: Index, event: EventId, visit: SessionId
) -> None:
    limit(index, event, guest=3, everybody=4)
    first = index.guests.order(event, visit, PRINT)
    with pytest.raises(PrintLimitError) as refused:
        index.guests.order(event, visit, replace(PRINT, key="more"))
    assert refused.value.left == 1
    next_guest = index.guests.begin(event, "bar", None)
    with pytest.raises(PrintLimitError) as refused:
        index.guests.order(event, next_guest, replace(PRINT, key="theirs", copies=3))
    assert refused.value.left == 2
    assert index.guests.prints(event, visit) == (2, 2)
    assert index.guests.order(event, visit, PRINT) == first, "the same wish is no second one"
    index.deliveries.cancel([first])
    index.guests.order(event, visit, replace(PRINT, key="more", copies=3))
    assert index.guests.prints(event, visit) == (3, 3)


def test_two_kiosks_cannot_both_have_the_last_sheets(
    index: Index, event: EventId, database_url: str
) -> None:
    limit(index, event, everybody=10)

    def order(number: int) -> bool:
        desk = (index, another)[number % 2].guests
        try:
            desk.order(event, visits[number], replace(PRINT, key=f"{number}"))
        except PrintLimitError:
            return False
        return True

    with open_index(database_url) as another, ThreadPoolExecutor(8) as threads:
        visits = [index.guests.begin(event, "tent", None) for _ in range(16)]
        ordered = list(threads.map(order, range(16)))
    assert sum(ordered) == 5
    assert index.guests.prints(event, visits[0])[1] == 10


def test_without_a_limit_a_guest_may_print_as_much_as_they_like(
    index: Index, event: EventId, visit: SessionId
) -> None:
    limit(index, event)
    index.guests.order(event, visit, replace(PRINT, copies=500))
    assert index.guests.prints(event, visit) == (500, 500)
