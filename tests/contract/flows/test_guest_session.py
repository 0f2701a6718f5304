"""Guests at a kiosk, on a real database: what they see, what is recorded, what is left of them."""

import pytest

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.guest_actions import (
    Back,
    Choose,
    Decline,
    Finish,
    IsMe,
    Retake,
    Sort,
    Start,
)
from eventsnap_desktop.flows.guest_search import FoundPhoto
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    AwayView,
    CaptureView,
    ConsentView,
    DeclinedView,
    GalleryOrder,
    GalleryView,
    NothingView,
    PausedView,
    ThanksView,
    WhyNothing,
)
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.matching.feedback import Knowledge
from tests.contract.flows.guests import (
    ANNA,
    BERT,
    PHOTOS,
    Kiosk,
    add_photos,
    alike,
    keys,
    person,
    records,
    serve,
)


@pytest.fixture
def event(index: Index) -> Event:
    made = index.events.create_event("party", "Summer party", "")
    add_photos(index, made, PHOTOS)
    return made


def test_a_guest_sees_their_photos_and_those_to_be_asked_about(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        gallery = await kiosk.until(GalleryView)
        assert keys(gallery.photos) == {"anna.jpg", "both.jpg"}
        assert keys(gallery.maybe) == {"perhaps.jpg"}
        assert all(len(photo.faces) == 1 for photo in gallery.photos)
        assert kiosk.session.state is KioskState.IN_SESSION

    serve(index, event, act)


def test_consent_visit_and_end_are_recorded_and_nothing_of_the_guest(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        kiosk.session.act(Finish())
        await kiosk.until(ThanksView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView)
        await kiosk.look_again()

    serve(index, event, act)

    [consent] = records(database_url, "select kiosk, text_version, language from consent")
    assert consent == ("tent", "1", "de")
    [visit] = records(
        database_url, "select consent_id is not null, kiosk, matches, outcome from session"
    )
    assert visit == (True, "tent", 2, "finished")


def test_the_camera_films_only_after_the_yes_and_not_beyond_the_selfies(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.until(AttractView, lambda view: view.glance is not None)
        kiosk.session.act(Start())
        consent = await kiosk.until(ConsentView)
        assert [text.language for text in consent.texts] == ["en", "de"]
        assert kiosk.camera.films == 0
        kiosk.waits_for_selfies = True
        await kiosk.begin_after_consent(ANNA)
        await kiosk.until(CaptureView, lambda view: view.progress.hint is Hint.GOOD)
        assert kiosk.camera.filming
        kiosk.waits_for_selfies = False
        await kiosk.until(GalleryView)
        await kiosk.camera_rests()
        assert kiosk.camera.wiped

    serve(index, event, act)


def test_who_says_no_is_sent_to_the_staff_and_can_think_again(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.until(AttractView, lambda view: view.glance is not None)
        kiosk.session.act(Start())
        await kiosk.until(ConsentView)
        kiosk.session.act(Decline())
        declined = await kiosk.until(DeclinedView)
        assert declined.organizer == "Ada"
        kiosk.session.act(Back())
        await kiosk.until(ConsentView)
        kiosk.session.act(Decline())
        await kiosk.until(DeclinedView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView)
        assert kiosk.camera.films == 0

    serve(index, event, act, organizer_name="Ada")


def test_what_the_guest_says_of_a_photo_counts_at_once(index: Index, event: Event) -> None:
    add_photos(index, event, {"like_perhaps.jpg": [alike(alike(ANNA, 0.33, 5), 0.9, 7)]})

    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        gallery = await kiosk.until(GalleryView)
        assert "like_perhaps.jpg" not in keys(gallery.photos)
        kiosk.session.act(IsMe(kiosk.id_of("perhaps.jpg"), True))
        gallery = await kiosk.until(GalleryView, lambda view: len(view.photos) == 4)
        assert {"perhaps.jpg", "like_perhaps.jpg"} < keys(gallery.photos)

    serve(index, event, act)


def test_a_photo_that_is_not_the_guests_goes_and_stays_away(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: len(view.maybe) == 1)
        kiosk.session.act(IsMe(kiosk.id_of("perhaps.jpg"), False))
        await kiosk.until(GalleryView, lambda view: not view.maybe)
        kiosk.session.hear(Notice(Subject.EVERYTHING))
        add_photos(index, event, {"new.jpg": [alike(ANNA, 0.8, 9)]})
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, (kiosk.id_of("new.jpg"),)))
        gallery = await kiosk.until(GalleryView, lambda view: len(view.photos) == 3)
        assert gallery.maybe == ()

    serve(index, event, act)


def test_a_new_photo_of_the_guest_appears_and_those_of_others_do_not(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        new = {"new.jpg": [alike(ANNA, 0.6, 9)], "else.jpg": [alike(BERT, 0.6, 10)]}
        add_photos(index, event, new)
        ids = tuple(kiosk.id_of(key) for key in new)
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, ids))
        gallery = await kiosk.until(GalleryView, lambda view: len(view.photos) == 3)
        assert keys(gallery.photos) == {"anna.jpg", "both.jpg", "new.jpg"}
        assert gallery.fresh == {kiosk.id_of("new.jpg")}

    serve(index, event, act)


def test_a_photo_that_is_hidden_meanwhile_leaves_the_gallery(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView, lambda view: len(view.photos) == 2)
        anna = kiosk.id_of("anna.jpg")
        kiosk.session.act(Choose((anna,), True))
        await kiosk.until(GalleryView, lambda view: view.chosen == {anna})
        index.browsing.set_hidden(event.id, [anna], True)
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, (anna,)))
        gallery = await kiosk.until(GalleryView, lambda view: len(view.photos) == 1)
        assert gallery.chosen == frozenset()

    serve(index, event, act)


