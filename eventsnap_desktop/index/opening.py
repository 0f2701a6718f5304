"""Opens the index: connects, checks the server, migrates, and hands out its parts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eventsnap_desktop.index.browsing import PhotoBrowser
from eventsnap_desktop.index.change_feed import ChangeFeed
from eventsnap_desktop.index.coverage import CoverageDesk
from eventsnap_desktop.index.database import Database, connect
from eventsnap_desktop.index.delivery_desk import DeliveryDesk
from eventsnap_desktop.index.event_desk import EventDesk
from eventsnap_desktop.index.events import Events
from eventsnap_desktop.index.every_face import EveryFace
from eventsnap_desktop.index.expiry_desk import ExpiryDesk
from eventsnap_desktop.index.faces import Faces
from eventsnap_desktop.index.guest_desk import GuestDesk
from eventsnap_desktop.index.kiosk_desk import KioskDesk
from eventsnap_desktop.index.outbox import Outbox
from eventsnap_desktop.index.photos import Photos
from eventsnap_desktop.index.schema import check_server, migrate
from eventsnap_desktop.index.share_desk import ShareDesk

_MOST_SCANNERS = 4


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one database: its events, their photos and faces, and what a window shows.

    ``faces`` leaves out hidden photos, ``every_face`` does not.
    """

    events: Events
    photos: Photos
    faces: Faces
    every_face: EveryFace
    organizing: EventDesk
    browsing: PhotoBrowser
    deliveries: DeliveryDesk
    kiosks: KioskDesk
    guests: GuestDesk
    coverage: CoverageDesk
    outbox: Outbox
    shares: ShareDesk
    changes: ChangeFeed
    expiry: ExpiryDesk


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
            yield _parts(database, faces)
        finally:
            faces.close()


def _parts(database: Database, faces: Faces) -> Index:
    return Index(
        events=Events(database),
        photos=Photos(database),
        faces=faces,
        every_face=EveryFace(faces),
        organizing=EventDesk(database),
        browsing=PhotoBrowser(database),
        deliveries=DeliveryDesk(database),
        kiosks=KioskDesk(database),
        guests=GuestDesk(database),
        coverage=CoverageDesk(database),
        outbox=Outbox(database),
        shares=ShareDesk(database),
        changes=ChangeFeed(database),
        expiry=ExpiryDesk(database),
    )
