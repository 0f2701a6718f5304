"""The link of one visit: a guest's phone shows what their gallery shows, while they look."""

from collections.abc import Sequence

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.flows.guest_ports import PhoneLink
from eventsnap_desktop.flows.guest_service import Service


class GuestLink:
    """One for the photos on a screen. A link to all of them follows; one to some loses only."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._links: list[_Link] = []

    async def open(self, photos: Sequence[GalleryPhoto], follows: bool) -> PhoneLink:
        """Return a link to photos; where it follows it is the same again for the whole visit.

        TryAgainError when the database is away.
        """
        for one in self._links:
            if one.follows and follows:
                return one.link
        parts, session = self._service.parts, self._service.session
        phones, language = parts.phones, self._service.language
        assert phones is not None
        link = await self._service.done(
            lambda: phones.open(parts.event.id, session, photos, language)
        )
        self._links.append(_Link(link, follows, tuple(photos)))
        return link

    def follow(self, photos: Sequence[GalleryPhoto]) -> None:
        """Have the links show what the gallery does by now."""
        for number, one in enumerate(self._links):
            wanted = one.wanted(photos)
            if wanted != one.shown:
                one.shown = wanted
                self._want(f"link {number}", one, wanted)

    def wipe(self) -> None:
        """Forget the links; what they show stays as it is."""
        self._links.clear()

    def _want(self, name: str, one: "_Link", photos: tuple[GalleryPhoto, ...]) -> None:
        phones = self._service.parts.phones
        assert phones is not None
        self._service.chores.want(
            name, lambda: phones.show(one.link, photos), _nothing, one.forget_shown
        )


class _Link:
    """One link and the photos it shows, as far as is known."""

    def __init__(self, link: PhoneLink, follows: bool, photos: tuple[GalleryPhoto, ...]) -> None:
        self.link, self.follows = link, follows
        self.shown: tuple[GalleryPhoto, ...] | None = photos
        self._chosen = frozenset(photo.id for photo in photos)

    def wanted(self, photos: Sequence[GalleryPhoto]) -> tuple[GalleryPhoto, ...]:
        """Return those of the gallery's photos that it is to show."""
        return tuple(one for one in photos if self.follows or one.id in self._chosen)

    def forget_shown(self) -> None:
        """Have it shown anew the next time: the database was away."""
        self.shown = None


def _nothing(_: None) -> None:
    """Nobody is told."""
