"""Runs work on QThreads and brings progress, result or error back to the GUI thread.

A piece of work is a plain function ``(report, cancel) -> result`` that knows no thread. In it no
widget may be touched. What it reports is shown at most 15 times a second, newest first; a result
whose owner is gone is dropped. Use it in one of two ways:

    jobs.run(work, owner=self, done=self._show, failed=self._complain)
    photos = await jobs.run(work, owner=self)        # in a coroutine begun with jobs.start()
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator
from time import monotonic
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer

from eventsnap_desktop.domain.errors import Cancelled
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.bridge.lanes import Lane

log = logging.getLogger(__name__)

_SHOW_PROGRESS_EVERY = 66  # milliseconds

R = TypeVar("R")
P = TypeVar("P")

Work = Callable[[Callable[[Any], None], Cancel], R]


class Job(Generic[R]):
    """One piece of work, as the GUI thread sees it."""

    def __init__(
        self,
        owner: QObject,
        loop: asyncio.AbstractEventLoop | None,
        done: Callable[[R], None] | None,
        failed: Callable[[Exception], None] | None,
        progress: Callable[[Any], None] | None,
    ) -> None:
        self.cancel_wish = Cancel()
        self._owner, self._loop = owner, loop
        self._done, self._failed, self._progress = done, failed, progress
        self._result: R | None = None
        self._error: Exception | None = None
        self._news: Any = None
        self._has_news = False
        self._ended = False
        self._future: asyncio.Future[R] | None = None

    @property
    def is_running(self) -> bool:
        """Whether its end was not told yet."""
        return not self._ended

    def cancel(self) -> None:
        """Ask the work to stop, and forget it: neither result nor error will be told."""
        self._done = self._failed = self._progress = None
        self.cancel_wish.request()

    def stop(self) -> None:
        """Ask the work to stop; what it returns then is told as usual."""
        self.cancel_wish.request()

    def __await__(self) -> Generator[Any, None, R]:
        """Wait for the result in a coroutine of the GUI thread; raises what the work raised."""
        if self._loop is None:
            raise RuntimeError("this program has no event loop for coroutines")
        self._future = self._loop.create_future()
        if self._ended:
            self._settle(self._future)
        return (yield from self._future.__await__())

    def perform(self, work: Work[R]) -> None:
        """Do the work; called on a lane's thread."""
        if self.cancel_wish.requested:
            self._error = Cancelled("Stopped")
            return
        try:
            self._result = work(self._note, self.cancel_wish)
        except Exception as error:  # noqa: BLE001 - the bridge is where every error crosses
            self._error = error

    def show_progress(self) -> None:
        """Tell the newest report, if there is one."""
        if self._has_news and self._progress is not None and shiboken6.isValid(self._owner):
            self._has_news = False
            self._progress(self._news)

    def end(self) -> None:
        """Tell the result or the error; called on the GUI thread."""
        self.show_progress()
        self._ended = True
        if self._future is not None:
            self._settle(self._future)
        if not shiboken6.isValid(self._owner):
            return
        if self._error is None:
            if self._done is not None:
                self._done(self._result)  # type: ignore[arg-type] # no error, so this is it
        elif self._failed is not None:
            self._failed(self._error)
        elif self._future is None and not isinstance(self._error, Cancelled):
            log.error("nobody was told of a failure", exc_info=self._error)

    def drop(self) -> None:
        """End without telling anybody: the program closes."""
        self.cancel()
        self._ended = True
        if self._future is not None and not self._future.done():
            self._future.cancel()

    def _note(self, news: Any) -> None:
        self._news = news
        self._has_news = True

    def _settle(self, future: "asyncio.Future[R]") -> None:
        if future.done():
            return
        if not shiboken6.isValid(self._owner):
            future.cancel()
        elif self._error is None:
            future.set_result(self._result)  # type: ignore[arg-type] # no error, so this is it
        else:
            future.set_exception(self._error)


class Jobs(QObject):
    """All work of one window; lives on the GUI thread and is closed before the window ends."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._loop = loop
        self._lanes: dict[str, Lane] = {}
        self._running: dict[int, Job[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._next_ticket = 1
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_SHOW_PROGRESS_EVERY)
        self._timer.timeout.connect(self._show_progress)

    def run(
        self,
        work: Work[R],
        *,
        owner: QObject,
        lane: str = "general",
        done: Callable[[R], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> Job[R]:
        """Queue work on a lane; return its job. After ``close`` nothing is run any more."""
        job: Job[R] = Job(owner, self._loop, done, failed, progress)
        if self._closed:
            job.drop()
            return job
        ticket, self._next_ticket = self._next_ticket, self._next_ticket + 1
        self._running[ticket] = job
        if lane not in self._lanes:
            self._lanes[lane] = Lane(lane, self._on_ran, self)
        self._lanes[lane].put(ticket, lambda: job.perform(work))
        if progress is not None and not self._timer.isActive():
            self._timer.start()
        return job

    def call(
        self,
        work: Callable[[], R],
        *,
        owner: QObject,
        lane: str = "general",
        done: Callable[[R], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job[R]:
        """Queue work that neither reports nor can be stopped half way."""
        return self.run(
            lambda _report, _cancel: work(), owner=owner, lane=lane, done=done, failed=failed
        )

    def start(self, action: Coroutine[Any, Any, None], failed: Callable[[Exception], None]) -> None:
        """Begin a coroutine on the GUI thread; ``failed`` is told what it raises."""
        if self._loop is None or self._closed:
            action.close()
            return

        def ended(task: "asyncio.Task[None]") -> None:
            self._tasks.discard(task)
            error = None if task.cancelled() else task.exception()
            if isinstance(error, Exception) and not isinstance(error, Cancelled):
                failed(error)

        task = self._loop.create_task(action)
        self._tasks.add(task)
        task.add_done_callback(ended)

    def close(self, wait_seconds: float = 10.0) -> bool:
        """Stop everything, wait for every thread; return whether all ended in time."""
        self._closed = True
        self._timer.stop()
        for job in self._running.values():
            job.drop()
        for task in self._tasks:
            task.cancel()
        for lane in self._lanes.values():
            lane.close()
        until = monotonic() + wait_seconds
        threads = [thread for lane in self._lanes.values() for thread in lane.threads]
        ended = [thread.wait(max(1, int((until - monotonic()) * 1000))) for thread in threads]
        self._running.clear()
        if not all(ended):
            log.warning("these threads do not end: %s", ", ".join(self.working))
        return all(ended)

    @property
    def working(self) -> tuple[str, ...]:
        """The names of the threads that have not ended."""
        threads = [thread for lane in self._lanes.values() for thread in lane.threads]
        return tuple(thread.objectName() for thread in threads if thread.isRunning())

    def _on_ran(self, ticket: int) -> None:
        job = self._running.pop(ticket, None)
        if job is not None:
            job.end()
        if not self._running:
            self._timer.stop()

    def _show_progress(self) -> None:
        for job in list(self._running.values()):
            job.show_progress()
