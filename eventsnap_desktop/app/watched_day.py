"""The day of an event that is encoded without a window: its encode ends with it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.expiring import expiring_beside, expiry_of, look_and_tell
from eventsnap_desktop.app.last_days import LastDays
from eventsnap_desktop.domain.errors import EventBusyError, UnknownEventError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.expire import ExpiryReport
from eventsnap_desktop.index.opening import Index

log = logging.getLogger(__name__)


class WatchedDay:
    """Sees to it that events end by their date while one of them, ``code``, is watched.

    Nobody can delete an event that is being encoded but who encodes it: ``cancel`` is requested
    when its day is over.
    """

    def __init__(self, program: Program, index: Index, code: str, cancel: Cancel) -> None:
        self._index, self._code, self._cancel = index, code, cancel
        self._expiry, self._days = expiry_of(program, index), LastDays(program.settings.home)
        self._is_over = False

    def look_before(self) -> None:
        """Delete what is due before anything is encoded."""
        look_and_tell(self._expiry.look)

    def event_to_encode(self, source: str | None = None) -> Event:
        """Return the event, made now where there is a ``source`` for it; UnknownEventError.

        UsageError where there is none because its day is over.
        """
        events = self._index.events
        try:
            event = events.find_event(self._code)
        except UnknownEventError:
            self._days.check_not_over(self._code)
            if source is None:
                raise
            event = events.create_event(self._code, self._code, source)
        self._days.note(event.code, event.keep_until)
        return event

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look every hour while the block encodes, which has let go of the event at its end."""
        with expiring_beside(self._look):
            yield
        if self._is_over:
            look_and_tell(self._expiry.look)

    def _look(self) -> ExpiryReport:
        event = self._index.events.find_event(self._code)
        self._days.note(event.code, event.keep_until)
        report = self._expiry.look()
        for held in report.held:
            if held.expiring.event.id == event.id and isinstance(held.error, EventBusyError):
                log.info("the event's day is over: encoding ends")
                self._is_over = True
                self._cancel.request()
        return report
