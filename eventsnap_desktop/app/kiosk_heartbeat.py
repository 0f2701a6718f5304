"""Tells the organizer every few seconds how a kiosk is, and the supervisor that it lives."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from eventsnap_desktop.app.kiosk_alive import EVERY_SECONDS, AliveFile
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.flows.organizer_ports import KioskDesk
from eventsnap_desktop.ui.bridge.jobs import Jobs

log = logging.getLogger(__name__)

_LOOK_EVERY = 1000  # milliseconds
_REPORT_EVERY = 5  # looks, where nothing changed


class Heartbeat(QObject):
    """One for a kiosk; ``state`` returns the state and a sentence for the staff."""

    def __init__(
        self,
        jobs: Jobs,
        alive: AliveFile,
        state: Callable[[], tuple[KioskState, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._alive, self._state = jobs, alive, state
        self._kiosks: KioskDesk | None = None
        self._event: EventId | None = None
        self._name = ""
        self._told: tuple[KioskState, str] | None = None
        self._looks, self._reporting = 0, False
        self._living = QTimer(self, interval=round(EVERY_SECONDS * 1000))
        self._living.timeout.connect(alive.touch)
        self._looking = QTimer(self, interval=_LOOK_EVERY)
        self._looking.timeout.connect(self._look)

    def live(self) -> None:
        """Begin to tell the supervisor: a guest could use the kiosk."""
        self._alive.touch()
        self._living.start()

    def report_to(self, kiosks: KioskDesk, event: EventId, name: str) -> None:
        """Begin to tell the organizer."""
        self._kiosks, self._event, self._name = kiosks, event, name
        self._looking.start()
        self._look()

    def stop(self) -> None:
        """Tell nobody any more."""
        self._living.stop()
        self._looking.stop()

    def last_word(self) -> Callable[[], None]:
        """Return what tells the organizer that the kiosk stopped; blocks, raises EventSnapError."""
        kiosks, event = self._kiosks, self._event
        if kiosks is None or event is None:
            return lambda: None
        return partial(kiosks.report, self._name, event, KioskState.STOPPED, "")

    def _look(self) -> None:
        now = self._state()
        self._looks += 1
        if self._reporting or (now == self._told and self._looks % _REPORT_EVERY):
            return
        assert self._kiosks is not None
        assert self._event is not None
        self._told, self._reporting = now, True
        self._jobs.call(
            partial(self._kiosks.report, self._name, self._event, *now),
            owner=self,
            lane="heartbeat",
            done=self._on_reported,
            failed=self._on_not_reported,
        )

    def _on_reported(self, _: None) -> None:
        self._reporting = False

    def _on_not_reported(self, error: Exception) -> None:
        self._reporting, self._told = False, None
        log.debug("the organizer was not told: %s", type(error).__name__)
