"""Delivering with a real database: made once, tried again, given up, stopped in good order."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import (
    DatabaseAwayError,
    EventSnapError,
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
    SourceRefusedError,
)
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Notice
from eventsnap_desktop.domain.outgoing import (
    DeliveryJob,
    NeverError,
    NotNowError,
    OutputSettings,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_ports import Carrier
from eventsnap_desktop.flows.organizer_ports import ChangeFeed
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.flows.delivering import (
    MAIL,
    PRINT,
    delivered,
    parts_of,
    told_of_loss,
    until,
    working,
)
from tests.contract.index.outbox_rows import change, photos_of, put_mail, put_print, row_of
from tests.fixtures.carriers import Gate, ToldCarrier, failing


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId) -> list[PhotoId]:
    return photos_of(index, event, 2)


def test_what_waits_is_made_with_photos_settings_and_branding(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    mail, sheet = (
        put_mail(database_url, event, photos),
        put_print(database_url, event, photos[:1]),
    )
    index.organizing.set_output_settings(event, OutputSettings(longer_side=800))
    mails, prints = ToldCarrier(), ToldCarrier()
    report = delivered(index, {MAIL: mails, PRINT: prints})
    assert (report.emails, report.prints, report.failed, report.tried_again) == (1, 1, 0, 0)
    assert ([one.id for one in mails.delivered], [one.id for one in prints.delivered]) == (
        [mail],
        [sheet],
    )
    assert mails.photos == [b"wedding/001.jpg", b"wedding/000.jpg"]
    assert mails.settings[0].longer_side == 800
    assert mails.branding[0].event_name == "Ada & Charles"
    assert row_of(database_url, mail, "state, detail, claimed_by") == ("done", "", None)
    assert delivered(index, {MAIL: mails, PRINT: prints}).emails == 0


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (NotNowError("The server is away"), 10),
        (NotNowError("Paper is out", 42), 42),
        (SourceAwayError("The photos are away"), 10),
        (SourceRefusedError("No such folder"), 10),
        (PhotoGoneError("It is gone"), 10),
        (DatabaseAwayError("The database is away"), 10),
    ],
    ids=str,
)
def test_what_waiting_may_help_is_tried_again(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    error: EventSnapError,
    seconds: float,
) -> None:
    mail = put_mail(database_url, event, photos)
    report = delivered(index, {MAIL: ToldCarrier(failing(error))})
    assert (report.emails, report.failed, report.tried_again) == (0, 0, 1)
    state, attempts, said, wait = row_of(
        database_url, mail, "state, attempts, last_error, extract(epoch from next_try_at - now())"
    )
    assert (state, attempts, said) == ("waiting", 1, str(error))
    assert seconds - 5 < wait <= seconds


@pytest.mark.parametrize(
    ("kind", "failing_for", "state"),
    [
        ("email", timedelta(days=3, hours=23), "waiting"),
        ("email", timedelta(days=4), "failed"),
        ("print", timedelta(hours=1, minutes=59), "waiting"),
        ("print", timedelta(hours=2), "failed"),
    ],
)
def test_what_never_works_is_given_up_after_its_time(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    kind: str,
    failing_for: timedelta,
    state: str,
) -> None:
    put = put_mail if kind == "email" else put_print
    made = put(database_url, event, photos)
    since = datetime.now(UTC)
    change(database_url, f"update outbox set attempts = 7, failing_since = '{since.isoformat()}'")
    carrier = ToldCarrier(failing(NotNowError("No paper")))
    delivered(index, {MAIL: carrier, PRINT: carrier}, clock=lambda: since + failing_for)
    assert row_of(database_url, made, "state, attempts, last_error") == (state, 8, "No paper.")


@pytest.mark.parametrize(
    "error", [NeverError("There is no such address"), PhotoUnreadableError("It is broken")]
)
def test_what_cannot_be_made_fails_at_once(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str, error: EventSnapError
) -> None:
    bad, good = put_mail(database_url, event, photos), put_mail(database_url, event, photos)
    report = delivered(index, {MAIL: ToldCarrier(failing(error))})
    assert (report.emails, report.failed) == (1, 1)
    assert row_of(database_url, bad, "state, last_error") == ("failed", str(error))
    assert row_of(database_url, good, "state") == ("done",)


def test_a_bug_fails_its_delivery_only_and_is_logged_without_what_it_says(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, good = put_mail(database_url, event, photos), put_mail(database_url, event, photos)
    carrier = ToldCarrier(failing(KeyError("ada@example.org")))
    with caplog.at_level(logging.DEBUG, "eventsnap_desktop"):
        assert delivered(index, {MAIL: carrier}).failed == 1
    assert row_of(database_url, good, "state") == ("done",)
    said = row_of(database_url, bad, "last_error")[0]
    assert "fault" in said
    assert "ada@" not in said + caplog.text
    assert "KeyError" in caplog.text
    assert "carriers.py" in caplog.text


def test_a_new_wish_is_delivered_at_once(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    mails = ToldCarrier()
    put_mail(database_url, event, photos)
    with working(parts_of(index, {MAIL: mails})) as worker:
        worker.wait_for(lambda report: report.emails == 1)
        put_mail(database_url, event, photos)
        worker.wait_for(lambda report: report.emails == 2)


def test_prints_do_not_wait_for_a_slow_mail_server(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    gate = Gate()
    carriers: dict[DeliveryKind, Carrier] = {MAIL: ToldCarrier(gate), PRINT: ToldCarrier()}
    with working(parts_of(index, carriers)) as worker:
        put_mail(database_url, event, photos)
        assert gate.reached.wait(60)
        put_print(database_url, event, photos)
        worker.wait_for(lambda report: report.prints == 1)
        gate.open()
        worker.wait_for(lambda report: report.emails == 1)


class LateFeed:
    """Hears of nothing before it may begin."""

    def __init__(self, feed: ChangeFeed) -> None:
        self._feed, self.begin = feed, Event()

    def listen(
        self,
        on_notice: Callable[[Notice], None],
        on_state: Callable[[bool], None],
        cancel: Cancel,
    ) -> None:
        assert self.begin.wait(60)
        self._feed.listen(on_notice, on_state, cancel)


def test_what_is_ordered_between_the_first_look_and_the_first_notice_goes_at_once(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked, claim = Event(), index.outbox.claim

    def claim_and_tell(*wish: Any) -> DeliveryJob | None:
        job = claim(*wish)
        looked.set()
        return job

    monkeypatch.setattr(index.outbox, "claim", claim_and_tell)
    feed = LateFeed(index.changes)
    with working(parts_of(index, {MAIL: ToldCarrier()}, changes=feed)) as worker:
        assert looked.wait(60)
        put_mail(database_url, event, photos)
        feed.begin.set()
        worker.wait_for(lambda report: report.emails == 1)


def test_a_slow_delivery_is_nobody_elses_while_it_lasts(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eventsnap_desktop.flows.deliver._KEEP_EVERY", 0.01)
    gate, another = Gate(), ToldCarrier()
    with working(parts_of(index, {MAIL: ToldCarrier(gate)})) as worker:
        put_mail(database_url, event, photos)
        assert gate.reached.wait(60)
        change(database_url, "update outbox set claimed_until = now() + interval '1 second'")
        until(database_url, "claimed_until > now() + interval '30 seconds'")
        with open_index(database_url) as second:
            assert delivered(second, {MAIL: another}).emails == 0
        gate.open()
        worker.wait_for(lambda report: report.emails == 1)
    assert another.delivered == []


def test_a_delivery_that_is_cancelled_while_it_is_made_goes_no_further(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eventsnap_desktop.flows.deliver._KEEP_EVERY", 0.01)
    gate = Gate()
    mails = ToldCarrier(gate)
    lost = told_of_loss(index, monkeypatch)
    mail = put_mail(database_url, event, photos)
    with working(parts_of(index, {MAIL: mails})):
        assert gate.reached.wait(60)
        index.deliveries.cancel([mail])
        assert lost.wait(60)
        gate.open()
    assert mails.delivered == []
    assert row_of(database_url, mail, "state") == ("cancelled",)


def test_what_is_being_made_when_it_stops_is_given_back_before_its_next_photo(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    gate = Gate()
    mails = ToldCarrier(gate)
    mail = put_mail(database_url, event, photos)
    with working(parts_of(index, {MAIL: mails})) as worker:
        assert gate.reached.wait(60)
        worker.cancel.request()
        gate.open()
    assert mails.delivered == []
    assert row_of(database_url, mail, "state, attempts, claimed_by") == ("waiting", 0, None)


def test_a_carrier_that_never_comes_back_does_not_keep_the_program_from_ending(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    gate = Gate()
    mail = put_mail(database_url, event, photos)
    with working(parts_of(index, {MAIL: ToldCarrier(gate)}), grace=0.0) as worker:
        assert gate.reached.wait(60)
        worker.stop()
    assert row_of(database_url, mail, "state, claimed_until > now()") == ("waiting", True)
    gate.open()
    until(database_url, "claimed_by is null")


def test_no_more_mails_than_the_day_allows(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    made = [put_mail(database_url, event, photos) for _ in range(3)]
    index.organizing.set_output_settings(event, OutputSettings(mails_a_day=2))
    evening = datetime.now().astimezone().replace(hour=22, minute=0, second=0, microsecond=0)
    report = delivered(index, {MAIL: ToldCarrier()}, clock=lambda: evening)
    assert (report.emails, report.tried_again) == (2, 1)
    state, attempts, said, wait = row_of(
        database_url,
        made[-1],
        "state, attempts, last_error, extract(epoch from next_try_at - now())",
    )
    assert (state, attempts) == ("waiting", 0)
    assert "2 e-mails of today" in said
    assert 7200 - 5 < wait - 300 <= 7200


def test_when_it_works_again_what_failed_does_not_wait_for_its_hour(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    for _ in range(3):
        put_mail(database_url, event, photos)
    away = NotNowError("The mail server cannot be reached", 3600)
    report = delivered(index, {MAIL: ToldCarrier(failing(away, away))})
    assert (report.emails, report.tried_again) == (3, 2)


def test_a_deleted_event_takes_its_deliveries_along(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    put_mail(database_url, event, photos)

    def delete(job: DeliveryJob) -> None:
        index.events.delete_event(job.event_id)

    assert delivered(index, {MAIL: ToldCarrier(delete)}).failed == 0
