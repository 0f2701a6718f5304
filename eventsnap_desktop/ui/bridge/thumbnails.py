"""Small pictures of photos: made off the GUI thread, kept in memory and on disk, newest first.

image = thumbnails.get(event, row.key, row.etag, SMALL)   # in paint(): at once, or None
if image is None: thumbnails.request(event, row.key, row.etag, SMALL)
thumbnails.ready.connect(self._on_ready)                  # a PictureId: paint again
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from eventsnap_desktop.domain.errors import EventSnapError, PhotoUnreadableError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.picture_files import DISK_LIMIT, PictureFiles

log = logging.getLogger(__name__)

SMALL = 320
"""The longer side of a thumbnail in a grid or on a card, in pixels."""
LARGE = 2560
"""The longer side of a photo that fills a window."""

MEMORY_LIMIT = 256 * 1024 * 1024  # bytes: 800 of SMALL, or 15 of LARGE

_KEPT_ON_DISK = 1024  # longer sides above it would push thousands of thumbnails out
_AT_ONCE = 3  # one for each thread of the lane, and one that it begins with right afterwards
_MOST_WAITING = 200  # what is asked for beyond that has been scrolled away
_MOST_FAILED = 5000
_TRY_AGAIN_AFTER = 15.0  # seconds, where waiting may help

Loader = Callable[[Event, str, int], bytes]
"""(event, key, longer side) to the bytes of an upright JPEG; desk.Works.thumbnail."""


@dataclass(frozen=True, slots=True)
class PictureId:
    """Which picture: of which event's photo, of which of its bytes, how large."""

    event: str  # its code
    key: str
    etag: str
    side: int


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    until: float | None  # monotonic; None: as long as the photo has this etag


