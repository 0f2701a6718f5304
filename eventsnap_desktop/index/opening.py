"""Opens the index: connects, checks the server, migrates, and hands out its three parts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eventsnap_desktop.index.database import Database, connect
from eventsnap_desktop.index.events import Events
from eventsnap_desktop.index.faces import Faces
from eventsnap_desktop.index.photos import Photos
from eventsnap_desktop.index.schema import check_server, migrate

_MOST_SCANNERS = 4


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one database: its events, their photos and faces."""

    events: Events
    photos: Photos
    faces: Faces


@contextmanager
def open_index(url: str, revive: Callable[[], None] | None = None) -> Iterator[Index]:
    """Open the database at ``url`` (postgresql://...) and bring its schema up to date.

    ``revive`` is called when the database is away, before DatabaseAwayError is raised: for an
    embedded server its ``ensure_running``, so that one that was killed comes back.

    Raises DatabaseAwayError when it does not answer, DatabaseRefusedError when it cannot be used:
    too old, no pgvector, no rights, a wrong password, a newer schema than the program's.
    """
    with connect(url) as connection:
        check_server(connection)
        migrate(connection)
    scanners = min(_MOST_SCANNERS, os.cpu_count() or 1)
    with Database(url, scanners, revive) as database:
        faces = Faces(database, scanners)
        try:
            yield Index(Events(database), Photos(database), faces)
        finally:
            faces.close()
