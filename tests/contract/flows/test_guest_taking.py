"""Photos that guests take along, and what they can do while the database is away."""

import pytest

from eventsnap_desktop.domain.deliveries import DeliveryKind, DeliveryState
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.guests import Order, TakeWays
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.guest_actions import (
    Back,
    Choose,
    Decline,
    Finish,
    Print,
    Retake,
    SendMail,
    ShowHour,
    Sort,
    Start,
    Take,
    TellMe,
)
from eventsnap_desktop.flows.guest_views import (
    AddressProblem,
    AttractView,
    AwayView,
    BrowseView,
    ConsentView,
    GalleryOrder,
    GalleryView,
    MailView,
    NothingView,
    OrderedView,
    PrintView,
    ThanksView,
    WhyNothing,
)
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.flows.guests import (
    ANNA,
    BERT,
    PHOTOS,
    Kiosk,
    add_photos,
    keys,
    records,
    serve,
)
from tests.fixtures.postgres import RestartableDatabase


@pytest.fixture
def event(index: Index) -> Event:
    made = index.events.create_event("party", "Summer party", "")
    add_photos(index, made, PHOTOS)
    return made


def test_who_says_no_may_browse_by_time_where_the_organizer_lets_them(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.until(AttractView, lambda view: view.glance is not None)
        kiosk.session.act(Start())
        await kiosk.until(ConsentView, lambda view: view.can_browse)
        kiosk.session.act(Decline())
        browse = await kiosk.until(BrowseView, lambda view: view.ways.email)
        assert keys(browse.photos) == set(PHOTOS)
        assert all(photo.faces == () for photo in browse.photos)
        [hour] = browse.hours
        kiosk.session.act(ShowHour(hour))
        await kiosk.until(BrowseView, lambda view: view.hour == hour)
        kiosk.session.act(Choose((kiosk.id_of("anna.jpg"),), True))
        await kiosk.until(BrowseView, lambda view: len(view.chosen) == 1)
        kiosk.session.act(Take(DeliveryKind.EMAIL))
        await kiosk.until(MailView, lambda view: view.photos == 1)
        kiosk.session.act(SendMail(("anna@example.org",)))
        await kiosk.until(OrderedView)
        kiosk.session.act(Back())
        await kiosk.until(BrowseView)
        kiosk.session.act(Back())
        await kiosk.until(ConsentView)
        assert kiosk.camera.films == 0

    serve(index, event, act, browse_without_face=True)

    assert records(database_url, "select count(*) from consent") == [(0,)]
    [visit] = records(database_url, "select consent_id, matches, outcome from session")
    assert visit == (None, None, "finished")


def test_an_event_without_photos_says_so_and_offers_to_tell(
    index: Index, database_url: str
) -> None:
    event = index.events.create_event("empty", "Empty", "")

    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        nothing = await kiosk.until(
            NothingView, lambda view: view.why is WhyNothing.NO_PHOTOS_YET and view.can_be_told
        )
        assert nothing.photos == 0
        kiosk.session.act(TellMe())
        await kiosk.until(MailView, lambda view: view.told_later)
        kiosk.session.act(SendMail(("Anna@Example.org",)))
        await kiosk.until(OrderedView)
        kiosk.session.act(Finish())
        await kiosk.until(ThanksView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView)
        await kiosk.look_again()

    serve(index, event, act)

    [wish] = records(database_url, "select kind, payload -> 'photos' from outbox")
    assert wish == ("email", [])
    [visit] = records(database_url, "select matches from session")
    assert visit == (0,)


def test_a_wish_for_mail_reaches_the_outbox_once_with_every_address(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.email)
        kiosk.session.speak("en")
        kiosk.session.act(Take(DeliveryKind.EMAIL))
        await kiosk.until(MailView, lambda view: view.photos == 2)
        kiosk.session.act(SendMail(("anna@example.org", "no address")))
        wrong = await kiosk.until(
            MailView, lambda view: view.problem is AddressProblem.NOT_AN_ADDRESS
        )
        assert wrong.wrong == "no address"
        kiosk.session.act(SendMail(("anna@example.org", "bert@example.org", "")))
        ordered = await kiosk.until(OrderedView)
        assert ordered.deliveries[0].state is DeliveryState.WAITING
        kiosk.session.act(Back())
        gallery = await kiosk.until(GalleryView, lambda view: len(view.deliveries) == 1)
        assert gallery.chosen == frozenset()
        index.deliveries.cancel([gallery.deliveries[0].id])
        kiosk.session.hear(Notice(Subject.OUTBOX, event.id))
        await kiosk.until(
            GalleryView, lambda view: view.deliveries[0].state is DeliveryState.CANCELLED
        )

    serve(index, event, act)

    [wish] = records(
        database_url,
        "select kind, payload -> 'to', payload ->> 'language', "
        "jsonb_array_length(payload -> 'photos') from outbox",
    )
    assert wish == ("email", ["anna@example.org", "bert@example.org"], "en", 2)


def test_more_photos_than_fit_into_a_mail_are_refused_before_an_address_is_typed(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.email)
        kiosk.session.act(Take(DeliveryKind.EMAIL))
        await kiosk.until(MailView, lambda view: view.problem is AddressProblem.TOO_MANY_PHOTOS)
        kiosk.session.act(SendMail(("anna@example.org",)))
        kiosk.session.act(Back())
        gallery = await kiosk.until(GalleryView)
        assert gallery.deliveries == ()

    serve(index, event, act, photos_a_mail=1)


def test_prints_are_limited_for_a_guest(index: Index, event: Event, database_url: str) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.prints_left == 3)
        kiosk.session.act(Take(DeliveryKind.PRINT))
        view = await kiosk.until(PrintView)
        both = tuple(photo.id for photo in view.photos)
        kiosk.session.act(Print(both, 2))  # one too many
        kiosk.session.act(Print(both[:1], 2))
        await kiosk.until(OrderedView)
        kiosk.session.act(Back())
        await kiosk.until(GalleryView, lambda view: view.ways.prints_left == 1)
        kiosk.session.act(Take(DeliveryKind.PRINT))
        await kiosk.until(PrintView, lambda view: view.left == 1)
        kiosk.session.act(Print(both[:1], 1))
        await kiosk.until(OrderedView)
        kiosk.session.act(Back())
        gallery = await kiosk.until(GalleryView, lambda view: view.ways.prints_left == 0)
        assert not gallery.ways.print

    serve(index, event, act, prints_a_guest=3)

    found = records(
        database_url, "select payload -> 'copies', payload ->> 'printer' from outbox order by id"
    )
    assert found == [(2, "selphy"), (1, "selphy")]


