"""The threads of an encode: fetch, decode, infer and write, joined by small bounded queues.

A photo on its way is in exactly one place: waiting in the database, in a queue, in a thread's
hands, or written. The number of places bounds the memory. Urgent photos (those that arrive while
a backlog runs) pass all queues on a thread of their own.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import Empty, Full, Queue
from time import monotonic
from typing import Generic, TypeVar

import xxhash

from eventsnap_desktop.domain.errors import (
    Cancelled,
    EventSnapError,
    PhotoGoneError,
    PhotoUnreadableError,
)
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PendingPhoto, PhotoId, PhotoResult
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode_progress import EncodeCounter
from eventsnap_desktop.flows.ports import (
    PhotoIndex,
    PhotoSource,
    PictureT,
    Vision,
)
from eventsnap_desktop.flows.retrying import Retrying

log = logging.getLogger(__name__)

_TICK = 0.02  # seconds after which a waiting thread looks whether it shall stop
_WRITE_BATCH = 16
_WRITE_PAUSE = 0.05  # seconds a result may wait for company before it is written

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PipelineSize:
    """Threads of each kind; queues hold as many photos as the threads that empty them, plus one.

    With ``decode`` 0 the inference threads decode as well, one photo from beginning to end: on a
    CPU that costs 3 to 5 % less than handing pictures from core to core (benchmarks/encode.py). A
    GPU wants decoders of its own beside it.
    """

    fetch: int
    decode: int
    inference: int
    inference_batch: int


@dataclass(frozen=True, slots=True, eq=False)
class _Item(Generic[T]):
    photo: PendingPhoto
    load: T


class _Lane(Generic[T]):
    """A bounded queue between two kinds of threads, closed by the stop flag."""

    def __init__(self, room: int, stop: threading.Event) -> None:
        self._queue: Queue[_Item[T]] = Queue(room)
        self._stop = stop

    def offer(self, item: _Item[T], timeout: float = _TICK) -> bool:
        """Put an item in; return False when there was no room in time."""
        try:
            self._queue.put(item, block=timeout > 0, timeout=timeout)
        except Full:
            return False
        return True

    def put(self, item: _Item[T]) -> None:
        """Put an item in as soon as there is room; drop it when the pipeline stops instead."""
        while not self._stop.is_set():
            if self.offer(item):
                return

    def get(self, timeout: float = _TICK) -> _Item[T] | None:
        """Return the next item, or None when none came in time."""
        try:
            return self._queue.get(block=timeout > 0, timeout=timeout)
        except Empty:
            return None

    def is_empty(self) -> bool:
        """Whether nothing waits right now."""
        return self._queue.empty()

    def __iter__(self) -> Iterator[_Item[T]]:
        """Yield items until the pipeline stops."""
        while not self._stop.is_set():
            item = self.get()
            if item is not None:
                yield item


class Pipeline(Generic[PictureT]):
    """Runs photos through fetch, decode, inference and write; used as a context manager."""

    def __init__(  # noqa: PLR0913, PLR0917 - one argument a collaborator
        self,
        event_id: EventId,
        source: PhotoSource,
        vision: Vision[PictureT],
        index: PhotoIndex,
        size: PipelineSize,
        counter: EncodeCounter,
        for_source: Retrying,
        for_index: Retrying,
        cancel: Cancel,
    ) -> None:
        self._event_id, self._source, self._vision, self._index = event_id, source, vision, index
        self._size, self._counter, self._cancel = size, counter, cancel
        self._for_source, self._for_index = for_source, for_index
        self._stop, self._drained = threading.Event(), threading.Event()
        self._express: _Lane[None] = _Lane(1, self._stop)
        self._to_fetch: _Lane[None] = _Lane(size.fetch, self._stop)
        self._to_decode: _Lane[bytes] = _Lane((size.decode or size.inference) + 1, self._stop)
        self._to_infer: _Lane[tuple[PictureT, str]] = _Lane(
            size.inference * size.inference_batch + 1, self._stop
        )
        self._to_write: _Lane[PhotoResult] = _Lane(4 * _WRITE_BATCH, self._drained)
        self._in_work: set[PhotoId] = set()
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._error: BaseException | None = None
        self._threads = self._make_threads()

    def __enter__(self) -> "Pipeline[PictureT]":
        """Start the threads."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at the next photo, write what is encoded, wait for every thread."""
        self._stop.set()
        for thread in self._threads[:-1]:
            thread.join()
        self._drained.set()
        self._threads[-1].join()

    def offer(self, photo: PendingPhoto, urgent: bool, timeout: float) -> bool:
        """Take one photo in, once; return False when all was full for ``timeout`` seconds."""
        with self._lock:
            if photo.id in self._in_work:
                return True
            self._in_work.add(photo.id)
        item = _Item(photo, None)
        taken = urgent and self._express.offer(item, 0)
        if not taken and not self._to_fetch.offer(item, timeout):
            self._leave([photo.id])
            return False
        return True

    def in_work(self) -> list[PhotoId]:
        """Return the photos that were submitted and not written yet."""
        with self._lock:
            return list(self._in_work)

    def wait_for_room(self, seconds: float) -> None:
        """Return as soon as a photo was finished, or after ``seconds``."""
        with self._room:
            self._room.wait(seconds)

    def raise_error(self) -> None:
        """Raise what stopped one of the threads, if anything did."""
        if self._error is not None:
            raise self._error

    def _make_threads(self) -> list[threading.Thread]:
        kinds: list[tuple[str, int, Callable[[], None]]] = [
            ("express", 1, self._express_all),
            ("fetch", self._size.fetch, self._fetch_all),
            ("decode", self._size.decode, self._decode_all),
            ("infer", self._size.inference, self._infer_all if self._size.decode else self._do_all),
            ("write", 1, self._write_all),
        ]
        return [
            threading.Thread(target=self._guarded, args=(work,), name=f"{kind}-{number}")
            for kind, count, work in kinds
            for number in range(count)
        ]

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - carried to the caller by raise_error
            with self._room:
                self._error = self._error or error
                self._room.notify_all()
            self._stop.set()

    def _fetch_all(self) -> None:
        for item in self._to_fetch:
            data = self._fetch(item.photo)
            if data is not None:
                self._to_decode.put(_Item(item.photo, data))

    def _decode_all(self) -> None:
        for item in self._to_decode:
            decoded = self._decode(item.photo, item.load)
            if decoded is not None:
                self._to_infer.put(_Item(item.photo, decoded))

    def _express_all(self) -> None:
        """Take urgent photos all the way on one thread, past every queue."""
        for item in self._express:
            data = self._fetch(item.photo)
            if data is not None:
                self._do(item.photo, data)

    def _do_all(self) -> None:
        for item in self._to_decode:
            self._do(item.photo, item.load)

    def _do(self, photo: PendingPhoto, data: bytes) -> None:
        """Decode and infer one photo on this thread."""
        decoded = self._decode(photo, data)
        if decoded is not None:
            self._finish(self._infer([_Item(photo, decoded)])[0])

    def _fetch(self, photo: PendingPhoto) -> bytes | None:
        """Return a photo's bytes, or None when its way has ended here."""
        try:
            data = self._for_source.run(partial(self._source.read, photo.key))
        except PhotoGoneError:
            self._drop(photo)
        except PhotoUnreadableError as error:
            self._finish(PhotoResult(photo, None, None, None, error.message))
        except Cancelled:
            return None
        else:
            self._counter.add_fetched()
            return data
        return None

    def _decode(self, photo: PendingPhoto, data: bytes) -> tuple[PictureT, str] | None:
        """Return the picture and its bytes' digest, or None when its way has ended here."""
        content = xxhash.xxh3_128_hexdigest(data)
        if content == photo.content:
            self._finish(PhotoResult(photo, content, None, None, None))
            return None
        try:
            picture = self._vision.decode(data)
        except PhotoUnreadableError as error:
            self._finish(PhotoResult(photo, content, None, None, error.message))
        except Exception as error:  # noqa: BLE001 - one bad photo never costs another
            self._finish(_broken(photo, content, error))
        else:
            self._counter.add_decoded()
            return picture, content
        return None

    def _infer_all(self) -> None:
        for first in self._to_infer:
            items = [first]
            while len(items) < self._size.inference_batch:
                more = self._to_infer.get(timeout=0)
                if more is None:
                    break
                items.append(more)
            for result in self._infer(items):
                self._finish(result)

    def _infer(self, items: list[_Item[tuple[PictureT, str]]]) -> list[PhotoResult]:
        try:
            pictures = self._vision.encode([item.load[0] for item in items])
        except Exception as error:  # noqa: BLE001 - one bad photo never costs another
            if len(items) > 1:
                return [result for item in items for result in self._infer([item])]
            return [_broken(items[0].photo, items[0].load[1], error)]
        return [
            PhotoResult(item.photo, item.load[1], item.load[0].taken_at, picture, None)
            for item, picture in zip(items, pictures, strict=True)
        ]

    def _write_all(self) -> None:
        try:
            while not self._drained.is_set() or not self._to_write.is_empty():
                first = self._to_write.get()
                if first is not None:
                    self._write([first.load, *self._company()])
        finally:
            self._drained.set()  # a writer that failed must not leave the others waiting for room

    def _company(self) -> Iterator[PhotoResult]:
        until = monotonic() + _WRITE_PAUSE
        for _ in range(_WRITE_BATCH - 1):
            item = self._to_write.get(timeout=max(0.0, until - monotonic()))
            if item is None:
                return
            yield item.load

    def _write(self, results: list[PhotoResult]) -> None:
        try:
            self._for_index.run(lambda: self._index.write(self._event_id, results))
        except Cancelled:
            log.warning("stopped before %s photos could be written", len(results))
            return
        self._counter.add_written(results)
        self._leave([result.photo.id for result in results])

    def _finish(self, result: PhotoResult) -> None:
        self._to_write.put(_Item(result.photo, result))

    def _drop(self, photo: PendingPhoto) -> None:
        self._for_index.run(lambda: self._index.mark_gone(self._event_id, photo.id))
        self._counter.add_gone()
        self._leave([photo.id])

    def _leave(self, photos: list[PhotoId]) -> None:
        with self._room:
            self._in_work.difference_update(photos)
            self._room.notify_all()


def _broken(photo: PendingPhoto, content: str, error: Exception) -> PhotoResult:
    log.error("photo %s could not be encoded", photo.id, exc_info=error)
    reason = str(error) if isinstance(error, EventSnapError) else f"{type(error).__name__}: {error}"
    return PhotoResult(photo, content, None, None, f"could not be encoded ({reason})")
