"""A backup's file: a ZIP whose parts are listed, with their digests, in ``manifest.json``.

``tables/NAME`` holds a table's rows in PostgreSQL's binary COPY format, ``files/NAME`` a small
file of the data folder. Parts are written and read in blocks, however large they are.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO

from eventsnap_desktop.domain.backups import Content, Manifest
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.flows.backup_manifest import (
    damaged,
    manifest_from_json,
    manifest_to_json,
)

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 64 * 2**20
_LARGEST_FILE = 16 * 2**20
_BLOCK = 256 * 1024
# Measured: level 1 takes 15 % off real faces' rows, level 6 half a percent more.
_LEVEL = 1


class ArchiveWriter:
    """Writes a backup's parts one after the other, the manifest last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)

    def add(self, name: str, fill: Callable[[Callable[[bytes], object]], object]) -> Content:
        """Write a part: ``fill`` gets a function that takes its bytes. OSError."""
        digest, size = sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as part:

            def write(block: bytes) -> None:
                nonlocal size
                digest.update(block)
                size += len(block)
                part.write(block)

            fill(write)
        return Content(size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the end of the file."""
        self._zip.writestr(_MANIFEST, manifest_to_json(manifest))
        self._zip.close()

    def give_up(self) -> None:
        """Let go of a file that is of no use any more."""
        try:
            self._zip.close()
        except (OSError, ValueError):  # what could not be written before cannot be written now
            return


class ArchiveReader:
    """Reads a backup's parts; EventSnapError where it is none or not whole, or cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise _unreadable(path, error) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise EventSnapError(
                f"{path} is not a backup of EventSnap, or its end is missing",
                "Nothing was changed. Choose another file, or copy this one again from where it "
                "is kept.",
            ) from error

    def __enter__(self) -> "ArchiveReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def manifest(self) -> Manifest:
        """Return what the backup says of itself."""
        if _MANIFEST not in self._zip.namelist():
            raise EventSnapError(
                f"{self._path} is not a backup of EventSnap", "Choose another file."
            )
        if self._zip.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
            raise damaged("its list of contents is far too long")
        return manifest_from_json(b"".join(self._blocks(_MANIFEST)))

    def blocks(self, name: str, content: Content) -> Iterator[bytes]:
        """Yield a part's bytes; EventSnapError at the end where they are not those of before."""
        digest, size = sha256(), 0
        for block in self._blocks(name):
            size += len(block)
            digest.update(block)
            if size > content.bytes:
                break
            yield block
        if (size, digest.hexdigest()) != (content.bytes, content.sha256):
            raise damaged(f"“{name}” is not what it was")

    def file(self, name: str, content: Content) -> bytes:
        """Return a small file."""
        if content.bytes > _LARGEST_FILE:
            raise damaged(f"“{name}” is far too large")
        return b"".join(self.blocks(name, content))

    def _blocks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as part:
                while block := part.read(_BLOCK):
                    yield block
        except KeyError as error:
            raise damaged(f"“{name}” is missing") from error
        except OSError as error:
            raise _unreadable(self._path, error) from error
        # zlib and zipfile: whatever they stumble over.
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
            raise damaged(f"“{name}” cannot be unpacked") from error


def table_part(name: str) -> str:
    """Return the name of a table's part."""
    return f"tables/{name}"


def file_part(name: str) -> str:
    """Return the name of a file's part."""
    return f"files/{name}"


def _unreadable(path: Path, error: OSError) -> EventSnapError:
    return EventSnapError(
        f"{path} cannot be read ({error.strerror or type(error).__name__})",
        "Check the name, the rights and the drive.",
    )
