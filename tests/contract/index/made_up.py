"""Photos, faces and results that tests of the index make up."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box, EncodedPicture, Face
from eventsnap_desktop.domain.photos import PendingPhoto, PhotoResult, SourcePhoto
from eventsnap_desktop.index.opening import Index

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def photo(key: str, etag: str = "v1", minutes: int = 0) -> SourcePhoto:
    return SourcePhoto(key, etag, 1000, NOON + timedelta(minutes=minutes))


def embedding(seed: int) -> Embedding:
    vector = np.random.default_rng(seed).standard_normal(512).astype(np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def face(seed: int) -> Face:
    box = Box(10.5 + seed, 20.0, 30.0, 40.25)
    landmarks = np.arange(10, dtype=np.float32).reshape(5, 2) + seed
    return Face(box, landmarks, 0.9, 0.75, embedding(seed))


def result_of(
    pending: PendingPhoto,
    faces: Sequence[Face] | None = None,
    content: str | None = "digest",
    failure: str | None = None,
) -> PhotoResult:
    picture = None if faces is None else EncodedPicture(6000, 4000, tuple(faces))
    return PhotoResult(pending, content, NOON, picture, failure)


def encode_all(
    index: Index, event_id: EventId, listing: Sequence[SourcePhoto], faces: int = 1
) -> list[PendingPhoto]:
    """Bring a listing into the index and encode what waits, with so many faces a photo."""
    index.photos.sync(event_id, listing, 3)
    waiting = index.photos.next_pending(event_id, 100_000, [])
    results = [
        result_of(one, [face(int(one.id) * 10 + number) for number in range(faces)])
        for one in waiting
    ]
    index.photos.write(event_id, results)
    return waiting
