"""Locks on files, shared or exclusive, that the system frees when their holder ends in any way."""

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO

if sys.platform == "win32":
    from fasteners import InterProcessReaderWriterLock
else:
    import fcntl

_LOOK_EVERY = 0.05


class FileLock:
    """One hold on a lock file; two holds are independent, also within one process.

    POSIX: ``flock``, which belongs to the open file. (``fcntl`` locks belong to the process: the
    second hold of a process would free the first.)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self, seconds: float, shared: bool = False) -> bool:
        """Wait for the lock at most so long and return whether it is held now.

        OSError where the file cannot be written.
        """
        deadline = time.monotonic() + seconds
        while not self.try_take(shared):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_LOOK_EVERY)
        return True

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    if sys.platform == "win32":

        def try_take(self, shared: bool = False) -> bool:
            """Take the lock if it is free; return whether it is held now."""
            lock = InterProcessReaderWriterLock(self._path)
            take = lock.acquire_read_lock if shared else lock.acquire_write_lock
            if not take(blocking=False):
                return False
            self._lock = lock
            self._shared = shared
            return True

        def release(self) -> None:
            """Let others have the lock."""
            lock = getattr(self, "_lock", None)
            if lock is not None:
                (lock.release_read_lock if self._shared else lock.release_write_lock)()
            self._lock = None

    else:

        def try_take(self, shared: bool = False) -> bool:
            """Take the lock if it is free; return whether it is held now."""
            file = self._path.open("ab")
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            except BaseException:
                file.close()
                raise
            self._file = file
            return True

        def release(self) -> None:
            """Let others have the lock."""
            if self._file is not None:
                self._file.close()
            self._file = None
