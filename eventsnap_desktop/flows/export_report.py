"""How far an export is, what it did, and how long it will take."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from eventsnap_desktop.domain.browsing import PhotoRow

_TELLS_AFTER = 2.0  # seconds: sooner the time left would be a guess


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is: photos and bytes of them dealt with, and the photo in work.

    Bytes are those of the originals. ``seconds_left`` is None until it can be told.
    """

    done: int
    total: int
    key: str
    bytes_done: int = 0
    bytes_total: int = 0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class FailedExport:
    """A photo that was not exported, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did; every photo is counted once unless it was cancelled.

    ``place`` is the folder or the ZIP. Photos ``already_there`` were written before, as by an
    export that was stopped. ``size`` is the bytes that were written now.
    """

    place: Path
    exported: int
    already_there: int
    size: int
    failed: tuple[FailedExport, ...]
    cancelled: bool


@dataclass(slots=True)
class Tally:
    """What an export did so far, told with each photo."""

    place: Path
    photos: int
    bytes_total: int
    report: Callable[[ExportProgress], None]
    clock: Callable[[], float] = monotonic
    exported: int = 0
    already_there: int = 0
    size: int = 0
    failed: list[FailedExport] = field(default_factory=list)
    cancelled: bool = False
    _bytes_done: int = 0
    _bytes_worked: int = 0
    _since: float | None = None

    def begins(self, photo: PhotoRow | None) -> None:
        """Tell which photo is in work; None for none any more."""
        if self._since is None:
            self._since = self.clock()
        self.report(
            ExportProgress(
                self.exported + self.already_there + len(self.failed),
                self.photos,
                "" if photo is None else photo.key,
                self._bytes_done,
                self.bytes_total,
                self._seconds_left(),
            )
        )

    def was_there(self, photo: PhotoRow) -> None:
        """Count a photo that was written before."""
        self.already_there += 1
        self._bytes_done += photo.bytes

    def wrote(self, photo: PhotoRow, size: int) -> None:
        """Count a photo of which so many bytes were written."""
        self.exported += 1
        self.size += size
        self._worked(photo)

    def left_out(self, photo: PhotoRow, reason: str) -> None:
        """Count a photo that cannot be exported."""
        self.failed.append(FailedExport(photo.key, reason))
        self._worked(photo)

    def result(self) -> ExportReport:
        """Return what was done."""
        return ExportReport(
            self.place,
            self.exported,
            self.already_there,
            self.size,
            tuple(self.failed),
            self.cancelled,
        )

    def _worked(self, photo: PhotoRow) -> None:
        self._bytes_done += photo.bytes
        self._bytes_worked += photo.bytes

    def _seconds_left(self) -> float | None:
        """Return the time for what is left at the pace so far; what was there took none."""
        took = 0.0 if self._since is None else self.clock() - self._since
        if took < _TELLS_AFTER or not self._bytes_worked:
            return None
        return (self.bytes_total - self._bytes_done) * took / self._bytes_worked
