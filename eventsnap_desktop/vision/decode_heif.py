"""HEIC and HEIF to picture, by libheif."""

import io

import numpy as np
import pillow_heif

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_pixels import array_to_bgr
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.picture import CUT_OFF, Limits, Picture, finished, reduced

_NEEDED_BOXES = (b"ftyp", b"meta", b"moov", b"mdat")


def read_heif(data: bytes, limits: Limits) -> Picture:
    """Decode the primary picture.

    libheif has turned it by its rotation boxes, so EXIF's orientation must not turn it again
    (ISO/IEC 23008-12 says to ignore it).
    """
    if not _boxes_are_complete(data):
        # Phones store a grid of tiles, and libheif leaves those grey that are missing.
        raise PhotoUnreadableError(CUT_OFF)
    heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True, bgr_mode=True)
    limits.check(*heif.size)
    taken_at = read_exif(heif.info.get("exif")).taken_at
    pixels = array_to_bgr(np.asarray(heif))
    return finished(reduced(pixels, limits), heif.size, 1, taken_at)


def _boxes_are_complete(data: bytes) -> bool:
    """Tell whether the outer boxes end within the file (ISO/IEC 14496-12, 4.2).

    Whatever follows the pixels and is no box is harmless: some phones put notes of their own there.
    """
    place, pixels_seen = 0, False
    for _ in range(1000):
        name = data[place + 4 : place + 8]
        if len(name) < 4 or not name.isalnum():
            return pixels_seen or place == len(data)
        size = int.from_bytes(data[place : place + 4], "big")
        if size == 0:  # to the end of the file, wherever that is
            return True
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        if size < 8 or place + size > len(data):
            return pixels_seen and name not in _NEEDED_BOXES
        pixels_seen = pixels_seen or name == b"mdat"
        place += size
    return False
