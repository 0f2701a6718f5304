"""Reads ZIP archives that nobody vouches for, entry by entry, and says what is wrong with each."""

import stat as modes
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from eventsnap_desktop.domain.errors import PhotoUnreadableError, UsageError
from eventsnap_desktop.storage.archive_names import name_in_archive, name_refusal
from eventsnap_desktop.storage.limits import MAX_PHOTO_BYTES

_BLOCK = 1 << 20
_LOCAL_HEADER = 30  # bytes before the name (APPNOTE.TXT 4.3.7)
_ENCRYPTED = 0x1 | 0x40
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold; all sizes are of bytes that really came out, not of promises.

    ``ratio`` is unpacked to packed size: photos reach 1.1, a TIFF of a white wall 100.
    """

    entry_bytes: int = MAX_PHOTO_BYTES
    total_bytes: int = 1 << 40
    entries: int = 200_000
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of an archive: its number, its path with ``/``, why it is not read (or "")."""

    number: int
    name: str
    refusal: str


class ZipArchive:
    """An open ZIP archive; to be used with ``with``.

    Opening raises UsageError with one sentence when the file is no readable ZIP.
    """

    def __init__(self, path: Path, limits: ArchiveLimits) -> None:
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise UsageError(f"“{path.name}” cannot be read ({error.strerror})") from error
        except (*_BROKEN, NotImplementedError) as error:
            raise UsageError(
                f"“{path.name}” is not a readable ZIP archive",
                "It may be cut off: copy it again, or unpack it and import the folder.",
            ) from error
        self._infos = self._zip.infolist()
        if len(self._infos) > limits.entries:
            self._zip.close()
            raise UsageError(
                f"“{path.name}” holds more than {limits.entries} files",
                "Unpack it and import the folder.",
            )
        self._overlapping = _overlapping(self._infos, self._zip.start_dir)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def entries(self) -> Iterator[ArchiveEntry]:
        """Give every file of the archive in its order, the refused ones with their reason."""
        for number, info in enumerate(self._infos):
            name = name_in_archive(info)
            if not name.endswith("/"):
                yield ArchiveEntry(number, name, self._refusal(number, info, name))

    def unpack(self, entry: ArchiveEntry, into: BinaryIO) -> None:
        """Write one entry's bytes; PhotoUnreadableError with the reason when that cannot be.

        Stops as soon as a limit is passed, so at most a block more than the limit is ever unpacked.
        """
        if entry.refusal:
            raise PhotoUnreadableError(entry.refusal)
        info = self._infos[entry.number]
        most = self._limits.ratio * info.compress_size + _BLOCK
        written = 0
        try:
            with self._zip.open(info) as packed:
                while block := packed.read(_BLOCK):
                    written += len(block)
                    self._unpacked += len(block)
                    self._raise_over_limit(written, most)
                    into.write(block)
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            raise PhotoUnreadableError("It is damaged inside the archive") from error

    def _raise_over_limit(self, written: int, most: int) -> None:
        if written > self._limits.entry_bytes:
            raise PhotoUnreadableError(_too_large(self._limits.entry_bytes))
        if written > most:
            raise PhotoUnreadableError("It unpacks to far more than a picture does (a ZIP bomb)")
        if self._unpacked > self._limits.total_bytes:
            raise PhotoUnreadableError("The archive unpacks to too much in all")

    def _refusal(self, number: int, info: zipfile.ZipInfo, name: str) -> str:
        kind = modes.S_IFMT(info.external_attr >> 16)
        checks = (
            (name_refusal(info, name), True),
            ("It is a link", modes.S_ISLNK(kind)),
            ("It is not a regular file", kind not in {0, modes.S_IFREG, modes.S_IFLNK}),
            ("It is encrypted", bool(info.flag_bits & _ENCRYPTED)),
            ("It is packed in a way that is not supported", info.compress_type not in _METHODS),
            ("It shares its bytes with another entry", number in self._overlapping),
            (_too_large(self._limits.entry_bytes), info.file_size > self._limits.entry_bytes),
        )
        return next((reason for reason, holds in checks if reason and holds), "")


def _too_large(limit: int) -> str:
    return f"It is too large (at most {limit / 1e6:.0f} MB are read)"


def _overlapping(infos: list[zipfile.ZipInfo], end: int) -> set[int]:
    """Return the numbers of entries whose bytes reach into the next entry or into the directory.

    The quoted-overlap bomb (Fifield, "A better zip bomb", WOOT 2019) is made of these.
    """
    order = sorted(range(len(infos)), key=lambda number: infos[number].header_offset)
    found = set()
    for position, number in enumerate(order):
        info = infos[number]
        name = len(info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437"))
        mine = info.header_offset + _LOCAL_HEADER + name + info.compress_size
        following = order[position + 1] if position + 1 < len(order) else None
        if mine > (end if following is None else infos[following].header_offset):
            found.add(number)
            if following is not None:
                found.add(following)
    return found
