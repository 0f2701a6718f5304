"""JPEG to picture, scaled while it is decoded, by libjpeg-turbo."""

import re

import cv2
import numpy as np
import simplejpeg

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_pixels import BAND_PIXELS
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.jpeg_header import JpegHeader, read_jpeg_header
from eventsnap_desktop.vision.picture import CUT_OFF, DAMAGED, Limits, Picture, finished

# A 24-megapixel 4:2:0 JPEG of 5.5 MB, milliseconds a photo with one thread / with two at once
# (simplejpeg 1.9, cv2 5.0, two cores; both release the GIL):
#                1/1        1/2        1/4
#   cv2        93 / 75    51 / 28    45 / 38
#   simplejpeg 63 / 33    50 / 36    45 / 38
# fastdct and fastupsample save 6 ms at 1/1 and at most 2 at 1/2 and 1/4, and move pixels by 1.0
# grey level on average at 1/1 (9 at most), so they stay off.

_MOST_SCANS = 100
"""Encoders write about 10 passes; a file with thousands of them is a way to keep a program busy."""

_CV2_FLAGS = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}

_HARMLESS_END = re.compile(r"extraneous bytes before marker 0xd9")
_HARMLESS_HEADER = re.compile(
    r"unknown JFIF revision|Unknown Adobe color|Invalid SOS parameters|subsampling level"
    r"|extraneous bytes before marker 0x(c|da|db|dd|e|fe)"
)
_UNSUPPORTED_FRAMES = {
    0xC3: "lossless", 0xC5: "hierarchical", 0xC6: "hierarchical", 0xC7: "hierarchical",
    0xCB: "lossless", 0xCD: "hierarchical", 0xCE: "hierarchical", 0xCF: "hierarchical",
}  # fmt: skip


def read_jpeg(data: bytes, limits: Limits) -> Picture:
    """Decode a JPEG to the smallest of 1/1, 1/2, 1/4, 1/8 whose long side suffices.

    Raises PhotoUnreadableError; among other reasons when rows are missing, for a photo that is
    half grey would be half searched without a word. A missing end marker, or bytes after it, do
    not matter as long as all rows are there.
    """
    header = _checked_header(data, limits)
    exif = read_exif(header.exif)
    factor = max(f for f in (1, 2, 4, 8) if f <= limits.factor(header.width, header.height))
    image = _decode_turbo(data, header, factor)
    if image is None:
        image = _decode_patiently(data, factor)
    return finished(image, (header.width, header.height), exif.orientation, exif.taken_at)


def _checked_header(data: bytes, limits: Limits) -> JpegHeader:
    header = read_jpeg_header(data)
    if header is None:
        raise PhotoUnreadableError("is cut off or damaged: a JPEG without a picture in it")
    limits.check(header.width, header.height)
    if header.bits != 8:
        raise PhotoUnreadableError(
            f"is a JPEG with {header.bits} bits a colour, which cannot be read (8 can)"
        )
    if header.frame in _UNSUPPORTED_FRAMES:
        raise PhotoUnreadableError(
            f"is a {_UNSUPPORTED_FRAMES[header.frame]} JPEG, which cannot be read"
        )
    if len(data) < header.least_bytes:
        raise PhotoUnreadableError(
            f"is cut off: {len(data)} bytes cannot hold {header.width} x {header.height} pixels"
        )
    if header.progressive and data.count(b"\xff\xda") > _MOST_SCANS:
        raise PhotoUnreadableError(f"is damaged: a JPEG in more than {_MOST_SCANS} passes")
    return header


def _decode_turbo(data: bytes, header: JpegHeader, factor: int) -> BgrImage | None:
    """Decode with simplejpeg; None when only its strictness stands in the way.

    libjpeg goes on after a warning, and simplejpeg raises the first one after all rows are in the
    buffer. So a warning that is known to come last and to mean nothing leaves a good picture.
    """
    try:
        height, width, colours, _ = simplejpeg.decode_jpeg_header(data, strict=False)
    except ValueError as error:
        _raise_unless_harmless(error)
        return None
    if (width, height) != (header.width, header.height):
        raise PhotoUnreadableError("is damaged: it claims two different sizes")
    channels = 4 if colours in ("CMYK", "YCCK") else 3
    rows, columns = -(-height // factor), -(-width // factor)
    buffer = np.empty((rows, columns, channels), np.uint8)
    long_side = {"min_width": columns} if width >= height else {"min_height": rows}
    space = "CMYK" if channels == 4 else "BGR"
    try:
        simplejpeg.decode_jpeg(data, space, buffer=buffer, **long_side)
    except ValueError as error:
        if "Premature end of JPEG file" in str(error) and not header.progressive:
            return _decode_without_end(data, buffer, space, long_side)
        if not _HARMLESS_END.search(str(error)):
            _raise_unless_harmless(error)
            return None
    return _inks_to_bgr(buffer) if channels == 4 else buffer


def _decode_without_end(
    data: bytes, buffer: BgrImage, space: str, long_side: dict[str, int]
) -> BgrImage:
    """Decode once more with an end marker put on: if rows are missing, libjpeg says so.

    With a progressive JPEG it would not, as whole passes may be missing.
    """
    try:
        simplejpeg.decode_jpeg(data + b"\xff\xd9", space, buffer=buffer, **long_side)
    except ValueError as error:
        raise PhotoUnreadableError(CUT_OFF) from error
    return _inks_to_bgr(buffer) if space == "CMYK" else buffer


def _raise_unless_harmless(error: ValueError) -> None:
    """Return for a warning that means nothing, else raise the reason."""
    said = str(error)
    if _HARMLESS_HEADER.search(said):
        return
    if "remature end" in said:
        raise PhotoUnreadableError(CUT_OFF) from error
    raise PhotoUnreadableError(DAMAGED) from error


def _decode_patiently(data: bytes, factor: int) -> BgrImage:
    """Decode with cv2: slower, also for unusual subsampling and oddly written headers."""
    flags = _CV2_FLAGS[factor] | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None:
        raise PhotoUnreadableError("is cut off or damaged")
    return np.asarray(pixels, dtype=np.uint8)


def _inks_to_bgr(inks: BgrImage) -> BgrImage:
    """Turn (h, w, 4) CMYK as Adobe stores it, 255 being no ink, into BGR.

    Colour is what the ink and the black let through: R = C' * K' / 255 and so on.
    """
    height, width = inks.shape[:2]
    target = np.empty((height, width, 3), np.uint8)
    step = max(1, BAND_PIXELS // width)
    for top in range(0, height, step):
        cyan, magenta, yellow, black = cv2.split(inks[top : top + step])
        bgr = [cv2.multiply(ink, black, scale=1 / 255) for ink in (yellow, magenta, cyan)]
        target[top : top + step] = cv2.merge(bgr)
    return target
