"""Links for phones as the organizer sees them: how many work, which were opened, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

LinkId = NewType("LinkId", str)
"""Names a link to the database; nobody can open it by that."""


@dataclass(frozen=True, slots=True)
class SharedLink:
    """One link that works. ``kiosk`` is where it was made, "" for an e-mail's or a print's.

    ``opened`` tells whether a phone showed its page once.
    """

    id: LinkId
    created_at: datetime
    expires_at: datetime
    photos: int
    opened: bool
    kiosk: str


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """How many links of an event work, how many of them were opened, and until when the last does.

    ``given`` and ``given_opened`` count all that were made since a time, over or not.
    """

    working: int = 0
    opened: int = 0
    until: datetime | None = None
    given: int = 0
    given_opened: int = 0
