"""The deliveries that wait, in a real database: nobody else's, nothing lost, nothing twice."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from subprocess import run
from sys import executable

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import Order
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.outgoing import (
    Attaching,
    Branding,
    DeliveryJob,
    OutputSettings,
    PrintPlaces,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.index.outbox import Outbox
from tests.contract.index.made_up import encode_all, photo
from tests.contract.index.outbox_rows import (
    PRINTER,
    change,
    photos_of,
    put,
    put_mail,
    put_print,
    row_of,
)

BOTH = (DeliveryKind.EMAIL, DeliveryKind.PRINT)
LEASE = 60.0


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId) -> list[PhotoId]:
    return photos_of(index, event)


def claim(outbox: Outbox, kinds: Sequence[DeliveryKind] = BOTH) -> DeliveryJob | None:
    return outbox.claim(kinds, PrintPlaces(printers=(PRINTER,)), LEASE)


def claimed(outbox: Outbox) -> DeliveryJob:
    job = claim(outbox)
    assert job is not None
    return job


def test_a_mail_is_taken_on_with_all_that_it_needs(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos[::-1], to=["ada@example.org", "b\U0010fffd@example.org"])
    job = claimed(index.outbox)
    assert (job.kind, job.event_id, job.event_code) == (DeliveryKind.EMAIL, event, "wedding")
    assert (job.language, job.attempts, job.told_later) == ("de", 0, False)
    assert job.addresses == ("ada@example.org", "b\x00@example.org")
    assert [one.id for one in job.photos] == photos[::-1]
    first = job.photos[0]
    assert (first.key, first.width, first.height, first.faces) == ("000.jpg", 6000, 4000, ())
    assert job.key == row_of(database_url, job.id, "idempotency_key")[0]
    assert claim(index.outbox) is None


def test_a_print_is_taken_on_where_its_printer_is_with_the_guests_faces(
    index: Index, event: EventId, photos: list[PhotoId]
) -> None:
    visit = index.guests.begin(event, "tent", None)
    faces = ((photos[0], (Box(1, 2, 30, 40.5),)), (photos[1], ()))
    wish = Order(
        "k", DeliveryKind.PRINT, tuple(photos[:2]), "en", copies=1, printer=PRINTER, faces=faces
    )
    index.guests.order(event, visit, wish)
    assert index.outbox.claim(BOTH, PrintPlaces(printers=("another",)), LEASE) is None
    assert index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(printers=(PRINTER,)), LEASE) is None
    job = claimed(index.outbox)
    assert (job.printer, job.copies, job.key) == (PRINTER, 1, "k")
    assert [one.faces for one in job.photos] == [(Box(1.0, 2.0, 30.0, 40.5),), ()]


def test_what_waits_longest_comes_first_and_what_is_due_later_waits(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    first, second, third = (put_mail(database_url, event, photos) for _ in range(3))
    change(
        database_url,
        f"update outbox set next_try_at = now() - interval '1 hour' where id = {second}",
    )
    change(
        database_url,
        f"update outbox set next_try_at = now() + interval '1 hour' where id = {third}",
    )
    assert [claimed(index.outbox).id for _ in range(2)] == [second, first]
    assert claim(index.outbox) is None


def test_only_one_events_deliveries_are_taken_on_where_asked_so(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    other = index.events.create_event("other", "", "").id
    put_mail(database_url, event, photos)
    assert index.outbox.claim(BOTH, PrintPlaces(), LEASE, other) is None
    assert index.outbox.claim(BOTH, PrintPlaces(), LEASE, event) is not None


def test_what_is_held_back_is_left_alone(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)
    index.deliveries.set_paused(event, True)
    assert claim(index.outbox) is None
    index.deliveries.set_paused(event, False)
    assert claim(index.outbox) is not None


def test_a_hundred_deliveries_go_to_two_claimants_once_each(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    made = {put_mail(database_url, event, photos) for _ in range(100)}

    def take_all(outbox: Outbox) -> list[DeliveryId]:
        taken = []
        while (job := claim(outbox)) is not None:
            taken.append(job.id)
        return taken

    with open_index(database_url) as another, ThreadPoolExecutor(4) as threads:
        outboxes = [index.outbox, another.outbox, index.outbox, another.outbox]
        taken = [one for part in threads.map(take_all, outboxes) for one in part]
    assert len(taken) == len(set(taken)) == 100
    assert set(taken) == made


def test_what_a_killed_process_had_is_taken_over_when_its_time_is_over(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)
    program = f"""
