"""A camera's picture as a screen shows it: as in a mirror, and no larger than it is painted."""

import cv2
import numpy as np
from numpy.typing import NDArray

from eventsnap_desktop.domain.arrays import BgrImage


def preview_size(size: tuple[int, int], place: tuple[int, int]) -> tuple[int, int]:
    """Return how large a picture (width, height) is made so that it just fills a place.

    It covers the place in both directions, and is never enlarged. A place of no size asks for
    the picture as it is.
    """
    width, height = size
    scale = max(place[0] / width, place[1] / height)
    if scale >= 1 or min(place) <= 0:
        return size
    # One pixel may be lost to rounding up in one direction only, so both still cover the place.
    return max(1, round(width * scale + 0.49)), max(1, round(height * scale + 0.49))


def draw_preview(image: BgrImage, target: NDArray[np.uint8]) -> None:
    """Write a picture mirrored into ``target``, BGRA uint8 (h, w, 4), scaled to its size."""
    height, width = target.shape[:2]
    small = image
    if (height, width) != image.shape[:2]:
        halved = image.shape[0] >= 2 * height
        ways = cv2.INTER_AREA if halved else cv2.INTER_LINEAR
        small = np.asarray(cv2.resize(image, (width, height), interpolation=ways), np.uint8)
    cv2.cvtColor(cv2.flip(small, 1), cv2.COLOR_BGR2BGRA, dst=target)
