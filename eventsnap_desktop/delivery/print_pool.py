"""A kiosk's printers: which one takes the next sheet, and where a sheet is."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eventsnap_desktop.delivery.print_queue import Condition, Handed, PrintQueue, Recall, Sheet
from eventsnap_desktop.domain.outgoing import NotNowError

log = logging.getLogger(__name__)

_WITH_OPTIONS = re.compile(r"(.*?)\s*\[([^\[\]]*=[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class PrinterName:
    """One printer as it is set: ``NAME``, ``NAME [Option=value Other=value]`` or ``pdf:FOLDER``."""

    name: str
    options: tuple[tuple[str, str], ...] = ()


def printer_names(setting: str) -> tuple[PrinterName, ...]:
    """Return the printers of a setting like "Selphy1, Selphy2", without repetitions."""
    found: dict[str, PrinterName] = {}
    for part in setting.split(","):
        text = part.strip()
        options: tuple[tuple[str, str], ...] = ()
        if with_options := _WITH_OPTIONS.fullmatch(text):
            text = with_options[1]
            pairs = (one.partition("=") for one in with_options[2].split())
            options = tuple((name, value) for name, _, value in pairs if name and value)
        if text:
            found.setdefault(text, PrinterName(text, options))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class InQueue:
    """A sheet that was handed over, and the queue that can be asked about it."""

    queue: PrintQueue
    handed: Handed


class Pool:
    """Several queues that print the same. Methods raise NotNowError as the queues do.

    Where several would print as soon, the one that is called ``prefers`` does.
    """

    def __init__(self, queues: Sequence[PrintQueue], prefers: str = "") -> None:
        self._queues = tuple(sorted(queues, key=lambda queue: queue.name != prefers))

    def find(self, title: str) -> InQueue | None:
        """Return the sheet of this title if any of the queues has it."""
        for queue in self._queues:
            found = queue.find(title)
            if found is not None:
                # A print server finds it in any of its queues, such as one that left the pool.
                named = [one for one in self._queues if one.name == found.queue]
                return InQueue(named[0] if named else queue, found)
        return None

    def free(self, but: str = "") -> PrintQueue | None:
        """Return the queue that prints soonest, not that one; None when none can at the moment."""
        ranked = []
        for at, queue in enumerate(self._queues):
            if queue.name == but:
                continue
            condition = helped(queue)
            if not condition.problem:
                ranked.append((bool(condition.doubt), condition.waiting, at))
        return self._queues[min(ranked)[2]] if ranked else None

    def recall(self, title: str) -> Recall:
        """Take back the sheet of this title, wherever it is."""
        found = {queue.recall(title) for queue in self._queues}
        return next((one for one in (Recall.OUT, Recall.BACK) if one in found), Recall.NOTHING)

    def problems(self) -> str:
        """Return what is wrong with the queues, for the staff."""
        said = ((queue.name, asked(queue).problem) for queue in self._queues)
        return ". ".join(f"{name}: {problem}" for name, problem in said if problem)

    def hand_over(self, title: str, make: Callable[[], Sheet]) -> InQueue:
        """Have the sheet of this title printed if it is not yet; it is made only if it is needed.

        NotNowError when no queue takes it, NeverError when one never will.
        """
        found = self.find(title)
        if found is not None:
            return found
        queue = self.free()
        if queue is None:
            raise NotNowError(self.problems() or "No printer can print at the moment")
        return InQueue(queue, queue.hand_over(make()))


def helped(queue: PrintQueue) -> Condition:
    """Return how a queue is after it was resumed, if that was all it needed."""
    condition = asked(queue)
    if not condition.problem:
        return condition
    try:
        queue.help_along()
    except NotNowError:
        return condition
    return asked(queue)


def asked(queue: PrintQueue) -> Condition:
    """Return how a queue is; that its server does not answer is a problem like others."""
    try:
        return queue.condition()
    except NotNowError as error:
        return Condition(problem=error.message)
