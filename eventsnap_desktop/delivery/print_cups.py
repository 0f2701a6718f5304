"""A queue of CUPS: sheets handed over by IPP so that each is printed once.

A sheet is handed over *held*, in one request that CUPS takes as a whole or not at all. Then CUPS is
asked for all jobs of the sheet's title, and only the oldest of them is released; others are
cancelled. So the page is printed once however often and by however many processes it is handed
over, and wherever one of them ended: its next try finds the job. CUPS has to keep the history of
its jobs for that, which it does unless told otherwise (``PreserveJobHistory``).
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from urllib.parse import quote, unquote

from eventsnap_desktop.delivery.print_ipp import (
    Answer,
    Attribute,
    Group,
    Operation,
    Status,
    Tag,
    attribute,
)
from eventsnap_desktop.delivery.print_media import media_for
from eventsnap_desktop.delivery.print_queue import Condition, Handed, PrintState, Recall, Sheet
from eventsnap_desktop.delivery.print_render import jpeg, trimmed, upright_paper
from eventsnap_desktop.delivery.print_server import PrintServer
from eventsnap_desktop.delivery.print_words import reasons_in_words
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError

log = logging.getLogger(__name__)

_RESUME_AGAIN_AFTER = 30.0  # seconds: a printer that is still empty is paused again at once
_BY_SOMEBODY = "Paused"  # what CUPS says of a queue that a person paused, in any language
_STOPPED = 5  # RFC 8011 5.4.11
_HELD = 4  # RFC 8011 5.3.7
_STATES = {
    3: PrintState.WAITING,
    _HELD: PrintState.WAITING,
    5: PrintState.PRINTING,
    6: PrintState.WAITING,  # stopped
    7: PrintState.CANCELLED,
    8: PrintState.FAILED,
    9: PrintState.DONE,
}
_GONE = {Status.NOT_FOUND, Status.GONE}
_EVERYWHERE = attribute(Tag.URI, "printer-uri", "ipp://localhost/")
# CUPS 2.4 forgets the names of jobs that it has put away, until it reads them again; it does so
# only when it is asked for what it never keeps in memory: the last two.
_OF_JOBS = attribute(
    Tag.KEYWORD,
    "requested-attributes",
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-printer-uri",
    "job-uuid",
    "time-at-creation",
)
_OF_QUEUES = attribute(
    Tag.KEYWORD,
    "requested-attributes",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "queued-job-count",
    "media-supported",
)


@dataclass(frozen=True, slots=True)
class _Job:
    """One job of CUPS, on whichever of its queues."""

    number: int
    title: str
    queue: str
    state: int
    reasons: tuple[str, ...]

    @property
    def handed(self) -> Handed:
        return Handed(self.title, self.queue, self.number, _STATES[self.state])


class CupsQueue:
    """Fits print_queue.PrintQueue. ``options`` are given with each job, as to ``lp -o``."""

    def __init__(
        self,
        name: str,
        server: PrintServer | None = None,
        options: Sequence[tuple[str, str]] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._name, self._server = name, server or PrintServer()
        self._options, self._clock = tuple(options), clock
        self._resumed_at: float | None = None

    @property
    def name(self) -> str:
        """What CUPS calls it."""
        return self._name

    def condition(self) -> Condition:
        """Return how it is now."""
        queue = self._attributes()
        if queue is None:
            return Condition(problem="it is no longer set up")
        reasons = reasons_in_words(_texts(queue, "printer-state-reasons"))
        waiting = _number(queue, "queued-job-count")
        if not queue.get("printer-is-accepting-jobs", (True,))[0]:
            return Condition("it takes no prints", reasons, waiting)
        state = _number(queue, "printer-state")
        if state == _STOPPED:
            return Condition(
                f"it is paused ({reasons})" if reasons else "it is paused", "", waiting
            )
        # CUPS remembers what a printer said at its last print; it may have changed since.
        is_printing = state == 4
        return Condition(reasons if is_printing else "", "" if is_printing else reasons, waiting)

    def find(self, title: str) -> Handed | None:
        """Return the sheet of this title, on whichever queue of this CUPS; it is not held then."""
        job = self._oldest(title)
        return None if job is None else self._released(job).handed

    def hand_over(self, sheet: Sheet) -> Handed:
        """Hand a sheet over, once; NotNowError, NeverError."""
        known = self._oldest(sheet.title)
        if known is not None:
            return self._released(known).handed
        queue = self._attributes()
        if queue is None:
            raise NotNowError(f"{self._name}: it is no longer set up")
        said = self._print_job(sheet, queue)
        if said.status == Status.NOT_ACCEPTING_JOBS:
            raise NotNowError(f"{self._name}: it takes no prints")
        if said.status in _GONE:
            raise NotNowError(f"{self._name}: it is no longer set up")
        if not said.is_good:
            raise NeverError(f"{self._name} refused the print: {_because(said)}")
        mine = _number(said.groups[0], "job-id") if said.groups else 0
        oldest = self._oldest(sheet.title)
        if oldest is None:  # somebody cancelled it already
            return Handed(sheet.title, self._name, mine, PrintState.CANCELLED)
        if mine not in {0, oldest.number}:
            self._ask_of_job(Operation.CANCEL_JOB, mine)
        return self._released(oldest).handed

    def look(self, handed: Handed) -> Handed:
        """Return where a sheet stands now."""
        said = self._ask_of_job(Operation.GET_JOB_ATTRIBUTES, handed.number, _OF_JOBS)
        if said.is_good and said.groups:
            state = _job(said.groups[0]).handed.state
        elif said.status in _GONE:  # its CUPS keeps no history
            state = PrintState.DONE
        else:
            raise NotNowError(f"The print server does not say how a print is: {_because(said)}")
        is_out = said.is_good and state is PrintState.DONE
        # Who removes a queue cancels its jobs.
        if not is_out and self._attributes(handed.queue) is None:
            state = PrintState.LOST
        return replace(handed, state=state)

    def take_back(self, handed: Handed) -> bool:
        """Cancel a sheet; True when it surely is not printed any more, and was not."""
        self._ask_of_job(Operation.CANCEL_JOB, handed.number)
        return self.look(handed).state in {
            PrintState.CANCELLED,
            PrintState.FAILED,
            PrintState.LOST,
        }

    def recall(self, title: str) -> Recall:
        """Cancel all jobs of this title.

        None is released for that, as it is by ``find``: what is held was never printed.
        """
        ahead = [job for job in self._jobs(title) if job.handed.state in _AHEAD]
        for job in ahead:
            self._ask_of_job(Operation.CANCEL_JOB, job.number)
        states = {job.handed.state for job in self._jobs(title)}
        if states & _AHEAD:
            raise NotNowError(f"{self._name}: a print is not taken back yet")
        if PrintState.DONE in states:
            return Recall.OUT
        return Recall.BACK if ahead else Recall.NOTHING

    def help_along(self) -> None:
        """Resume the queue if CUPS paused it for an error; not too often, the error may be there.

        CUPS leaves a queue paused after paper was refilled. Not resumed is what somebody paused.
        """
        now = self._clock()
        if self._resumed_at is not None and now - self._resumed_at < _RESUME_AGAIN_AFTER:
            return
        if not self._is_paused_by_cups():
            return
        self._resumed_at = now
        said = self._server.ask(Operation.RESUME_PRINTER, [self._uri()])
        if said.is_good:
            log.info("the print queue %s was resumed", self._name)
        else:
            log.warning("the print queue %s cannot be resumed: %s", self._name, _because(said))

    def _is_paused_by_cups(self) -> bool:
        queue = self._attributes()
        if queue is None or _number(queue, "printer-state") != _STOPPED:
            return False
        if _BY_SOMEBODY in _texts(queue, "printer-state-message"):
            return False
        about = [self._uri(), attribute(Tag.KEYWORD, "which-jobs", "not-completed"), _OF_JOBS]
        waiting = [_job(one) for one in self._server.ask(Operation.GET_JOBS, about).groups]
        if waiting:
            return any("printer-stopped" in job.reasons for job in waiting)
        return bool(reasons_in_words(_texts(queue, "printer-state-reasons")))

    def _print_job(self, sheet: Sheet, queue: Group) -> Answer:
        # With an option such as PageSize=w288h432-div2 a queue's paper is not ours to choose.
        is_chosen = any(name.lower() in {"pagesize", "media"} for name, _ in self._options)
        names = () if is_chosen else _texts(queue, "media-supported")
        media = media_for(sheet.layout, names)
        page = sheet.page if media is not None and media.has_bleed else trimmed(sheet.page)
        scaling = "fill" if media is not None or is_chosen else "fit"
        about = [
            self._uri(),
            attribute(Tag.NAME, "job-name", sheet.title),
            attribute(Tag.MIME_TYPE, "document-format", "image/jpeg"),
        ]
        job = {
            "copies": attribute(Tag.INTEGER, "copies", sheet.copies),
            "job-hold-until": attribute(Tag.KEYWORD, "job-hold-until", "indefinite"),
            "print-scaling": attribute(Tag.KEYWORD, "print-scaling", scaling),
        }
        if media is not None:
            job["media"] = attribute(Tag.KEYWORD, "media", media.name)
        for name, value in self._options:
            job.setdefault(name, attribute(Tag.NAME, name, value))
        return self._server.ask(
            Operation.PRINT_JOB, about, tuple(job.values()), jpeg(upright_paper(page))
        )

    def _released(self, job: _Job) -> _Job:
        if job.state == _HELD:
            said = self._ask_of_job(Operation.RELEASE_JOB, job.number)
            if not said.is_good and said.status not in {Status.NOT_POSSIBLE, *_GONE}:
                raise NotNowError(f"{job.queue} holds the print back: {_because(said)}")
        return job

    def _oldest(self, title: str) -> _Job | None:
        """Return the first job of a title that was neither cancelled nor given up."""
        alive = [job for job in self._jobs(title) if job.handed.state not in _OVER]
        return min(alive, key=lambda job: job.number, default=None)

    def _jobs(self, title: str) -> list[_Job]:
        about = [_EVERYWHERE, attribute(Tag.KEYWORD, "which-jobs", "all"), _OF_JOBS]
        said = self._server.ask(Operation.GET_JOBS, about)
        if not said.is_good and said.status not in _GONE:
            raise NotNowError(f"The print server does not list its jobs: {_because(said)}")
        jobs = [_job(one) for one in said.groups if one.get("job-id")]
        return [job for job in jobs if job.title == title]

    def _attributes(self, name: str = "") -> Group | None:
        """Return a queue's attributes, None when there is no such queue."""
        said = self._server.ask(Operation.GET_PRINTER_ATTRIBUTES, [self._uri(name), _OF_QUEUES])
        if said.status in _GONE:
            return None
        if not said.is_good or not said.groups:
            raise NotNowError(f"{name or self._name}: {_because(said)}")
        return said.groups[0]

    def _ask_of_job(self, operation: Operation, number: int, *about: Attribute) -> Answer:
        job = attribute(Tag.URI, "job-uri", f"ipp://localhost/jobs/{number}")
        return self._server.ask(operation, [job, *about])

    def _uri(self, name: str = "") -> Attribute:
        return attribute(Tag.URI, "printer-uri", queue_uri(name or self._name))


_OVER = {PrintState.CANCELLED, PrintState.FAILED, PrintState.LOST}
_AHEAD = {PrintState.WAITING, PrintState.PRINTING}


def queue_uri(name: str) -> str:
    """Return what IPP calls a queue of this machine's CUPS."""
    return f"ipp://localhost/printers/{quote(name, safe='')}"


def _job(group: Group) -> _Job:
    uri = next(iter(_texts(group, "job-printer-uri")), "")
    return _Job(
        number=_number(group, "job-id"),
        title=next(iter(_texts(group, "job-name")), ""),
        queue=unquote(uri.rpartition("/")[2]),
        state=_number(group, "job-state", 3),
        reasons=_texts(group, "job-state-reasons"),
    )


def _texts(group: Group, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in group.get(name, ()))


def _number(group: Group, name: str, otherwise: int = 0) -> int:
    value = next(iter(group.get(name, ())), otherwise)
    return value if isinstance(value, int) else otherwise


def _because(said: Answer) -> str:
    return said.message or f"IPP error {said.status:#06x}"
