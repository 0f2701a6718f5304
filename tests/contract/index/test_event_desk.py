"""Events as the organizer works with them, in a real database."""

from datetime import timedelta

import psycopg
import pytest

from eventsnap_desktop.domain.errors import UnknownEventError, UsageError
from eventsnap_desktop.domain.events import EventCounts, EventId
from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON, encode_all, face, photo, result_of

PLAIN = EventDetails("A wedding", "folder:/photos", None, None)
NOWHERE = EventId(77)


@pytest.fixture
def event(index: Index) -> EventId:
    return index.organizing.add("wedding", PLAIN).id


def test_an_added_event_is_there_and_can_hold_faces(index: Index) -> None:
    keep = NOON + timedelta(days=30)
    details = EventDetails("caf\udce9 \x00", "folder:/photos", keep, "caf\udce9.jpg")
    made = index.organizing.add(" wedding ", details)
    assert index.events.find_event("wedding") == made
    assert (made.name, made.source, made.keep_until) == ("caf\udce9 \x00", "folder:/photos", keep)
    assert index.organizing.details(made.id) == details
    encode_all(index, made.id, [photo("a.jpg")])
    assert index.faces.count_faces(made.id) == 1


def test_a_code_is_taken_only_once_and_must_be_one(index: Index, event: EventId) -> None:
    with pytest.raises(UsageError, match="already"):
        index.organizing.add("wedding", PLAIN)
    with pytest.raises(UsageError, match="cannot be an event code"):
        index.organizing.add("a wedding!", PLAIN)
    assert [one.id for one in index.events.list_events()] == [event]


def test_details_can_be_changed(index: Index, event: EventId) -> None:
    changed = EventDetails("Another", "minio://photos", NOON, "a.jpg")
    index.organizing.change(event, changed)
    assert index.organizing.details(event) == changed
    index.organizing.change(event, PLAIN)
    assert index.organizing.details(event) == PLAIN


def test_an_event_that_is_not_there_is_said_so(index: Index) -> None:
    desk = index.organizing
    for call in (
        lambda: desk.overview(NOWHERE),
        lambda: desk.details(NOWHERE),
        lambda: desk.change(NOWHERE, PLAIN),
        lambda: desk.set_archived(NOWHERE, True),
        lambda: desk.kiosk_settings(NOWHERE),
        lambda: desk.set_kiosk_settings(NOWHERE, KioskSettings()),
    ):
        with pytest.raises(UnknownEventError):
            call()


def test_an_event_without_photos_has_an_overview(index: Index, event: EventId) -> None:
    view = index.organizing.overview(event)
    assert view.event == index.events.find_event("wedding")
    assert view.counts == EventCounts(0, 0, 0, 0, 0, 0)
    assert (view.first_photo_at, view.last_photo_at) == (None, None)
    assert (view.cover, view.cover_etag, view.hidden, view.archived) == (None, "", 0, False)


def test_an_overview_counts_what_the_event_has(index: Index, event: EventId) -> None:
    names = ("two.jpg", "none.jpg", "bad.jpg", "late.jpg", "gone.jpg")
    index.photos.sync(event, [photo(name, minutes=n) for n, name in enumerate(names)], 3)
    waiting = {one.key: one for one in index.photos.next_pending(event, 10, [])}
    index.photos.write(
        event,
        [
            result_of(waiting["two.jpg"], [face(1), face(2)]),
            result_of(waiting["none.jpg"], []),
            result_of(waiting["bad.jpg"], failure="it is broken"),
        ],
    )
    index.photos.mark_gone(event, waiting["gone.jpg"].id)
    index.browsing.set_hidden(event, [waiting["late.jpg"].id, waiting["gone.jpg"].id], True)
    approved = [waiting[key].id for key in ("bad.jpg", "none.jpg", "gone.jpg")]
    index.browsing.set_slideshow(event, approved, True)
    view = index.organizing.overview(event)
    assert view.counts == index.events.counts(event) == EventCounts(1, 2, 1, 1, 1, 2)
    assert (view.hidden, view.slideshow) == (1, 2)
    assert (view.first_photo_at, view.last_photo_at) == (NOON, NOON + timedelta(minutes=3))


