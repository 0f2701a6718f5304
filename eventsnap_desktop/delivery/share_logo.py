"""An event's logo as the share page shows it."""

import io
from collections import OrderedDict
from pathlib import Path

from PIL import Image, ImageOps

_SIZE = (640, 168)  # pixels: three times what the page shows it at
_MOST = 16
_MOST_PIXELS = 50_000_000
_CANNOT_READ = (OSError, ValueError, SyntaxError, EOFError, MemoryError)


class Logos:
    """Reads logos and remembers a few; used from one thread."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[str, int], bytes | None] = OrderedDict()

    def get(self, path: str) -> bytes | None:
        """Return the picture of a path as a small PNG, None where there is none to be read."""
        if not path:
            return None
        try:
            which = (path, Path(path).stat().st_mtime_ns)
        except (OSError, ValueError):
            return None  # another machine's path
        if which not in self._read:
            self._read[which] = _small(path)
            if len(self._read) > _MOST:
                self._read.popitem(last=False)
        return self._read[which]


def _small(path: str) -> bytes | None:
    buffer = io.BytesIO()
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF", "BMP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            logo = ImageOps.exif_transpose(opened).convert("RGBA")
        logo.thumbnail(_SIZE, Image.Resampling.LANCZOS)
        logo.save(buffer, "PNG", optimize=True)
    except _CANNOT_READ:
        return None
    return buffer.getvalue()
