"""What the organizer's window needs of the links for phones, and of the page behind them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.shared_links import LinkFigures, LinkId, SharedLink


class LinkDesk(Protocol):
    """The links of events. Every method may raise DatabaseAwayError."""

    def links(self, event_id: EventId, limit: int) -> list[SharedLink]:
        """Return the links that work, newest first."""

    def figures(self, event_id: EventId, since: datetime) -> LinkFigures:
        """Return how many links work, and how many were made since a time."""

    def end(self, event_id: EventId, links: Sequence[LinkId]) -> int:
        """Have some links not work any more; return how many did."""


class PhonePage(Protocol):
    """The page for phones as this program serves it."""

    @property
    def is_wanted(self) -> bool:
        """Whether phones are to be answered at all, by the settings."""

    @property
    def is_running(self) -> bool:
        """Whether phones are answered, by us or by another program of this machine."""

    @property
    def is_own(self) -> bool:
        """Whether it is we who answer, where phones are answered."""

    @property
    def address(self) -> str:
        """What links begin with, "" while none works; may take some milliseconds."""

    @property
    def stuck_at(self) -> datetime | None:
        """When it last had to be started again because it did not answer; None for never."""

    @property
    def problem(self) -> str:
        """Why phones are not answered, "" when they are or are not meant to be."""
