"""A folder as a photo source: a local disk, a memory card, a network share."""

import errno
import os
import stat as modes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn
from uuid import uuid4

from eventsnap_desktop.domain.errors import (
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
    SourceRefusedError,
)
from eventsnap_desktop.domain.photos import SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage.file_names import key_of_name, name_of_key
from eventsnap_desktop.storage.folder_watch import watch_folder
from eventsnap_desktop.storage.limits import MAX_PHOTO_BYTES, size_refusal
from eventsnap_desktop.storage.names import folded, is_photo_key
from eventsnap_desktop.storage.walking import walk
from eventsnap_desktop.storage.writing import write_new_file

# A file whose time is younger than this may still be written; reading waits until it rests.
_FRESH_SECONDS = 0.5
_SETTLE_SECONDS = 3.0
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


class FolderSource:
    """Photos below a folder, at any depth; a key is the path below it with ``/``.

    A file's etag is made of its size and its time of change in nanoseconds. Nothing is kept back
    while it is written: a half-written file has another etag than the whole one, so it is listed,
    may fail, and is taken up again when it is whole. Links are followed to files inside only.

    A folder that was there and is not any more (a stick pulled out) is *away*, not empty. A mount
    point that was empty from the beginning cannot be told from an empty folder.
    """

    def __init__(self, root: Path, max_bytes: int = MAX_PHOTO_BYTES) -> None:
        self._root = Path(os.path.abspath(root.expanduser()))  # noqa: PTH100 - keeps links as given
        self._max_bytes = max_bytes
        self._device: int | None = None  # of the root when it was last seen

    @property
    def uri(self) -> str:
        """The folder's absolute path."""
        return key_of_name(str(self._root))

    @property
    def root(self) -> Path:
        """The folder itself."""
        return self._root

    def close(self) -> None:
        """Do nothing: a folder holds nothing open."""

    def check(self) -> None:
        """Raise SourceRefusedError or SourceAwayError when the folder cannot be listed."""
        device = self._see_root()
        try:
            with os.scandir(self._root) as entries:
                empty = next(entries, None) is None
        except OSError as error:
            self._raise_for_folder(error, self._root)
        if empty and self._device not in (None, device):
            raise self._away()
        self._device = device

    def list_photos(self) -> Iterator[SourcePhoto]:
        """Stream the photos below the folder; SourceAwayError when it vanishes on the way.

        A folder that cannot be read is an error and not an empty one, or its photos would be
        taken for deleted.
        """
        self.check()
        try:
            for found in walk(self._root):
                if is_photo_key(found.key):
                    yield _photo_of(found.key, found.status)
        except OSError as error:
            self._raise_for_folder(error, Path(os.fsdecode(error.filename or self._root)))
        self.check()

    def stat(self, key: str) -> SourcePhoto | None:
        """Return one photo as the listing would, or None when it is not there."""
        if not is_photo_key(key):
            return None
        found = self._status(key)
        return None if found is None else _photo_of(key, found)

    def read(self, key: str) -> bytes:
        """Return a photo's bytes, of a fresh file when it has not changed for half a second."""
        deadline = time.monotonic() + _SETTLE_SECONDS
        while True:
            before = self._status(key)
            if before is None:
                self.check()
                raise PhotoGoneError(f"“{key}” is no longer in the folder")
            if before.st_size > self._max_bytes:
                raise size_refusal(before.st_size, self._max_bytes)
            late = time.monotonic() > deadline
            if 0 <= time.time() - before.st_mtime < _FRESH_SECONDS and not late:
                time.sleep(0.05)
                continue
            content = self._read_file(key)
            after = self._status(key)
            if after is None or _etag(after) == _etag(before):
                return content
            if late:
                raise PhotoUnreadableError(
                    "The file is still being written; it is taken up again when it is whole"
                )

    def watch(self, on_change: Callable[[str | None], None], cancel: Cancel) -> None:
        """Report files that appeared or changed, each when it rests; see the port."""
        watch_folder(self._root, lambda key: self.stat(key) is not None, on_change, cancel)

    def keys_folded(self) -> dict[str, str]:
        """Return every file's and folder's key by its folded form, photos or not."""
        self.check()
        try:
            return folded(found.key for found in walk(self._root, with_folders=True))
        except OSError as error:
            self._raise_for_folder(error, Path(os.fsdecode(error.filename or self._root)))

    def put(self, key: str, content: BinaryIO, size: int | None) -> None:
        """Write a new file: whole or not at all, never over another (FileExistsError)."""
        path = self._path(key)
        if path is None:
            raise PhotoUnreadableError(f"“{key}” cannot be a file's name in the folder")
        with self._writing(path):
            write_new_file(self._root, path, content, size)

    def try_writing(self) -> None:
        """Write and remove a hidden file; raise when that does not go."""
        path = self._root / f".eventsnap-{uuid4().hex}"
        with self._writing(path):
            path.touch(exist_ok=False)
            path.unlink()

    def _see_root(self) -> int:
        try:
            status = self._root.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            if self._device is not None:
                raise self._away() from error
            raise SourceRefusedError(
                f"There is no folder “{self.uri}”", "Create it, or correct the event's source."
            ) from error
        except OSError as error:
            self._raise_for_folder(error, self._root)
        if not modes.S_ISDIR(status.st_mode):
            raise SourceRefusedError(
                f"“{self.uri}” is a file, not a folder", "Correct the event's source."
            )
        return status.st_dev

    def _away(self) -> SourceAwayError:
        return SourceAwayError(
            f"The folder “{self.uri}” is not there any more",
            "Plug the drive in or connect the network share again.",
        )

    def _path(self, key: str) -> Path | None:
        """Return the path of a key, or None when the key leads out of the folder."""
        parts = name_of_key(key).split("/")
        if "\0" in key or any(part in {"", ".", ".."} for part in parts):
            return None
        path = self._root.joinpath(*parts)
        return path if path.is_relative_to(self._root) else None

    def _status(self, key: str) -> os.stat_result | None:
        """Return a regular file's status, links followed inside the folder; None without one."""
        path = self._path(key)
        if path is None:
            return None
        try:
            resolved = path.resolve(strict=True)
            if not resolved.is_relative_to(self._root.resolve()):
                return None
            status = resolved.stat()
        except (FileNotFoundError, NotADirectoryError, RuntimeError):
            self._see_root()
            return None
        except OSError as error:
            if error.errno in {errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP}:
                return None
            self._raise_for_photo(error)
        return status if modes.S_ISREG(status.st_mode) else None

    def _read_file(self, key: str) -> bytes:
        path = self._path(key)
        assert path is not None
        try:
            with path.open("rb") as file:
                # Asked for what is there: room for the largest photo costs 2 ms a read.
                size = os.fstat(file.fileno()).st_size
                content = file.read(min(size, self._max_bytes) + 1)
        except (FileNotFoundError, NotADirectoryError) as error:
            self.check()
            raise PhotoGoneError(f"“{key}” is no longer in the folder") from error
        except OSError as error:
            self._raise_for_photo(error)
        if len(content) > self._max_bytes:
            raise size_refusal(len(content), self._max_bytes)
        return content

    @contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise PhotoUnreadableError("The file's name is too long for the folder") from error
            if error.errno in {errno.EINVAL, errno.EILSEQ}:
                raise PhotoUnreadableError(
                    "The file's name is not allowed in the folder"
                ) from error
            if error.errno in _NO_SPACE:
                raise SourceRefusedError(
                    f"The disk of the folder “{self.uri}” is full", "Make room and try again."
                ) from error
            self._raise_for_folder(error, path.parent, "written to")

    def _raise_for_photo(self, error: OSError) -> NoReturn:
        self.check()
        if isinstance(error, PermissionError):
            raise PhotoUnreadableError("No permission to read the file") from error
        raise PhotoUnreadableError(f"The file cannot be read ({error.strerror})") from error

    def _raise_for_folder(self, error: OSError, folder: Path, verb: str = "read") -> NoReturn:
        name = key_of_name(str(folder))
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise SourceRefusedError(
                f"The folder “{name}” may not be {verb}",
                "Give this user the rights, or choose another folder.",
            ) from error
        raise SourceAwayError(
            f"The folder “{name}” cannot be {verb} ({error.strerror})",
            "Check the drive or the network share.",
        ) from error


def _etag(status: os.stat_result) -> str:
    return f"{status.st_size:x}-{status.st_mtime_ns:x}"


def _photo_of(key: str, status: os.stat_result) -> SourcePhoto:
    modified = _EPOCH if status.st_mtime < 0 else _time_of(status.st_mtime)
    return SourcePhoto(key, _etag(status), status.st_size, modified)


def _time_of(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return _EPOCH  # a card whose clock was never set


_EPOCH = datetime.fromtimestamp(0, UTC)
