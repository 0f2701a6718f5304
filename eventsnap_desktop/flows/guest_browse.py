"""Photos by time for a guest who wants no face search."""

from datetime import datetime, timedelta

from eventsnap_desktop.domain.guests import GalleryPhoto, GuestDelivery
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.guest_actions import Back, Choose, Finish, ShowHour, Take
from eventsnap_desktop.flows.guest_basket import Basket, News
from eventsnap_desktop.flows.guest_inbox import DatabaseHere
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_views import BrowseView

MOST_PHOTOS = 5000
"""More than anybody looks through; the hours narrow it down."""

_Loaded = tuple[tuple[GalleryPhoto, ...], tuple[datetime, ...]]


class Browsing:
    """Shows photos by time until the guest leaves."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._photos: tuple[GalleryPhoto, ...] = ()
        self._hours: tuple[datetime, ...] = ()
        self._hour: datetime | None = None
        self._basket = Basket(service, self._on_news)

    async def show(self) -> bool:
        """Show the photos; return whether the guest wants to go back rather than to finish."""
        self._take_in(await self._service.insist(self._load))
        self._basket.want_ways()
        while True:
            self._show()
            action = await self._basket.next_action(changed=self._show)
            if isinstance(action, Finish | Back):
                return isinstance(action, Back)
            if isinstance(action, ShowHour):
                self._hour = action.hour
                self._take_in(await self._service.insist(self._load))
            elif isinstance(action, Choose):
                self._basket.choose(action, (one.id for one in self._photos))
            elif isinstance(action, Take):
                await self._basket.take(action.kind, self._chosen)

    def wipe(self) -> None:
        """Forget what was looked at."""
        self._photos = ()
        self._basket.wipe()

    @property
    def deliveries(self) -> tuple[GuestDelivery, ...]:
        """What the guest asked for."""
        return self._basket.deliveries

    def _show(self) -> None:
        basket = self._basket
        self._service.stage.show(
            BrowseView(
                self._photos,
                self._hours,
                self._hour,
                basket.chosen,
                basket.ways,
                basket.deliveries,
            )
        )

    def _chosen(self) -> list[GalleryPhoto]:
        return [one for one in self._photos if one.id in self._basket.chosen]

    def _load(self) -> _Loaded:
        desk, event = self._service.parts.desk, self._service.parts.event.id
        until = None if self._hour is None else self._hour + timedelta(hours=1)
        photos = desk.browse(event, self._hour, until, MOST_PHOTOS)
        return tuple(photos), tuple(desk.hours(event))

    def _take_in(self, loaded: _Loaded) -> None:
        self._photos, self._hours = loaded
        self._basket.keep(one.id for one in self._photos)

    def _on_news(self, item: News) -> None:
        came = isinstance(item, DatabaseHere) and item.here
        came |= isinstance(item, Notice) and item.subject in {Subject.PHOTOS, Subject.EVERYTHING}
        if came:
            self._service.chores.want("browse", self._load, self._on_loaded)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._take_in(loaded)
        self._basket.show_again()