class Thumbnails(QObject):
    """One for a window, shared by its pages; lives on the GUI thread."""

    ready = Signal(object)
    """A PictureId whose picture ``get`` returns now."""
    missed = Signal(object)
    """A PictureId that cannot be shown; ``failed`` says why."""

    def __init__(
        self,
        jobs: Jobs,
        loader: Loader,
        cache_folder: Path,
        parent: QObject | None = None,
        *,
        memory_limit: int = MEMORY_LIMIT,
        disk_limit: int = DISK_LIMIT,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._loader = jobs, loader
        self._files = PictureFiles(cache_folder / "thumbnails", disk_limit)
        self._memory: OrderedDict[PictureId, QImage] = OrderedDict()
        self._memory_limit, self._bytes = memory_limit, 0
        self._waiting: OrderedDict[PictureId, Event] = OrderedDict()
        self._running: set[PictureId] = set()
        self._unwanted: set[PictureId] = set()
        self._unkept: set[PictureId] = set()
        self._failed: OrderedDict[PictureId, _Failure] = OrderedDict()

    @property
    def memory_bytes(self) -> int:
        """Bytes of the pictures in memory."""
        return self._bytes

    @property
    def waiting(self) -> int:
        """How many pictures are asked for and not begun."""
        return len(self._waiting)

    def get(self, event: Event, key: str, etag: str, side: int) -> QImage | None:
        """Return the picture if it is in memory; never blocks."""
        which = PictureId(event.code, key, etag, side)
        image = self._memory.get(which)
        if image is not None:
            self._memory.move_to_end(which)
        return image

    def request(self, event: Event, key: str, etag: str, side: int) -> None:
        """Have a picture made, before all that wait; ``ready`` or ``missed`` follows.

        Nothing happens where it is there, in work, or known to fail.
        """
        which = PictureId(event.code, key, etag, side)
        self._unkept.discard(which)
        if which in self._memory or which in self._running or self._failure(which) is not None:
            return
        self._waiting[which] = event
        self._waiting.move_to_end(which)
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._go_on()

    def withdraw(self, event: Event, key: str, etag: str, side: int) -> None:
        """Take a request back that was not begun: nobody looks there any more."""
        self._waiting.pop(PictureId(event.code, key, etag, side), None)

    def failed(self, event: Event, key: str, etag: str, side: int) -> str | None:
        """Return why a picture cannot be shown, None where that is not known."""
        failure = self._failure(PictureId(event.code, key, etag, side))
        return None if failure is None else failure.reason

    def forget_pictures(self) -> None:
        """Drop what is in memory and what waits; what is in work is made, but not kept."""
        self._memory.clear()
        self._bytes = 0
        self._waiting.clear()
        self._unkept |= self._running

    def forget_failures(self) -> None:
        """Try again what failed, when it is asked for: the source is another, or back."""
        self._failed.clear()

    def try_again(self) -> None:
        """Try again what failed and may work by now, when it is asked for."""
        passing = [which for which, one in self._failed.items() if one.until is not None]
        for which in passing:
            del self._failed[which]

    def forget_event(self, code: str) -> None:
        """Drop all pictures of an event, on disk too: it was deleted."""
        for which in [one for one in self._memory if one.event == code]:
            self._bytes -= self._memory.pop(which).sizeInBytes()
        for which in [one for one in self._waiting if one.event == code]:
            del self._waiting[which]
        self._unwanted |= {one for one in self._running if one.event == code}
        self._remove_files(code)

    def _remove_files(self, code: str) -> None:
        self._jobs.call(partial(self._files.remove_event, code), owner=self, lane="pictures")

    def _failure(self, which: PictureId) -> _Failure | None:
        failure = self._failed.get(which)
        if failure is not None and failure.until is not None and failure.until < monotonic():
            del self._failed[which]
            return None
        return failure

    def _go_on(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            which, event = self._waiting.popitem(last=True)
            self._running.add(which)
            self._jobs.call(
                partial(load_picture, self._files, self._loader, event, which),
                owner=self,
                lane="pictures",
                done=partial(self._on_loaded, which),
                failed=partial(self._on_failed, which),
            )

    def _on_loaded(self, which: PictureId, image: QImage) -> None:
        self._running.discard(which)
        if which in self._unwanted:  # its event was deleted meanwhile, and it was written since
            self._unwanted.discard(which)
            self._remove_files(which.event)
            self._go_on()
            return
        if which in self._unkept:  # whoever asked for it has left
            self._unkept.discard(which)
            self._go_on()
            return
        self._keep(which, image)
        self._go_on()
        self.ready.emit(which)

    def _on_failed(self, which: PictureId, error: Exception) -> None:
        self._running.discard(which)
        self._unwanted.discard(which)
        self._unkept.discard(which)
        reason, until = "The picture cannot be shown", None
        if isinstance(error, EventSnapError):
            reason = error.message
            if not isinstance(error, PhotoUnreadableError):  # its source is away, or not mounted
                until = monotonic() + _TRY_AGAIN_AFTER
        else:
            log.error("a thumbnail could not be made", exc_info=error)
        self._failed[which] = _Failure(reason, until)
        if len(self._failed) > _MOST_FAILED:
            self._failed.popitem(last=False)
        self._go_on()
        self.missed.emit(which)

    def _keep(self, which: PictureId, image: QImage) -> None:
        before = self._memory.pop(which, None)
        self._bytes += image.sizeInBytes() - (0 if before is None else before.sizeInBytes())
        self._memory[which] = image
        while self._bytes > self._memory_limit and len(self._memory) > 1:
            _, dropped = self._memory.popitem(last=False)
            self._bytes -= dropped.sizeInBytes()


def load_picture(files: PictureFiles, loader: Loader, event: Event, which: PictureId) -> QImage:
    """Return a picture from disk, or else made anew and kept there; blocks, so use a job.

    Raises what the loader raises, PhotoUnreadableError when that cannot be shown.
    """
    name = f"{which.side}\n{which.etag}\n{which.key}"
    keep = which.side <= _KEPT_ON_DISK
    data = files.read(which.event, name) if keep else None
    if data is not None:
        image = _decoded(data)
        if image is not None:
            return image
        files.remove(which.event, name)
    data = loader(event, which.key, which.side)
    image = _decoded(data)
    if image is None:
        raise PhotoUnreadableError("The picture cannot be shown")
    if keep:
        files.write(which.event, name, data)
    return image


def _decoded(data: bytes) -> QImage | None:
    image = QImage.fromData(data)
    if image.isNull():
        return None
    return image.convertToFormat(QImage.Format.Format_RGB32)  # what a window is painted in
