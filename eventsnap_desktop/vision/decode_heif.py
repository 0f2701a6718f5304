"""HEIC and HEIF to picture, by libheif."""

import io

import numpy as np
import pillow_heif

from eventsnap_desktop.vision.decode_pixels import array_to_bgr
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.picture import Limits, Picture, finished, reduced


def read_heif(data: bytes, limits: Limits) -> Picture:
    """Decode the primary picture.

    libheif has turned it by its rotation boxes, so EXIF's orientation must not turn it again
    (ISO/IEC 23008-12 says to ignore it).
    """
    heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True, bgr_mode=True)
    limits.check(*heif.size)
    taken_at = read_exif(heif.info.get("exif")).taken_at
    pixels = array_to_bgr(np.asarray(heif))
    return finished(reduced(pixels, limits), heif.size, 1, taken_at)
