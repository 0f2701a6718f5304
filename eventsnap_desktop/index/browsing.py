"""Photos as a person looks through them: listed, shown, hidden, tried again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.browsing import FailureGroup, PhotoFilter, PhotoRow, StoredFace
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.notices import notices
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored
from eventsnap_desktop.index.text_search import any_case


class PhotoBrowser:
    """The photos of one database to look through; fits the flows' PhotoBrowser.

    Every method may raise DatabaseAwayError, and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("browsing")

    def list_ids(self, event_id: EventId, which: PhotoFilter) -> NDArray[np.int64]:
        """Return the ids of the photos that fit, newest first: int64 (n,). Gone ones never fit."""
        values = {
            "event": event_id,
            "kind": which.kind,
            "part": any_case(to_stored(which.text)) or None,
            "since": which.since,
            "until": which.until,
        }
        with (
            self._database.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            row = cursor.execute(self._sql["list_ids"], values).fetchone()
        ids = b"" if row is None or row[0] is None else row[0]
        return np.frombuffer(ids, ">i8").astype(np.int64)

    def rows(self, event_id: EventId, photos: Sequence[PhotoId]) -> list[PhotoRow]:
        """Return some photos, in any order; those that are not there any more are left out."""
        # int() because the ids may come out of the array of list_ids.
        values = {"event": event_id, "photos": [int(photo) for photo in photos]}
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["rows"], values).fetchall()
        return [_to_row(row) for row in rows]

    def find(self, event_id: EventId, key: str) -> PhotoRow | None:
        """Return the photo of a key, or None, also when it left the source."""
        values = {"event": event_id, "key": to_stored(key)}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["find"], values).fetchone()
        return None if row is None else _to_row(row)

    def faces(self, event_id: EventId, photo: PhotoId) -> list[StoredFace]:
        """Return the faces stored for one photo, from left to right."""
        values = {"event": event_id, "photo": int(photo)}
        with (
            self._database.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            rows = cursor.execute(self._sql["faces"], values).fetchall()
        return [_to_face(row) for row in rows]

    def set_hidden(self, event_id: EventId, photos: Sequence[PhotoId], hidden: bool) -> int:
        """Hide photos from every gallery and search, or show them again; return how many changed.

        Listeners are told about the photos that changed, in the same transaction.
        """
        chosen = [int(photo) for photo in photos]
        return self._change("set_hidden", event_id, {"photos": chosen, "hidden": hidden})

    def set_slideshow(self, event_id: EventId, photos: Sequence[PhotoId], on: bool) -> int:
        """Approve photos for the kiosks' first screen, or take that back; return how many changed.

        Listeners are told as of hidden ones. A photo whose bytes change is no longer approved.
        """
        chosen = [int(photo) for photo in photos]
        return self._change("set_slideshow", event_id, {"photos": chosen, "on": on})

    def retry(self, event_id: EventId, photos: Sequence[PhotoId] | None) -> int:
        """Make failed photos pending with no attempt counted, all for None; return how many."""
        chosen = None if photos is None else [int(photo) for photo in photos]
        return self._change("retry", event_id, {"photos": chosen, "reason": None})

    def failures(self, event_id: EventId) -> list[FailureGroup]:
        """Return the reasons why photos failed, most frequent first."""
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["failures"], {"event": event_id}).fetchall()
        return [FailureGroup(from_stored(reason), count) for reason, count in rows]

    def retry_reason(self, event_id: EventId, reason: str) -> int:
        """Make the photos that failed for one reason pending; return how many."""
        return self._change("retry", event_id, {"photos": None, "reason": to_stored(reason)})

    def _change(self, query: str, event_id: EventId, values: dict[str, object]) -> int:
        """Change photos under the event's lock and tell listeners which; return how many."""
        shared = queries("photos")
        with self._database.transaction() as connection:
            connection.execute(shared["lock_event"], {"event": event_id})
            rows = connection.execute(self._sql[query], {"event": event_id, **values}).fetchall()
            if rows:
                payloads = notices(event_id, [row[0] for row in rows])
                connection.execute(shared["notify"], {"payloads": payloads})
        return len(rows)


def _to_row(row: TupleRow) -> PhotoRow:
    number, key, etag, state, hidden, faces, size, width, height, time, failure, slideshow = row
    return PhotoRow(
        id=PhotoId(number),
        key=from_stored(key),
        etag=from_stored(etag),
        state=PhotoState(state),
        hidden=hidden,
        face_count=faces,
        bytes=size,
        width=width,
        height=height,
        time=time,
        failure=None if failure is None else from_stored(failure),
        slideshow=slideshow,
    )


def _to_face(row: TupleRow) -> StoredFace:
    number, box, landmarks, score, quality, embedding = row
    return StoredFace(
        id=FaceId(number),
        box=Box(*box),
        landmarks=np.array(landmarks, np.float32).reshape(5, 2),
        score=score,
        quality=quality,
        embedding=embedding.to_numpy().astype(np.float32),
    )
