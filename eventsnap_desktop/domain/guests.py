"""A guest at a kiosk: the photos they are shown, what they ask for, and how their visit ends."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import NewType

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.photos import PhotoId

ConsentId = NewType("ConsentId", int)
SessionId = NewType("SessionId", int)


class SessionOutcome(StrEnum):
    """How a visit ended."""

    FINISHED = "finished"
    WALKED_AWAY = "walked_away"
    TIME_UP = "time_up"
    NOTHING_FOUND = "nothing_found"
    STAFF = "staff"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GalleryPhoto:
    """A photo as a gallery shows it.

    ``time`` is when it was taken, or else when its file was modified; ``width`` and ``height`` are
    pixels of the upright photo. ``faces`` are the guests' own ones in it, in the same pixels; it is
    empty where somebody browses without face search, and ``band`` is None then.
    """

    id: PhotoId
    key: str
    etag: str
    time: datetime
    width: int
    height: int
    similarity: float = 0.0
    band: Band | None = None
    faces: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeWays:
    """How photos can leave at this moment. ``print_problem`` is for the staff, "" for none.

    ``prints_left`` is how many sheets this guest may still have, None for no limit.
    """

    email: bool = False
    print: bool = False
    phone: bool = False
    print_problem: str = ""
    prints_left: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a guest asked for. ``key`` makes it one delivery however often it is sent.

    ``addresses`` are those of an e-mail, the rest belongs to a print. ``printer`` is one of the
    ``machine``, which is to print it. ``faces`` are where the guests' own ones are in its photos,
    for what a print shows of a photo; ``page`` is what the link of its QR code begins with.
    """

    key: str
    kind: DeliveryKind
    photos: tuple[PhotoId, ...]
    language: str
    addresses: tuple[str, ...] = ()
    copies: int = 1
    printer: str = ""
    machine: str = ""
    page: str = ""
    photos_a_sheet: int = 1
    faces: tuple[tuple[PhotoId, tuple[Box, ...]], ...] = ()

    @property
    def sheets(self) -> int:
        """How many sheets of paper a print takes: what its limits count."""
        return ceil(len(self.photos) / self.photos_a_sheet) * self.copies


class PrintLimitError(EventSnapError):
    """A print takes more sheets than are ``left`` of what a guest and the event may print."""

    def __init__(self, left: int) -> None:
        super().__init__(f"Only {left} more sheets may be printed")
        self.left = left


@dataclass(frozen=True, slots=True)
class GuestDelivery:
    """How far something is that a guest asked for; ``paused`` when the organizer holds it back.

    ``detail`` is what the process that makes it says, "" for nothing.
    """

    id: DeliveryId
    kind: DeliveryKind
    state: DeliveryState
    photos: int
    attempts: int
    paused: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EventGlance:
    """What the first screen says of an event: photos that can be found, and the newest one's time.

    ``slideshow`` are photos that the organizer approved for being shown to everybody.
    """

    photos: int
    newest: datetime | None
    slideshow: tuple[GalleryPhoto, ...]
