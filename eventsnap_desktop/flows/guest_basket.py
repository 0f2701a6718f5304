"""What a guest chose of the photos before them, how these can leave, and what was asked for."""

from collections.abc import Callable, Iterable, Sequence

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.guests import GalleryPhoto, GuestDelivery, TakeWays
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Action, Choose
from eventsnap_desktop.flows.guest_inbox import DatabaseHere
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_taking import Taking
from eventsnap_desktop.flows.guest_ways import ways_now

_LOOK_AGAIN = 5.0  # seconds between looks at what works

News = Notice | DatabaseHere | None
"""What changed, None for nothing: time has passed."""


class Basket:
    """One for the photos on a screen; ``on_news`` sees to everything that is not an action."""

    def __init__(self, service: Service, on_news: Callable[[News], None]) -> None:
        self._service, self._on_news = service, on_news
        self._taking = Taking(service, self.next_action)
        self.chosen: frozenset[PhotoId] = frozenset()
        self.ways = TakeWays()
        self.deliveries: tuple[GuestDelivery, ...] = ()

    async def next_action(
        self, seconds: float | None = None, changed: Callable[[], None] | None = None
    ) -> Action | None:
        """Return the guest's next action, None when so many seconds are over.

        News are seen to meanwhile and then told to ``changed``: the screen is to be shown anew.
        """
        inbox, clock = self._service.inbox, self._service.inbox.clock
        until = clock() + seconds if seconds is not None else None
        while True:
            left = _LOOK_AGAIN if until is None else until - clock()
            item = await inbox.next(seconds=left)
            self._service.chores.raise_failure()
            if item is None and until is not None:
                return None
            if item is not None and not isinstance(item, Notice | DatabaseHere):
                return item
            self._see_to(item)
            if changed is not None:
                changed()

    def choose(self, action: Choose, there: Iterable[PhotoId]) -> None:
        """Choose photos of those that are there, or choose them no more."""
        wanted = frozenset(there).intersection(action.photos)
        self.chosen = self.chosen | wanted if action.on else self.chosen - wanted

    def keep(self, there: Iterable[PhotoId]) -> None:
        """Choose no more what is not there any more."""
        self.chosen &= frozenset(there)

    async def take(self, kind: DeliveryKind, wanted: Callable[[], Sequence[GalleryPhoto]]) -> None:
        """Ask for what the way needs, and order it; ``wanted`` returns the photos as they are."""
        ordered, photos = False, wanted()
        if kind is DeliveryKind.EMAIL and self.ways.email and photos:
            ordered = await self._taking.by_mail([one.id for one in photos])
        elif kind is DeliveryKind.PRINT and self.ways.print and photos:
            ordered = await self._taking.by_print(photos, self.ways)
        elif kind is DeliveryKind.SHARE and self.ways.phone and photos:
            await self._taking.by_phone(wanted, follows=not self.chosen)
        if ordered:
            self.deliveries = self._taking.deliveries
            self.chosen = frozenset()
            self.want_ways()

    async def ask_where_to_tell(self) -> None:
        """Ask for an address to be told at when there are new photos."""
        if self.ways.email and await self._taking.by_mail((), told_later=True):
            self.deliveries = self._taking.deliveries

    def follow(self, photos: Sequence[GalleryPhoto]) -> None:
        """Have links for phones show what the gallery does by now."""
        self._taking.link.follow(photos)

    def want_ways(self) -> None:
        """Find out how photos can leave now."""
        service = self._service
        service.chores.want("ways", lambda: ways_now(service), self._on_ways, lane="ways")

    def show_again(self) -> None:
        """Have the screen shown anew: something changed."""
        self._service.inbox.put(Notice(Subject.SESSIONS))

    def wipe(self) -> None:
        """Forget everything."""
        self.chosen, self.deliveries = frozenset(), ()
        self._taking.deliveries = ()
        self._taking.link.wipe()

    def _see_to(self, item: News) -> None:
        event = self._service.parts.event.id
        if isinstance(item, Notice) and item.event not in {None, event}:
            return
        if item is None:
            self.want_ways()
        elif isinstance(item, Notice) and item.subject in {Subject.OUTBOX, Subject.EVERYTHING}:
            self._want_deliveries()
        if isinstance(item, Notice) and item.subject is Subject.EVENTS:
            self._want_event()
        self._on_news(item)

    def _on_ways(self, ways: TakeWays) -> None:
        if ways != self.ways:
            self.ways = ways
            self.show_again()

    def _want_event(self) -> None:
        """Find out whether the event is still there: a guest must not go on in a deleted one."""
        desk, event = self._service.parts.desk, self._service.parts.event.id
        self._service.chores.want("event", lambda: desk.kiosk_settings(event), _is_there)

    def _want_deliveries(self) -> None:
        parts, session = self._service.parts, self._service.session
        if session is not None and self.deliveries:
            self._service.chores.want(
                "deliveries", lambda: parts.desk.deliveries(session), self._on_deliveries
            )

    def _on_deliveries(self, deliveries: list[GuestDelivery]) -> None:
        if tuple(deliveries) != self.deliveries:
            self.deliveries = tuple(deliveries)
            self.show_again()


def _is_there(_: KioskSettings) -> None:
    """Nothing is to be done: an event that is gone ends the visit by its error."""
