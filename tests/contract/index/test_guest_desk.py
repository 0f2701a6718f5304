"""Guests' visits in a real database: consent, galleries, the first screen, a deleted event."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import (
    EventGlance,
    GalleryPhoto,
    Order,
    SessionId,
    SessionOutcome,
)
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON, encode_all, face, photo, result_of

NOWHERE = EventId(77)
MAIL = Order("a-key", DeliveryKind.EMAIL, (PhotoId(7),), "de", addresses=("a@x.org",))


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


@pytest.fixture
def visit(index: Index, event: EventId) -> SessionId:
    return index.guests.begin(event, "tent", None)


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


def fill(index: Index, event: EventId) -> dict[str, PhotoId]:
    """Bring in photos of all kinds, each a minute younger than the one before it."""
    names = ("old.jpg", "new.jpg", "hidden.jpg", "changed.jpg", "bad.jpg", "never.jpg", "gone.jpg")
    kept = [photo(name, minutes=at) for at, name in enumerate(names)]
    index.photos.sync(event, kept, 3)
    waiting = {one.key: one for one in index.photos.next_pending(event, 99, [])}
    encoded = [waiting[name] for name in names if name not in {"bad.jpg", "never.jpg"}]
    results = [replace(result_of(one, [face(int(one.id))]), taken_at=None) for one in encoded]
    results.append(result_of(waiting["bad.jpg"], failure="it is broken", content=None))
    index.photos.write(event, results)
    index.browsing.set_hidden(event, [waiting["hidden.jpg"].id], True)
    index.photos.sync_one(event, photo("changed.jpg", "v2", minutes=3))
    index.photos.mark_gone(event, waiting["gone.jpg"].id)
    return {key: one.id for key, one in waiting.items()}


def test_a_consents_record_says_when_where_and_to_what_and_nothing_of_the_guest(
    index: Index, event: EventId, database_url: str
) -> None:
    consent = index.guests.consent(event, "tent \x00", "3", "de")
    [record] = rows(database_url, "select to_jsonb(consent) - 'given_at' from consent")
    assert record[0] == {
        "id": consent,
        "event_id": event,
        "kiosk": "tent \U0010fffd",
        "text_version": "3",
        "language": "de",
    }
    assert rows(database_url, "select 1 from consent where given_at > now() - interval '1 hour'")


def test_a_visit_belongs_to_its_consent_and_ends_once(
    index: Index, event: EventId, database_url: str
) -> None:
    consent = index.guests.consent(event, "tent", "1", "en")
    visit = index.guests.begin(event, "tent", consent)
    other = index.guests.begin(event, "tent", None)
    assert rows(database_url, "select ended_at, matches, outcome from session") == [(None,) * 3] * 2
    index.guests.end(visit, 12, SessionOutcome.FINISHED)
    [first] = rows(database_url, f"select ended_at from session where id = {visit}")
    index.guests.end(visit, None, SessionOutcome.STAFF)
    assert rows(
        database_url, "select id, consent_id, kiosk, matches, outcome from session order by id"
    ) == [(visit, consent, "tent", 12, "finished"), (other, None, "tent", None, None)]
    assert rows(database_url, f"select ended_at from session where id = {visit}") == [first]
    assert index.coverage.coverage(event, 9).guests_served == 1


@pytest.mark.parametrize("outcome", SessionOutcome)
def test_every_outcome_can_be_recorded(
    index: Index, visit: SessionId, database_url: str, outcome: SessionOutcome
) -> None:
    index.guests.end(visit, 0, outcome)
    assert rows(database_url, "select outcome from session") == [(outcome.value,)]


def test_a_gallery_leaves_out_what_is_hidden_gone_broken_or_of_unknown_size(
    index: Index, event: EventId
) -> None:
    ids = fill(index, event)
    other = index.events.create_event("other", "", "").id
    asked = [*ids.values(), PhotoId(9_999)]
    shown = {one.key: one for one in index.guests.photos(event, asked)}
    assert set(shown) == {"old.jpg", "new.jpg", "changed.jpg"}
    new = GalleryPhoto(ids["new.jpg"], "new.jpg", "v1", NOON + timedelta(minutes=1), 6000, 4000)
    assert shown["new.jpg"] == new
    assert shown["changed.jpg"].etag == "v2"
    assert index.guests.photos(event, []) == []
    assert index.guests.photos(other, asked) == []


def browsed(
    index: Index,
    event: EventId,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 99,
) -> list[str]:
    return [one.key for one in index.guests.browse(event, since, until, limit)]


def test_photos_are_browsed_newest_first_by_time(index: Index, event: EventId) -> None:
    fill(index, event)
    minutes = [NOON + timedelta(minutes=n) for n in range(5)]
    assert browsed(index, event) == ["changed.jpg", "new.jpg", "old.jpg"]
    assert browsed(index, event, limit=2) == ["changed.jpg", "new.jpg"]
    assert browsed(index, event, since=minutes[1]) == ["changed.jpg", "new.jpg"]
    assert browsed(index, event, until=minutes[1]) == ["old.jpg"]
    assert browsed(index, event, since=minutes[1], until=minutes[3]) == ["new.jpg"]
    assert browsed(index, NOWHERE) == []


def test_a_photo_is_browsed_by_when_it_was_taken_where_that_is_known(
    index: Index, event: EventId
) -> None:
    index.photos.sync(event, [photo("a.jpg", minutes=500), photo("b.jpg", minutes=10)], 3)
    waiting = {one.key: one for one in index.photos.next_pending(event, 9, [])}
    index.photos.write(
        event,
        [
            result_of(waiting["a.jpg"], []),
            replace(result_of(waiting["b.jpg"], []), taken_at=None),
        ],
    )
    assert browsed(index, event) == ["b.jpg", "a.jpg"]
    assert index.guests.browse(event, None, None, 9)[1].time == NOON


@pytest.fixture(params=["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """Have this machine stand somewhere, also where time differs from UTC by no whole hours."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_hours_that_have_photos_are_those_of_this_place(
    index: Index, event: EventId, place: str
) -> None:
    index.photos.sync(event, [photo(f"{n}.jpg", minutes=n) for n in (0, 14, 45, 61, 200, 500)], 3)
    results = [
        replace(result_of(one, []), taken_at=None)
        for one in index.photos.next_pending(event, 9, [])
    ]
    index.photos.write(event, results)
    index.browsing.set_hidden(
        event, [one.photo.id for one in results if one.photo.key == "500.jpg"], True
    )
    hours = index.guests.hours(event)
    assert hours == sorted(set(hours), reverse=True)
    assert all(one.tzinfo is not None and one.astimezone().minute == 0 for one in hours)
    found = [browsed(index, event, hour, hour + timedelta(hours=1)) for hour in hours]
    assert all(found)
    assert [key for keys in found for key in keys] == browsed(index, event)
    assert index.guests.hours(NOWHERE) == []


