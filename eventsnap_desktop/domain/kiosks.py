"""A kiosk as the organizer sees it, and what can be set for the kiosks of an event."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class KioskState(StrEnum):
    """What a kiosk does right now."""

    IDLE = "idle"
    IN_SESSION = "in_session"
    PAUSED = "paused"
    CAMERA_LOST = "camera_lost"
    PRINTER_PROBLEM = "printer_problem"
    WAITING = "waiting"  # for its database or photo source
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class KioskStatus:
    """The last word of one kiosk. ``detail`` is a sentence for the staff, "" when all is well."""

    name: str
    event_code: str
    state: KioskState
    detail: str
    started_at: datetime
    heartbeat_at: datetime

    def is_silent(self, now: datetime, after: timedelta = timedelta(seconds=15)) -> bool:
        """Whether a kiosk that did not stop has not been heard of for too long."""
        return self.state is not KioskState.STOPPED and now - self.heartbeat_at > after


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a guest agrees to, in one language (a code like ``en``)."""

    language: str
    summary: str
    full_text: str


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """What can be set for the kiosks of one event; times in seconds, limits of 0 mean none.

    ``consent_version`` goes into each consent's record and changes with the texts. ``pin_hash`` is
    made by flows/staff_pin.py; "" means that staff cannot leave the kiosk by PIN. ``accent`` is a
    colour like ``#c2410c``; ``logo`` the path of a picture, "" for none. ``browse_without_face``
    lets guests who do not agree to face search look through photos by time. A photo of the first
    screen stays for ``slideshow_seconds``; a paused kiosk says it is back in ``pause_minutes``.
    ``prints_a_guest`` and ``prints_an_event`` count sheets of paper: one with two strips is one.
    """

    greeting: str = ""
    organizer_name: str = ""
    accent: str = ""
    logo: str = ""
    languages: tuple[str, ...] = ("en", "de")
    consent_version: str = "1"
    consent_texts: tuple[ConsentText, ...] = field(default_factory=tuple)
    browse_without_face: bool = False
    idle_seconds: int = 45
    session_seconds: int = 300
    email_enabled: bool = True
    print_enabled: bool = True
    share_enabled: bool = True
    prints_a_guest: int = 2
    prints_an_event: int = 0
    photos_a_mail: int = 50
    pin_hash: str = ""
    slideshow_seconds: int = 8
    pause_minutes: int = 5

    def sheets_left(self, guest: int, event: int) -> int | None:
        """Return how many sheets may still be printed, None for as many as they like.

        ``guest`` are those that one guest asked for, ``event`` those of all guests.
        """
        limits = ((self.prints_a_guest, guest), (self.prints_an_event, event))
        left = [limit - used for limit, used in limits if limit]
        return max(0, min(left)) if left else None
