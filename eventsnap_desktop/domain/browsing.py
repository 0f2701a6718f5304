"""Photos as a person looks through them: filters, rows, and the faces stored for one photo."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventsnap_desktop.domain.arrays import Embedding, Landmarks
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.photos import PhotoId, PhotoState


class PhotoKind(StrEnum):
    """Which photos of an event to look at; all kinds but HIDDEN include hidden photos as well."""

    ALL = "all"
    WITH_FACES = "with_faces"
    WITHOUT_FACES = "without_faces"
    FAILED = "failed"
    PENDING = "pending"
    HIDDEN = "hidden"
    SLIDESHOW = "slideshow"


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """Which photos to list. ``text`` is a part of the key, in any case; "" for all.

    A photo's time is when it was taken, or else when its file was modified: at or after ``since``
    and before ``until``, both timezone-aware.
    """

    kind: PhotoKind = PhotoKind.ALL
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo as a grid shows it. ``time`` is as in PhotoFilter; sizes are None until encoded.

    ``etag`` changes with the bytes, so it tells whether a thumbnail is still of this photo.
    ``slideshow`` says that the organizer approved it for the kiosks' first screen.
    """

    id: PhotoId
    key: str
    etag: str
    state: PhotoState
    hidden: bool
    face_count: int
    bytes: int
    width: int | None
    height: int | None
    time: datetime
    failure: str | None
    slideshow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StoredFace:
    """One face of a photo as the index keeps it, in pixels of the upright photo."""

    id: FaceId
    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """How many photos failed for one reason."""

    reason: str
    count: int
