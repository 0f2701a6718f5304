"""Copies photos out of an event's source into a folder or a ZIP, and says what became of each."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from eventsnap_desktop.domain.errors import EventSnapError, PhotoGoneError, PhotoUnreadableError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export_names import numbered, safe_name
from eventsnap_desktop.storage.names import fold_key
from eventsnap_desktop.storage.writing import write_new_file

_BLOCK = 1 << 20
_FILE_MODE = 0o644 << 16  # where a ZIP keeps a file's rights


class PhotoReader(Protocol):
    """Where the photos' bytes come from."""

    def read(self, key: str) -> bytes:
        """Return a photo's bytes; PhotoGoneError, PhotoUnreadableError, SourceAwayError."""


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is: photos looked at, of how many, and the one in work."""

    done: int
    total: int
    key: str


@dataclass(frozen=True, slots=True)
class FailedExport:
    """A photo that was not exported, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did; every photo is counted once unless it was cancelled.

    ``place`` is the folder or the ZIP. Photos ``already_there`` had the same bytes in the folder
    before. ``size`` is the bytes that were written.
    """

    place: Path
    exported: int
    already_there: int
    size: int
    failed: tuple[FailedExport, ...]
    cancelled: bool


def export_to_folder(
    keys: Sequence[str],
    source: PhotoReader,
    folder: Path,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
) -> ExportReport:
    """Write each photo into the folder under its name, none over another file.

    Where other bytes have the name, `` (2)`` and so on is added; where the same bytes have it, the
    photo is there already, so that a stopped export goes on when it is begun again, in whatever
    order. A photo that is gone or unreadable costs only itself. SourceAwayError and
    SourceRefusedError end the export, and EventSnapError when the folder cannot be written; what
    was written stays.
    """
    with _Writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        there = _files_by_name(folder)
    tally = _Tally(folder)
    names = _Names()
    for key, data in _photos(keys, source, tally, report, cancel):
        with _Writing(folder):
            for name in names.candidates(key):
                old = there.get(fold_key(name), ())
                if any(_is_same(file, data) for file in old):
                    tally.already_there += 1
                elif old or not _placed(folder, name, data):
                    continue
                else:
                    tally.wrote(data)
                names.take(name)
                break
    return tally.result()


def export_to_zip(
    keys: Sequence[str],
    source: PhotoReader,
    file: Path,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
) -> ExportReport:
    """Write the photos into a new ZIP, uncompressed, one after the other.

    The ZIP gets its name when it is complete, in the place of an older file of that name. Nothing
    is left of it when the export is cancelled, fails, or had no photo to write. Errors are those of
    ``export_to_folder``.
    """
    tally = _Tally(file)
    names = _Names()
    hidden = file.parent / f".eventsnap-{uuid4().hex}.part"
    try:
        with _Writing(file), ZipFile(hidden, "x", ZIP_STORED) as archive:
            for key, data in _photos(keys, source, tally, report, cancel):
                name = next(names.candidates(key))
                names.take(name)
                entry = ZipInfo(name, time.localtime()[:6])
                entry.external_attr = _FILE_MODE
                archive.writestr(entry, data)
                tally.wrote(data)
        if tally.exported and not tally.cancelled:
            with _Writing(file):
                _bring_to_disk(hidden)
                hidden.replace(file)
    finally:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)
    return tally.result()


@dataclass(slots=True)
class _Tally:
    """What an export did so far."""

    place: Path
    exported: int = 0
    already_there: int = 0
    size: int = 0
    failed: list[FailedExport] = field(default_factory=list)
    cancelled: bool = False

    def wrote(self, data: bytes) -> None:
        self.exported += 1
        self.size += len(data)

    def result(self) -> ExportReport:
        return ExportReport(
            self.place,
            self.exported,
            self.already_there,
            self.size,
            tuple(self.failed),
            self.cancelled,
        )


class _Names:
    """Names that no other photo of this export has, whatever the file system takes for one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def candidates(self, key: str) -> Iterator[str]:
        """Yield the key's name, then the same with (2), (3) and so on."""
        name = safe_name(key)
        for number in count(1):
            candidate = numbered(name, number)
            if fold_key(candidate) not in self._taken:
                yield candidate

    def take(self, name: str) -> None:
        self._taken.add(fold_key(name))


class _Writing:
    """Turns what goes wrong with the target into the program's words."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            why = error.strerror or type(error).__name__
            raise EventSnapError(
                f"“{self._place.name}” cannot be written: {why}",
                "Choose another place, or make room, and export again.",
            ) from error


def _photos(
    keys: Sequence[str],
    source: PhotoReader,
    tally: _Tally,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
) -> Iterator[tuple[str, bytes]]:
    """Read one photo after the other; those that cannot be read are noted and left out."""
    for done, key in enumerate(keys):
        report(ExportProgress(done, len(keys), key))
        if cancel.requested:
            tally.cancelled = True
            return
        try:
            data = source.read(key)
        except (PhotoGoneError, PhotoUnreadableError) as error:
            tally.failed.append(FailedExport(key, error.message))
        else:
            yield key, data
    report(ExportProgress(len(keys), len(keys), ""))


def _placed(folder: Path, name: str, data: bytes) -> bool:
    """Write a new file; return False when something else has the name."""
    try:
        write_new_file(folder, folder / name, BytesIO(data), len(data))
    except FileExistsError:
        return False
    return True


def _files_by_name(folder: Path) -> dict[str, list[Path]]:
    """Return what a folder holds by the form in which some file system takes two names for one."""
    found: dict[str, list[Path]] = {}
    for path in folder.iterdir():
        found.setdefault(fold_key(path.name), []).append(path)
    return found


def _bring_to_disk(file: Path) -> None:
    """Have the bytes on the disk before their name is."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _is_same(path: Path, data: bytes) -> bool:
    """Return whether a file holds these bytes, reading no more of it than needed."""
    if not path.is_file() or path.stat().st_size != len(data):
        return False
    view, at = memoryview(data), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if view[at : at + len(block)] != block:
                return False
            at += len(block)
    return at == len(data)
