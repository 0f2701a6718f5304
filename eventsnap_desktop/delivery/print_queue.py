"""What a print queue can do, whichever system it belongs to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import Image

from eventsnap_desktop.domain.outgoing import PrintLayout


class PrintState(StrEnum):
    """Where a sheet stands that was handed over."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    CANCELLED = "cancelled"  # by somebody at the print server
    FAILED = "failed"  # the queue gave it up
    LOST = "lost"  # its queue was removed, and it with it


class Recall(StrEnum):
    """What came of taking a title back."""

    NOTHING = "nothing"  # there was none, or it had been taken back before
    BACK = "back"  # it waited, and surely is not printed any more
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be printed so many times. ``title`` is its alone, and the same at every try.

    ``page`` has its bleed (print_render.py).
    """

    title: str
    layout: PrintLayout
    page: Image.Image
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Handed:
    """A sheet that a queue has. ``queue`` is where it is, which another process may have chosen."""

    title: str
    queue: str
    number: int
    state: PrintState


@dataclass(frozen=True, slots=True)
class Condition:
    """How a queue is: ``problem`` keeps it from printing, ``doubt`` may; both "" for nothing.

    ``waiting`` is how many jobs it has, whoever's.
    """

    problem: str = ""
    doubt: str = ""
    waiting: int = 0


class PrintQueue(Protocol):
    """One queue. Methods raise NotNowError when its server does not answer, and never wait long."""

    @property
    def name(self) -> str:
        """What people call it."""

    def condition(self) -> Condition:
        """Return how it is now."""

    def find(self, title: str) -> Handed | None:
        """Return the sheet of this title if it has been handed over and not been taken back."""

    def hand_over(self, sheet: Sheet) -> Handed:
        """Hand a sheet over, once: where its title is known already, that one is returned.

        NotNowError when the queue takes nothing at the moment, NeverError when it never will.
        """

    def look(self, handed: Handed) -> Handed:
        """Return where a sheet stands now."""

    def take_back(self, handed: Handed) -> bool:
        """Cancel a sheet; True when it surely is not printed any more, and was not."""

    def recall(self, title: str) -> Recall:
        """Cancel whatever there is of this title."""

    def help_along(self) -> None:
        """Resume the queue if the system paused it for an error and nobody did."""
