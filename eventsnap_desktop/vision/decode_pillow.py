"""PNG, TIFF, AVIF, GIF and BMP to picture, by Pillow's decoder for just that format."""

import io
import struct
import warnings
from dataclasses import replace

import cv2
import numpy as np
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    PngImagePlugin,
    TiffImagePlugin,
)

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_pixels import array_to_bgr, pillow_to_bgr
from eventsnap_desktop.vision.exif import Exif, read_exif
from eventsnap_desktop.vision.picture import Limits, Picture, finished, reduced
from eventsnap_desktop.vision.tiff_tags import Directory, TagReader

Image.MAX_IMAGE_PIXELS = None  # our limit is checked before Pillow's would warn on stderr
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # odd tags are no news

_DEFLATE_RATIO = 1032
"""The most that deflate can shrink anything (zlib's technical details): 258 bytes to 2 bits."""

_LEAST_RATIO = {1: 2, 5: 2800, 7: 1600, 8: _DEFLATE_RATIO, 32946: _DEFLATE_RATIO, 32773: 64}
"""The same by TIFF compression, rounded up: none (colour may be stored at half resolution), LZW
(4096 bytes from 12 bits), JPEG (a block of 64 from 1 bit, colour as well at half resolution),
deflate under two numbers, PackBits."""

_DEEP_PIXELS_COST = 4
"""A float takes four bytes where another picture takes one."""

_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_png(data: bytes, limits: Limits) -> Picture:
    """Decode a PNG; its size is checked, and against its bytes, before anything is unpacked."""
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise PhotoUnreadableError("is cut off or damaged: a PNG without a header")
    width, height, bits, colour = struct.unpack_from(">IIBB", data, 16)
    limits.check(width, height)
    row = width * bits * _PNG_CHANNELS.get(colour, 1) // 8
    _check_room(data, row * height, _DEFLATE_RATIO, width, height)
    return _read(PngImagePlugin.PngImageFile(io.BytesIO(data)), limits)


def read_avif(data: bytes, limits: Limits) -> Picture:
    """Decode an AVIF; Pillow tells its rotation boxes as EXIF orientation."""
    return _read(AvifImagePlugin.AvifImageFile(io.BytesIO(data)), limits)


def read_gif(data: bytes, limits: Limits) -> Picture:
    """Decode the first picture of a GIF."""
    if len(data) < 13:
        raise PhotoUnreadableError("is cut off: a GIF without a picture in it")
    limits.check(*struct.unpack_from("<HH", data, 6))
    return _read(GifImagePlugin.GifImageFile(io.BytesIO(data)), limits)


def read_bmp(data: bytes, limits: Limits) -> Picture:
    """Decode a BMP; a negative height, which stores the rows top down, is as good as any."""
    (header,) = struct.unpack_from("<I", data, 14)
    width, height = struct.unpack_from("<HH" if header == 12 else "<ii", data, 18)
    limits.check(width, abs(height))
    return _read(BmpImagePlugin.BmpImageFile(io.BytesIO(data)), limits)


def read_tiff(data: bytes, limits: Limits) -> Picture:
    """Decode the first page of a TIFF or BigTIFF."""
    reader = TagReader.open(data)
    if reader is None:
        raise PhotoUnreadableError("is cut off: a TIFF without a picture in it")
    page = reader.directory(reader.first)
    width, height = (reader.number(page.tags.get(number)) or 0 for number in (256, 257))
    if not page.tags:
        raise PhotoUnreadableError("is cut off or damaged: a TIFF without a picture in it")
    limits.check(width, height)
    _check_page(data, reader, page, width, height)
    exif = replace(read_exif(data), orientation=1)  # Pillow turns a TIFF upright by itself
    try:
        image = TiffImagePlugin.TiffImageFile(io.BytesIO(data))
    except SyntaxError:  # Pillow knows no such pixels: floats in colour, planes of 16 bits
        pixels = _decode_tiff_with_cv2(data, width, height, limits)
        size = (pixels.shape[1], pixels.shape[0])
        return finished(reduced(pixels, limits), size, 1, exif.taken_at)
    return _read(image, limits, exif)


def _decode_tiff_with_cv2(data: bytes, width: int, height: int, limits: Limits) -> BgrImage:
    """Decode with cv2, which turns a TIFF upright whatever its flags say (measured)."""
    Limits(0, limits.pixels // _DEEP_PIXELS_COST).check(width, height)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise PhotoUnreadableError("is damaged, or a TIFF of a kind that cannot be read")
    return array_to_bgr(pixels)


def _check_page(data: bytes, reader: TagReader, page: Directory, width: int, height: int) -> None:
    if page.claimed > len(data) + 65536:
        # Pillow keeps the bytes of every tag; thousands that share a place would fill the memory.
        raise PhotoUnreadableError("is damaged: its tags claim more bytes than the file has")
    bits = reader.numbers(page.tags.get(258)) or (1,)
    samples = reader.number(page.tags.get(277)) or len(bits)
    compression = reader.number(page.tags.get(259)) or 1
    ratio = _LEAST_RATIO.get(compression)
    if ratio is not None:
        _check_room(data, width * bits[0] * samples // 8 * height, ratio, width, height)


def _check_room(data: bytes, unpacked: int, ratio: int, width: int, height: int) -> None:
    """Raise when the bytes cannot hold the picture however well they are packed."""
    if len(data) * ratio < unpacked:
        raise PhotoUnreadableError(
            f"is cut off: {len(data)} bytes cannot hold {width} x {height} pixels"
        )


def _read(image: ImageFile.ImageFile, limits: Limits, exif: Exif | None = None) -> Picture:
    """Load and convert; ``exif`` is None where Pillow shall say what the file holds."""
    with image:
        size = image.size
        limits.check(*size)  # what Pillow is about to allocate, whatever our own reading said
        image.load()
        if exif is None:
            exif = read_exif(image.info.get("exif"))
        pixels = pillow_to_bgr(image)
    return finished(reduced(pixels, limits), size, exif.orientation, exif.taken_at)
