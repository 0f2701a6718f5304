"""Searches among the faces of one event: exact, by similarity, nothing left out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise
from threading import Lock
from typing import TypeAlias

import numpy as np
from pgvector import HalfVector
from psycopg import ClientCursor, Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.notices import notices
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored

# The server compares with the template in half precision: each of its numbers is off by at most
# 2**-11 of itself, hence a similarity of unit vectors by at most 2**-11. The server therefore
# looks a little below the threshold, and the similarity is computed again from the full template.
_HALF_PRECISION = 2.0**-10


# Below so many blocks of 8 kB (some 6,000 faces) one connection is as fast as several.
_BLOCKS_WORTH_SHARING = 1000

_Share: TypeAlias = tuple[int, int]
"""A range of face ids, the second one left out."""

_LAST_ID = 2**63 - 1


class Faces:
    """The faces of one database; fits the flows' FaceIndex.

    A search is shared between ``scanners`` connections, each with its part of the event's faces.
    Measured with 100,000 faces on two cores: 35 ms by one connection in the order of the table,
    26 ms newest first, 25 ms by PostgreSQL's own parallel scan, which starts its workers anew
    each time (benchmarks/search.py).
    """

    def __init__(self, database: Database, scanners: int) -> None:
        self._database = database
        self._sql = queries("faces")
        self._scanners = scanners
        self._helpers = ThreadPoolExecutor(max(1, scanners - 1), thread_name_prefix="search")
        # One search at a time has helpers, so that searches never wait for each other's.
        self._may_share = Lock()
        self._in_memory: set[EventId] = set()

    def close(self) -> None:
        """End the threads that help searching."""
        self._helpers.shutdown()

    def search(
        self, event_id: EventId, template: Embedding, threshold: float, hidden: bool = False
    ) -> list[FoundFace]:
        """Return every face at or above the threshold, best first; exact, nothing left out.

        ``template`` is float32 (512,), normalised; ``threshold`` is a cosine similarity. Faces of
        hidden photos are found only where ``hidden`` is set.
        """
        values = {
            "event": event_id,
            "hidden": hidden,
            "template": HalfVector(template),
            "limit": _HALF_PRECISION - threshold,
        }
        if event_id not in self._in_memory:
            rows = self._read_in(values)
            self._in_memory.add(event_id)
        elif self._may_share.acquire(blocking=False):
            try:
                rows = self._search(values, self._scanners)
            finally:
                self._may_share.release()
        else:
            rows = self._search(values, 1)
        return _found(rows, template, threshold) if rows else []

    def search_photos(
        self, event_id: EventId, template: Embedding, threshold: float, photos: Sequence[PhotoId]
    ) -> list[FoundFace]:
        """Return the same as ``search`` among the faces of some photos, hidden ones left out.

        For photos that have just been encoded: what it costs depends on those photos alone.
        """
        values = {
            "event": event_id,
            "photos": [int(photo) for photo in photos],
            "template": HalfVector(template),
            "limit": _HALF_PRECISION - threshold,
        }
        with (
            self._database.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            rows = cursor.execute(self._sql["search_photos"], values).fetchall()
        return _found(rows, template, threshold) if rows else []

    def count_faces(self, event_id: EventId) -> int:
        """Return how many faces a search looks at."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["count"], {"event": event_id}).fetchone()
        return 0 if row is None else int(row[0])

    def erase_faces(self, event_id: EventId, faces: Sequence[FoundFace]) -> int:
        """Delete faces and correct their photos' face counts in one transaction; return how many.

        A photo that is encoded again brings its faces back: unchanged photos never are.
        """
        values = {"event": event_id, "faces": [face.face_id for face in faces]}
        photos = queries("photos")
        with self._database.transaction() as connection:
            connection.execute(photos["lock_event"], values)
            rows = connection.execute(self._sql["erase"], values).fetchall()
            if rows:
                payloads = notices(event_id, [row[0] for row in rows])
                connection.execute(photos["notify"], {"payloads": payloads})
        return sum(row[1] for row in rows)

    def _read_in(self, values: dict[str, object]) -> list[TupleRow]:
        with (
            self._database.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            return cursor.execute(self._sql["read_in"], values).fetchall()

    def _search(self, values: dict[str, object], scanners: int) -> list[TupleRow]:
        with self._database.transaction() as connection:
            connection.execute(self._sql["look_at_one_moment"])
            moment, shares = self._divide(connection, values, scanners)
            helping = [
                self._helpers.submit(self._help, moment, values, share) for share in shares[1:]
            ]
            try:
                rows = self._scan(connection, values, shares[0])
            finally:
                # The moment ends with this transaction: the helpers must be done before.
                wait(helping)
            for one in helping:
                rows += one.result()
        return rows

    def _divide(
        self, connection: Connection[TupleRow], values: dict[str, object], scanners: int
    ) -> tuple[str, list[_Share]]:
        """Return the moment to look at, and the ids that each scanner looks at."""
        row = connection.execute(self._sql["share_moment"], values).fetchone()
        moment, blocks = row if row is not None else ("", 0)
        edges = {0, _LAST_ID}
        if blocks >= _BLOCKS_WORTH_SHARING:
            for number in range(1, scanners):
                place = {**values, "place": f"({blocks * number // scanners},0)"}
                near = connection.execute(self._sql["face_near"], place).fetchone()
                edges |= set(near or ())
        return moment, list(pairwise(sorted(edges)))

    def _help(self, moment: str, values: dict[str, object], share: _Share) -> list[TupleRow]:
        with self._database.transaction() as connection:
            connection.execute(self._sql["look_at_one_moment"])
            # This statement takes no parameters from the server: the client writes it out.
            ClientCursor(connection).execute(self._sql["join_moment"], {"moment": moment})
            return self._scan(connection, values, share)

    def _scan(
        self, connection: Connection[TupleRow], values: dict[str, object], share: _Share
    ) -> list[TupleRow]:
        connection.execute(self._sql["newest_first"])
        first, end = share
        with connection.cursor(binary=True) as cursor:
            return cursor.execute(
                self._sql["search"], {**values, "first": first, "end": end}
            ).fetchall()


def _found(rows: Sequence[TupleRow], template: Embedding, threshold: float) -> list[FoundFace]:
    embeddings = np.stack([row[5].to_numpy() for row in rows]).astype(np.float32)
    similarities = embeddings @ template.astype(np.float32)
    # Equal similarities keep one order, so that the same search shows the same gallery.
    order = np.lexsort(([row[0] for row in rows], -similarities))
    return [
        _to_face(rows[at], float(similarities[at]), embeddings[at])
        for at in order
        if similarities[at] >= threshold
    ]


def _to_face(row: TupleRow, similarity: float, embedding: Embedding) -> FoundFace:
    face, photo, key, quality, box, _ = row
    return FoundFace(
        FaceId(face), PhotoId(photo), from_stored(key), similarity, quality, Box(*box), embedding
    )
