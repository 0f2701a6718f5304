"""Threads that work is queued on: a lane's work never overlaps more than its threads allow."""

import logging
from collections.abc import Callable
from queue import SimpleQueue

from PySide6.QtCore import QObject, QThread, Signal

log = logging.getLogger(__name__)

LANE_THREADS = {"general": 3, "pictures": 2}
"""Threads of each lane; a lane that is not named here has one."""


class LaneThread(QThread):
    """Runs what its lane's queue holds, one after the other, until it finds None there."""

    ran = Signal(int)
    """A ticket's work is over; sent from the lane's thread, so connect it to a bound slot."""

    def __init__(
        self, queue: "SimpleQueue[tuple[int, Callable[[], None]] | None]", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._queue = queue

    def run(self) -> None:
        """Work; called by Qt on the new thread."""
        while (entry := self._queue.get()) is not None:
            ticket, work = entry
            work()
            # The work knows its owner, a widget. Were this thread the last to let go of it, the
            # widget would be destroyed here; until it has heard of the end, Jobs holds it too.
            del entry, work
            self.ran.emit(ticket)


class Lane:
    """A queue and the threads that empty it."""

    def __init__(self, name: str, on_ran: Callable[[int], None], parent: QObject) -> None:
        self._queue: SimpleQueue[tuple[int, Callable[[], None]] | None] = SimpleQueue()
        self.threads = [LaneThread(self._queue, parent) for _ in range(LANE_THREADS.get(name, 1))]
        for number, thread in enumerate(self.threads):
            thread.setObjectName(f"{name}-{number}")
            thread.ran.connect(on_ran)
            thread.start()

    def put(self, ticket: int, work: Callable[[], None]) -> None:
        """Queue work; it must not raise."""
        self._queue.put((ticket, work))

    def close(self) -> None:
        """Have every thread end after what is queued; does not wait."""
        for _ in self.threads:
            self._queue.put(None)
