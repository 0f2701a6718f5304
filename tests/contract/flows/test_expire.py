"""Events end by their date on a real database: announced, deleted once, with a receipt."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from eventsnap_desktop.domain.errors import EventBusyError, EventSnapError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.expiry import WARNED_BEFORE
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.flows.expire import ExpiryReport, announce, expire
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.flows.expiring import add_event, announced, in_days
from tests.contract.index.made_up import encode_all, face, photo
from tests.contract.index.outbox_rows import photos_of, put_mail

NOTHING = ExpiryReport()


def codes(index: Index) -> list[str]:
    return [one.code for one in index.events.list_events()]


@pytest.fixture
def over(index: Index, database_url: str) -> Event:
    """Return an event whose day was over yesterday, and that was announced in time."""
    event = add_event(index, "over", in_days(-1))
    encode_all(index, event.id, [photo("a.jpg"), photo("b.jpg")], faces=2)
    announce(index.expiry)
    announced(database_url)
    return event


def test_an_event_whose_day_is_over_is_deleted_with_a_receipt(index: Index, over: Event) -> None:
    stays = add_event(index, "stays", None)
    encode_all(index, stays.id, [photo("a.jpg")])

    (receipt,) = expire(index.expiry).receipts

    assert (receipt.event.code, receipt.photos, receipt.deleted.faces) == ("over", 2, 4)
    assert codes(index) == ["stays"]
    assert index.faces.search(over.id, face(0).embedding, -1.0) == []
    assert len(index.faces.search(stays.id, face(0).embedding, -1.0)) == 1
    assert expire(index.expiry) == NOTHING


def test_an_event_without_a_date_or_before_it_stays(index: Index, database_url: str) -> None:
    for code, days in (("forever", None), ("later", 30), ("soon", 2)):
        add_event(index, code, None if days is None else in_days(days))
    expire(index.expiry)
    announced(database_url, 1000)

    report = expire(index.expiry)

    assert (report.receipts, report.held) == ((), ())
    assert [(one.event.code, one.due_at) for one in report.coming] == [
        ("soon", index.events.find_event("soon").keep_until)
    ]
    assert len(codes(index)) == 3


def test_nothing_is_deleted_that_was_not_announced_long_before(
    index: Index, database_url: str
) -> None:
    add_event(index, "over", in_days(-300))

    first = expire(index.expiry)

    assert first.receipts == ()
    assert first.coming[0].due_at > in_days(0.8)
    announced(database_url, WARNED_BEFORE.total_seconds() / 3600 - 0.5)
    assert expire(index.expiry).receipts == ()
    announced(database_url, 0.6)
    assert [one.event.code for one in expire(index.expiry).receipts] == ["over"]


def test_another_date_is_announced_anew(index: Index, over: Event) -> None:
    details = index.organizing.details(over.id)

    index.organizing.change(over.id, replace(details, keep_until=in_days(-2)))
    assert expire(index.expiry).receipts == ()
    index.organizing.change(over.id, replace(details, keep_until=in_days(90)))
    assert expire(index.expiry) == NOTHING
    assert codes(index) == ["over"]


def test_an_announcement_by_a_clock_that_was_years_ahead_does_not_count(
    index: Index, database_url: str, over: Event
) -> None:
    announced(database_url, -24 * 1000)  # in the future, as such a clock would have noted it

    assert expire(index.expiry).receipts == ()
    assert codes(index) == ["over"]
    assert in_days(0.8) < expire(index.expiry).coming[0].due_at < in_days(1)


@pytest.mark.parametrize("days", [-400, -2, 2, 4000])
def test_clocks_that_do_not_agree_delete_and_announce_nothing(
    index: Index, over: Event, days: int
) -> None:
    fresh = add_event(index, "fresh", in_days(-1))

    with pytest.raises(EventSnapError, match=r"clock says .*database's .*no event is deleted"):
        expire(index.expiry, machine=lambda: datetime.now(UTC) + timedelta(days=days))

    assert codes(index) == ["fresh", "over"]
    report = expire(index.expiry)
    assert [one.event.id for one in report.receipts] == [over.id]
    assert [one.event.id for one in report.coming] == [fresh.id]


def test_two_at_once_delete_once(index: Index, database_url: str, over: Event) -> None:
    start = threading.Barrier(4)

    def look(_: int) -> ExpiryReport:
        with open_index(database_url) as own:
            start.wait(60)
            return expire(own.expiry)

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(look, range(4)))

    receipts = [one for report in reports for one in report.receipts]
    assert [(one.event.id, one.deleted.faces) for one in receipts] == [(over.id, 4)]
    assert [report.held for report in reports] == [()] * 4
    assert codes(index) == []


def test_who_comes_second_waits_and_has_nothing_to_do(
    index: Index, database_url: str, over: Event
) -> None:
    with psycopg.connect(database_url) as first, ThreadPoolExecutor(1) as pool:
        first.execute("select pg_advisory_xact_lock(1163085899, %s)", [over.id])
        first.execute("select pg_try_advisory_xact_lock(1163085898, %s)", [over.id])
        first.execute("delete from event where id = %s", [over.id])
        second = pool.submit(expire, index.expiry)
        while not second.done() and not _somebody_waits(database_url):
            pass
        first.commit()

        assert second.result(60) == NOTHING


def _somebody_waits(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from pg_locks where not granted").fetchone()
    return row is not None and row[0] > 0


def test_an_event_whose_day_is_yet_to_come_is_never_due(index: Index, database_url: str) -> None:
    event = add_event(index, "soon", in_days(2))
    announce(index.expiry)
    announced(database_url)

    assert index.expiry.delete_due(event.id) is None
    assert codes(index) == ["soon"]


def test_a_date_that_is_changed_at_the_last_moment_counts(
    index: Index, database_url: str, over: Event
) -> None:
    """Somebody postpones after the event was found to be due, and before it is deleted."""
    looked = announce(index.expiry)[1]
    details = index.organizing.details(over.id)
    index.organizing.change(over.id, replace(details, keep_until=in_days(30)))

    assert looked[0].is_due(datetime.now(UTC))
    assert index.expiry.delete_due(over.id) is None
    assert codes(index) == ["over"]


def test_an_event_that_is_encoded_waits_until_that_ends(index: Index, over: Event) -> None:
    with index.photos.encoding(over.id):
        (held,) = expire(index.expiry).held

    assert held.expiring.event.id == over.id
    assert isinstance(held.error, EventBusyError)
    assert [one.event.id for one in expire(index.expiry).receipts] == [over.id]


def test_only_one_event_when_asked_for(index: Index, database_url: str, over: Event) -> None:
    other = add_event(index, "other", in_days(-3))
    announce(index.expiry)
    announced(database_url)

    assert [one.event.id for one in expire(index.expiry, only=other.id).receipts] == [other.id]
    assert codes(index) == ["over"]


def test_deliveries_that_wait_are_told_of_and_go_with_their_event(
    index: Index, database_url: str
) -> None:
    event = add_event(index, "over", in_days(2))
    put_mail(database_url, event.id, photos_of(index, event.id, 1))

    assert [one.waiting for one in expire(index.expiry).coming] == [1]
    details = index.organizing.details(event.id)
    index.organizing.change(event.id, replace(details, keep_until=in_days(-1)))
    expire(index.expiry)
    announced(database_url)
    expire(index.expiry)

    with psycopg.connect(database_url) as connection:
        for table in ("event", "photo", "face", "outbox", "consent", "session", "share"):
            row = connection.execute(f"select count(*) from {table}").fetchone()
            assert row == (0,), table


def test_an_announcement_leaves_the_settings_of_kiosks_alone(index: Index, over: Event) -> None:
    index.organizing.set_kiosk_settings(over.id, KioskSettings(organizer_name="Studio"))
    announce(index.expiry)

    assert index.organizing.kiosk_settings(over.id).organizer_name == "Studio"
    assert [one.event.id for one in expire(index.expiry).receipts] == [over.id]


def test_the_photos_in_the_source_stay(index: Index, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a photo")
    add_event(index, "over", in_days(-1), str(tmp_path))
    announce(index.expiry)
    announced(database_url)

    assert len(expire(index.expiry).receipts) == 1
    assert (tmp_path / "a.jpg").read_bytes() == b"a photo"
