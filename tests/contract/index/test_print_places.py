"""Prints in a real database: made by the machine they were ordered at, taken back if cancelled."""

from dataclasses import replace

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import Order
from eventsnap_desktop.domain.outgoing import DeliveryJob, PrintPlaces, Withdrawal
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.index.outbox import Outbox
from tests.contract.index.outbox_rows import PRINTER, change, photos_of, put_print, row_of

PRINTS = (DeliveryKind.PRINT,)
LEASE = 60.0
TENT, BAR = PrintPlaces("tent", (PRINTER,)), PrintPlaces("bar", (PRINTER,))


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


@pytest.fixture
def photos(index: Index, event: EventId) -> list[PhotoId]:
    return photos_of(index, event)


def claimed(outbox: Outbox, places: PrintPlaces = TENT) -> DeliveryJob:
    job = outbox.claim(PRINTS, places, LEASE)
    assert job is not None
    return job


def test_a_print_is_made_by_the_machine_it_was_ordered_at(
    index: Index, event: EventId, photos: list[PhotoId]
) -> None:
    visit = index.guests.begin(event, "tent", None)
    wish = Order(
        "k", DeliveryKind.PRINT, tuple(photos[:2]), "en", printer=PRINTER, machine="tent", page="x"
    )
    index.guests.order(event, visit, wish)
    assert index.outbox.claim(PRINTS, BAR, LEASE) is None
    assert index.outbox.claim(PRINTS, PrintPlaces("", (PRINTER,)), LEASE) is None
    assert claimed(index.outbox).page == "", "what no phone opens is no page"


def test_a_machine_makes_its_prints_whatever_they_call_its_printer(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_print(database_url, event, photos, machine="tent", printer="One, Two", page="http://h")
    assert index.outbox.claim(PRINTS, replace(TENT, but=("One, Two",)), LEASE) is None
    job = claimed(index.outbox, replace(TENT, but=("One",)))
    assert (job.printer, job.page) == ("One, Two", "http://h")


def test_prints_of_a_machine_that_is_gone_are_made_by_another_one_that_is_asked_to(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_print(database_url, event, photos, machine="tent")
    put_print(database_url, event, photos, machine="tent", printer="elsewhere")
    put_print(database_url, event, photos, machine="bar", printer="anything")
    others = replace(BAR, others=True)
    assert [claimed(index.outbox, others).printer for _ in range(2)] == [PRINTER, "anything"]
    assert index.outbox.claim(PRINTS, others, LEASE) is None


def test_prints_that_name_no_machine_are_made_where_their_printer_is(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_print(database_url, event, photos)
    assert index.outbox.claim(PRINTS, PrintPlaces("bar", ("another",)), LEASE) is None
    assert claimed(index.outbox, BAR).printer == PRINTER


def test_a_print_that_is_cancelled_between_two_tries_is_to_be_taken_back_once(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_print(database_url, event, photos, machine="tent")
    job = claimed(index.outbox)
    index.outbox.try_again(job, "Paper is out", 0)
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None, "it is still to be made"
    index.browsing.set_hidden(event, photos[:1], True)
    index.deliveries.cancel([number])
    assert index.outbox.claim_withdrawal(BAR, LEASE) is None
    assert index.outbox.claim_withdrawal(TENT, LEASE, EventId(99)) is None
    wish = Withdrawal(number, job.key, PRINTER, tuple(photos), copies=2)
    assert index.outbox.claim_withdrawal(TENT, LEASE) == wish
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None, "somebody does it"
    index.outbox.withdrawn(number, after=3600)
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None, "later"
    change(database_url, "update outbox set claimed_until = now()")
    assert index.outbox.claim_withdrawal(TENT, LEASE) == wish
    index.outbox.withdrawn(number)
    change(database_url, "update outbox set claimed_until = now()")
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None
    assert row_of(database_url, number, "state, handed_over") == ("cancelled", False)


def test_what_was_never_tried_or_is_printed_is_not_taken_back(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    never = put_print(database_url, event, photos)
    index.deliveries.cancel([never])
    put_print(database_url, event, photos)
    index.outbox.done(claimed(index.outbox))
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None


def test_what_is_given_up_is_taken_back_too(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_print(database_url, event, photos)
    index.outbox.failed(claimed(index.outbox), "Nobody refilled the paper")
    wish = index.outbox.claim_withdrawal(TENT, LEASE)
    assert wish is not None
    assert wish.id == number


def test_a_print_that_is_wanted_after_all_waits_until_it_was_taken_back(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_print(database_url, event, photos)
    index.outbox.try_again(claimed(index.outbox), "Paper is out", 0)
    index.deliveries.cancel([number])
    assert index.outbox.claim_withdrawal(TENT, LEASE) is not None
    index.deliveries.retry([number])
    assert index.outbox.claim(PRINTS, TENT, LEASE) is None
    index.outbox.withdrawn(number)
    job = claimed(index.outbox)
    assert (job.id, job.attempts) == (number, 0)


def test_what_is_being_made_when_it_is_cancelled_is_left_to_who_makes_it(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_print(database_url, event, photos)
    claimed(index.outbox)
    index.deliveries.cancel([number])
    assert index.outbox.claim_withdrawal(TENT, LEASE) is None
    change(database_url, "update outbox set claimed_until = now()")
    assert index.outbox.claim_withdrawal(TENT, LEASE) is not None, "unless they are gone"
