"""Links to a guest's photos for their own phone: made at a kiosk, kept up to date by it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from eventsnap_desktop.delivery.wifi_words import wifi_words
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import GalleryPhoto, SessionId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto, OutputSettings, ShareToken, link_lasts
from eventsnap_desktop.flows.deliver_ports import ShareDesk
from eventsnap_desktop.flows.guest_ports import PhoneLink


class PhoneLinks:
    """Fits flows/guest_ports.Phones.

    ``settings`` returns what is set for an event's output, ``address`` what a phone opens for a
    token; both may block. ``everywhere``: it opens outside the event's network too.
    """

    def __init__(
        self,
        desk: ShareDesk,
        settings: Callable[[EventId], OutputSettings],
        address: Callable[[ShareToken], str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        everywhere: bool = False,
    ) -> None:
        self._desk, self._settings, self._address, self._now = desk, settings, address, now
        self._everywhere = everywhere

    def open(
        self,
        event_id: EventId,
        session: SessionId | None,
        photos: Sequence[GalleryPhoto],
        language: str,
    ) -> PhoneLink:
        """Make a link to photos; DatabaseAwayError."""
        settings = self._settings(event_id)
        until = self._now() + link_lasts(settings)
        token = self._desk.share(event_id, session, outgoing(photos), language, until)
        wifi = wifi_words(settings.wifi_name, settings.wifi_password)
        return PhoneLink(token, self._address(token), until, wifi, self._everywhere)

    def show(self, link: PhoneLink, photos: Sequence[GalleryPhoto]) -> None:
        """Have a link show these photos instead of those before; DatabaseAwayError."""
        self._desk.show_also(link.token, outgoing(photos))


def outgoing(photos: Sequence[GalleryPhoto]) -> list[OutgoingPhoto]:
    """Return a gallery's photos as they go out."""
    return [
        OutgoingPhoto(one.id, one.key, one.width, one.height, one.time, one.faces) for one in photos
    ]
