"""Opens the index: connects, checks the server, migrates, and hands out its three parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eventsnap_desktop.index.database import Database, connect
from eventsnap_desktop.index.events import Events
from eventsnap_desktop.index.faces import Faces
from eventsnap_desktop.index.photos import Photos
from eventsnap_desktop.index.schema import check_server, migrate


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one database: its events, their photos and faces."""

    events: Events
    photos: Photos
    faces: Faces


@contextmanager
def open_index(url: str) -> Iterator[Index]:
    """Open the database at ``url`` (postgresql://...) and bring its schema up to date.

    Raises DatabaseAwayError when it does not answer, DatabaseRefusedError when it cannot be used:
    too old, no pgvector, no rights, a wrong password, a newer schema than the program's.
    """
    with connect(url) as connection:
        check_server(connection)
        migrate(connection)
    with Database(url) as database:
        yield Index(Events(database), Photos(database), Faces(database))