import os
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.outgoing import PrintPlaces
from eventsnap_desktop.index.opening import open_index
with open_index({database_url!r}) as index:
    assert index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0)
    os.kill(os.getpid(), 9)
"""
    assert run([executable, "-c", program], check=False).returncode == -9
    assert claim(index.outbox) is None
    change(database_url, "update outbox set claimed_until = now()")
    assert claimed(index.outbox).attempts == 1  # somebody tried it, and ended


def test_what_somebody_had_who_is_gone_is_free_at_once(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)
    with open_index(database_url) as another:
        job = claimed(another.outbox)
        assert index.outbox.claimants() == [another.outbox.name]
        assert index.outbox.let_go("nobody") == 0
        assert index.outbox.let_go(another.outbox.name) == 1
        assert index.outbox.claimants() == []
        assert claimed(index.outbox).id == job.id
        another.outbox.done(job)
    assert row_of(database_url, job.id, "state, claimed_by") == ("waiting", index.outbox.name)


def test_a_lease_is_kept_as_long_as_the_delivery_is_ours(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)
    job = claimed(index.outbox)
    change(database_url, "update outbox set claimed_until = now()")
    assert index.outbox.keep(job, LEASE)
    assert claim(index.outbox) is None
    index.deliveries.cancel([job.id])
    assert not index.outbox.keep(job, LEASE)


def test_a_delivery_that_was_made_is_done_and_counted(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos, to=["a@x.org", "b@x.org"])
    put_mail(database_url, event, photos)
    assert index.outbox.mails_of_today(event) == 0
    index.outbox.tell(first := claimed(index.outbox), "1/2 \x00")
    assert index.deliveries.list_deliveries(event, None, 9)[-1].detail == "1/2 \x00"
    for job in (first, claimed(index.outbox)):
        index.outbox.done(job)
    assert claim(index.outbox) is None
    listed = index.deliveries.list_deliveries(event, DeliveryState.DONE, 9)
    assert [one.detail for one in listed] == ["", ""]
    assert index.outbox.mails_of_today(event) == 3
    change(database_url, "update outbox set done_at = now() - interval '25 hours'")
    assert index.outbox.mails_of_today(event) == 0


def test_a_failed_try_says_why_and_is_due_later(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_mail(database_url, event, photos)
    index.outbox.try_again(claimed(index.outbox), "The server is away", 600)
    [one] = index.deliveries.list_deliveries(event, None, 9)
    assert (one.state, one.attempts) == (DeliveryState.WAITING, 1)
    assert one.last_error == "The server is away"
    assert 590 < (one.next_try_at - datetime.now(UTC)).total_seconds() < 601
    assert claim(index.outbox) is None
    assert index.outbox.hurry([DeliveryKind.PRINT]) == 0
    assert index.outbox.hurry(BOTH) == 1
    job = claimed(index.outbox)
    assert job.failing_since is not None
    assert job.attempts == 1
    index.outbox.try_again(job, "Still", 0)
    assert row_of(database_url, number, "failing_since, attempts") == (job.failing_since, 2)
    index.deliveries.retry([number])
    assert claimed(index.outbox).failing_since is None


def test_what_was_not_tried_is_given_back_without_a_failed_try(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    number = put_mail(database_url, event, photos)
    index.outbox.put_off(claimed(index.outbox))
    job = claimed(index.outbox)
    assert (job.attempts, job.failing_since) == (0, None)
    index.outbox.put_off(job, 3600, "Enough for today")
    assert claim(index.outbox) is None
    assert row_of(database_url, number, "last_error, attempts") == ("Enough for today", 0)


def test_a_delivery_that_was_cancelled_or_lost_meanwhile_stays_so(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)
    job = claimed(index.outbox)
    index.deliveries.cancel([job.id])
    with open_index(database_url) as another:
        for outbox in (index.outbox, another.outbox):
            outbox.done(job)
            outbox.try_again(job, "no", 1)
            outbox.failed(job, "no")
            outbox.put_off(job)
            outbox.tell(job, "no")
        assert row_of(database_url, job.id, "state, last_error") == ("cancelled", None)
        index.deliveries.retry([job.id])
        another.outbox.done(job)
    assert row_of(database_url, job.id, "state") == ("waiting",)


def test_hidden_broken_and_gone_photos_are_not_handed_out(
    index: Index, event: EventId, database_url: str
) -> None:
    hidden, gone, good = photos_of(index, event)
    index.browsing.set_hidden(event, [hidden], True)
    change(database_url, f"update photo set state = 'gone' where id = {gone}")
    put_mail(database_url, event, [hidden, gone, good, PhotoId(999_999)])
    empty = put_print(database_url, event, [hidden, gone])
    assert [one.id for one in claimed(index.outbox).photos] == [good]
    assert claim(index.outbox) is None
    state, error = row_of(database_url, empty, "state, last_error")
    assert (state, error) == ("failed", "None of its photos can be handed out any more")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        None,
        "photos",
        {"photos": 7},
        {"photos": ["a", None, True, 1.5, -3, 10**30]},
        {"photos": {"1": 2}, "to": 5, "language": 7},
    ],
    ids=str,
)
def test_a_broken_wish_fails_and_holds_nothing_up(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str, payload: object
) -> None:
    broken = put(database_url, event, "email", payload)
    good = put_mail(database_url, event, photos)
    assert claimed(index.outbox).id == good
    assert row_of(database_url, broken, "state") == ("failed",)


def test_what_is_odd_beside_the_photos_is_read_as_well_as_can_be(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    odd = {
        "copies": -2,
        "language": None,
        "faces": {str(photos[0]): [[1, 2, 3], "x", [1, 2, 3, 10**400], [1, 2, 3, 4]], "z": 1},
    }
    put_print(database_url, event, photos, **odd)
    job = claimed(index.outbox)
    assert (job.copies, job.language) == (1, "en")
    assert [one.faces for one in job.photos] == [(Box(1, 2, 3, 4),), (), ()]


def test_guests_without_photos_are_told_once_there_are_new_ones(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, [])
    assert claim(index.outbox) is None
    encode_all(index, event, [photo("new.jpg")])
    job = claimed(index.outbox)
    assert (job.told_later, job.photos) == (True, ())


def test_settings_and_branding_of_what_leaves_come_from_the_event(
    index: Index, event: EventId
) -> None:
    outbox, desk = index.outbox, index.organizing
    assert outbox.output_settings(event) == OutputSettings()
    assert outbox.branding(event) == Branding(event_name="Ada & Charles")
    desk.set_kiosk_settings(event, KioskSettings("Hi", "Studio", "#c2410c", "logo.png"))
    settings = OutputSettings(
        Attaching.LINK, mails_a_day=9, watermark="©", frame="#fff", print_caption="May"
    )
    desk.set_output_settings(event, settings)
    assert outbox.output_settings(event) == desk.output_settings(event) == settings
    assert outbox.branding(event) == Branding(
        "Ada & Charles", "Studio", "#c2410c", "logo.png", "©", "#fff", "May"
    )
    for ask in (outbox.output_settings, outbox.branding):
        with pytest.raises(UnknownEventError):
            ask(EventId(77))
