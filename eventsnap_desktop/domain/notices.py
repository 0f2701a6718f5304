"""What a database tells whoever listens: which photos changed, or which kind of rows did."""

from dataclasses import dataclass
from enum import StrEnum

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId


class Subject(StrEnum):
    """What changed."""

    PHOTOS = "photos"
    EVENTS = "events"
    OUTBOX = "outbox"
    KIOSKS = "kiosks"
    SESSIONS = "sessions"
    SHARES = "shares"
    EVERYTHING = "everything"  # the connection was lost for a while: look again


@dataclass(frozen=True, slots=True)
class Notice:
    """One change. ``event`` is None where it concerns all, ``photos`` empty where not said."""

    subject: Subject
    event: EventId | None = None
    photos: tuple[PhotoId, ...] = ()
