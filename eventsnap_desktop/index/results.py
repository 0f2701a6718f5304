"""Sorts the results of encoding and writes them: faces by binary COPY, photos by one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from pgvector import HalfVector
from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import EncodedPicture, Face
from eventsnap_desktop.domain.photos import PhotoResult
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import to_stored

_FACE_TYPES = ["int4", "int8", "float4", "float4", "halfvec", "float4[]", "float4[]"]


@dataclass(slots=True)
class SortedResults:
    """Results by what has to be written for them."""

    encoded: list[tuple[PhotoResult, EncodedPicture]] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)

    @property
    def replaced(self) -> list[int]:
        """Ids of the photos whose former faces are out of date."""
        return [one.photo.id for one, _ in self.encoded] + [number for number, _ in self.failed]


def sort_results(
    results: Iterable[PhotoResult], waiting: dict[int, tuple[str, str | None]]
) -> SortedResults:
    """Sort out what to write, given etag and content of the photos that wait, by id.

    A photo that does not wait any more, or changed in its source since it was taken into work,
    is left as it stands: its result is late, or was written before by a call whose answer was lost.
    """
    sorted_ = SortedResults()
    for result in {result.photo.id: result for result in results}.values():
        etag, content = waiting.get(result.photo.id, (None, None))
        if etag is None or etag != to_stored(result.photo.etag):
            continue
        failure = result.failure
        if failure is None and result.picture is not None and not _finite(result.picture.faces):
            failure = "a face could not be measured"
        if failure is not None:
            sorted_.failed.append((result.photo.id, to_stored(failure)))
        elif result.picture is not None:
            sorted_.encoded.append((result, result.picture))
        elif content is not None and content == result.content:
            sorted_.unchanged.append(result.photo.id)
    return sorted_


def store_results(
    connection: Connection[TupleRow], event_id: EventId, results: SortedResults
) -> None:
    """Write sorted results; runs in the caller's transaction, under the event's lock."""
    sql = queries("photos")
    if results.replaced:
        connection.execute(sql["delete_faces"], {"event": event_id, "photos": results.replaced})
    if results.encoded:
        _copy_faces(connection, event_id, results.encoded)
        connection.execute(sql["store_encoded"], _encoded_columns(results.encoded))
    if results.unchanged:
        connection.execute(sql["store_unchanged"], {"ids": results.unchanged})
    if results.failed:
        ids, failures = zip(*results.failed, strict=True)
        connection.execute(sql["store_failed"], {"ids": list(ids), "failures": list(failures)})


def _copy_faces(
    connection: Connection[TupleRow],
    event_id: EventId,
    encoded: Sequence[tuple[PhotoResult, EncodedPicture]],
) -> None:
    with connection.cursor() as cursor, cursor.copy(queries("photos")["copy_faces"]) as copy:
        copy.set_types(_FACE_TYPES)
        for result, picture in encoded:
            for face in picture.faces:
                copy.write_row((event_id, result.photo.id, *_face_columns(face)))


def _face_columns(face: Face) -> tuple[object, ...]:
    box = [float(side) for side in (face.box.x, face.box.y, face.box.width, face.box.height)]
    landmarks = face.landmarks.astype(float).ravel().tolist()
    return float(face.score), float(face.quality), HalfVector(face.embedding), box, landmarks


def _encoded_columns(
    encoded: Sequence[tuple[PhotoResult, EncodedPicture]],
) -> dict[str, list[object]]:
    return {
        "ids": [one.photo.id for one, _ in encoded],
        "contents": [one.content for one, _ in encoded],
        "widths": [picture.width for _, picture in encoded],
        "heights": [picture.height for _, picture in encoded],
        "taken": [one.taken_at for one, _ in encoded],
        "faces": [len(picture.faces) for _, picture in encoded],
    }


def _finite(faces: Iterable[Face]) -> bool:
    return all(np.isfinite(face.embedding).all() for face in faces)
