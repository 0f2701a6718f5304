"""All faces of an event in one NumPy matrix: the exact answer the database is held against."""

from collections.abc import Sequence

import numpy as np

from eventsnap_desktop.domain.arrays import Embedding, EmbeddingRows
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import EncodedPicture, Face, FaceId
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.domain.photos import PhotoId


class ArrayIndex:
    """Fits the FaceIndex port for one event held in memory."""

    def __init__(self, photos: Sequence[tuple[str, EncodedPicture]]) -> None:
        self._keys = [key for key, _ in photos]
        self._faces: list[tuple[int, Face]] = [
            (number, face) for number, (_, picture) in enumerate(photos) for face in picture.faces
        ]
        rows = [face.embedding for _, face in self._faces]
        self._rows: EmbeddingRows = np.stack(rows) if rows else np.empty((0, 512), np.float32)

    def search(self, event_id: EventId, template: Embedding, threshold: float) -> list[FoundFace]:
        """Return every face at or above the threshold, best first."""
        del event_id
        similarities = self._rows @ template
        order = np.argsort(-similarities, kind="stable")
        return [
            self._found(int(row), float(similarities[row]))
            for row in order
            if similarities[row] >= threshold
        ]

    def count_faces(self, event_id: EventId) -> int:
        """Return the number of faces."""
        del event_id
        return len(self._faces)

    def erase_faces(self, event_id: EventId, faces: Sequence[FoundFace]) -> int:
        """Take faces out."""
        del event_id
        gone = {int(face.face_id) for face in faces}
        for row in gone:
            self._rows[row] = 0
        return len(gone)

    def _found(self, row: int, similarity: float) -> FoundFace:
        number, face = self._faces[row]
        return FoundFace(
            FaceId(row),
            PhotoId(number),
            self._keys[number],
            similarity,
            face.quality,
            face.box,
            face.embedding,
        )
