"""What a guest's session needs of the index, the camera, the models and the screens."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from eventsnap_desktop.domain.arrays import BgrImage, Embedding
from eventsnap_desktop.domain.coaching import SeenFrame
from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.guests import (
    ConsentId,
    EventGlance,
    GalleryPhoto,
    GuestDelivery,
    Order,
    SessionId,
    SessionOutcome,
    TakeWays,
)
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.domain.outgoing import ShareToken
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.guest_views import View

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Work = Callable[[Callable[[Any], None], Cancel], R]


class Running(Protocol[R_co]):
    """A piece of work on another thread, awaited for its result."""

    def __await__(self) -> Generator[Any, None, R_co]:
        """Wait for the result; raises what the work raised."""

    def cancel(self) -> None:
        """Ask the work to stop, and forget it."""


class Runner(Protocol):
    """Runs work beside the session: ui/bridge/jobs in a window, threads in a test."""

    def run(
        self, work: Work[R], lane: str, progress: Callable[[Any], None] | None = None
    ) -> Running[R]:
        """Begin work on a lane; ``progress`` is told on the session's thread."""


class Stage(Protocol):
    """Where a session shows what it has to show; called on the session's thread only."""

    def show(self, view: View) -> None:
        """Show a view instead of the one before."""

    def count_down(self, seconds: int | None) -> None:
        """Show how soon the visit ends by itself, None for not soon."""

    def wipe(self) -> None:
        """Forget everything of the guest: pictures, addresses, screens."""


class GuestDesk(Protocol):
    """What a kiosk writes and reads of visits. Every method may raise DatabaseAwayError."""

    def glance(self, event_id: EventId) -> EventGlance:
        """Return what the first screen says of an event."""

    def kiosk_settings(self, event_id: EventId) -> KioskSettings:
        """Return what is set for the event's kiosks now."""

    def consent(self, event_id: EventId, kiosk: str, version: str, language: str) -> ConsentId:
        """Record that consent was given: no name, no picture, no face."""

    def begin(self, event_id: EventId, kiosk: str, consent: ConsentId | None) -> SessionId:
        """Record that a visit began."""

    def end(self, session: SessionId, matches: int | None, outcome: SessionOutcome) -> None:
        """Record how a visit ended; a second time changes nothing."""

    def photos(self, event_id: EventId, photos: Sequence[PhotoId]) -> list[GalleryPhoto]:
        """Return some photos for a gallery, in any order; hidden and gone ones are left out."""

    def browse(
        self, event_id: EventId, since: datetime | None, until: datetime | None, limit: int
    ) -> list[GalleryPhoto]:
        """Return photos of a time, newest first, without hidden ones."""

    def hours(self, event_id: EventId) -> list[datetime]:
        """Return the hours that have photos, newest first, timezone-aware."""

    def order(self, event_id: EventId, session: SessionId, order: Order) -> DeliveryId:
        """Put a wish into the outbox; the same ``key`` again returns the same delivery.

        PrintLimitError where it is a print of more sheets than are left.
        """

    def deliveries(self, session: SessionId) -> list[GuestDelivery]:
        """Return what a visit asked for, oldest first."""

    def prints(self, event_id: EventId, session: SessionId) -> tuple[int, int]:
        """Return the sheets of paper asked for by this visit, and by all of the event."""


class GuestFaces(Protocol):
    """Search among the faces of one event."""

    def search(self, event_id: EventId, template: Embedding, threshold: float) -> list[FoundFace]:
        """Return every face at or above the threshold, best first; exact, nothing left out."""

    def search_photos(
        self, event_id: EventId, template: Embedding, threshold: float, photos: Sequence[PhotoId]
    ) -> list[FoundFace]:
        """Return the same among the faces of some photos only."""

    def count_faces(self, event_id: EventId) -> int:
        """Return how many faces a search looks at."""


class Looker(Protocol):
    """Looks at camera pictures: quickly for the coach, fully for a selfie. Any thread."""

    def look(self, image: BgrImage) -> SeenFrame:
        """Find and measure the faces of BGR uint8 (h, w, 3), most prominent first; no vectors."""

    def encode(self, image: BgrImage) -> EncodedSelfie:
        """Return the picture's faces with their vectors, as `--match` gets them of a file."""


class CameraFeed(Protocol):
    """The camera of this kiosk while it films: its newest picture, for the coach."""

    def film(self, cancel: Cancel) -> None:
        """Film until ``cancel``, showing every picture on the screen; reconnects by itself."""

    def newest(self, wait: float) -> BgrImage | None:
        """Return a picture not returned before, None when none comes in ``wait`` seconds."""

    @property
    def problem(self) -> str:
        """Why there is no picture for now, "" when there is."""

    def wipe(self) -> None:
        """Forget the last picture, here and on the screen."""


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A link to photos: what a phone opens, until when, and the words it joins the Wi-Fi by.

    ``everywhere``: it opens outside the event's network too.
    """

    token: ShareToken
    address: str
    until: datetime
    wifi: str = ""
    everywhere: bool = False


class Phones(Protocol):
    """Makes links to photos for guests' own phones. Methods may raise DatabaseAwayError."""

    def open(
        self,
        event_id: EventId,
        session: SessionId | None,
        photos: Sequence[GalleryPhoto],
        language: str,
    ) -> PhoneLink:
        """Make a link to photos."""

    def show(self, link: PhoneLink, photos: Sequence[GalleryPhoto]) -> None:
        """Have a link show these photos instead of those before."""


class Ways(Protocol):
    """Tells how photos can leave at this moment."""

    def ways(self, settings: KioskSettings) -> TakeWays:
        """Return what works now, without the guest's own limits; may take a second."""
