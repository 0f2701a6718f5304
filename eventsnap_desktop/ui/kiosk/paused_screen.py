"""The staff paused the kiosk."""

from datetime import UTC, datetime
from math import ceil

from PySide6.QtCore import QTimer

from eventsnap_desktop.flows.guest_views import PausedView
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import MessageScreen, sign

_AGAIN = 5_000  # milliseconds


class PausedScreen(MessageScreen):
    """Says in how many minutes it goes on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, sign(look, "pause", 260))
        self._view = PausedView()
        self.title.setText(self.tr("A short break"))
        self._again = QTimer(self, interval=_AGAIN)
        self._again.timeout.connect(self._count)
        self._again.start()

    def show_state(self, view: PausedView) -> None:
        """Show until when."""
        self._view = view
        self._count()

    def _count(self) -> None:
        self.words.setText(self._words(datetime.now(UTC)))

    def _words(self, now: datetime) -> str:
        back = self._view.back
        minutes = 0 if back is None else ceil((back - now).total_seconds() / 60)
        if minutes < 1:
            return self.tr("We are back soon.")
        return self.tr("We are back in about %n minutes.", "", minutes)
