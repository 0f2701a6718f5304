"""Copies photos out of an event's source into a folder or a ZIP, and says what became of each."""

import errno
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Protocol

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.errors import PhotoGoneError, PhotoUnreadableError
from eventsnap_desktop.domain.outgoing import NeverError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export_journal import ExportJournal, photo_digest
from eventsnap_desktop.flows.export_names import ExportNames
from eventsnap_desktop.flows.export_place import ExportPlace
from eventsnap_desktop.flows.export_report import ExportProgress as ExportProgress  # noqa: PLC0414
from eventsnap_desktop.flows.export_report import ExportReport as ExportReport  # noqa: PLC0414
from eventsnap_desktop.flows.export_report import FailedExport as FailedExport  # noqa: PLC0414
from eventsnap_desktop.flows.export_report import Tally
from eventsnap_desktop.flows.export_zip import GrowingZip
from eventsnap_desktop.storage.names import fold_key
from eventsnap_desktop.storage.writing import write_new_file

READ_AHEAD = 3
"""So many photos are fetched and made ready while one is written: memory does not grow."""

_BLOCK = 1 << 20

Prepare = Callable[[PhotoRow, bytes], bytes]
"""The original's bytes to the JPEG that is written instead; NeverError, PhotoUnreadableError."""


class PhotoReader(Protocol):
    """Where the photos' bytes come from; asked by several threads at once."""

    def read(self, key: str) -> bytes:
        """Return a photo's bytes; PhotoGoneError, PhotoUnreadableError, SourceAwayError."""


@dataclass(frozen=True, slots=True)
class ExportHow:
    """In which form photos are written.

    ``keep_folders``: below folders as in the source, else all in one. ``prepare`` makes other
    JPEGs of them, None for the originals byte by byte; ``variant`` says in which way, so that an
    export goes on only with photos that were made in the same one.
    """

    keep_folders: bool = False
    prepare: Prepare | None = None
    variant: str = ""


_AS_THEY_ARE = ExportHow()


def export_to_folder(
    photos: Sequence[PhotoRow],
    source: PhotoReader,
    folder: Path,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
    how: ExportHow = _AS_THEY_ARE,
) -> ExportReport:
    """Write each photo into the folder under its name, none over another file.

    Where other bytes have the name, `` (2)`` and so on is added; where the same bytes have it, the
    photo is there already. A journal lets a stopped export go on without reading what was written;
    it is removed when all is there. A photo that is gone or unreadable costs only itself.
    SourceAwayError and SourceRefusedError end the export, and EventSnapError when the folder
    cannot be written; what was written stays.
    """
    place, tally = ExportPlace(folder, folder), _tally(folder, photos, report)
    with place:
        folder.mkdir(parents=True, exist_ok=True)
        place.begun()
        shelf = _Shelf(folder)
        journal = ExportJournal(folder, how.variant)
    names = ExportNames(how.keep_folders, shelf.is_file)
    left = []
    for photo in photos:
        with place:
            name = journal.written_as(photo)
        if name is None:
            left.append(photo)
        else:
            names.take(name)
            tally.was_there(photo)
    for photo, data in _arriving(left, source, how, tally, cancel):
        with place:
            candidates = names.candidates(photo.key, how.prepare is not None)
            name, is_new = shelf.put(candidates, data, photo)
            names.take(name)
            journal.add(photo, name, len(data))
        if is_new:
            tally.wrote(photo, len(data))
        else:
            tally.was_there(photo)
    if not tally.cancelled and not tally.failed:
        with place:
            journal.remove()
    return tally.result()


