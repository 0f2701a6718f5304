"""Photo bytes to an upright BGR picture: the only way by which untrusted bytes become pixels."""

import os
import re
from collections.abc import Callable

import cv2

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode_heif import read_heif
from eventsnap_desktop.vision.decode_jpeg import read_jpeg
from eventsnap_desktop.vision.decode_pillow import (
    read_avif,
    read_bmp,
    read_gif,
    read_png,
    read_tiff,
)
from eventsnap_desktop.vision.decode_raw import read_raw
from eventsnap_desktop.vision.decode_webp import read_webp
from eventsnap_desktop.vision.picture import CUT_OFF, DAMAGED, Limits, Picture
from eventsnap_desktop.vision.sniff import sniff

__all__ = ["MAX_PIXELS", "Picture", "decode", "sniff"]

# opencv-python (not headless) points Qt at plugins of its own when it is imported, which by now has
# happened; left there, they break the windows of this program. What a user has set stays.
for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    if "cv2" in os.environ.get(_name, ""):
        del os.environ[_name]
# Every cv2 puts a folder and an empty entry, which means "here", before the library path that
# programs we start inherit (lp, xdg-open, the database).
_kept = [
    one for one in os.environ.pop("LD_LIBRARY_PATH", "").split(":") if one and "cv2" not in one
]
if _kept:
    os.environ["LD_LIBRARY_PATH"] = ":".join(_kept)
# What cv2 says on stderr about a broken picture is the photo's reason here, and once is enough.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

MAX_PIXELS = 120_000_000
"""Pixels a photo may have: the largest cameras at events have 100 megapixels."""

_READERS: dict[str, Callable[[bytes, Limits], Picture]] = {
    "jpeg": read_jpeg,
    "png": read_png,
    "webp": read_webp,
    "tiff": read_tiff,
    "heif": read_heif,
    "avif": read_avif,
    "raw": read_raw,
    "gif": read_gif,
    "bmp": read_bmp,
}

_WHAT_IT_IS = {
    "pdf": "a PDF document",
    "postscript": "a PostScript document",
    "zip": "a ZIP archive or an Office document",
    "rar": "a RAR archive",
    "7z": "a 7-Zip archive",
    "gzip": "a gzip archive",
    "video": "a film",
    "sound": "a sound file",
    "html": "a web page",
    "xml": "an XML file",
    "svg": "an SVG drawing",
    "text": "a text file",
    "appledouble": "a file macOS puts beside a photo",
    "program": "a program",
    "database": "a database",
}
_UNSUPPORTED = {"psd": "Photoshop", "jpeg2000": "JPEG 2000", "jpegxl": "JPEG XL"}


_SAYS_CUT_OFF = re.compile(
    "truncated|end of file|not enough|insufficient|beyond end", re.IGNORECASE
)


def decode(data: bytes, *, enough: int = 0, max_pixels: int = MAX_PIXELS) -> Picture:
    """Return the upright picture of a photo's bytes; safe from many threads at once.

    ``enough`` is the length in pixels of the long side that suffices, 0 for full resolution: a
    JPEG is decoded at 1/2, 1/4 or 1/8 as long as its long side is not shorter, other formats are
    shrunk after decoding. A photo of more than ``max_pixels`` is refused before it is decoded.

    Raises PhotoUnreadableError, and nothing else, with what is wrong as its message.
    """
    kind = sniff(data)
    reader = _READERS.get(kind or "")
    if reader is None:
        raise PhotoUnreadableError(_not_a_photo(data, kind))
    try:
        return reader(data, Limits(enough, max_pixels))
    except PhotoUnreadableError:
        raise
    except Exception as error:  # seven libraries, each with error classes of its own
        raise PhotoUnreadableError(_reason(error)) from error


def _not_a_photo(data: bytes, kind: str | None) -> str:
    if not data:
        return "is empty"
    if kind in _WHAT_IT_IS:
        return f"is {_WHAT_IT_IS[kind]}, not a picture"
    if kind in _UNSUPPORTED:
        return f"is a {_UNSUPPORTED[kind]} picture, which cannot be read"
    if not any(data):
        return "holds nothing but zero bytes"
    return "is not a picture of any known format"


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "does not fit into memory"
    if isinstance(error, EOFError) or _SAYS_CUT_OFF.search(str(error)):
        return CUT_OFF
    return DAMAGED
