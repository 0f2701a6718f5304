"""Photos of a delivery or a link as JSON, and those of them that may still be handed out."""

from collections.abc import Mapping, Sequence

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored

Faces = tuple[Box, ...]
_LARGEST_ID = 2**63 - 1


def photos_to_json(photos: Sequence[OutgoingPhoto]) -> list[dict[str, object]]:
    """Return photos as the database keeps them: their ids, and where the guests' faces are."""
    # int() because the ids may come out of an array.
    return [{"id": int(one.id), "faces": faces_to_json(one.faces)} for one in photos]


def faces_to_json(faces: Faces) -> list[list[float]]:
    """Return boxes as lists of left, top, width, height."""
    # float() because the numbers may come out of an array.
    return [[float(one) for one in (box.x, box.y, box.width, box.height)] for box in faces]


def photos_from_json(value: object) -> dict[PhotoId, Faces]:
    """Return ids with faces in their order, of ``photos_to_json`` or of a list of plain ids.

    What is neither is left out, whatever somebody has made of it.
    """
    found: dict[PhotoId, Faces] = {}
    for one in value if isinstance(value, list) else ():
        number, faces = (one.get("id"), one.get("faces")) if isinstance(one, dict) else (one, None)
        if type(number) is int and 0 < number <= _LARGEST_ID:
            found[PhotoId(number)] = faces_from_json(faces)
    return found


def faces_from_json(value: object) -> Faces:
    """Return the boxes of ``faces_to_json``; those that are none are left out."""
    boxes = value if isinstance(value, list) else ()
    return tuple(Box(*map(float, box)) for box in boxes if _is_box(box))


def read_photos(
    connection: Connection[TupleRow], event_id: EventId, wanted: Mapping[PhotoId, Faces]
) -> tuple[OutgoingPhoto, ...]:
    """Return those of the photos that may be handed out, in their order."""
    values = {"event": event_id, "photos": list(wanted)}
    rows = connection.execute(queries("outbox")["photos"], values).fetchall() if wanted else ()
    there = {row[0]: row for row in rows}
    return tuple(to_outgoing(there[one], faces) for one, faces in wanted.items() if one in there)


def to_outgoing(row: TupleRow, faces: Faces) -> OutgoingPhoto:
    """Return the photo of a row: id, key, width, height, time."""
    number, key, width, height, time = row
    return OutgoingPhoto(PhotoId(number), from_stored(key), width, height, time, faces)


def _is_box(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(type(one) in {int, float} and abs(one) < _LARGEST_ID for one in value)
    )
