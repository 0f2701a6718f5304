"""A face: one detection with its box, five landmarks, score, quality and embedding."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of a picture, in pixels of the upright picture at its original size.

    ``score`` is the detector's confidence, ``quality`` says how well the face can be recognised;
    both run from 0 to 1.
    """

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    embedding: Embedding


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPicture:
    """All faces of one picture, and the picture's original upright size in pixels."""

    width: int
    height: int
    faces: tuple[Face, ...]
