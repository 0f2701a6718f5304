"""Photos in the database: brought in line with their source, handed out, and written back."""

from collections.abc import Iterable, Sequence
from threading import Lock

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import EventBusyError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.photos import (
    PendingPhoto,
    PhotoId,
    PhotoResult,
    SourcePhoto,
    SyncCounts,
)
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.lease import Lease
from eventsnap_desktop.index.listing import compare_listing, copy_listing
from eventsnap_desktop.index.notices import notice_of, notices
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.results import sort_results, store_results
from eventsnap_desktop.index.text import from_stored, to_stored


class Encoding:
    """The time during which a process encodes an event."""

    def __init__(self, photos: "Photos", event_id: EventId) -> None:
        self._photos, self._event_id = photos, event_id

    def __enter__(self) -> None:
        self._photos.begin_encoding(self._event_id)

    def __exit__(self, *exc: object) -> None:
        self._photos.end_encoding(self._event_id)


class Photos:
    """The photos of one database; fits the flows' PhotoIndex.

    Every method may raise DatabaseAwayError, and can then be repeated: whether the first call was
    committed or not, the outcome is the same.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("photos")
        self._leases: dict[EventId, Lease] = {}
        self._guard = Lock()

    def encoding(self, event_id: EventId) -> "Encoding":
        """Hold the event for encoding; EventBusyError when anybody else does.

        The server frees it when this process ends, however it ends. After a restart of the server
        the calls inside take it again before they change anything; EventBusyError there means that
        another process was faster. Entering it may be tried again after DatabaseAwayError.
        """
        return Encoding(self, event_id)

    def begin_encoding(self, event_id: EventId) -> None:
        """Take the event for encoding; what ``encoding`` does when it is entered."""
        lease = Lease(self._database.address, event_id)
        with self._guard:
            if event_id in self._leases:
                raise EventBusyError("The event is already being encoded by this program")
            self._leases[event_id] = lease
        try:
            self._hold(event_id)
        except BaseException:
            self.end_encoding(event_id)
            raise

    def end_encoding(self, event_id: EventId) -> None:
        """Give the event back; never raises."""
        with self._guard:
            lease = self._leases.pop(event_id, None)
        if lease is not None:
            lease.release()

    def sync(
        self, event_id: EventId, listing: Iterable[SourcePhoto], max_attempts: int
    ) -> SyncCounts:
        """Bring the photo rows in line with a complete listing, in one transaction.

        New and changed keys become pending, missing ones gone, failed ones with fewer than
        ``max_attempts`` attempts pending again. An unchanged event changes no row. The listing
        is streamed; what it raises comes through, and nothing is changed then.
        """
        self._hold(event_id)
        with self._database.transaction() as connection:
            copy_listing(connection, listing)
            self._lock(connection, event_id)
            counts, gone = compare_listing(connection, event_id, max_attempts)
            self._notify(connection, event_id, gone)
            if counts.new or counts.changed:  # one word for them all: a listing may bring 50,000
                told = [notice_of(Subject.PHOTOS, event_id)]
                connection.execute(self._sql["notify"], {"payloads": told})
        return counts

    def sync_one(self, event_id: EventId, photo: SourcePhoto) -> bool:
        """Bring one photo's row in line (a hint came); return whether it is pending now."""
        sql = queries("sync")
        values = {
            "event": event_id,
            "key": to_stored(photo.key),
            "etag": to_stored(photo.etag),
            "bytes": photo.size,
            "modified": photo.modified,
        }
        self._hold(event_id)
        with self._database.transaction() as connection:
            self._lock(connection, event_id)
            row = connection.execute(sql["find_one"], values).fetchone()
            if row is not None and row[0] == values["etag"] and row[1] != "gone":
                return bool(row[1] == "pending")
            connection.execute(sql["store_one"], values)
        return True

    def mark_gone(self, event_id: EventId, photo_id: PhotoId) -> None:
        """Note that a photo vanished from the source; its faces leave with it."""
        values = {"event": event_id, "photo": photo_id, "photos": [photo_id]}
        self._hold(event_id)
        with self._database.transaction() as connection:
            self._lock(connection, event_id)
            if connection.execute(self._sql["mark_gone"], values).fetchone() is not None:
                connection.execute(self._sql["delete_faces"], values)
                self._notify(connection, event_id, [photo_id])

    def next_pending(
        self, event_id: EventId, limit: int, without: Sequence[PhotoId]
    ) -> list[PendingPhoto]:
        """Return pending photos, newest first, leaving out those in work."""
        values = {"event": event_id, "limit": limit, "without": list(without)}
        self._hold(event_id)
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["next_pending"], values).fetchall()
        return [_to_pending(row) for row in rows]

    def pending_among(
        self, event_id: EventId, keys: Sequence[str], without: Sequence[PhotoId]
    ) -> list[PendingPhoto]:
        """Return those of some keys that are pending, newest first, without those in work."""
        values = {
            "event": event_id,
            "keys": [to_stored(key) for key in keys],
            "without": list(without),
        }
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["pending_among"], values).fetchall()
        return [_to_pending(row) for row in rows]

    def count_pending(self, event_id: EventId) -> int:
        """Return how many photos wait."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["count_pending"], {"event": event_id}).fetchone()
        return 0 if row is None else int(row[0])

    def write(self, event_id: EventId, results: Sequence[PhotoResult]) -> None:
        """Store results in one transaction: each photo's faces replace those before, and NOTIFY.

        A result counts only while its photo waits with the etag it was taken into work with. So
        a photo that changed meanwhile stays pending, and a repeated call writes nothing twice.
        """
        self._hold(event_id)
        values = {"event": event_id, "photos": [result.photo.id for result in results]}
        with self._database.transaction() as connection:
            self._lock(connection, event_id)
            rows = connection.execute(self._sql["waiting"], values)
            waiting = {number: (etag, content) for number, etag, content in rows}
            sorted_ = sort_results(results, waiting)
            store_results(connection, event_id, sorted_)
            self._notify(connection, event_id, sorted_.replaced)

    def _hold(self, event_id: EventId) -> None:
        with self._guard:
            lease = self._leases.get(event_id)
        if lease is not None:
            with self._database.reviving():
                lease.ensure()

    def _lock(self, connection: Connection[TupleRow], event_id: EventId) -> None:
        connection.execute(self._sql["lock_event"], {"event": event_id})
        if connection.execute(self._sql["event_exists"], {"event": event_id}).fetchone() is None:
            raise deleted_event()

    def _notify(
        self, connection: Connection[TupleRow], event_id: EventId, photos: Sequence[int]
    ) -> None:
        if photos:
            connection.execute(self._sql["notify"], {"payloads": notices(event_id, photos)})


def _to_pending(row: TupleRow) -> PendingPhoto:
    number, key, etag, content = row
    return PendingPhoto(PhotoId(number), from_stored(key), from_stored(etag), content)
