"""WebP, AVIF and HEIC to picture."""

import io

import cv2
import numpy as np
import pillow_heif
from PIL import AvifImagePlugin

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_pixels import array_to_bgr
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.picture import Limits, Picture, finished, reduced
from eventsnap_desktop.vision.webp_header import read_webp_header

_ANIMATION_COSTS = 4
"""An animation's decoder holds four pictures where one picture's holds one."""


def read_webp(data: bytes, limits: Limits) -> Picture:
    """Decode a WebP with cv2, which needs a fifth of the memory that Pillow's decoder takes."""
    header = read_webp_header(data)
    if header is None:
        raise PhotoUnreadableError("is cut off or damaged: a WebP without a picture in it")
    limits.check(header.width, header.height)
    if header.animated:
        Limits(0, limits.pixels // _ANIMATION_COSTS).check(header.width, header.height)
    exif = read_exif(header.exif)
    image = _decode_with_cv2(data)
    size = (image.shape[1], image.shape[0])
    return finished(reduced(image, limits), size, exif.orientation, exif.taken_at)


def read_avif(data: bytes, limits: Limits) -> Picture:
    """Decode an AVIF: Pillow reads the header (it unites rotation boxes and EXIF), cv2 the rest."""
    with AvifImagePlugin.AvifImageFile(io.BytesIO(data)) as image:
        limits.check(*image.size)
        exif = read_exif(image.info.get("exif"))
    pixels = _decode_with_cv2(data)
    size = (pixels.shape[1], pixels.shape[0])
    return finished(reduced(pixels, limits), size, exif.orientation, exif.taken_at)


def read_heif(data: bytes, limits: Limits) -> Picture:
    """Decode the primary picture of a HEIC; libheif has turned it already, EXIF must not again."""
    heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True, bgr_mode=True)
    limits.check(*heif.size)
    taken_at = read_exif(heif.info.get("exif")).taken_at
    pixels = array_to_bgr(np.asarray(heif))
    return finished(reduced(pixels, limits), heif.size, 1, taken_at)


def _decode_with_cv2(data: bytes) -> BgrImage:
    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None:
        raise PhotoUnreadableError("is cut off or damaged")
    return array_to_bgr(pixels)
