"""A ZIP that grows photo by photo, and goes on where it was when it was cut off."""

import os
import struct
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from eventsnap_desktop.flows.export_journal import DIGEST_BYTES
from eventsnap_desktop.flows.export_names import safe_path

# PKWARE's APPNOTE.TXT 4.3.7: what stands before each file; 4.5.2: blocks of extra fields.
_HEADER = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct(f"<HH{DIGEST_BYTES}s")
_SIGNATURE, _STORED, _UTF8 = b"PK\x03\x04", 0, 0x800
_OURS = 0x4553  # "ES", of no registered program
_FILE_MODE = 0o644 << 16  # where a ZIP keeps a file's rights
_BLOCK = 1 << 20
_EARLIEST, _LATEST = 1980, 2107  # the years a ZIP can hold


@dataclass(frozen=True, slots=True)
class _Entry:
    """A photo that is whole in the file."""

    info: ZipInfo
    digest: bytes
    end: int


class GrowingZip:
    """Writes to ``<name>.part`` and gives it the name when all photos are in.

    Each photo carries a digest, so that what an earlier run wrote is known again: ``recover``
    first, then ``add``, then ``finish``; ``close`` leaves the part for later. Photos are stored as
    they are, since they are compressed. OSError when it cannot be written.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._part = file.with_name(f"{file.name}.part")
        # "a" makes it if need be and keeps what is there; "r+" can write at any place.
        self._part.open("ab").close()
        self._opened = self._part.open("r+b")
        self._recovered: list[ZipInfo] = []
        self._archive: ZipFile | None = None

    def recover(self, wanted: Collection[bytes]) -> Iterator[tuple[bytes, str]]:
        """Yield digest and name of each photo that is in already, as it is read and found whole.

        It ends before the first that is broken or not among the ``wanted`` ones: from there on the
        file is written anew, so that nothing is in it that should not be.
        """
        seen: set[bytes] = set()
        names: set[str] = set()
        end = 0
        while (entry := _read_entry(self._opened, end)) is not None:
            name = entry.info.filename
            if entry.digest in seen or entry.digest not in wanted or name in names:
                break
            seen.add(entry.digest)
            names.add(name)
            self._recovered.append(entry.info)
            end = entry.end
            yield entry.digest, name
        self._opened.seek(end)
        self._opened.truncate()

    def add(self, name: str, digest: bytes, content: bytes, time: datetime) -> None:
        """Write one photo."""
        entry = ZipInfo(name, _zip_time(time))
        entry.external_attr = _FILE_MODE
        entry.extra = _EXTRA.pack(_OURS, DIGEST_BYTES, digest)
        self._started().writestr(entry, content)

    def finish(self) -> None:
        """Have the whole ZIP on the disk, then under its name, in the place of an older file."""
        self._started().close()
        self._opened.flush()
        os.fsync(self._opened.fileno())
        self._opened.close()
        self._part.replace(self._file)

    def close(self) -> None:
        """Leave it as it is, to go on later; nothing where it has its name."""
        if self._archive is not None:
            self._archive.fp = None  # else it would end the ZIP when it is collected
        with suppress(OSError):  # what could not be written is not whole, so it is written again
            self._opened.close()

    def remove(self) -> None:
        """Leave nothing behind."""
        self.close()
        self._part.unlink(missing_ok=True)

    def _started(self) -> ZipFile:
        """Return the archive that goes on behind what was recovered."""
        if self._archive is None:
            self._archive = ZipFile(self._opened, "w", ZIP_STORED)
            for info in self._recovered:
                self._archive.filelist.append(info)
                self._archive.NameToInfo[info.filename] = info
        return self._archive


def _read_entry(file: BinaryIO, start: int) -> _Entry | None:
    """Return the photo that begins there, None when it is not whole or not one of ours."""
    file.seek(start)
    header = file.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    fields = _HEADER.unpack(header)
    signature, _, flags, method, _, _, checksum, packed, size, name_size, extra_size = fields
    if signature != _SIGNATURE or method != _STORED or packed != size or flags & ~_UTF8:
        return None
    name, extra = file.read(name_size), file.read(extra_size)
    if len(extra) != _EXTRA.size or _EXTRA.unpack(extra)[:2] != (_OURS, DIGEST_BYTES):
        return None
    if _checksum(file, size) != checksum:
        return None
    text = name.decode("utf-8" if flags & _UTF8 else "ascii", "replace")
    if text != safe_path(text):
        return None
    return _Entry(_info(start, text, fields, extra), _EXTRA.unpack(extra)[2], file.tell())


def _info(start: int, name: str, fields: tuple[int, ...], extra: bytes) -> ZipInfo:
    time, date = fields[4], fields[5]
    year, month, day = (date >> 9) + _EARLIEST, (date >> 5) & 0xF, date & 0x1F
    info = ZipInfo(name, (year, month, day, time >> 11, (time >> 5) & 0x3F, (time & 0x1F) * 2))
    info.header_offset, info.extra = start, extra
    info.CRC, info.compress_size, info.file_size = fields[6:9]
    info.external_attr = _FILE_MODE
    return info


def _checksum(file: BinaryIO, size: int) -> int | None:
    """Return the CRC-32 of the next bytes, None when there are fewer."""
    checksum, left = 0, size
    while left:
        block = file.read(min(left, _BLOCK))
        if not block:
            return None
        checksum = zlib.crc32(block, checksum)
        left -= len(block)
    return checksum


def _zip_time(time: datetime) -> tuple[int, int, int, int, int, int]:
    local = time.astimezone()
    year = min(max(local.year, _EARLIEST), _LATEST)
    return year, local.month, local.day, local.hour, local.minute, local.second
