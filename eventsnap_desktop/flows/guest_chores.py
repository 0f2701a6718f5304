"""Work that goes on beside a guest's screens: one of each kind, again when asked again."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from eventsnap_desktop.domain.errors import TryAgainError
from eventsnap_desktop.flows.guest_ports import Runner, Running

R = TypeVar("R")


async def result_of(running: Running[R]) -> R:
    """Wait for a piece of work; it is told to stop when nobody waits for it any more."""
    try:
        return await running
    except asyncio.CancelledError:
        running.cancel()
        raise


class Chores:
    """The chores of one visit; none of them holds up what the guest does."""

    def __init__(self, runner: Runner, wake: Callable[[], None]) -> None:
        self._runner, self._wake = runner, wake
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: dict[str, Callable[[], None]] = {}
        self._failure: BaseException | None = None

    def want(
        self,
        name: str,
        work: Callable[[], R],
        done: Callable[[R], None],
        failed: Callable[[], None] | None = None,
        lane: str = "guest",
    ) -> None:
        """Have work done after the one of this name that is going on, and ``done`` told of it.

        ``failed`` is told where waiting may help.
        """
        if name in self._tasks:
            self._again[name] = partial(self.want, name, work, done, failed, lane)
            return
        running = self._runner.run(lambda _report, _cancel: work(), lane)
        task = asyncio.get_running_loop().create_task(_told(running, done, failed or _nothing))
        self._tasks[name] = task
        task.add_done_callback(partial(self._on_ended, name))

    def raise_failure(self) -> None:
        """Raise what one of them failed of, other than by what waiting may help."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def stop(self) -> None:
        """Drop everything."""
        self._again.clear()
        tasks, self._tasks = self._tasks, {}
        for task in tasks.values():
            task.cancel()

    def _on_ended(self, name: str, task: "asyncio.Task[None]") -> None:
        if not task.cancelled():
            self._failure = task.exception() or self._failure
        if self._tasks.get(name) is not task:
            return  # everything was dropped meanwhile
        del self._tasks[name]
        again = self._again.pop(name, None)
        if again is not None:
            again()
        self._wake()


async def _told(running: Running[R], done: Callable[[R], None], failed: Callable[[], None]) -> None:
    try:
        found = await result_of(running)
    except TryAgainError:
        failed()
    else:
        done(found)


def _nothing() -> None:
    """Nobody is told."""
