"""Turns file-system events into hints, each given when its file rests."""

import logging
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, watch

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage.file_names import key_of_name

log = logging.getLogger(__name__)

# A file that keeps its size and time this long counts as complete; a slow copy that pauses longer
# is reported twice, which is harmless.
_REST_SECONDS = 0.4
_TICK_MS = 100
# More files than this at once are one "something did": a listing is cheaper than as many looks.
_MOST_WAITING = 2000
_RETRY_SECONDS = 1.0

_Mark = tuple[int, int]


def watch_folder(
    root: Path,
    is_photo: Callable[[str], bool],
    on_change: Callable[[str | None], None],
    cancel: Cancel,
) -> None:
    """Call ``on_change`` until ``cancel``; return early where the system cannot watch the folder.

    A folder that vanishes is waited for, and its return is reported as "something did".
    """
    seen_before = False
    while not cancel.requested:
        identity = _identity(root)
        if identity is None:
            cancel.wait(_RETRY_SECONDS)
            continue
        if seen_before:
            on_change(None)
        seen_before = True
        try:
            _watch_until_replaced(root, identity, _Resting(root, is_photo, on_change), cancel)
        except (OSError, RuntimeError) as error:
            if _identity(root) == identity:
                log.warning(
                    "The system cannot watch the photo folder (%s); it is listed instead",
                    error,
                )
                return


def _watch_until_replaced(root: Path, identity: _Mark, resting: "_Resting", cancel: Cancel) -> None:
    changes = watch(
        root,
        watch_filter=None,
        debounce=_TICK_MS,
        step=_TICK_MS // 2,
        rust_timeout=_TICK_MS,
        stop_event=_Stop(cancel),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    try:
        for batch in changes:
            resting.take(batch)
            resting.report()
            if cancel.requested or _identity(root) != identity:
                return
    finally:
        changes.close()


class _Stop:
    """The wish to stop in the shape that watchfiles asks for."""

    def __init__(self, cancel: Cancel) -> None:
        self._cancel = cancel

    def is_set(self) -> bool:
        return self._cancel.requested


class _Resting:
    """Files that changed and may still be written, reported when they rest."""

    def __init__(
        self,
        root: Path,
        is_photo: Callable[[str], bool],
        on_change: Callable[[str | None], None],
    ) -> None:
        self._root, self._is_photo, self._on_change = root, is_photo, on_change
        self._waiting: dict[str, tuple[_Mark | None, float]] = {}
        self._something: float | None = None

    def take(self, changes: Iterable[tuple[Change, str]]) -> None:
        """Note what the system says has changed."""
        now = time.monotonic()
        for change, path in changes:
            if change is Change.deleted or Path(path).is_dir():
                # What was in a deleted or newly arrived folder has no events of its own.
                self._something = now
            else:
                self._waiting[path] = (None, now)
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.clear()
            self._something = now

    def report(self) -> None:
        """Call back for each file that has rested long enough."""
        now = time.monotonic()
        for path, (mark, since) in list(self._waiting.items()):
            found = _mark(path)
            if found is None:
                del self._waiting[path]
                self._something = now
            elif found != mark:
                self._waiting[path] = (found, now)
            elif now - since >= _REST_SECONDS:
                del self._waiting[path]
                self._report_one(path)
        if self._something is not None and now - self._something >= _REST_SECONDS:
            self._something = None
            self._on_change(None)

    def _report_one(self, path: str) -> None:
        try:
            key = key_of_name(Path(path).relative_to(self._root).as_posix())
        except ValueError:  # named otherwise than the root: let the listing tell
            self._something = time.monotonic()
            return
        if self._is_photo(key):
            self._on_change(key)


def _identity(root: Path) -> _Mark | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _mark(path: str) -> _Mark | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - a plain string, thousands of times
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
