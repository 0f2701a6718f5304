"""Camera RAW to picture, by the preview that the camera put into it."""

import io
from dataclasses import replace

import cv2
import numpy as np
import rawpy

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_jpeg import read_jpeg
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.jpeg_header import read_jpeg_header
from eventsnap_desktop.vision.picture import CUT_OFF, Limits, Picture, finished, reduced
from eventsnap_desktop.vision.tiff_tags import TagReader

_USEFUL_PREVIEW = 1000
"""Pixels of the long side under which a preview is a thumbnail, too small for a group's faces."""

_MOST_STRIPS = 100_000

_ORIENTATION_OF_FLIP = {3: 3, 5: 8, 6: 6}
"""LibRaw's `flip` (sizes.flip: 3 is half a turn, 5 and 6 a quarter) to EXIF's orientation."""


def read_raw(data: bytes, limits: Limits) -> Picture:
    """Return the embedded preview; where it is missing or tiny, develop at half size.

    Width and height are those of what is returned, not of the sensor.
    """
    try:
        with rawpy.RawPy() as raw:
            raw.open_buffer(io.BytesIO(data))
            picture = _preview(raw, limits)
            if picture is None or max(picture.width, picture.height) < _USEFUL_PREVIEW:
                picture = _developed(raw, data, limits, picture)
    except rawpy.LibRawError as error:
        raise PhotoUnreadableError(
            f"is a RAW file that cannot be read ({_words(error)})"
        ) from error
    return replace(picture, taken_at=read_exif(data).taken_at or picture.taken_at)


def _preview(raw: rawpy.RawPy, limits: Limits) -> Picture | None:
    try:
        preview = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    turned = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)
    if not isinstance(preview.data, bytes):
        pixels = np.asarray(cv2.cvtColor(preview.data, cv2.COLOR_RGB2BGR), dtype=np.uint8)
        size = (pixels.shape[1], pixels.shape[0])
        return finished(reduced(pixels, limits), size, turned, None)
    try:
        picture = read_jpeg(preview.data, limits)
    except (PhotoUnreadableError, ValueError):
        return None
    header = read_jpeg_header(preview.data)
    if header is not None and header.exif is None:  # the preview does not say: the RAW does
        stored = (picture.width, picture.height)
        return finished(picture.image, stored, turned, None)
    return picture


def _developed(raw: rawpy.RawPy, data: bytes, limits: Limits, thumbnail: Picture | None) -> Picture:
    """Develop the sensor's values at half size; the thumbnail if that gives no larger picture."""
    limits.check(raw.sizes.raw_width, raw.sizes.raw_height)
    if _is_cut_off(data):  # LibRaw would leave black what is missing
        raise PhotoUnreadableError(CUT_OFF)
    try:
        rgb = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
    except rawpy.LibRawError:
        if thumbnail is None:
            raise
        return thumbnail
    height, width = rgb.shape[:2]
    if thumbnail is not None and max(width, height) <= max(thumbnail.width, thumbnail.height):
        return thumbnail
    pixels = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)
    return finished(reduced(pixels, limits), (width, height), 1, None)  # LibRaw has turned it


def _is_cut_off(data: bytes) -> bool:
    """Tell whether a strip or tile of a RAW that is a TIFF ends after the file."""
    reader = TagReader.open(data)
    if reader is None:
        return False
    for tags in (directory.tags for directory in reader.directories()):
        for offsets, sizes in ((273, 279), (324, 325)):
            starts = reader.numbers(tags.get(offsets), _MOST_STRIPS)
            lengths = reader.numbers(tags.get(sizes), _MOST_STRIPS)
            if any(
                start + length > len(data) for start, length in zip(starts, lengths, strict=False)
            ):
                return True
    return False


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else type(error).__name__
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
