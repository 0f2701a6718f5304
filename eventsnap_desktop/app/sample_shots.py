"""What the photos of the demo's sample event show and how each is made from a shipped picture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Shipped(StrEnum):
    """A picture that an installed package ships: ``package:path inside it``."""

    GROUP = "insightface:data/images/t1.jpg"
    ACTOR = "insightface:data/images/Tom_Hanks_54745.png"
    ASTRONAUT = "skimage:data/astronaut.png"
    CAMERAMAN = "skimage:data/camera.png"
    COFFEE = "skimage:data/coffee.png"
    CAT = "skimage:data/chelsea.png"
    MOTORCYCLE = "skimage:data/motorcycle_left.png"
    ROCKET = "skimage:data/rocket.jpg"
    BRICK = "skimage:data/brick.png"
    GRASS = "skimage:data/grass.png"


class Area(NamedTuple):
    """A rectangle in pixels: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def share_inside(self, other: "Area") -> float:
        """Return which part of this rectangle lies inside the other, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        own = (self.right - self.left) * (self.bottom - self.top)
        return max(0.0, width) * max(0.0, height) / own


GROUP_FACES = (
    Area(55, 260, 168, 397),
    Area(270, 144, 371, 270),
    Area(463, 266, 572, 415),
    Area(745, 342, 847, 480),
    Area(906, 59, 1011, 206),
    Area(1130, 272, 1227, 400),
)
"""The six people of the group picture (1280x886), from left to right."""

GUEST = 2
"""Which of them plays the guest: the third from the left."""

SELFIE = Area(395, 190, 640, 475)
"""The piece of the group picture that becomes the selfie."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of the sample event: a piece of a shipped picture and what is done to it.

    ``turn`` is in degrees counterclockwise, ``light`` a factor on the brightness, ``scale`` on the
    size, ``blur`` a radius in pixels; ``warmth`` moves red against blue (a factor), ``quality`` is
    JPEG's. ``surface`` is a picture that the photo lies on as a print. ``sideways`` stores the
    pixels turned, with the orientation tag a camera writes then.
    """

    what: str
    picture: Shipped
    area: Area | None = None
    scale: float = 1.0
    turn: float = 0.0
    mirrored: bool = False
    grey: bool = False
    light: float = 1.0
    warmth: float = 1.0
    blur: float = 0.0
    quality: int = 90
    surface: Shipped | None = None
    sideways: bool = False
    form: str = "jpg"

    @property
    def shows_guest(self) -> bool:
        """Whether the guest is in it, known from the piece it was cut from."""
        if self.picture is not Shipped.GROUP:
            return False
        return self.area is None or GROUP_FACES[GUEST].share_inside(self.area) > 0.5


_LEFT_PAIR = Area(0, 90, 445, 520)
_LEFT_THREE = Area(0, 60, 640, 640)
_SECOND_THIRD = Area(220, 80, 660, 560)
_FIRST = Area(0, 200, 255, 640)
_SECOND = Area(200, 60, 455, 520)
_GUEST = Area(385, 190, 660, 560)
_MIDDLE_PAIR = Area(400, 190, 900, 640)
_MIDDLE_THREE = Area(400, 20, 1090, 660)
_FOURTH = Area(610, 270, 930, 640)
_FOURTH_FIFTH = Area(640, 20, 1100, 640)
_FIFTH = Area(850, 0, 1110, 420)
_RIGHT_PAIR = Area(866, 20, 1280, 600)
_RIGHT_THREE = Area(640, 10, 1280, 720)
_SIXTH = Area(1050, 200, 1280, 560)
_TABLE = Area(100, 600, 1060, 886)
_LAMP = Area(480, 0, 890, 255)

_G = Shipped.GROUP

SHOTS = (
    Shot("all six", _G),
    Shot("two on the left", _G, _LEFT_PAIR, scale=1.6, warmth=1.05),
    Shot("the guest alone", _G, _GUEST, scale=2.2, light=1.08),
    Shot("glasses and chips", _G, _TABLE, scale=1.2),
    Shot("second and guest, tilted", _G, _SECOND_THIRD, scale=1.5, turn=6),
    Shot("fourth alone", _G, _FOURTH, scale=2.0),
    Shot("a cup of coffee", Shipped.COFFEE, scale=1.6),
    Shot("fifth and sixth", _G, _RIGHT_PAIR, scale=1.7, light=0.9),
    Shot("guest and fourth", _G, _MIDDLE_PAIR, scale=1.6),
    Shot("an astronaut", Shipped.ASTRONAUT, scale=1.8),
    Shot("three on the left", _G, _LEFT_THREE, scale=1.4),
    Shot("first alone", _G, _FIRST, scale=2.0, warmth=0.94),
    Shot("all six, lights down", _G, light=0.5, warmth=1.15),
    Shot("sixth alone", _G, _SIXTH, scale=2.2),
    Shot("three in the middle", _G, _MIDDLE_THREE, scale=1.3),
    Shot("the lamp", _G, _LAMP, scale=2.0, warmth=1.1),
    Shot("fourth and fifth", _G, _FOURTH_FIFTH, scale=1.6, mirrored=True),
    Shot("second and guest, black and white", _G, _SECOND_THIRD, scale=1.8, grey=True),
    Shot("the cat", Shipped.CAT, scale=2.2, form="webp"),
    Shot("second alone, tilted", _G, _SECOND, scale=1.9, turn=-5),
    Shot("all six, small and squeezed", _G, scale=0.5, quality=45),
    Shot("guest and fourth, mirrored, tilted", _G, _MIDDLE_PAIR, scale=1.4, turn=-4, mirrored=True),
    Shot("two on the left, dim", _G, _LEFT_PAIR, scale=1.3, light=0.6, mirrored=True),
    Shot("a print of the guest on the wall", _G, _GUEST, scale=0.9, turn=7, surface=Shipped.BRICK),
    Shot("fifth alone", _G, _FIFTH, scale=2.1),
    Shot("the motorcycle outside", Shipped.MOTORCYCLE, scale=1.5),
    Shot("three on the left, bright", _G, _LEFT_THREE, scale=1.2, light=1.3, mirrored=True),
    Shot("three on the right", _G, _RIGHT_THREE, scale=1.5, form="png"),
    Shot("a cameraman", Shipped.CAMERAMAN, scale=1.7),
    Shot("the guest, out of focus", _G, _GUEST, scale=2.4, blur=4.5),
    Shot("fourth alone, black and white", _G, _FOURTH, scale=1.6, grey=True),
    Shot("all six, mirrored", _G, scale=1.1, mirrored=True, warmth=0.92),
    Shot("a print of the sixth on the lawn", _G, _SIXTH, turn=-8, surface=Shipped.GRASS),
    Shot("three in the middle, squeezed", _G, _MIDDLE_THREE, scale=0.8, quality=35),
    Shot("camera held upright", _G, _SECOND_THIRD, scale=1.6, light=1.1, sideways=True),
    Shot("an old portrait", Shipped.ACTOR, scale=2.2, turn=3, surface=Shipped.BRICK),
    Shot("sixth alone, mirrored", _G, _SIXTH, scale=1.8, mirrored=True, light=1.2),
    Shot("all six, far away", _G, scale=0.62, turn=-3, surface=Shipped.GRASS),
    Shot("an astronaut, dim", Shipped.ASTRONAUT, scale=1.3, light=0.6, mirrored=True),
    Shot("the rocket at dusk", Shipped.ROCKET, scale=1.6),
)
"""The photos in the order in which they were "taken"."""
