"""A photo: one object in the source, named by its key."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

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
