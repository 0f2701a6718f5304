"""A ZIP that is sent while it is made: photos stored as they are, one in memory at a time."""

import io
from datetime import datetime
from typing import cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from eventsnap_desktop.delivery.share_names import UniqueNames

_EARLIEST, _LATEST = 1980, 2107  # the years a ZIP can hold


class ZipStream:
    """Makes one ZIP with one folder in it; each method returns the bytes that come next.

    Names are taken as they are: they have to be safe already.

    Sizes and checksums stand before each file, not behind it: programs that read a ZIP from
    beginning to end want them there for files that are not compressed.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._window = _Window()
        self._zip = ZipFile(cast("io.BytesIO", self._window), "w", ZIP_STORED)
        self._names = UniqueNames()

    def begin(self) -> bytes:
        """Return the folder's own entry: the first bytes are there before the first photo is."""
        entry = ZipInfo(f"{self._folder}/", (_EARLIEST, 1, 1, 0, 0, 0))
        entry.external_attr = (0o40755 << 16) | 0x10
        self._zip.writestr(entry, b"")
        return self._window.take()

    def add(self, name: str, content: bytes, time: datetime) -> bytes:
        """Return a file; a name that was there before gets a number."""
        local = time.astimezone()
        year = min(max(local.year, _EARLIEST), _LATEST)
        when = (year, local.month, local.day, local.hour, local.minute, local.second)
        chosen = self._names.take(name)
        entry = ZipInfo(f"{self._folder}/{chosen}", when)
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)
        return self._window.take()

    def end(self) -> bytes:
        """Return the list of files that ends a ZIP."""
        self._zip.close()
        return self._window.take()


class _Window:
    """A file of which only the newest part is in memory: zipfile goes back in one entry only."""

    def __init__(self) -> None:
        self._start = 0
        self._part = io.BytesIO()

    def take(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        content = self._part.getvalue()
        self._start += len(content)
        self._part = io.BytesIO()
        return content

    def write(self, content: bytes) -> int:
        """Write at the place."""
        return self._part.write(content)

    def tell(self) -> int:
        """Return the place in the whole file."""
        return self._start + self._part.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the newest part."""
        if whence != io.SEEK_SET or offset < self._start:
            raise io.UnsupportedOperation("what was sent cannot be changed")
        return self._start + self._part.seek(offset - self._start)

    def flush(self) -> None:
        """Do nothing: everything is in memory."""
