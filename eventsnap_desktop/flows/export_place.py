"""Where an export writes: told in words when it is full, was pulled out, or cannot be written."""

import errno
import shutil
from pathlib import Path

from eventsnap_desktop.domain.errors import EventSnapError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# A drive that was pulled out, a share that is away, and a file system that broke on the way and
# cannot be written any more.
_AWAY = frozenset(
    {
        *(errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN),
        *(errno.EROFS, errno.EBADF),
    }
)
_GO_ON = "export to the same place again: it goes on where it stopped."


class ExportPlace:
    """A folder or a file that is written; use ``with`` around everything that writes."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._place, self._folder = place, folder
        self._device: int | None = None

    def __enter__(self) -> None:
        """See whether the folder is still the one it was."""
        if self._device is not None and self._device_now() != self._device:
            raise self._away()

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        """Turn what went wrong into the program's words."""
        if isinstance(error, OSError):
            raise self._words(error) from error

    def begun(self) -> None:
        """Remember that the place is there: from now on it can only go away."""
        self._device = self._device_now()

    def _device_now(self) -> int | None:
        try:
            return self._folder.stat().st_dev
        except OSError:
            return None

    def _words(self, error: OSError) -> EventSnapError:
        if error.errno in _FULL:
            return EventSnapError(
                f"The drive with “{self._place.name}” is full", f"Make room, and {_GO_ON}"
            )
        if error.errno == errno.EFBIG:
            return EventSnapError(
                f"“{self._place.name}” is larger than this drive can take in one file",
                "Many USB sticks take 4 GB at most: export into a folder, or use another drive.",
            )
        if self._device is not None and error.errno in _AWAY:
            return self._away()
        why = error.strerror or type(error).__name__
        return EventSnapError(
            f"“{self._place.name}” cannot be written: {why}",
            "Choose another place, or make room, and export again.",
        )

    def _away(self) -> EventSnapError:
        return EventSnapError(
            f"The drive with “{self._place.name}” is not there any more",
            f"Plug it in, and {_GO_ON}",
        )


def free_bytes(place: Path) -> int | None:
    """Return the room at a place that may not be there yet, None where it is not known; blocks."""
    for folder in (place, *place.parents):
        if folder.is_dir():
            try:
                return shutil.disk_usage(folder).free
            except OSError:
                return None
    return None
