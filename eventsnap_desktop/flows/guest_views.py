"""What a guest sees: one frozen value a screen, made by flows/guest_session.py, shown by ui/kiosk.

Texts are the screens' own, in the guest's language; here are only facts and the event's own words.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventsnap_desktop.domain.coaching import CaptureProgress
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.guests import EventGlance, GalleryPhoto, GuestDelivery, TakeWays
from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.domain.photos import PhotoId


@dataclass(frozen=True, slots=True)
class AttractView:
    """Nobody is there. ``glance`` is None while the database is away: then it opens soon."""

    greeting: str
    event_name: str
    glance: EventGlance | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """The question before the camera: the texts in all languages, placeholders filled in.

    ``can_browse``: saying no leads to photos by time; otherwise to a kind word and the staff.
    ``organizer`` is who is responsible, "" where nobody is named.
    """

    texts: tuple[ConsentText, ...]
    can_browse: bool
    organizer: str = ""


@dataclass(frozen=True, slots=True)
class DeclinedView:
    """The guest said no, and the organizer lets nobody browse: the staff help, or think again."""

    organizer: str


@dataclass(frozen=True, slots=True, eq=False)
class CaptureView:
    """The camera. ``together``: everybody in the picture is searched for, in the same photos."""

    progress: CaptureProgress
    together: bool = False


@dataclass(frozen=True, slots=True)
class SearchingView:
    """The selfies are there, the answer is not; ``slow``: it takes longer than usual."""

    slow: bool = False


class GalleryOrder(StrEnum):
    """In which order the photos come."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class GalleryView:
    """The guest's photos, in their order; ``maybe`` are to be asked about, best first.

    ``fresh`` came while the guest looks. ``offline``: the database is away, nothing new comes for
    now. ``together``: how many people all are in each photo. ``notice`` is a passing word.
    """

    photos: tuple[GalleryPhoto, ...]
    maybe: tuple[GalleryPhoto, ...] = ()
    order: GalleryOrder = GalleryOrder.NEWEST
    chosen: frozenset[PhotoId] = frozenset()
    fresh: frozenset[PhotoId] = frozenset()
    ways: TakeWays = field(default_factory=TakeWays)
    deliveries: tuple[GuestDelivery, ...] = ()
    offline: bool = False
    people: int = 1


class WhyNothing(StrEnum):
    """Why there are no photos."""

    NO_PHOTOS_YET = "no_photos_yet"
    NOT_IN_ANY = "not_in_any"
    POOR_SELFIES = "poor_selfies"


@dataclass(frozen=True, slots=True)
class NothingView:
    """None found, said kindly. It goes on looking while the guest stands there.

    ``newest`` is the time of the newest photo that was looked at; ``photos`` how many there were.
    """

    why: WhyNothing
    photos: int = 0
    newest: datetime | None = None
    people: int = 1
    can_be_told: bool = False


@dataclass(frozen=True, slots=True)
class BrowseView:
    """Photos by time, without face search: newest first, those between two hours.

    ``hours`` are the hours that have photos, newest first, ``hour`` the one chosen, None for all.
    """

    photos: tuple[GalleryPhoto, ...]
    hours: tuple[datetime, ...] = ()
    hour: datetime | None = None
    chosen: frozenset[PhotoId] = frozenset()
    ways: TakeWays = field(default_factory=TakeWays)
    deliveries: tuple[GuestDelivery, ...] = ()


class AddressProblem(StrEnum):
    """What is wrong with an e-mail address or the wish as a whole."""

    NONE = ""
    NOT_AN_ADDRESS = "not_an_address"
    TOO_MANY = "too_many"
    TOO_MANY_PHOTOS = "too_many_photos"
    NOT_STORED = "not_stored"


@dataclass(frozen=True, slots=True)
class MailView:
    """Where to send the photos. ``most_photos`` fit into one wish, 0 for no limit.

    ``told_later``: there are no photos yet; the guest will be told when there are.
    """

    photos: int
    most_photos: int = 0
    busy: bool = False
    problem: AddressProblem = AddressProblem.NONE
    wrong: str = ""
    told_later: bool = False


@dataclass(frozen=True, slots=True)
class PrintView:
    """Which photos to print how often. ``left`` is how many sheets are left, None: no limit.

    ``fewer``: others had some of them meanwhile. ``look`` is what the prints look like.
    """

    photos: tuple[GalleryPhoto, ...]
    left: int | None = None
    busy: bool = False
    failed: bool = False
    fewer: bool = False
    look: PrintLook = field(default_factory=PrintLook)


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A QR code's address for the guest's own phone; "" while it is made.

    ``everywhere``: it opens outside the event's network too.
    """

    photos: int
    address: str = ""
    until: datetime | None = None
    wifi: str = ""
    everywhere: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class OrderedView:
    """What was asked for is stored: a word of it, then back to the photos."""

    kind: DeliveryKind
    deliveries: tuple[GuestDelivery, ...]


@dataclass(frozen=True, slots=True)
class ThanksView:
    """The end of a visit; ``deliveries`` are what is still on its way."""

    deliveries: tuple[GuestDelivery, ...] = ()


@dataclass(frozen=True, slots=True)
class PausedView:
    """Staff paused the kiosk; it is ``back`` at about that time."""

    back: datetime | None = None


class WhyAway(StrEnum):
    """What the kiosk waits for."""

    DATABASE = "database"
    CAMERA = "camera"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AwayView:
    """It cannot serve for the moment; it goes on by itself. ``leave`` offers to end the visit."""

    why: WhyAway
    leave: bool = False


View = (
    AttractView
    | ConsentView
    | DeclinedView
    | CaptureView
    | SearchingView
    | GalleryView
    | NothingView
    | BrowseView
    | MailView
    | PrintView
    | PhoneView
    | OrderedView
    | ThanksView
    | PausedView
    | AwayView
)
