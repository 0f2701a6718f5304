"""A decoded picture, and the steps every decoder ends with: upright, not larger than useful."""

from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import PhotoTooLargeError, PhotoUnreadableError

CUT_OFF = "is cut off: only a part of the picture is there"
DAMAGED = "is damaged: its pixels cannot be decoded"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture as detection wants it.

    ``image`` is upright BGR uint8 (h, w, 3), C-contiguous, possibly smaller than the original;
    ``width`` and ``height`` are the upright original's pixels. ``taken_at`` is the camera's
    DateTimeOriginal, timezone-aware: a camera that names no offset is taken at its word as if its
    clock ran in UTC. It is None where the camera says nothing, or something absurd.
    """

    image: BgrImage
    width: int
    height: int
    taken_at: datetime | None

    @property
    def scale(self) -> float:
        """Original pixels per image pixel, 1.0 or more."""
        return max(1.0, max(self.width, self.height) / float(max(self.image.shape[:2])))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a decode may cost: ``enough`` pixels of the long side (0: all), at most ``pixels``."""

    enough: int
    pixels: int

    def check(self, width: int, height: int) -> None:
        """Raise PhotoUnreadableError for a size that no picture has, or that is over the limit."""
        if width < 1 or height < 1:
            raise PhotoUnreadableError("is damaged: its header claims a picture without any pixels")
        if width * height > self.pixels:
            raise PhotoTooLargeError(
                f"has {width * height / 1e6:.1f} megapixels ({width} x {height}), "
                f"more than the limit of {self.pixels / 1e6:.0f}"
            )

    def factor(self, width: int, height: int) -> int:
        """Return the largest whole factor that leaves the long side at least ``enough``."""
        return max(1, max(width, height) // self.enough) if self.enough > 0 else 1


def upright(image: BgrImage, orientation: int) -> BgrImage:
    """Turn a stored picture the way EXIF orientation 1 to 8 says it is to be seen.

    Source: EXIF 2.32 (CIPA DC-008), tag 0x0112.
    """
    turned = cv2.transpose(image) if orientation in (5, 6, 7, 8) else image
    flips = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}
    if orientation in flips:
        turned = cv2.flip(turned, flips[orientation])
    return np.ascontiguousarray(turned, dtype=np.uint8)


def finished(
    image: BgrImage, size: tuple[int, int], orientation: int, taken_at: datetime | None
) -> Picture:
    """Return the picture upright; ``size`` is the stored original's (width, height)."""
    width, height = size if orientation < 5 else size[::-1]
    return Picture(upright(image, orientation), width, height, taken_at)


def reduced(image: BgrImage, limits: Limits) -> BgrImage:
    """Shrink a fully decoded picture to the size that suffices, if that is half or less of it.

    Pictures wait in queues: a 24-megapixel PNG then waits in 18 MB instead of 72.
    """
    height, width = image.shape[:2]
    factor = limits.factor(width, height)
    if factor < 2:
        return image
    size = (max(1, -(-width // factor)), max(1, -(-height // factor)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
