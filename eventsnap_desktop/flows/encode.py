"""Sync an event with its source and encode what is new, newest first."""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic
from typing import Generic

from eventsnap_desktop.domain.errors import (
    Cancelled,
    DatabaseAwayError,
    SourceAwayError,
    TryAgainError,
)
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.photos import FailedPhoto, PendingPhoto, SyncCounts
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode_pipeline import Pipeline, PipelineSize
from eventsnap_desktop.flows.encode_progress import EncodeCounter, EncodeProgress
from eventsnap_desktop.flows.ports import (
    EventIndex,
    PhotoIndex,
    PhotoSource,
    PictureT,
    Vision,
)
from eventsnap_desktop.flows.retrying import Retrying
from eventsnap_desktop.flows.watching import SourceWatcher

log = logging.getLogger(__name__)

_TICK = 0.1  # seconds between two progress reports
_LOOK_AHEAD = 32  # photos asked of the database at once


@dataclass(frozen=True, slots=True)
class EncodeOptions:
    """How to encode. ``patience`` is how many seconds to wait for a server that is away."""

    size: PipelineSize
    max_attempts: int = 3
    database_patience: float = 120.0
    source_patience: float = 120.0
    watch: bool = False
    poll_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class EncodeReport:
    """What one run did.

    ``skipped`` are the photos that were encoded before and did not change; ``failed`` lists every
    failed photo of the event, those of earlier runs that are not tried again as well.
    """

    event: str
    found: int
    encoded: int
    skipped: int
    without_faces: int
    failed: tuple[FailedPhoto, ...]
    gone: int
    faces: int
    seconds: float
    photos_per_second: float
    provider: str
    model_pack: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Chain(Generic[PictureT]):
    """The real objects an encode joins, and the names it reports."""

    source: PhotoSource
    vision: Vision[PictureT]
    events: EventIndex
    photos: PhotoIndex
    provider: str
    model_pack: str
    pack_digest: str


def encode_event(
    event: Event,
    chain: Chain[PictureT],
    options: EncodeOptions,
    on_progress: Callable[[EncodeProgress], None],
    cancel: Cancel,
) -> EncodeReport:
    """Bring an event up to date with its source; return what was done.

    With ``options.watch`` it goes on until ``cancel``. Raises TryAgainError when a server stays
    away for longer than the patience, SourceRefusedError, DatabaseRefusedError, EventBusyError,
    PackMismatchError. What was written before stays written.
    """
    return _EncodeRun(event, chain, options, on_progress, cancel).run()


