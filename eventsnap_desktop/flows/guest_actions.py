"""What a guest does on a screen: one frozen value an action, made by ui/kiosk."""

from dataclasses import dataclass
from datetime import datetime

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_views import GalleryOrder


@dataclass(frozen=True, slots=True)
class Start:
    """Begins a visit."""


@dataclass(frozen=True, slots=True)
class Agree:
    """Yes to the consent text that was read in ``language``."""

    language: str


@dataclass(frozen=True, slots=True)
class Decline:
    """No to face search."""


@dataclass(frozen=True, slots=True)
class Back:
    """To the screen before."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The guest is done."""


@dataclass(frozen=True, slots=True)
class Shutter:
    """Take the picture by countdown, however the coach likes it."""


@dataclass(frozen=True, slots=True)
class Retake:
    """Throw the selfies away and begin anew."""


@dataclass(frozen=True, slots=True)
class Together:
    """Search for everybody in the picture, or for one person again."""

    on: bool


@dataclass(frozen=True, slots=True)
class IsMe:
    """Whether a photo that may show the guest does."""

    photo: PhotoId
    yes: bool


@dataclass(frozen=True, slots=True)
class Sort:
    """Another order."""

    order: GalleryOrder


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose photos, or choose them no more."""

    photos: tuple[PhotoId, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class ShowHour:
    """Browse the photos of one hour, all for None."""

    hour: datetime | None


@dataclass(frozen=True, slots=True)
class Take:
    """Take the chosen photos, all where none is chosen, in one way."""

    kind: DeliveryKind


@dataclass(frozen=True, slots=True)
class SendMail:
    """To these addresses, as they were typed."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """So many copies of each photo."""

    photos: tuple[PhotoId, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class TellMe:
    """None was found: tell me by mail when there are some."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """The guest has not left."""


Action = (
    Start
    | Agree
    | Decline
    | Back
    | Finish
    | Shutter
    | Retake
    | Together
    | IsMe
    | Sort
    | Choose
    | ShowHour
    | Take
    | SendMail
    | Print
    | TellMe
    | StillHere
)
