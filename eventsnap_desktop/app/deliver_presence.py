"""Tells whether a process of this machine that has taken deliveries on is still there."""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from eventsnap_desktop.index.file_locks import FileLock

log = logging.getLogger(__name__)

_FORGOTTEN_AFTER = 86_400  # seconds: files of processes that were killed while they made nothing


class Presence:
    """A locked file under a process's name, which the system unlocks when the process ends.

    So what a killed process had is free at once, and not only when its lease is over. Processes
    with another data folder cannot be told of: their leases count.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._lock = FileLock(self._file(name))

    def __enter__(self) -> "Presence":
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.try_take()
            self._tidy()
        except OSError as error:
            log.info("deliveries cannot be marked as ours: %s", error.strerror)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()
        self._remove(self._file(self._name))

    def let_go_of_ended(
        self, names: Callable[[], Sequence[str]], let_go: Callable[[str], object]
    ) -> None:
        """Call ``let_go`` with each of the names whose process has ended without a word."""
        for name in names():
            if name != self._name and self._has_ended(name):
                log.info("a process that delivered has ended: others take on what it had")
                let_go(name)
                self._remove(self._file(name))

    def _has_ended(self, name: str) -> bool:
        # Names come out of the database, where anybody may have put anything.
        file = self._file(name)
        if not name.isalnum() or not file.is_file():
            return False
        try:
            with FileLock(file) as lock:
                return lock.try_take()
        except OSError:
            return False

    def _tidy(self) -> None:
        """Remove what processes left that were killed long ago."""
        for file in self._folder.glob("*.lock"):
            is_old = time.time() - file.stat().st_mtime > _FORGOTTEN_AFTER
            if is_old and file.stem != self._name and self._has_ended(file.stem):
                self._remove(file)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.lock"

    def _remove(self, file: Path) -> None:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:  # on Windows another process may look at it
            log.debug("a mark of deliveries stays: %s", error.strerror)