def test_several_people_together_see_the_photos_that_show_them_all(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA, BERT)
        gallery = await kiosk.until(GalleryView)
        assert keys(gallery.photos) == {"both.jpg"}
        assert len(gallery.photos[0].faces) == gallery.people == 2

    serve(index, event, act)


def test_somebody_in_no_photo_reads_why_and_sees_the_first_one_when_it_comes(
    index: Index, event: Event
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(person(5))
        nothing = await kiosk.until(NothingView, lambda view: view.photos == 5)
        assert nothing.why is WhyNothing.NOT_IN_ANY
        add_photos(index, event, {"first.jpg": [alike(person(5), 0.6, 9)]})
        kiosk.session.hear(Notice(Subject.PHOTOS, event.id, (kiosk.id_of("first.jpg"),)))
        gallery = await kiosk.until(GalleryView)
        assert keys(gallery.photos) == {"first.jpg"}

    serve(index, event, act)


def test_new_selfies_can_be_taken_from_the_gallery(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        kiosk.guests.append(kiosk.selfies_of(BERT))
        kiosk.session.act(Retake())
        gallery = await kiosk.until(GalleryView, lambda view: "bert.jpg" in keys(view.photos))
        assert keys(gallery.photos) == {"bert.jpg", "both.jpg"}

    serve(index, event, act)


def test_photos_are_sorted_by_time_or_by_likeness(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        kiosk.session.act(Sort(GalleryOrder.BEST))
        gallery = await kiosk.until(GalleryView, lambda view: view.order is GalleryOrder.BEST)
        likeness = [photo.similarity for photo in gallery.photos]
        assert likeness == sorted(likeness, reverse=True)
        assert {photo.band for photo in gallery.photos} == {Band.SURE}

    serve(index, event, act)


def test_nothing_of_a_guest_is_left_when_the_next_one_comes(index: Index, event: Event) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView)
        assert kiosk.screen.wiped
        await kiosk.forgets(Knowledge, FoundPhoto, CaptureProgress, GalleryView)
        await kiosk.begin(BERT)
        gallery = await kiosk.until(GalleryView)
        assert keys(gallery.photos) == {"bert.jpg", "both.jpg"}

    serve(index, event, act)


def test_a_guest_who_walks_away_is_counted_down_and_wiped(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        await kiosk.until(AttractView)
        assert [one for one in kiosk.screen.counted if one is not None]
        assert kiosk.screen.counted[-1] is None
        await kiosk.look_again()

    serve(index, event, act, idle_seconds=1)

    [visit] = records(database_url, "select outcome from session")
    assert visit == ("walked_away",)


def test_staff_pause_the_kiosk_and_open_it_again(
    index: Index, event: Event, database_url: str
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        kiosk.session.pause(None)
        await kiosk.until(PausedView)
        states = [kiosk.session.state]
        kiosk.session.act(Start())
        kiosk.session.resume()
        await kiosk.until(AttractView)
        assert [*states, kiosk.session.state] == [KioskState.PAUSED, KioskState.IDLE]
        await kiosk.look_again()

    serve(index, event, act)

    [visit] = records(database_url, "select outcome from session")
    assert visit == ("staff",)


@pytest.mark.parametrize("subject", [Subject.EVENTS, Subject.EVERYTHING])
def test_a_deleted_event_stops_the_kiosk_kindly(
    index: Index, event: Event, subject: Subject
) -> None:
    async def act(kiosk: Kiosk) -> None:
        await kiosk.begin(ANNA)
        await kiosk.until(GalleryView)
        index.events.delete_event(event.id)
        kiosk.session.hear(Notice(subject, event.id))
        await kiosk.until(AwayView)
        kiosk.session.act(Finish())
        await kiosk.until(AttractView, lambda view: view.glance is None)
        assert kiosk.session.state is KioskState.WAITING
        assert kiosk.session.problem

    serve(index, event, act)