def test_archived_events_are_listed_only_when_asked_for(index: Index) -> None:
    first, second, third = (index.organizing.add(code, PLAIN).id for code in ("a", "b", "c"))
    index.organizing.set_archived(second, True)
    assert [one.event.id for one in index.organizing.overviews(False)] == [third, first]
    every = index.organizing.overviews(True)
    assert [one.event.id for one in every] == [third, second, first]
    assert [one.archived for one in every] == [False, True, False]
    assert index.organizing.overview(second).archived
    index.organizing.set_archived(second, False)
    assert len(index.organizing.overviews(False)) == 3


def cover_of(index: Index, event: EventId) -> tuple[str | None, str]:
    view = index.organizing.overview(event)
    return view.cover, view.cover_etag


def test_the_cover_is_the_newest_with_faces_unless_one_was_chosen(
    index: Index, event: EventId, database_url: str
) -> None:
    photos = [photo(f"{n}.jpg", etag=f"v{n}", minutes=n) for n in range(3)]
    waiting = encode_all(index, event, photos)
    with psycopg.connect(database_url) as connection:
        connection.execute("update photo set taken_at = null")
        connection.execute("update photo set face_count = 0 where key = '2.jpg'")
    assert cover_of(index, event) == ("1.jpg", "v1")
    index.organizing.change(event, EventDetails("", "", None, "0.jpg"))
    assert cover_of(index, event) == ("0.jpg", "v0")
    chosen = next(one.id for one in waiting if one.key == "0.jpg")
    index.browsing.set_hidden(event, [chosen], True)
    assert cover_of(index, event) == ("1.jpg", "v1")
    index.browsing.set_hidden(event, [chosen], False)
    assert cover_of(index, event) == ("0.jpg", "v0")
    index.photos.mark_gone(event, chosen)
    assert cover_of(index, event) == ("1.jpg", "v1")


FULL = KioskSettings(
    greeting="Grüß Gott \x00 \udce9",
    organizer_name="O'Neill",
    accent="#c2410c",
    logo="folder/logo.png",
    languages=("de", "fr"),
    consent_version="7",
    consent_texts=(ConsentText("de", "Kurz", "Lang"), ConsentText("fr", "Court", "Long")),
    browse_without_face=True,
    idle_seconds=10,
    session_seconds=0,
    email_enabled=False,
    print_enabled=False,
    share_enabled=False,
    prints_a_guest=1,
    prints_an_event=500,
    photos_a_mail=5,
    pin_hash="scrypt$1$2",
    slideshow_seconds=20,
    pause_minutes=15,
)


def test_kiosk_settings_come_back_as_they_were_stored(index: Index, event: EventId) -> None:
    assert index.organizing.kiosk_settings(event) == KioskSettings()
    for settings in (FULL, KioskSettings()):
        index.organizing.set_kiosk_settings(event, settings)
        assert index.organizing.kiosk_settings(event) == settings


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ('{"kiosk": null}', KioskSettings()),
        ('{"kiosk": [1, 2]}', KioskSettings()),
        ('["kiosk"]', KioskSettings()),
        ("7", KioskSettings()),
        ('{"kiosk": {"from_the_future": 1, "accent": "red"}}', KioskSettings(accent="red")),
        (
            '{"kiosk": {"greeting": 7, "idle_seconds": "45", "session_seconds": true,'
            ' "prints_a_guest": -1, "photos_a_mail": 2.5, "email_enabled": 0, "languages": "en",'
            ' "consent_texts": [{"language": "en", "summary": "s"}], "logo": null,'
            ' "share_enabled": false}}',
            KioskSettings(share_enabled=False),
        ),
        ('{"kiosk": {"languages": ["en", 7], "consent_texts": {}}}', KioskSettings()),
        ('{"kiosk": {"consent_texts": ["en"], "pin_hash": "x"}}', KioskSettings(pin_hash="x")),
    ],
)
def test_settings_that_somebody_broke_fall_back_field_by_field(
    index: Index, event: EventId, database_url: str, stored: str, read: KioskSettings
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update event set settings = %s::jsonb", (stored,))
    assert index.organizing.kiosk_settings(event) == read
    index.organizing.set_kiosk_settings(event, FULL)
    assert index.organizing.kiosk_settings(event) == FULL


def test_other_settings_of_the_event_stay_when_those_of_the_kiosks_change(
    index: Index, event: EventId, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("""update event set settings = '{"other": 1}'""")
    index.organizing.set_kiosk_settings(event, FULL)
    with psycopg.connect(database_url) as connection:
        row = connection.execute("select settings ->> 'other' from event").fetchone()
    assert row == ("1",)
