"""An event: a set of photos from one source, searched together."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from eventsnap_desktop.domain.errors import UsageError

EventId = NewType("EventId", int)

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Event:
    """One event as the index knows it.

    ``model_pack`` is the digest of the pack whose vectors the event holds, or None while it holds
    none. ``source`` is a URI without secrets, or "" while none was given.
    """

    id: EventId
    code: str
    name: str
    source: str
    model_pack: str | None
    created_at: datetime
    keep_until: datetime | None


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How far an event is: photos by state, and its faces."""

    pending: int
    encoded: int
    failed: int
    gone: int
    without_faces: int
    faces: int

    @property
    def known_photos(self) -> int:
        """How many photos the index knows, those that left their source among them."""
        return self.pending + self.encoded + self.failed + self.gone


def checked_code(text: str) -> str:
    """Return an event code as it is stored, or raise UsageError saying what a code may be."""
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise UsageError(
            f"“{text}” cannot be an event code",
            "Use up to 64 letters, digits, dots, dashes or underscores, and none of the last three "
            "at the beginning.",
        )
    return code