def export_to_zip(
    photos: Sequence[PhotoRow],
    source: PhotoReader,
    file: Path,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
    how: ExportHow = _AS_THEY_ARE,
) -> ExportReport:
    """Write the photos into a new ZIP, uncompressed, one after the other.

    The ZIP gets its name when it is complete, in the place of an older file of that name. Until
    then, also when the export is cancelled or fails, it is ``<name>.part``, and the next export to
    the same place goes on with it, as far as it holds nothing but photos that are wanted now. No
    ZIP is made where there is no photo to write. Errors are those of ``export_to_folder``.
    """
    place, tally = ExportPlace(file, file.parent), _tally(file, photos, report)
    wanted = {photo_digest(photo, how.variant): photo for photo in photos}
    names = ExportNames(how.keep_folders)
    with place:
        growing = GrowingZip(file)
        place.begun()
    try:
        for digest, name in _recovered(growing, wanted, place):
            names.take(name)
            tally.begins(photo := wanted.pop(digest))
            tally.was_there(photo)
            if cancel.requested:
                tally.cancelled = True
                return tally.result()
        digests = {photo.id: digest for digest, photo in wanted.items()}
        for photo, data in _arriving(list(wanted.values()), source, how, tally, cancel):
            name = next(names.candidates(photo.key, how.prepare is not None))
            names.take(name)
            with place:
                growing.add(name, digests[photo.id], data, photo.time)
            tally.wrote(photo, len(data))
        if not tally.cancelled:
            with place:
                growing.finish() if tally.exported or tally.already_there else growing.remove()
    finally:
        growing.close()
    return tally.result()


class _Shelf:
    """A folder of photos, with what was in it before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[Path, dict[str, list[Path]]] = {}

    def is_file(self, name: str) -> bool:
        """Whether something that is no folder has this path."""
        path = self._root / name
        return os.path.lexists(path) and not path.is_dir()

    def put(self, names: Iterator[str], data: bytes, photo: PhotoRow) -> tuple[str, bool]:
        """Write a photo under the first name that is free or has it; return whether it is new."""
        for name in names:
            path = self._root / name
            old = self._files(path.parent).get(fold_key(path.name), ())
            if any(_is_same(file, data) for file in old):
                return name, False
            if not old and self._placed(path, data):
                with suppress(OSError, OverflowError):  # a share may refuse; FAT begins in 1980
                    os.utime(path, (photo.time.timestamp(),) * 2)
                return name, True
        raise AssertionError("there is always another name")

    def _placed(self, path: Path, data: bytes) -> bool:
        """Write a new file; return False when something else has the name."""
        try:
            write_new_file(self._root, path, BytesIO(data), len(data))
        except FileExistsError:
            if not path.parent.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
            return False
        return True

    def _files(self, folder: Path) -> dict[str, list[Path]]:
        """Return what a folder held by the form in which some file system takes two for one."""
        if folder not in self._listed:
            found: dict[str, list[Path]] = {}
            for path in folder.iterdir() if folder.is_dir() else ():
                found.setdefault(fold_key(path.name), []).append(path)
            self._listed[folder] = found
        return self._listed[folder]


def _tally(
    place: Path, photos: Sequence[PhotoRow], report: Callable[[ExportProgress], None]
) -> Tally:
    return Tally(place, len(photos), sum(photo.bytes for photo in photos), report)


def _recovered(
    growing: GrowingZip, wanted: Mapping[bytes, PhotoRow], place: ExportPlace
) -> Iterator[tuple[bytes, str]]:
    with place:
        yield from growing.recover(frozenset(wanted))


def _arriving(
    photos: Sequence[PhotoRow], source: PhotoReader, how: ExportHow, tally: Tally, cancel: Cancel
) -> Iterator[tuple[PhotoRow, bytes]]:
    """Yield one photo after the other; those that cannot be read are noted and left out."""

    def fetch(photo: PhotoRow) -> bytes:
        data = source.read(photo.key)
        return data if how.prepare is None else how.prepare(photo, data)

    coming: deque[tuple[PhotoRow, Future[bytes]]] = deque()
    left = iter(photos)
    pool = ThreadPoolExecutor(READ_AHEAD, "export")
    try:
        while True:
            for photo in islice(left, READ_AHEAD - len(coming)):
                coming.append((photo, pool.submit(fetch, photo)))
            if not coming:
                break
            photo, made = coming.popleft()
            tally.begins(photo)
            if cancel.requested:
                tally.cancelled = True
                return
            try:
                data = made.result()
            except (PhotoGoneError, PhotoUnreadableError, NeverError) as error:
                tally.left_out(photo, error.message)
            else:
                yield photo, data
        tally.begins(None)
    finally:
        pool.shutdown(cancel_futures=True)


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
