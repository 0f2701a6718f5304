"""Deletes events whose day is over while the organizer's window is open, and says so in it."""

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from eventsnap_desktop.app.expiring import LOOK_EVERY
from eventsnap_desktop.domain.errors import EventBusyError, TryAgainError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.flows.expire import ExpiryReport, Held
from eventsnap_desktop.ui.organizer.encodings import Phase
from eventsnap_desktop.ui.organizer.window import OrganizerWindow

log = logging.getLogger(__name__)

_AGAIN_AFTER = 20_000  # milliseconds: until then an encode that is told to stop has stopped


class WindowExpiry(QObject):
    """Looks once the window is open, and then every hour, beside the window."""

    def __init__(
        self, look: Callable[[], ExpiryReport], window: OrganizerWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look, self._window = look, window
        self._timer = QTimer(self)
        self._timer.setInterval(int(LOOK_EVERY * 1000))
        self._timer.timeout.connect(self.look)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_AFTER)
        self._again.timeout.connect(self.look)
        window.closed.connect(self._stop)

    def start(self) -> None:
        """Look now and from now on."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Delete what is due."""
        self._window.desk.jobs.call(
            self._look,
            owner=self,
            lane="expiring",
            done=self._on_report,
            failed=self._on_failed,
        )

    def _stop(self) -> None:
        self._timer.stop()
        self._again.stop()

    def _on_report(self, report: ExpiryReport) -> None:
        for receipt in report.receipts:
            self._let_go(receipt.event.id, receipt.event.code)
        stopping = [one for one in report.held if self._is_ours_and_stops(one)]
        if stopping:
            self._again.start()
        held = tuple(one for one in report.held if one not in stopping)
        self._window.expiry_notice.tell(replace(report, held=held))

    def _let_go(self, event: EventId, code: str) -> None:
        desk, encodings = self._window.desk, self._window.encodings
        desk.thumbnails.forget_event(code)
        if encodings.state.event is not None and encodings.state.event.id == event:
            encodings.stop()
        if desk.current.id == event:
            desk.current.show(None)

    def _is_ours_and_stops(self, held: Held) -> bool:
        """Stop the window's own encode of an event; whether there is one."""
        encodings, event = self._window.encodings, held.expiring.event.id
        state = encodings.state
        if not isinstance(held.error, EventBusyError) or not encodings.is_busy:
            return False
        if state.event is None or state.event.id != event:
            return False
        if state.phase is not Phase.STOPPING:
            log.info("the event's day is over: encoding ends")
            encodings.stop()
        return True

    def _on_failed(self, error: Exception) -> None:
        log.warning("no event is deleted by its date now: %s", type(error).__name__)
        if not isinstance(error, TryAgainError):
            self._window.expiry_notice.complain(error)
