"""One try to make a delivery: what the carrier ends with becomes what the outbox is told."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import (
    Cancelled,
    EventSnapError,
    PhotoGoneError,
    SourceRefusedError,
    TryAgainError,
    UnknownEventError,
)
from eventsnap_desktop.domain.outgoing import DeliveryJob, NotNowError, OutgoingPhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_backoff import next_try
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_withdrawal import withdraw, withdrawal_of

log = logging.getLogger(__name__)

_CLOCKS_DIFFER = 300  # seconds after midnight that pass before the next day's e-mails
_FAULT = "The program has a fault here; its log says which"


class End(StrEnum):
    """How a try ended."""

    DELIVERED = "delivered"
    LATER = "later"
    FAILED = "failed"
    GIVEN_BACK = "given back"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended, and what notes it in the outbox; noting may be repeated."""

    end: End
    note: Callable[[], None]


@dataclass(slots=True)
class Held:
    """A delivery while it is made; ``lost`` when it is not ours any more."""

    job: DeliveryJob
    lost: bool = False


class Try:
    """One try. Once ``cancel`` is requested, or the delivery is lost, no more photos are read.

    A print is not waited for then either.
    """

    def __init__(self, parts: Delivering, held: Held, cancel: Cancel) -> None:
        self._parts, self._held, self._cancel = parts, held, cancel
        self._job = held.job

    def make(self) -> Outcome:
        """Have the delivery made; raises nothing."""
        job = self._job
        try:
            return self._over_limit() or self._delivered()
        except Cancelled:
            return Outcome(End.GIVEN_BACK, self._give_back)
        # A photo may be gone for the moment, or is left out once the index knows; rights and
        # folders come back when somebody has seen to them.
        except (TryAgainError, PhotoGoneError, SourceRefusedError) as error:
            return self._again(error)
        except UnknownEventError:  # it was deleted, and its deliveries with it
            return Outcome(End.GIVEN_BACK, self._take_back_unwanted)
        except EventSnapError as error:
            return self._failed(str(error))
        except Exception as error:  # noqa: BLE001 - a bug here must not end all other deliveries
            log_bug(error, f"delivery {job.id} ({job.kind})")
            return self._failed(_FAULT)

    def _delivered(self) -> Outcome:
        job, outbox = self._job, self._parts.outbox
        self._parts.carriers[job.kind].deliver(
            job,
            outbox.output_settings(job.event_id),
            outbox.branding(job.event_id),
            self._read,
            self._tell,
        )
        return Outcome(End.DELIVERED, lambda: outbox.done(job))

    def _over_limit(self) -> Outcome | None:
        """Return what puts an e-mail off to tomorrow, None where it may be sent today."""
        job, outbox = self._job, self._parts.outbox
        if job.kind is not DeliveryKind.EMAIL:
            return None
        limit = outbox.output_settings(job.event_id).mails_a_day
        if not limit or outbox.mails_of_today(job.event_id) < limit:
            return None
        sentence = f"The event's {limit} e-mails of today were sent; this one waits until tomorrow"
        after = self._until_tomorrow()
        return Outcome(End.LATER, lambda: outbox.put_off(job, after, sentence))

    def _until_tomorrow(self) -> float:
        now = self._parts.clock().astimezone()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return (midnight - now).total_seconds() + _CLOCKS_DIFFER

    def _again(self, error: EventSnapError) -> Outcome:
        job, outbox = self._job, self._parts.outbox
        wait = next_try(job.kind, job.attempts, job.failing_since, self._parts.clock())
        if wait is None:
            return self._failed(str(error))
        log.info("delivery %s is tried again: %s", job.id, type(error).__name__)
        asked = error.after if isinstance(error, NotNowError) else None
        seconds = wait if asked is None else asked
        # The error itself would keep its frames, and with them photos and addresses, in a circle.
        sentence = str(error)

        def note() -> None:
            outbox.try_again(job, sentence, seconds)
            self._take_back_unwanted()

        return Outcome(End.LATER, note)

    def _failed(self, sentence: str) -> Outcome:
        job, outbox = self._job, self._parts.outbox
        log.info("delivery %s cannot be made", job.id)

        def note() -> None:
            outbox.failed(job, sentence)
            self._take_back_unwanted()

        return Outcome(End.FAILED, note)

    def _give_back(self) -> None:
        """Leave it to the next try; a print that somebody cancelled is taken back."""
        self._parts.outbox.put_off(self._job)
        self._take_back_unwanted()

    def _take_back_unwanted(self) -> None:
        """Take a print back that was cancelled, or deleted with its event, during the try.

        Its last sheet may have been handed over after others took back what there was.
        """
        job = self._job
        if job.kind is DeliveryKind.PRINT and self._parts.outbox.is_cancelled(job):
            withdraw(self._parts, withdrawal_of(job))

    def _raise_if_stopped(self) -> None:
        if self._held.lost or self._cancel.requested:
            raise Cancelled("Stopped")

    def _read(self, event_code: str, photo: OutgoingPhoto) -> bytes:
        self._raise_if_stopped()
        return self._parts.read(event_code, photo)

    def _tell(self, sentence: str) -> None:
        # A print that was handed over is found again; an e-mail sent by half would be sent twice.
        if self._job.kind is DeliveryKind.PRINT:
            self._raise_if_stopped()
        try:
            self._parts.outbox.tell(self._job, sentence)
        except EventSnapError as error:  # the delivery goes on without
            log.debug("how far a delivery is was not noted: %s", type(error).__name__)


def log_bug(error: Exception, where: str) -> None:
    """Log where an error came from, not its own text: that may hold an address."""
    trace = "".join(traceback.format_tb(error.__traceback__))
    log.error("an unexpected %s at %s\n%s", type(error).__name__, where, trace)