def test_sheets_that_another_kiosk_had_meanwhile_are_no_longer_there(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.prints_left == 3)
        kiosk.session.act(Take(DeliveryKind.PRINT))
        view = await kiosk.until(PrintView)
        photo = view.photos[0].id
        other = Order("theirs", DeliveryKind.PRINT, (photo,), "en", copies=2)
        index.guests.order(event.id, index.guests.begin(event.id, "bar", None), other)
        kiosk.session.act(Print((photo,), 2))
        await kiosk.until(PrintView, lambda view: view.fewer and view.left == 1)
        kiosk.session.act(Print((photo,), 1))
        await kiosk.until(OrderedView)

    serve(index, event, act, prints_a_guest=0, prints_an_event=3)

    payloads = "select payload -> 'copies', payload ->> 'machine' from outbox order by id"
    assert records(database_url, payloads) == [(2, ""), (1, "the tent's")]


def test_a_way_that_does_not_work_cannot_be_taken(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        kiosk.ways.now = TakeWays(print_problem="out of paper")
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: view.ways.print_problem != "")
        kiosk.session.act(Take(DeliveryKind.PRINT))
        kiosk.session.act(Take(DeliveryKind.EMAIL))
        kiosk.session.act(Sort(GalleryOrder.BEST))
        await kiosk.until(GalleryView, lambda view: view.order is GalleryOrder.BEST)
        assert not any(isinstance(view, PrintView | MailView) for view in kiosk.screen.views)

    serve(index, event, act)


def test_a_database_that_goes_away_in_a_visit_holds_it_up_and_loses_nothing(
    restartable_database: RestartableDatabase,
) -> None:
    with open_index(restartable_database.url) as index:
        event = index.events.create_event("party", "Summer party", "")
        add_photos(index, event, PHOTOS)

        async def act(kiosk: Kiosk) -> None:
            await kiosk.begin(ANNA)
            await kiosk.until(GalleryView, lambda view: view.ways.email)
            kiosk.session.act(Take(DeliveryKind.EMAIL))
            await kiosk.until(MailView)
            restartable_database.stop()
            kiosk.session.hear_database(False)
            kiosk.session.act(SendMail(("anna@example.org",)))
            await kiosk.until(MailView, lambda view: view.problem is AddressProblem.NOT_STORED)
            kiosk.session.act(Back())
            gallery = await kiosk.until(GalleryView, lambda view: view.offline)
            assert keys(gallery.photos) == {"anna.jpg", "both.jpg"}
            kiosk.guests.append(kiosk.selfies_of(BERT))
            kiosk.session.act(Retake())
            await kiosk.until(AwayView, lambda view: view.leave)
            assert kiosk.session.state is KioskState.WAITING
            restartable_database.start()
            gallery = await kiosk.until(GalleryView)
            assert keys(gallery.photos) == {"bert.jpg", "both.jpg"}

        serve(index, event, act)
