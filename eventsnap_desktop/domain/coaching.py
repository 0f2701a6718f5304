"""What is seen of a guest in front of the camera, and what the coach says to it."""

from dataclasses import dataclass
from enum import StrEnum

from eventsnap_desktop.domain.arrays import BgrImage, Landmarks
from eventsnap_desktop.domain.faces import Box, FaceMeasures


class Hint(StrEnum):
    """One short line for the guest; the screen has the words and the icon."""

    NOBODY = "nobody"
    CLOSER = "closer"
    STEP_BACK = "step_back"
    CENTRE = "centre"
    ONE_PERSON = "one_person"
    LOOK_HERE = "look_here"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    HOLD_STILL = "hold_still"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    NO_MASK = "no_mask"
    GOOD = "good"
    CAMERA_LOST = "camera_lost"


@dataclass(frozen=True, slots=True, eq=False)
class SeenFace:
    """A face of a camera picture, not yet encoded: pixels of that picture, unmirrored."""

    box: Box
    landmarks: Landmarks
    score: float
    measures: FaceMeasures


@dataclass(frozen=True, slots=True, eq=False)
class SeenFrame:
    """One camera picture, BGR uint8 (h, w, 3), and the faces in it, most prominent first.

    ``masked`` says that the most prominent face seems to wear a mask.
    """

    image: BgrImage
    faces: tuple[SeenFace, ...]
    masked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CaptureProgress:
    """What the camera screen shows besides the live picture.

    ``taken`` of ``wanted`` selfies are there and shown as ``selfies``; ``ring`` is how far the next
    one is, 0 to 1. ``faces`` are boxes in parts of the picture's width and height, unmirrored.
    ``countdown`` is the number shown before the shutter, 0 for none. ``people`` is how many stand
    in front of the camera. ``problem`` is why there is no picture, "" when there is one.
    """

    hint: Hint
    taken: int = 0
    wanted: int = 3
    ring: float = 0.0
    countdown: int = 0
    people: int = 0
    faces: tuple[Box, ...] = ()
    selfies: tuple[BgrImage, ...] = ()
    problem: str = ""
