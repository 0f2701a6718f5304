"""Small pictures kept on disk up to a limit; those that were not looked at longest go first."""

import logging
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import time

log = logging.getLogger(__name__)

DISK_LIMIT = 512 * 1024 * 1024
"""Bytes: some 20,000 thumbnails of 320 pixels."""

_KEEP = 0.9  # how much stays when the limit is passed, so that not every write has to make room
_USED_ANEW_AFTER = 3600.0  # seconds: a file's time of use needs no better precision


@dataclass(slots=True)
class _Kept:
    size: int
    used: float


class PictureFiles:
    """JPEGs in a folder, by event and name. Every method blocks; any thread may call it.

    What goes wrong with the folder is logged and costs only speed: pictures are then made anew.
    """

    def __init__(self, folder: Path, limit: int = DISK_LIMIT) -> None:
        self._folder, self._limit = folder, limit
        self._lock = Lock()
        self._kept: dict[Path, _Kept] | None = None
        self._total = 0

    @property
    def size(self) -> int:
        """Bytes of all pictures that are kept."""
        with self._lock:
            self._look()
            return self._total

    def read(self, event: str, name: str) -> bytes | None:
        """Return a picture's bytes, or None when it is not there."""
        path = self._path(event, name)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        self._note_use(path, len(data))
        return data

    def write(self, event: str, name: str, data: bytes) -> None:
        """Keep a picture, wholly or not at all, and make room if that passes the limit."""
        path = self._path(event, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, data)
        except OSError as error:
            log.warning("cannot keep a thumbnail: %s", error.strerror)
            return
        with self._lock:
            kept = self._look()
            before = kept.get(path)
            self._total += len(data) - (0 if before is None else before.size)
            kept[path] = _Kept(len(data), time())
            if self._total > self._limit:
                self._make_room(kept)

    def remove(self, event: str, name: str) -> None:
        """Drop one picture: it is broken."""
        with self._lock:
            self._drop(self._look(), self._path(event, name))

    def remove_event(self, event: str) -> None:
        """Drop all pictures of an event."""
        with self._lock:
            folder = self._event_folder(event)
            shutil.rmtree(folder, ignore_errors=True)
            self._kept = None
            self._look()

    def _event_folder(self, event: str) -> Path:
        return self._folder / sha256(event.encode()).hexdigest()[:16]

    def _path(self, event: str, name: str) -> Path:
        return self._event_folder(event) / f"{sha256(name.encode()).hexdigest()[:40]}.jpg"

    def _note_use(self, path: Path, size: int) -> None:
        now = time()
        with self._lock:
            kept = self._look()
            entry = kept.get(path)
            if entry is None:  # another window's
                kept[path] = _Kept(size, now)
                self._total += size
            elif now - entry.used < _USED_ANEW_AFTER:
                return
            else:
                entry.used = now
        with suppress(OSError):
            os.utime(path, (now, now))

    def _look(self) -> dict[Path, _Kept]:
        """Return what is kept, by a first look into the folder; the lock is held."""
        if self._kept is None:
            self._kept = {}
            for path in self._folder.glob("*/*"):
                with suppress(OSError):
                    facts = path.stat()
                    if path.suffix == ".jpg":
                        self._kept[path] = _Kept(facts.st_size, facts.st_mtime)
                    elif time() - facts.st_mtime > _USED_ANEW_AFTER:
                        path.unlink()  # half written when the program was killed
            self._total = sum(entry.size for entry in self._kept.values())
        return self._kept

    def _make_room(self, kept: dict[Path, _Kept]) -> None:
        for path in sorted(kept, key=lambda one: kept[one].used):
            if self._total <= self._limit * _KEEP:
                return
            self._drop(kept, path)

    def _drop(self, kept: dict[Path, _Kept], path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        entry = kept.pop(path, None)
        self._total -= 0 if entry is None else entry.size


def _write_whole(path: Path, data: bytes) -> None:
    number, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