class _EncodeRun(Generic[PictureT]):
    """One call of encode_event."""

    def __init__(
        self,
        event: Event,
        chain: Chain[PictureT],
        options: EncodeOptions,
        on_progress: Callable[[EncodeProgress], None],
        cancel: Cancel,
    ) -> None:
        self._event, self._chain, self._options = event, chain, options
        self._report, self._cancel = on_progress, cancel
        self._counter = EncodeCounter(chain.provider)
        self._for_source = Retrying(SourceAwayError, options.source_patience, self._on_wait, cancel)
        self._for_index = Retrying(
            DatabaseAwayError, options.database_patience, self._on_wait, cancel
        )
        self._synced = SyncCounts(0, 0, 0, 0, 0)
        self._gone = 0
        self._next_report = 0.0

    def run(self) -> EncodeReport:
        started = monotonic()
        try:
            self._run()
        except Cancelled:
            log.info("encoding was stopped")
        return self._finished(monotonic() - started)

    def _run(self) -> None:
        self._for_source.run(self._chain.source.check)
        with ExitStack() as stack:
            lock = self._for_index.run(lambda: self._chain.photos.encoding(self._event.id))
            self._for_index.run(lambda: stack.enter_context(lock))
            self._chain.events.claim_model_pack(self._event.id, self._chain.pack_digest)
            self._sync()
            watcher = stack.enter_context(self._watcher()) if self._options.watch else None
            pipeline = stack.enter_context(self._pipeline())
            self._feed(pipeline, watcher)

    def _feed(self, pipeline: Pipeline[PictureT], watcher: SourceWatcher | None) -> None:
        waiting: deque[PendingPhoto] = deque()
        while not self._cancel.requested:
            pipeline.raise_error()
            if watcher is not None:
                watcher.raise_error()
                self._send_urgent(pipeline, watcher)
            if not waiting:
                waiting.extend(self._next_pending(pipeline, watcher is not None))
            if waiting:
                if pipeline.offer(waiting[0], urgent=False, timeout=_TICK):
                    waiting.popleft()
            elif watcher is None and not pipeline.in_work():
                break
            else:
                pipeline.wait_for_room(_TICK)
            self._tell()
        self._tell(now=True)

    def _send_urgent(self, pipeline: Pipeline[PictureT], watcher: SourceWatcher) -> None:
        """Send what arrived meanwhile past the backlog, as far as there is room for it."""
        keys, fresh = watcher.urgent_keys(), min(watcher.take_fresh(), _LOOK_AHEAD)
        if not keys and not fresh:
            return
        index, event_id, busy = self._chain.photos, self._event.id, pipeline.in_work()
        found = self._for_index.run(lambda: index.pending_among(event_id, keys, busy))
        watcher.forget(set(keys) - {photo.key for photo in found})
        if fresh:
            found += self._for_index.run(lambda: index.next_pending(event_id, fresh, busy))
        for photo in found:
            if not pipeline.offer(photo, urgent=True, timeout=0):
                return

    def _next_pending(self, pipeline: Pipeline[PictureT], watched: bool) -> list[PendingPhoto]:
        """Return what to encode next; few while new photos may come in between."""
        wanted = self._options.size.fetch + 1 if watched else _LOOK_AHEAD
        index, event_id, busy = self._chain.photos, self._event.id, pipeline.in_work()
        self._counter.set_pending(self._for_index.run(lambda: index.count_pending(event_id)))
        return self._for_index.run(lambda: index.next_pending(event_id, wanted, busy))

    def _sync(self) -> SyncCounts:
        """List the source and bring the rows in line; waits for either server when it is away."""
        synced = self._for_source.run(lambda: self._for_index.run(self._sync_once))
        self._synced = synced
        self._gone += synced.gone
        return synced

    def _sync_once(self) -> SyncCounts:
        listing = self._chain.source.list_photos()
        return self._chain.photos.sync(self._event.id, listing, self._options.max_attempts)

    def _watcher(self) -> SourceWatcher:
        return SourceWatcher(
            self._event.id,
            self._chain.source,
            self._chain.photos,
            self._for_source,
            self._for_index,
            self._options.poll_seconds,
            self._sync,
        )

    def _pipeline(self) -> Pipeline[PictureT]:
        return Pipeline(
            self._event.id,
            self._chain.source,
            self._chain.vision,
            self._chain.photos,
            self._options.size,
            self._counter,
            self._for_source,
            self._for_index,
            self._cancel,
        )

    def _on_wait(self, error: TryAgainError | None) -> None:
        if error is None:
            self._counter.set_waiting("")
            return
        who = "the photo source" if isinstance(error, SourceAwayError) else "the database"
        self._counter.set_waiting(f"waiting for {who}: {error.message}")
        self._tell(now=True)

    def _tell(self, now: bool = False) -> None:
        if now or monotonic() >= self._next_report:
            self._next_report = monotonic() + _TICK
            self._report(self._counter.progress())

    def _finished(self, seconds: float) -> EncodeReport:
        counts = self._counter.counts()
        events, event_id = self._chain.events, self._event.id
        failed = self._for_index.run(lambda: events.failed_photos(event_id))
        pending = self._for_index.run(lambda: events.counts(event_id)).pending
        untouched = self._synced.found - counts.encoded - counts.gone - len(failed) - pending
        return EncodeReport(
            event=self._event.code,
            found=self._synced.found,
            encoded=counts.encoded,
            skipped=max(0, untouched),
            without_faces=counts.without_faces,
            failed=tuple(failed),
            gone=self._gone + counts.gone,
            faces=counts.faces,
            seconds=round(seconds, 3),
            photos_per_second=round(counts.encoded / seconds, 2) if seconds > 0 else 0.0,
            provider=self._chain.provider,
            model_pack=self._chain.model_pack,
            cancelled=self._cancel.requested,
        )
