"""Work that goes on beside a guest's screens: one at a time of each kind, again when asked again."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

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
    """The chores of one visit. What waiting may help is left out quietly: it is wanted again."""

    def __init__(self, runner: Runner, wake: Callable[[], None]) -> None:
        self._runner, self._wake = runner, wake
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: dict[str, Callable[[], None]] = {}
        self._failed: Exception | None = None

    def want(
        self, name: str, work: Callable[[], R], done: Callable[[R], None], lane: str = "guest"
    ) -> None:
        """Have work done and ``done`` told of its result, after the one of this name in work."""
        if name in self._tasks:
            self._again[name] = lambda: self.want(name, work, done, lane)
            return
        running = self._runner.run(lambda _report, _cancel: work(), lane)
        self._tasks[name] = asyncio.get_running_loop().create_task(self._do(name, running, done))

    def is_wanted(self, name: str) -> bool:
        """Whether this work is going on."""
        return name in self._tasks

    def raise_failure(self) -> None:
        """Raise what one of them failed of, other than by what waiting may help."""
        if self._failed is not None:
            failed, self._failed = self._failed, None
            raise failed

    def stop(self) -> None:
        """Drop everything."""
        self._again.clear()
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    async def _do(self, name: str, running: Running[Any], done: Callable[[Any], None]) -> None:
        try:
            found = await result_of(running)
        except TryAgainError:
            found, done = None, _ignored
        except Exception as error:  # noqa: BLE001 - it is raised again where the session waits
            self._failed, found, done = error, None, _ignored
        self._tasks.pop(name, None)
        done(found)
        again = self._again.pop(name, None)
        if again is not None:
            again()
        self._wake()


def _ignored(_: object) -> None:
    """Nothing came of it."""
