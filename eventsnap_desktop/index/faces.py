"""Searches among the faces of one event: exact, by similarity, nothing left out."""

from collections.abc import Sequence

import numpy as np
from pgvector import HalfVector
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


class Faces:
    """The faces of one database; fits the flows' FaceIndex."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("faces")

    def search(self, event_id: EventId, template: Embedding, threshold: float) -> list[FoundFace]:
        """Return every face at or above the threshold, best first; exact, nothing left out.

        ``template`` is float32 (512,), normalised; ``threshold`` is a cosine similarity.
        """
        values = {
            "event": event_id,
            "template": HalfVector(template),
            "limit": _HALF_PRECISION - threshold,
        }
        with (
            self._database.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            rows = cursor.execute(self._sql["search"], values).fetchall()
        if not rows:
            return []
        return _found(rows, template, threshold)

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
