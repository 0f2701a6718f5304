"""The guest's live gallery: what was found, what they say of it, what comes while they look."""

from dataclasses import replace
from enum import StrEnum

from eventsnap_desktop.domain.guests import EventGlance, GalleryPhoto, GuestDelivery
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import (
    Action,
    Back,
    Choose,
    Finish,
    IsMe,
    Retake,
    Sort,
    Take,
    TellMe,
)
from eventsnap_desktop.flows.guest_basket import Basket, News
from eventsnap_desktop.flows.guest_inbox import DatabaseHere
from eventsnap_desktop.flows.guest_search import Found, FoundPhoto, Seeker, sorted_photos
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_views import (
    GalleryOrder,
    GalleryView,
    NothingView,
    WhyNothing,
)


class Leave(StrEnum):
    """Where to from the gallery."""

    FINISH = "finish"
    RETAKE = "retake"


class Gallery:
    """Shows and keeps one visit's photos until the guest leaves."""

    def __init__(self, service: Service, seeker: Seeker, found: Found) -> None:
        self._service, self._seeker = service, seeker
        self._people = found.people
        self._photos: dict[PhotoId, FoundPhoto] = {one.photo.id: one for one in found.photos}
        self._confirmed: set[PhotoId] = set()
        self._dropped: set[PhotoId] = set()
        self._stale: set[PhotoId] = set()
        self._search_all = False
        self._order = GalleryOrder.NEWEST
        self._sorted = sorted_photos(found.photos, newest_first=True)
        self._fresh: frozenset[PhotoId] = frozenset()
        self._glance: EventGlance | None = None
        self._offline = False
        self._basket = Basket(service, self._on_news)

    async def show(self) -> Leave:
        """Show the photos until the guest finishes, or wants new selfies."""
        self._basket.want_ways()
        self._want_glance()
        self._on_photos_changed()
        while True:
            self._show()
            action = await self._basket.next_action(changed=self._show)
            if isinstance(action, Finish | Back):
                return Leave.FINISH
            if isinstance(action, Retake):
                return Leave.RETAKE
            if isinstance(action, Take):
                await self._basket.take(action.kind, self._wanted)
            elif isinstance(action, TellMe):
                await self._basket.ask_where_to_tell()
            else:
                self._answer(action)

    def wipe(self) -> None:
        """Forget everything, overwriting what describes a face."""
        Found(self._people, tuple(self._photos.values())).wipe()
        self._people = ()
        self._photos.clear()
        self._sorted = ((), ())
        self._fresh = frozenset()
        self._basket.wipe()

    @property
    def deliveries(self) -> tuple[GuestDelivery, ...]:
        """What the guest asked for."""
        return self._basket.deliveries

    def _show(self) -> None:
        self._service.stage.show(self._view())

    def _view(self) -> GalleryView | NothingView:
        photos, maybe = self._sorted
        if not photos and not maybe:
            return self._nothing()
        return GalleryView(
            photos,
            maybe,
            self._order,
            self._basket.chosen,
            self._fresh,
            self._basket.ways,
            self._basket.deliveries,
            self._offline,
            len(self._people),
        )

    def _nothing(self) -> NothingView:
        glance = self._glance or EventGlance(0, None, ())
        none_yet = self._glance is not None and glance.photos == 0
        why = WhyNothing.NO_PHOTOS_YET if none_yet else WhyNothing.NOT_IN_ANY
        people = len(self._people)
        return NothingView(why, glance.photos, glance.newest, people, self._basket.ways.email)

    def _wanted(self) -> list[GalleryPhoto]:
        """Return the chosen photos, all where none is chosen."""
        photos = list(self._sorted[0])
        return [one for one in photos if one.id in self._basket.chosen] or photos

    def _answer(self, action: Action | None) -> None:
        if isinstance(action, IsMe):
            self._on_is_me(action)
        elif isinstance(action, Sort):
            self._order = action.order
            self._on_photos_changed()
        elif isinstance(action, Choose):
            self._basket.choose(action, (one.id for one in self._sorted[0]))

    def _on_is_me(self, action: IsMe) -> None:
        found = self._photos.get(action.photo)
        if found is None:
            return
        if action.yes:
            self._confirmed.add(action.photo)
            self._photos[action.photo] = _as_sure(found)
        else:
            self._dropped.add(action.photo)
            del self._photos[action.photo]
        if action.yes or len(self._people) == 1:
            pairs = zip(self._people, found.faces, strict=True)
            self._people = tuple(one.told(face, action.yes) for one, face in pairs)
        self._on_photos_changed()
        self._search_all = True
        self._search_again()

    def _on_news(self, item: News) -> None:
        if isinstance(item, DatabaseHere):
            self._offline = not item.here
            self._search_all |= item.here
        elif item is not None and item.subject is Subject.PHOTOS and item.photos:
            self._stale.update(item.photos)
            self._want_glance()
        elif item is not None and item.subject in {Subject.PHOTOS, Subject.EVERYTHING}:
            self._search_all = True
            self._want_glance()
        self._search_again()

    def _search_again(self) -> None:
        """Search as much anew as is not known."""
        chores = self._service.chores
        if self._search_all:
            self._search_all = False
            self._stale.clear()
            chores.want("search", self._search, self._on_all, self._on_not_searched, "search")
        elif self._stale:
            stale = tuple(self._stale)
            self._stale.clear()
            chores.want(
                f"search {min(stale)}",
                lambda: (stale, self._seeker.search_among(self._people, stale)),
                self._on_some,
                self._on_not_searched,
                "search",
            )

    def _search(self) -> Found:
        return self._seeker.search(self._people)

    def _on_not_searched(self) -> None:
        self._search_all = True

    def _on_all(self, found: Found) -> None:
        pairs = zip(self._people, found.people, strict=True)
        self._people = tuple(replace(mine, grown=theirs.grown) for mine, theirs in pairs)
        self._take_in(found, None)

    def _on_some(self, answer: tuple[tuple[PhotoId, ...], Found]) -> None:
        photos, found = answer
        self._take_in(found, set(photos))
        if found.is_clear:
            self._search_all = True
            self._search_again()

    def _take_in(self, found: Found, among: set[PhotoId] | None) -> None:
        """Replace the photos that were searched, all or some, by those that were found."""
        before = set(self._photos)
        for photo in list(self._photos):
            if among is None or photo in among:
                del self._photos[photo]
        for one in found.photos:
            if one.photo.id not in self._dropped:
                confirmed = one.photo.id in self._confirmed
                self._photos[one.photo.id] = _as_sure(one) if confirmed else one
        new = {one for one in self._photos if one not in before}
        self._fresh = frozenset(self._fresh | new)
        self._on_photos_changed()
        self._basket.show_again()

    def _on_photos_changed(self) -> None:
        newest = self._order is GalleryOrder.NEWEST
        self._sorted = sorted_photos(tuple(self._photos.values()), newest)
        self._basket.keep(one.id for one in self._sorted[0])
        self._basket.follow(self._sorted[0])
        self._service.matches = len(self._sorted[0])

    def _want_glance(self) -> None:
        parts = self._service.parts
        self._service.chores.want(
            "glance", lambda: parts.desk.glance(parts.event.id), self._on_glance
        )

    def _on_glance(self, glance: EventGlance) -> None:
        self._glance = glance
        if not self._photos:
            self._basket.show_again()


def _as_sure(found: FoundPhoto) -> FoundPhoto:
    return FoundPhoto(replace(found.photo, band=Band.SURE), found.faces)
