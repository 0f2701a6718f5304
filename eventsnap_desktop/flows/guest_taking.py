"""How photos are taken along: the wish is asked for, checked, and put into the outbox."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from eventsnap_desktop.delivery.addresses import check_address
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import TryAgainError, UsageError
from eventsnap_desktop.domain.guests import (
    GalleryPhoto,
    GuestDelivery,
    Order,
    SessionOutcome,
    TakeWays,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Action, Back, Finish, Print, SendMail
from eventsnap_desktop.flows.guest_inbox import VisitEndedError
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_views import (
    AddressProblem,
    MailView,
    OrderedView,
    PrintView,
)

MOST_ADDRESSES = 5
_SHOWN_FOR = 8.0  # seconds that the word after an order is shown

NextAction = Callable[[float | None], Awaitable[Action | None]]
"""Waits for the guest's next action, None when so many seconds are over; news are seen to."""


class Taking:
    """Asks for what one way of taking photos needs; each method returns whether it was ordered."""

    def __init__(self, service: Service, next_action: NextAction) -> None:
        self._service, self._next = service, next_action
        self.deliveries: tuple[GuestDelivery, ...] = ()

    async def by_mail(self, photos: Sequence[PhotoId], told_later: bool = False) -> bool:
        """Ask for addresses and order an e-mail; without photos the guest is told of new ones."""
        most = self._service.settings.photos_a_mail
        view = MailView(len(photos), most, told_later=told_later)
        if most and len(photos) > most:
            view = replace(view, problem=AddressProblem.TOO_MANY_PHOTOS)
        order = self._new_order(DeliveryKind.EMAIL, photos)
        while True:
            self._service.stage.show(view)
            action = await self._next(None)
            if isinstance(action, Back | Finish):
                return _left(action)
            if not isinstance(action, SendMail) or view.problem is AddressProblem.TOO_MANY_PHOTOS:
                continue
            addresses, view = _checked(action.addresses, view)
            if not addresses:
                continue
            self._service.stage.show(replace(view, busy=True))
            order = replace(order, addresses=addresses)
            if await self._ordered(order):
                return True
            view = replace(view, problem=AddressProblem.NOT_STORED)

    async def by_print(self, photos: Sequence[GalleryPhoto], ways: TakeWays) -> bool:
        """Ask how many prints of which photos and order them."""
        view = PrintView(tuple(photos), ways.prints_left)
        order = self._new_order(DeliveryKind.PRINT, ())
        there = {photo.id: photo.faces for photo in photos}
        while True:
            self._service.stage.show(view)
            action = await self._next(None)
            if isinstance(action, Back | Finish):
                return _left(action)
            if not isinstance(action, Print) or not _may_print(action, view.left):
                continue
            chosen = tuple(photo for photo in action.photos if photo in there)
            self._service.stage.show(replace(view, busy=True))
            order = replace(
                order,
                photos=chosen,
                copies=action.copies,
                printer=self._service.parts.printer(),
                faces=tuple((photo, there[photo]) for photo in chosen),
            )
            if await self._ordered(order):
                return True
            view = replace(view, failed=True)

    def _new_order(self, kind: DeliveryKind, photos: Sequence[PhotoId]) -> Order:
        return Order(uuid4().hex, kind, tuple(photos), self._service.language)

    async def _ordered(self, order: Order) -> bool:
        """Put an order into the outbox and say so; False when the database is away."""
        parts, session = self._service.parts, self._service.session
        if session is None:
            return False

        def work() -> tuple[GuestDelivery, ...]:
            parts.desk.order(parts.event.id, session, order)
            return tuple(parts.desk.deliveries(session))

        try:
            self.deliveries = await self._service.done(work)
        except TryAgainError:
            return False
        self._service.stage.show(OrderedView(order.kind, self.deliveries))
        action = await self._next(_SHOWN_FOR)
        if isinstance(action, Finish):
            raise VisitEndedError(SessionOutcome.FINISHED)
        return True


def _left(action: Action) -> bool:
    if isinstance(action, Finish):
        raise VisitEndedError(SessionOutcome.FINISHED)
    return False


def _checked(typed: Sequence[str], view: MailView) -> tuple[tuple[str, ...], MailView]:
    """Return the addresses as they are stored, none where the view now says what is wrong."""
    given = [one for one in typed if one.strip()]
    if len(given) > MOST_ADDRESSES:
        return (), replace(view, problem=AddressProblem.TOO_MANY, wrong="")
    addresses: dict[str, None] = {}
    for one in given or [""]:
        try:
            addresses[check_address(one)] = None
        except UsageError:
            return (), replace(view, problem=AddressProblem.NOT_AN_ADDRESS, wrong=one)
    return tuple(addresses), replace(view, problem=AddressProblem.NONE, wrong="")


def _may_print(action: Print, left: int | None) -> bool:
    wanted = len(action.photos) * action.copies
    return wanted > 0 and action.copies > 0 and (left is None or wanted <= left)