def test_hours_are_told_once_when_the_clock_is_put_back(
    index: Index, event: EventId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        midnight = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        listing = [
            replace(photo(f"{n}.jpg"), modified=midnight + timedelta(hours=n)) for n in range(3)
        ]
        index.photos.sync(event, listing, 3)
        waiting = index.photos.next_pending(event, 9, [])
        index.photos.write(event, [replace(result_of(x, []), taken_at=None) for x in waiting])
        hours = index.guests.hours(event)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [one.astimezone(UTC) for one in hours] == [
        datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (2, 1, 0)
    ]


def test_the_first_screen_counts_photos_that_can_be_found(index: Index, event: EventId) -> None:
    assert index.guests.glance(event) == EventGlance(0, None, ())
    fill(index, event)
    glance = index.guests.glance(event)
    assert (glance.photos, glance.newest) == (2, NOON + timedelta(minutes=1))


def test_the_first_screen_shows_approved_photos_only_newest_first(
    index: Index, event: EventId
) -> None:
    ids = fill(index, event)
    assert index.guests.glance(event).slideshow == ()
    assert index.browsing.set_slideshow(event, list(ids.values()), True) == 7
    assert [one.key for one in index.guests.glance(event).slideshow] == ["new.jpg", "old.jpg"]
    assert index.browsing.set_slideshow(event, [ids["new.jpg"]], False) == 1
    [old] = index.guests.glance(event).slideshow
    assert old == GalleryPhoto(ids["old.jpg"], "old.jpg", "v1", NOON, 6000, 4000)


def test_a_slideshow_ends_after_the_newest_forty(index: Index, event: EventId) -> None:
    made = encode_all(index, event, [photo(f"{n}.jpg") for n in range(45)], faces=0)
    index.browsing.set_slideshow(event, [one.id for one in made], True)
    shown = [one.id for one in index.guests.glance(event).slideshow]
    assert shown == sorted((one.id for one in made), reverse=True)[:40]


def test_the_kiosks_settings_are_those_the_organizer_set(index: Index, event: EventId) -> None:
    assert index.guests.kiosk_settings(event) == KioskSettings()
    changed = KioskSettings(greeting="Hi", slideshow_seconds=20, pause_minutes=10)
    index.organizing.set_kiosk_settings(event, changed)
    assert index.guests.kiosk_settings(event) == changed


def test_a_deleted_event_is_named_as_the_reason(
    index: Index, event: EventId, visit: SessionId
) -> None:
    consent = index.guests.consent(event, "tent", "1", "en")
    index.guests.order(event, visit, MAIL)
    index.events.delete_event(event)
    for call in (
        lambda: index.guests.glance(event),
        lambda: index.guests.kiosk_settings(event),
        lambda: index.guests.consent(event, "tent", "1", "en"),
        lambda: index.guests.begin(event, "tent", consent),
        lambda: index.guests.order(event, visit, MAIL),
    ):
        with pytest.raises(UnknownEventError):
            call()
    index.guests.end(visit, 1, SessionOutcome.FAILED)
    assert index.guests.deliveries(visit) == []
    assert index.guests.prints(event, visit) == (0, 0)
    assert index.guests.hours(event) == []


def test_a_deleted_event_takes_consents_visits_and_wishes_with_it(
    index: Index, event: EventId, database_url: str
) -> None:
    visit = index.guests.begin(event, "tent", index.guests.consent(event, "tent", "1", "en"))
    index.guests.order(event, visit, MAIL)
    index.events.delete_event(event)
    left = (
        "select (select count(*) from {}) + (select count(*) from {}) + (select count(*) from {})"
    )
    assert rows(database_url, left.format("consent", "session", "outbox")) == [(0,)]
