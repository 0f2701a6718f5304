"""Photo bytes to a small upright JPEG, for people to look at."""

import cv2
import numpy as np

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import decode

_QUALITY = 85


def make_thumbnail(data: bytes, side: int, max_pixels: int) -> bytes:
    """Return the photo as a JPEG whose longer side is at most ``side`` pixels, never enlarged.

    Raises PhotoUnreadableError with what is wrong.
    """
    image = decode(data, enough=side, max_pixels=max_pixels).image
    height, width = image.shape[:2]
    scale = side / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    good, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not good:
        raise PhotoUnreadableError("cannot be made smaller")
    return coded.tobytes()
