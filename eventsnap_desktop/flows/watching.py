"""Keeps an event's rows in line with its source while it is watched: hints fast, listings true."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from eventsnap_desktop.domain.errors import Cancelled, EventSnapError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import SyncCounts
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.ports import PhotoIndex, PhotoSource
from eventsnap_desktop.flows.retrying import Retrying

log = logging.getLogger(__name__)

_QUIET_POLL = 1.0
"""Seconds between listings while no hint ever came: a server that sends none must not delay a
photo by more than two seconds."""

_LISTING_SHARE = 4.0
"""A listing may take a quarter of the time between two, so a large source is asked less often."""


@dataclass(frozen=True, slots=True)
class _Hints:
    keys: tuple[str, ...]
    everything: bool


class SourceWatcher:
    """Two threads: one listens for hints, one looks at what they say and lists now and then."""

    def __init__(
        self,
        event_id: EventId,
        source: PhotoSource,
        index: PhotoIndex,
        for_source: Retrying,
        for_index: Retrying,
        poll_seconds: float,
        sync: Callable[[], SyncCounts],
    ) -> None:
        self._event_id, self._source, self._index, self._sync = event_id, source, index, sync
        self._for_source, self._for_index = for_source, for_index
        self._poll_seconds = poll_seconds
        self._cancel = Cancel()
        self._lock = threading.Condition()
        self._keys: dict[str, None] = {}
        self._everything = False
        self._hinted = False
        self._urgent: set[str] = set()
        self._fresh = 0
        self._error: EventSnapError | None = None
        self._threads = [
            threading.Thread(target=self._guarded, args=(work,), name=f"watch-{name}")
            for name, work in (("listen", self._listen), ("look", self._look))
        ]

    def __enter__(self) -> "SourceWatcher":
        """Start watching."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching and wait for both threads."""
        self._cancel.request()
        with self._lock:
            self._lock.notify_all()
        for thread in self._threads:
            thread.join()

    def urgent_keys(self) -> list[str]:
        """Return the photos that a hint brought: they may overtake a backlog."""
        with self._lock:
            return list(self._urgent)

    def take_fresh(self) -> int:
        """Return how many photos the listings found new since the last call.

        A listing does not say which; the newest pending ones are.
        """
        with self._lock:
            fresh, self._fresh = self._fresh, 0
            return fresh

    def forget(self, keys: Iterable[str]) -> None:
        """Take photos off the urgent ones: they are on their way."""
        with self._lock:
            self._urgent.difference_update(keys)

    def raise_error(self) -> None:
        """Raise what stopped a thread, if anything did."""
        if self._error is not None:
            raise self._error

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Cancelled:
            pass
        except EventSnapError as error:
            self._error = error

    def _listen(self) -> None:
        self._source.watch(self._note, self._cancel)

    def _note(self, key: str | None) -> None:
        with self._lock:
            self._hinted = True
            if key is None:
                self._everything = True
            else:
                self._keys[key] = None
            self._lock.notify_all()

    def _look(self) -> None:
        last, took = monotonic(), 0.0
        while not self._cancel.requested:
            hints = self._next_hints(last + self._interval(took))
            for key in hints.keys:
                self._look_at(key)
            if hints.everything or monotonic() >= last + self._interval(took):
                started = monotonic()
                synced = self._sync()
                with self._lock:
                    self._fresh += synced.new + synced.changed
                last = monotonic()
                took = last - started

    def _interval(self, took: float) -> float:
        base = self._poll_seconds if self._hinted else min(_QUIET_POLL, self._poll_seconds)
        return max(base, took * _LISTING_SHARE)

    def _next_hints(self, until: float) -> _Hints:
        with self._lock:
            while not (self._keys or self._everything or self._cancel.requested):
                left = until - monotonic()
                if left <= 0:
                    break
                self._lock.wait(left)
            hints = _Hints(tuple(self._keys), self._everything)
            self._keys.clear()
            self._everything = False
            return hints

    def _look_at(self, key: str) -> None:
        photo = self._for_source.run(lambda: self._source.stat(key))
        if photo is None:
            return  # deleted or not a photo: the next listing says so
        with self._lock:
            self._urgent.add(key)
        if not self._for_index.run(lambda: self._index.sync_one(self._event_id, photo)):
            self.forget([key])
