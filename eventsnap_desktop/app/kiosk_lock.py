"""One kiosk of a name at a time on a data folder, and where its files lie."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.index.file_locks import FileLock

_LONGEST_NAME = 100  # of a file, far below what any file system allows
_OLD_ONE_SECONDS = 25.0  # longer than a kiosk without its supervisor lives on


@dataclass(frozen=True, slots=True)
class KioskFiles:
    """What one kiosk keeps in the data folder beside the log: two locks and its sign of life."""

    home: Path
    name: str

    @property
    def stem(self) -> str:
        """The kiosk's name as a file system takes it, the same for the same name."""
        shown = quote(self.name, safe=" ")
        if len(shown) > _LONGEST_NAME:
            shown = shown[:60] + hashlib.sha256(self.name.encode()).hexdigest()[:16]
        return f"kiosk-{shown}"

    @property
    def alive(self) -> Path:
        """What the kiosk touches while it lives."""
        return self._folder / f"{self.stem}.alive"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the kiosk of this name; EventSnapError when it runs already."""
        lock = self._lock("lock")
        with lock:
            if not self._took(lock, 0.0):
                raise EventSnapError(
                    f"The kiosk “{self.name}” runs already on this machine",
                    "Leave it by its staff menu first, or give this one another name "
                    "(EVENTSNAP_KIOSK_NAME).",
                )
            yield

    @contextmanager
    def screen_held(self) -> Iterator[None]:
        """Be the one that shows the screens, once a former one has ended; EventSnapError."""
        lock = self._lock("screen.lock")
        with lock:
            if not self._took(lock, _OLD_ONE_SECONDS):
                raise EventSnapError(
                    f"The former program of the kiosk “{self.name}” does not end",
                    "End it, or restart the machine.",
                )
            yield

    @property
    def _folder(self) -> Path:
        return self.home / "kiosks"

    def _lock(self, ending: str) -> FileLock:
        return FileLock(self._folder / f"{self.stem}.{ending}")

    def _took(self, lock: FileLock, seconds: float) -> bool:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return lock.take(seconds)
        except OSError as error:
            raise EventSnapError(
                f"The folder {self._folder} cannot be written ({error.strerror})",
                "Give yourself the right to write there, or set another data folder "
                "(EVENTSNAP_HOME).",
            ) from error
