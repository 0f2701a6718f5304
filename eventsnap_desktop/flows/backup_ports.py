"""What backup and restore need of the index; it fits without knowing it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from eventsnap_desktop.domain.backups import IndexMoment, SequencePosition, StoredTable


class IndexSnapshot(Protocol):
    """The index as it is at one moment."""

    moment: IndexMoment

    def copy_out(self, table: StoredTable, write: Callable[[bytes], object]) -> int:
        """Hand a table's rows to ``write`` in blocks; return how many. DatabaseAwayError."""


class IndexLoading(Protocol):
    """An index without events that is filled: with everything, or with nothing after an error."""

    def begin(self, version: int) -> None:
        """Make the tables of a version of the schema; EventSnapError where there are events."""

    def copy_in(self, table: StoredTable, blocks: Iterable[bytes]) -> int:
        """Write a table's rows but those of events that are over; return how many."""

    def finish(
        self, positions: Sequence[SequencePosition], sources: Mapping[str, str], hold: bool
    ) -> tuple[int, int]:
        """Bring the schema up to date; return how many deliveries wait and how many are held."""

    def event_codes(self) -> frozenset[str]:
        """Return the codes of the events that were not over."""
