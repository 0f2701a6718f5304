"""Finds what is to be imported: single files, the files of folders, the entries of ZIP archives."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from eventsnap_desktop.domain.errors import PhotoUnreadableError, UsageError
from eventsnap_desktop.storage.archive_names import key_in_archive
from eventsnap_desktop.storage.archives import ArchiveEntry, ArchiveLimits, ZipArchive
from eventsnap_desktop.storage.file_names import key_of_name
from eventsnap_desktop.storage.names import is_clutter
from eventsnap_desktop.storage.walking import walk

CLUTTER = "hidden or left by the system"
_IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that wants to be imported.

    ``name`` is what people know it by, ``key`` the key it asks for. ``refusal`` or ``left_out`` say
    why it is not taken; both are "" where ``open`` may be called, until the next one is asked for:
    it gives a seekable stream, and PhotoUnreadableError when the bytes are not to be had.
    """

    name: str
    key: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    refusal: str = ""
    left_out: str = ""


def find_incoming(
    paths: Sequence[Path], limits: ArchiveLimits, own: Path | None
) -> Iterator[Incoming]:
    """Stream the files that ``paths`` name, in order; nothing is unpacked before it is opened.

    ``own`` is the folder that is imported into: what lies in it is refused, not copied into itself.
    """
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            yield _refused(str(path), "There is no such file or folder")
            continue
        if own is not None and real.is_relative_to(own):
            yield _refused(str(path), "It is in the event's folder already")
        elif real.is_dir():
            yield from _of_folder(path, real, own)
        elif real.is_file() and _is_zip(real):
            yield from _of_archive(real, limits)
        elif real.is_file():
            yield _file(key_of_name(path.name), real)
        else:
            yield _refused(str(path), "It is neither a file nor a folder")


def _of_folder(shown: Path, folder: Path, own: Path | None) -> Iterator[Incoming]:
    skipped: list[Incoming] = []

    def on_skipped(key: str, reason: str) -> None:
        name = f"{shown}/{key}"
        skipped.append(_refused(name, reason) if reason else _clutter(name))

    for found in walk(folder, on_skipped=on_skipped):
        if own is None or not found.path.is_relative_to(own):
            yield _file(found.key, found.path)
        while skipped:
            yield skipped.pop(0)
    yield from skipped


def _of_archive(path: Path, limits: ArchiveLimits) -> Iterator[Incoming]:
    try:
        with ZipArchive(path, limits) as archive:
            for entry in archive.entries():
                name = f"{path.name}: {entry.name}"
                key = key_in_archive(entry.name)
                if any(is_clutter(part) for part in key.split("/")) and not entry.refusal:
                    yield _clutter(name)
                else:
                    opener = partial(_unpacked, archive, entry)
                    yield Incoming(name, key, opener, entry.refusal)
    except UsageError as error:
        yield _refused(str(path), str(error))


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError:
        return False  # the reason comes when it is opened as a file
    # By its bytes only without an ending: a text document is a ZIP inside as well.
    marked = head in {b"PK\x03\x04", b"PK\x05\x06"} and not path.suffix
    return marked or path.suffix.casefold() == ".zip"


def _file(key: str, path: Path) -> Incoming:
    if any(is_clutter(part) for part in key.split("/")):
        return _clutter(key)
    return Incoming(key, key, partial(_opened, path))


def _refused(name: str, reason: str) -> Incoming:
    return Incoming(name, "", partial(_never, reason), refusal=reason)


def _clutter(name: str) -> Incoming:
    return Incoming(name, "", partial(_never, CLUTTER), left_out=CLUTTER)


@contextmanager
def _unpacked(archive: ZipArchive, entry: ArchiveEntry) -> Iterator[BinaryIO]:
    """Unpack to memory, above 8 MB to disk: only then is it known to be whole."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as temporary:
        spool = cast("BinaryIO", temporary)
        archive.unpack(entry, spool)
        spool.seek(0)
        yield spool


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = _GuardedFile(path)
    except OSError as error:
        raise PhotoUnreadableError(f"It cannot be read ({error.strerror})") from error
    with io.BufferedReader(file) as stream:
        yield stream


class _GuardedFile(io.FileIO):
    """A file whose read errors are told from those of the place it is copied to."""

    def readinto(self, buffer: Any) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise PhotoUnreadableError(f"It cannot be read ({error.strerror})") from error


def _never(reason: str) -> AbstractContextManager[BinaryIO]:
    raise PhotoUnreadableError(reason)
