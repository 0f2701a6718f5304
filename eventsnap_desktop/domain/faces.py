"""A face: one detection with its box, five landmarks, score, quality and embedding."""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot, sqrt
from typing import NewType

from eventsnap_desktop.domain.arrays import Embedding, Landmarks

FaceId = NewType("FaceId", int)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright picture: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    @property
    def shorter_side(self) -> float:
        """Pixels of the shorter side: what this program calls the size of a face."""
        return min(self.width, self.height)

    def prominence(self, width: float, height: float) -> float:
        """Return how much a face is what a picture of this size is about: large, and central."""
        off_x = (self.x + self.width / 2) / width - 0.5
        off_y = (self.y + self.height / 2) / height - 0.5
        off_centre = hypot(off_x, off_y) / hypot(0.5, 0.5)
        return sqrt(self.area) * max(0.0, 1.0 - off_centre)


@dataclass(frozen=True, slots=True)
class FaceMeasures:
    """What a face's quality is made of; vision/quality.py says how each is measured.

    ``size`` is the shorter side of the box in pixels, ``brightness`` the mean grey level 0-255,
    the others are ratios: ``sharpness`` (higher is sharper), ``yaw`` and ``pitch`` (0 is frontal
    and level), ``eye_distance`` (0.9 frontal, 0 in profile).
    """

    size: float
    sharpness: float
    yaw: float
    pitch: float
    eye_distance: float
    brightness: float


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of a picture, in pixels of the upright picture at its original size.

    ``score`` is the detector's confidence, ``quality`` says how well the face can be recognised;
    both run from 0 to 1. ``measures`` is what the quality was made of, None for a face that comes
    from elsewhere than a picture.
    """

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    embedding: Embedding
    measures: FaceMeasures | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPicture:
    """All faces of one picture, and the picture's original upright size in pixels."""

    width: int
    height: int
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EncodedSelfie:
    """A selfie's faces, and the vector of a face's mirror image."""

    picture: EncodedPicture
    mirrored: Callable[[Face], Embedding]
