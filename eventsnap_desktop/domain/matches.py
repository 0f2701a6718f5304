"""A match: a photo, its best similarity, and the band that similarity lies in."""

from dataclasses import dataclass
from enum import StrEnum

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.photos import PhotoId


class Band(StrEnum):
    """How certain a match is: shown at once, or asked about."""

    SURE = "sure"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Cosine similarities of one model pack, calibrated by benchmarks/matching.py.

    From ``sure`` up a photo is shown at once, from ``maybe`` up it is asked about, and from
    ``grow`` up a face is mixed into the template.
    """

    sure: float
    maybe: float
    grow: float


@dataclass(frozen=True, slots=True, eq=False)
class FoundFace:
    """One face the index found near a template."""

    face_id: FaceId
    photo_id: PhotoId
    key: str
    similarity: float
    quality: float
    box: Box
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class Match:
    """One photo of a guest. ``doubtful`` says that a second face of it was `sure` as well."""

    photo_id: PhotoId
    face_id: FaceId
    key: str
    similarity: float
    band: Band
    box: Box
    doubtful: bool
