"""What leaves the program: one delivery to be made, its photos as they go out, what came of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.photos import PhotoId

ShareToken = NewType("ShareToken", str)
"""What a link to a guest's photos ends with: 32 random bytes, URL-safe; stored only as a hash."""


class NotNowError(TryAgainError):
    """A delivery did not work now, and is tried again; ``after`` seconds, or by the usual steps."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class NeverError(EventSnapError):
    """A delivery cannot be made as it was asked for; somebody has to look at it."""


class Attaching(StrEnum):
    """How photos go into an e-mail."""

    ORIGINAL = "original"  # as they are, over several e-mails where one is not enough
    SCALED = "scaled"  # made smaller until all fit into one e-mail
    LINK = "link"  # as a link to the guest's own page


class PrintLayout(StrEnum):
    """What a print looks like."""

    PHOTO_4X6 = "4x6"
    PHOTO_5X7 = "5x7"
    PHOTO_6X8 = "6x8"
    STRIP = "strip"  # two 2x6 inch strips of three photos, on one 4x6 sheet


@dataclass(frozen=True, slots=True)
class Branding:
    """What an event puts on what it hands out; "" for nothing. ``logo`` is a picture's path.

    ``watermark`` is a short text in a corner of photos, ``frame`` a colour like ``#ffffff`` for a
    border, ``caption`` a line under a print, such as the event's name and date.
    """

    event_name: str = ""
    organizer: str = ""
    accent: str = ""
    logo: str = ""
    watermark: str = ""
    frame: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """What can be set for what leaves an event; limits of 0 mean none.

    ``mail_megabytes`` is the most that one encoded e-mail takes, ``longer_side`` the pixels photos
    are scaled to where they are, 0 for as they are. ``keep_date`` and ``keep_camera`` say what of a
    photo's metadata stays; where it was taken never does unless ``keep_place``. ``share_hours`` is
    how long a phone's link works. ``wifi_name`` and ``wifi_password`` are of the venue's network.
    """

    attaching: Attaching = Attaching.ORIGINAL
    mail_megabytes: int = 7
    mails_a_day: int = 0
    mail_subject: str = ""
    mail_text: str = ""
    longer_side: int = 0
    watermark: str = ""
    frame: str = ""
    keep_date: bool = True
    keep_camera: bool = False
    keep_place: bool = False
    print_layout: PrintLayout = PrintLayout.PHOTO_4X6
    print_caption: str = ""
    print_logo: bool = False
    print_qr: bool = False
    share_hours: int = 72
    wifi_name: str = ""
    wifi_password: str = ""


def link_lasts(settings: OutputSettings) -> timedelta:
    """Return how long a new link works: one that is over before it is scanned helps nobody."""
    return timedelta(hours=max(settings.share_hours, 1))


@dataclass(frozen=True, slots=True)
class PrintLook:
    """What decides how a print looks, for its preview.

    ``page`` is what the link of its QR code begins with, "" where no phone could open one.
    """

    settings: OutputSettings = field(default_factory=OutputSettings)
    branding: Branding = field(default_factory=Branding)
    page: str = ""

    @property
    def has_code(self) -> bool:
        """Whether a link's QR code is on it, where the event wants one."""
        return bool(self.page)


@dataclass(frozen=True, slots=True)
class OutgoingPhoto:
    """One photo of a delivery: its key in the source, and the guests' faces in it if known."""

    id: PhotoId
    key: str
    width: int
    height: int
    taken_at: datetime
    faces: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryJob:
    """One delivery that a process has taken on. ``key`` is the same at every try.

    ``photos`` are those that may still be handed out: hidden, gone and erased ones are left out.
    ``addresses`` are an e-mail's; ``copies``, ``printer`` and ``page``, what its QR code's link
    begins with, a print's. ``prefers`` is which of its printers has nothing to do. ``told_later``:
    no photos were there; the guest is told that there are new ones. ``failing_since`` is when the
    first of the tries failed that failed one after the other, None when the last one did not.
    """

    id: DeliveryId
    key: str
    kind: DeliveryKind
    event_id: EventId
    event_code: str
    language: str
    photos: tuple[OutgoingPhoto, ...]
    created_at: datetime
    attempts: int
    addresses: tuple[str, ...] = ()
    copies: int = 1
    printer: str = ""
    page: str = ""
    prefers: str = ""
    told_later: bool = False
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PrintPlaces:
    """Whose prints somebody takes on: those that were ordered at this ``machine``.

    ``printers`` are its printers as orders name them: prints that name no machine are taken on
    where they ask for one of these, with ``others`` also those of other machines. ``but`` are
    printers, as orders name them, whose prints are left alone for now.
    """

    machine: str = ""
    printers: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    others: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A print that is not to be made any more, and whose sheets may wait at a print server.

    ``photos`` are all that were asked for, also those that may not be handed out any more.
    """

    id: DeliveryId
    key: str
    printer: str
    photos: tuple[PhotoId, ...]
    copies: int = 1


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking a print back, in sheets: ``back`` waited, ``out`` are printed."""

    back: int = 0
    out: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A link to photos: until when it works, and what it shows. ``event_id`` is whose photos."""

    event_id: EventId
    event_code: str
    language: str
    photos: tuple[OutgoingPhoto, ...]
    expires_at: datetime
    branding: Branding = field(default_factory=Branding)
