"""A guest's own phone: the link on the kiosk's screen, and what it shows while they look."""

from datetime import UTC, datetime

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.guests import TakeWays
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.outgoing import OutputSettings, ShareToken
from eventsnap_desktop.flows.guest_actions import Back, Choose, Finish, IsMe, Take
from eventsnap_desktop.flows.guest_views import AttractView, GalleryView, PhoneView, ThanksView
from eventsnap_desktop.flows.phone_links import PhoneLinks
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.flows.guests import (
    ANNA,
    BERT,
    PHOTOS,
    Kiosk,
    add_photos,
    alike,
    records,
    serve,
)
from tests.fixtures.postgres import RestartableDatabase

BEGINS = "http://192.168.1.20:8473/g/"
WIFI = OutputSettings(share_hours=5, wifi_name="Party", wifi_password="12345678")


@pytest.fixture
def event(index: Index) -> Event:
    made = index.events.create_event("party", "Summer party", "")
    add_photos(index, made, PHOTOS)
    return made


def with_phones(kiosk: Kiosk) -> None:
    """Have the kiosk make links as its program does."""
    kiosk.ways.now = TakeWays(email=True, phone=True)
    kiosk.phones = PhoneLinks(kiosk.index.shares, lambda _event: WIFI, lambda one: BEGINS + one)


async def link_of(kiosk: Kiosk) -> tuple[ShareToken, PhoneView]:
    """Wait for the link on the screen."""
    view = await kiosk.until(PhoneView, lambda one: bool(one.address))
    return ShareToken(view.address.removeprefix(BEGINS)), view


def shown(kiosk: Kiosk, token: ShareToken) -> set[str]:
    share = kiosk.index.shares.find(token)
    return set() if share is None else {photo.key for photo in share.photos}


async def shows(kiosk: Kiosk, token: ShareToken, keys: set[str]) -> None:
    """Wait until the link shows exactly these photos."""
    for _ in range(2000):
        if shown(kiosk, token) == keys:
            return
        await kiosk.breathe()
    raise AssertionError(f"{shown(kiosk, token)} instead of {keys}")


def test_the_code_opens_exactly_the_guests_photos_in_their_language(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        with_phones(kiosk)
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.phone)
        kiosk.session.act(Take(DeliveryKind.SHARE))
        token, view = await link_of(kiosk)
        assert (view.photos, view.wifi) == (2, "WIFI:T:WPA;S:Party;P:12345678;;")
        assert view.until is not None
        assert 4.9 < (view.until - datetime.now(UTC)).total_seconds() / 3600 <= 5
        share = kiosk.index.shares.find(token)
        assert share is not None
        assert (share.language, share.event_code) == ("de", "party")
        assert {photo.key for photo in share.photos} == {"anna.jpg", "both.jpg"}
        assert all(len(photo.faces) == 1 for photo in share.photos)
        kiosk.session.act(Back())
        await kiosk.until(GalleryView)

    serve(index, event, act)


def test_new_photos_come_to_the_phone_and_others_leave_it_while_the_guest_looks(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        with_phones(kiosk)
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.phone)
        kiosk.session.act(Take(DeliveryKind.SHARE))
        token, _ = await link_of(kiosk)
        new = {"new.jpg": [alike(ANNA, 0.6, 9)], "else.jpg": [alike(BERT, 0.6, 10)]}
        add_photos(index, event, new)
        ids = tuple(kiosk.id_of(key) for key in new)
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, ids))
        await kiosk.until(PhoneView, lambda view: view.photos == 3)
        await shows(kiosk, token, {"anna.jpg", "both.jpg", "new.jpg"})
        kiosk.session.act(Back())
        await kiosk.until(GalleryView)
        kiosk.session.act(IsMe(kiosk.id_of("both.jpg"), False))
        await shows(kiosk, token, {"anna.jpg", "new.jpg"})
        kiosk.session.act(Take(DeliveryKind.SHARE))
        again, _ = await link_of(kiosk)
        assert again == token
        kiosk.session.act(Finish())
        await kiosk.until(ThanksView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView)
        await kiosk.look_again()
        assert shown(kiosk, token) == {"anna.jpg", "new.jpg"}

    serve(index, event, act)


def test_a_link_to_chosen_photos_shows_these_and_no_new_ones(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        with_phones(kiosk)
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.phone)
        anna = kiosk.id_of("anna.jpg")
        kiosk.session.act(Choose((anna,), True))
        kiosk.session.act(Take(DeliveryKind.SHARE))
        token, view = await link_of(kiosk)
        assert view.photos == 1
        add_photos(index, event, {"new.jpg": [alike(ANNA, 0.6, 9)]})
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, (kiosk.id_of("new.jpg"),)))
        kiosk.session.act(Back())
        await kiosk.until(GalleryView, lambda view: len(view.photos) == 3)
        assert shown(kiosk, token) == {"anna.jpg"}
        kiosk.session.act(IsMe(anna, False))
        await shows(kiosk, token, set())

    serve(index, event, act)

    assert records(database_url, "select count(*) from outbox") == [(0,)]


def test_without_a_server_for_phones_there_is_no_such_way(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.email)
        kiosk.session.act(Take(DeliveryKind.SHARE))
        kiosk.session.act(Choose((kiosk.id_of("anna.jpg"),), True))
        await kiosk.until(GalleryView, lambda view: len(view.chosen) == 1)
        assert not any(isinstance(view, PhoneView) for view in kiosk.screen.views)

    serve(index, event, act)


def test_a_database_that_is_away_is_said_and_the_guest_can_try_again(
    restartable_database: RestartableDatabase,
) -> None:
    with open_index(restartable_database.url) as index:
        event = index.events.create_event("party", "Summer party", "")
        add_photos(index, event, PHOTOS)

        async def act(kiosk: Kiosk) -> None:
            with_phones(kiosk)
            await kiosk.begin(ANNA)
            await kiosk.until(GalleryView, lambda view: view.ways.phone)
            restartable_database.stop()
            kiosk.session.act(Take(DeliveryKind.SHARE))
            await kiosk.until(PhoneView, lambda view: view.failed)
            kiosk.session.act(Back())
            await kiosk.until(GalleryView)
            restartable_database.start()
            kiosk.session.act(Take(DeliveryKind.SHARE))
            token, _ = await link_of(kiosk)
            assert shown(kiosk, token) == {"anna.jpg", "both.jpg"}

        serve(index, event, act)
