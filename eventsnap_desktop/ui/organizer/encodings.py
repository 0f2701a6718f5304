"""The encode of one window: begun, held, gone on with and ended, whichever page is seen."""

import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from eventsnap_desktop.domain.errors import Cancelled, TryAgainError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.flows.encode import EncodeReport
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk, VisionFacts

log = logging.getLogger(__name__)

_FIRST_RETRY, _LONGEST_RETRY = 5, 120  # seconds


class Phase(StrEnum):
    """What the encode does."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    RETRYING = "retrying"  # a server stayed away; it is tried again by itself
    FAILED = "failed"


_BUSY = {Phase.RUNNING, Phase.PAUSING, Phase.STOPPING}


@dataclass(frozen=True, slots=True)
class EncodeState:
    """The encode at one moment; ``report`` is that of the last run that came to its end.

    ``watching`` says that it goes on with what arrives; ``retry_in`` are seconds.
    """

    phase: Phase = Phase.IDLE
    event: Event | None = None
    watching: bool = False
    progress: EncodeProgress | None = None
    report: EncodeReport | None = None
    error: Exception | None = None
    retry_in: int = 0


class Encodings(QObject):
    """Runs one encode at a time, on a thread of its own.

    To pause means to stop at the next photo: what is encoded is stored, and going on begins with
    the photos that still wait, also after a restart of the program.
    """

    changed = Signal(object)
    """The EncodeState; at most 15 times a second."""
    facts_known = Signal(object)
    """The VisionFacts, once the model pack was opened."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state = EncodeState()
        self._job: Job[EncodeReport] | None = None
        self._retry_after = _FIRST_RETRY
        self._facts_asked = False
        self.facts: VisionFacts | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self.resume)

    @property
    def state(self) -> EncodeState:
        """What the encode does now."""
        return self._state

    @property
    def is_busy(self) -> bool:
        """Whether photos are in work right now."""
        return self._state.phase in _BUSY

    def start(self, event: Event, watch: bool) -> None:
        """Encode an event; does nothing while another encode is in work."""
        if self.is_busy:
            return
        self._retry.stop()
        self._show(EncodeState(Phase.RUNNING, event, watch))
        self._job = self._desk.jobs.run(
            lambda report, cancel: self._desk.works.encode(event, watch, report, cancel),
            owner=self,
            lane="encode",
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def pause(self) -> None:
        """Stop at the next photo, to go on later."""
        self._end(Phase.PAUSING)

    def resume(self) -> None:
        """Go on where it was paused, or try again at once."""
        state = self._state
        if state.event is not None and not self.is_busy:
            self.start(state.event, state.watching)

    def stop(self) -> None:
        """Stop at the next photo and be done."""
        self._retry.stop()
        if self.is_busy:
            self._end(Phase.STOPPING)
        elif self._state.phase in {Phase.PAUSED, Phase.RETRYING}:
            self._show(replace(self._state, phase=Phase.IDLE, watching=False))

    def _end(self, phase: Phase) -> None:
        if self._job is not None and self.is_busy:
            self._job.stop()
            self._show(replace(self._state, phase=phase))

    def _on_progress(self, progress: EncodeProgress) -> None:
        self._retry_after = _FIRST_RETRY if progress.done else self._retry_after
        self._show(replace(self._state, progress=progress))

    def ask_facts(self) -> None:
        """Have ``facts_known`` tell what inference runs on; opens the model pack if need be."""
        if self._facts_asked:
            return
        self._facts_asked = True
        self._desk.jobs.call(
            self._desk.works.vision_facts,
            owner=self,
            lane="vision",
            done=self._on_facts,
            failed=self._on_no_facts,
        )

    def _on_facts(self, facts: VisionFacts) -> None:
        self.facts = facts
        self.facts_known.emit(facts)

    def _on_done(self, report: EncodeReport) -> None:
        paused = self._state.phase is Phase.PAUSING
        phase = Phase.PAUSED if paused else Phase.IDLE
        self._job = None
        self._show(replace(self._state, phase=phase, report=report, error=None))
        self.ask_facts()

    def _on_failed(self, error: Exception) -> None:
        state, self._job = self._state, None
        if isinstance(error, Cancelled):
            phase = Phase.PAUSED if state.phase is Phase.PAUSING else Phase.IDLE
            self._show(replace(state, phase=phase))
        elif isinstance(error, TryAgainError) and state.watching and state.phase is Phase.RUNNING:
            wait, self._retry_after = self._retry_after, min(self._retry_after * 2, _LONGEST_RETRY)
            self._retry.start(wait * 1000)
            self._show(replace(state, phase=Phase.RETRYING, error=error, retry_in=wait))
        else:
            log.warning("encoding ended with %s", type(error).__name__)
            self._show(replace(state, phase=Phase.FAILED, error=error))

    def _on_no_facts(self, error: Exception) -> None:
        log.info("the models cannot be told of: %s", type(error).__name__)
        self._facts_asked = False

    def _show(self, state: EncodeState) -> None:
        self._state = state
        self.changed.emit(state)
