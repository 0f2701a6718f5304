"""A backup: what it says of itself, and what it is made from."""

from dataclasses import dataclass, field
from datetime import datetime

FORMAT = 1
"""Of the file; a reader refuses those it does not know."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of the index, and the columns of its rows in their order."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SequencePosition:
    """The last number that a column's sequence gave away: none is given twice."""

    table: str
    column: str
    last: int


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as a backup lists it. ``source`` and ``logo`` stand as the index stores texts."""

    code: str
    source: str
    logo: str
    photos: int
    faces: int


@dataclass(frozen=True, slots=True)
class IndexMoment:
    """The index at one moment. ``tables`` stand so that none refers to a later one.

    ``waiting`` counts deliveries not made yet, ``size`` is about how many bytes there are to read.
    """

    schema: int
    taken_at: datetime
    tables: tuple[StoredTable, ...]
    sequences: tuple[SequencePosition, ...]
    events: tuple[StoredEvent, ...]
    waiting: int
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """What proves that a part of a backup is whole."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableContent:
    """The rows of a table in PostgreSQL's binary COPY format."""

    table: StoredTable
    rows: int
    content: Content


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a backup notes beside the index: by whom it is made, and what it does not hold.

    ``home`` is the data folder. ``secrets`` and ``environment`` are full names of settings, those
    that are secret and those set outside the config file.
    """

    program: str
    home: str
    secrets: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``files`` are small files of the data folder by their name."""

    made_at: datetime
    schema: int
    surroundings: Surroundings
    events: tuple[StoredEvent, ...]
    waiting: int
    tables: tuple[TableContent, ...]
    sequences: tuple[SequencePosition, ...]
    files: dict[str, Content] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def faces(self) -> int:
        """How many faces it holds."""
        return sum(event.faces for event in self.events)


@dataclass(frozen=True, slots=True)
class BackupProgress:
    """How far it is: what is worked on (a table, or ""), bytes done, and about how many in all."""

    part: str
    done: int
    total: int
