"""How far an encode is: counted by its threads, read by whoever shows it."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from eventsnap_desktop.domain.photos import PhotoResult

_WINDOW = 20.0
"""Seconds the rate is averaged over: steady, but it follows a change within half a minute."""


@dataclass(frozen=True, slots=True)
class EncodeProgress:
    """One look at a running encode.

    ``done`` and ``total`` count the photos of this run; ``rate`` is photos a second, ``eta`` the
    seconds left (None while unknown); ``waiting`` says which server is away, "" when none is.
    """

    done: int
    total: int
    fetched: int
    decoded: int
    encoded: int
    unchanged: int
    without_faces: int
    failed: int
    faces: int
    rate: float
    eta: float | None
    provider: str
    waiting: str


@dataclass(slots=True)
class EncodeCounts:
    """What happened to the photos of one run so far."""

    total: int = 0
    fetched: int = 0
    decoded: int = 0
    encoded: int = 0
    unchanged: int = 0
    without_faces: int = 0
    failed: int = 0
    gone: int = 0
    faces: int = 0


class EncodeCounter:
    """Counts what the threads of one encode do; every method is safe from any thread."""

    def __init__(self, provider: str, clock: Callable[[], float] = monotonic) -> None:
        self._counts = EncodeCounts()
        self._provider, self._clock = provider, clock
        self._lock = threading.Lock()
        self._waiting = ""
        self._recent: deque[tuple[float, int]] = deque()

    def set_pending(self, pending: int) -> None:
        """Note how many photos are not written yet; those written so far come on top."""
        with self._lock:
            self._counts.total = self._written() + pending

    def add_fetched(self) -> None:
        """Count one photo whose bytes arrived."""
        with self._lock:
            self._counts.fetched += 1

    def add_decoded(self) -> None:
        """Count one photo that became a picture."""
        with self._lock:
            self._counts.decoded += 1

    def add_gone(self) -> None:
        """Count one photo that vanished from the source while it waited."""
        with self._lock:
            self._counts.gone += 1

    def add_written(self, results: list[PhotoResult]) -> None:
        """Count what was stored."""
        now = self._clock()
        with self._lock:
            for result in results:
                self._add(result)
            self._recent.append((now, len(results)))
            while self._recent and self._recent[0][0] < now - _WINDOW:
                self._recent.popleft()

    def set_waiting(self, sentence: str) -> None:
        """Note which server is away, "" when all are there."""
        with self._lock:
            self._waiting = sentence

    def counts(self) -> EncodeCounts:
        """Return the counts so far (a copy)."""
        with self._lock:
            return replace(self._counts)

    def progress(self) -> EncodeProgress:
        """Return how far the encode is."""
        with self._lock:
            now, counts = self._clock(), self._counts
            done = self._written()
            rate = self._rate(now)
            left = max(0, counts.total - done)
            return EncodeProgress(
                done=done,
                total=max(counts.total, done),
                fetched=counts.fetched,
                decoded=counts.decoded,
                encoded=counts.encoded,
                unchanged=counts.unchanged,
                without_faces=counts.without_faces,
                failed=counts.failed,
                faces=counts.faces,
                rate=rate,
                eta=left / rate if rate > 0 else None,
                provider=self._provider,
                waiting=self._waiting,
            )

    def _written(self) -> int:
        counts = self._counts
        return counts.encoded + counts.unchanged + counts.failed + counts.gone

    def _rate(self, now: float) -> float:
        if not self._recent:
            return 0.0
        photos = sum(number for _, number in self._recent)
        return photos / max(0.5, now - self._recent[0][0])

    def _add(self, result: PhotoResult) -> None:
        counts = self._counts
        if result.failure is not None:
            counts.failed += 1
        elif result.picture is None:
            counts.unchanged += 1
        else:
            counts.encoded += 1
            counts.faces += len(result.picture.faces)
            counts.without_faces += not result.picture.faces
