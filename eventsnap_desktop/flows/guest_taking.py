"""How photos are taken along: the wish is asked for, checked, and put into the outbox."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol
from uuid import uuid4

from eventsnap_desktop.delivery.addresses import check_address
from eventsnap_desktop.delivery.print_layout import photos_a_sheet
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import TryAgainError, UsageError
from eventsnap_desktop.domain.guests import (
    GalleryPhoto,
    GuestDelivery,
    Order,
    PrintLimitError,
    SessionOutcome,
    TakeWays,
)
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Action, Back, Finish, Print, SendMail
from eventsnap_desktop.flows.guest_inbox import VisitEndedError
from eventsnap_desktop.flows.guest_link import GuestLink
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_views import (
    AddressProblem,
    MailView,
    OrderedView,
    PhoneView,
    PrintView,
)

MOST_ADDRESSES = 5
_SHOWN_FOR = 8.0  # seconds that the word after an order is shown


class NextAction(Protocol):
    """Waits for the guest's next action, None when so many seconds are over; news are seen to.

    ``changed`` is called after each of them.
    """

    async def __call__(
        self, seconds: float | None = None, changed: Callable[[], None] | None = None
    ) -> Action | None:
        """Return the action."""


class Taking:
    """Asks for what one way of taking photos needs; each method returns whether it was ordered."""

    def __init__(self, service: Service, next_action: NextAction) -> None:
        self._service, self._next = service, next_action
        self.deliveries: tuple[GuestDelivery, ...] = ()
        self.link = GuestLink(service)

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
        look = await self._print_look()
        view = PrintView(tuple(photos), ways.prints_left, look=look)
        order = self._new_print(look)
        there = {photo.id: photo.faces for photo in photos}
        while True:
            self._service.stage.show(view)
            action = await self._next(None)
            if isinstance(action, Back | Finish):
                return _left(action)
            if not isinstance(action, Print):
                continue
            chosen = tuple(photo for photo in action.photos if photo in there)
            faces = tuple((photo, there[photo]) for photo in chosen)
            order = replace(order, photos=chosen, copies=action.copies, faces=faces)
            if not _may_print(order, view.left):
                continue
            self._service.stage.show(replace(view, busy=True))
            try:
                if await self._ordered(order):
                    return True
                view = replace(view, failed=True, fewer=False)
            except PrintLimitError as error:  # others printed meanwhile, at another kiosk
                view = replace(view, left=error.left, failed=False, fewer=True)

    async def by_phone(self, photos: Callable[[], Sequence[GalleryPhoto]], follows: bool) -> None:
        """Show a link to photos until the guest goes back; ``photos`` returns them as they are.

        Where ``follows``, the link shows what the gallery will show while the visit lasts.
        """
        view = PhoneView(len(photos()))
        self._service.stage.show(view)
        try:
            link = await self.link.open(photos(), follows)
        except TryAgainError:
            view = replace(view, failed=True)
        else:
            view = replace(
                view,
                address=link.address,
                until=link.until,
                wifi=link.wifi,
                everywhere=link.everywhere,
            )

        def show() -> None:
            self._service.stage.show(replace(view, photos=len(photos())))

        while True:
            show()
            action = await self._next(changed=show)
            if isinstance(action, Back | Finish):
                _left(action)
                return

    async def _print_look(self) -> PrintLook:
        """Return what prints look like; the plain ones when the database is away."""
        try:
            return await self._service.done(self._service.parts.print_look)
        except TryAgainError:
            return PrintLook()

    def _new_order(self, kind: DeliveryKind, photos: Sequence[PhotoId]) -> Order:
        return Order(uuid4().hex, kind, tuple(photos), self._service.language)

    def _new_print(self, look: PrintLook) -> Order:
        parts = self._service.parts
        return replace(
            self._new_order(DeliveryKind.PRINT, ()),
            printer=parts.printer(),
            machine=parts.machine,
            page=look.page,
            photos_a_sheet=photos_a_sheet(look.settings.print_layout),
        )

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


def _may_print(order: Order, left: int | None) -> bool:
    return order.copies > 0 and order.sheets > 0 and (left is None or order.sheets <= left)
