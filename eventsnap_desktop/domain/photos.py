"""A photo: one object in the source, named by its key."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from eventsnap_desktop.domain.faces import EncodedPicture

PhotoId = NewType("PhotoId", int)


class PhotoState(StrEnum):
    """Where a photo stands."""

    PENDING = "pending"
    ENCODED = "encoded"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """A photo as a source lists it.

    ``etag`` changes whenever the bytes may have changed: an S3 ETag, or size and mtime in a folder.
    ``size`` is in bytes; ``modified`` is timezone-aware.
    """

    key: str
    etag: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A photo that waits to be encoded.

    ``content`` is the digest of the bytes it was last encoded from, or None if it never was:
    where it equals the digest of the bytes now, only the etag moved.
    """

    id: PhotoId
    key: str
    etag: str
    content: str | None


@dataclass(frozen=True, slots=True)
class FailedPhoto:
    """A photo that could not be encoded, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """What one listing changed in the index."""

    found: int
    new: int
    changed: int
    gone: int
    unchanged: int


@dataclass(frozen=True, slots=True, eq=False)
class PhotoResult:
    """What became of one pending photo: faces, or unchanged content, or a failure.

    ``picture`` is None when the photo failed (``failure`` says why) or when its bytes are those it
    was encoded from before (``content`` equals the stored digest, ``failure`` is None).
    """

    photo: PendingPhoto
    content: str | None
    taken_at: datetime | None
    picture: EncodedPicture | None
    failure: str | None
