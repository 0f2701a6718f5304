"""The kiosk cannot serve for the moment, and goes on by itself."""

from PySide6.QtWidgets import QPushButton

from eventsnap_desktop.flows.guest_actions import Finish
from eventsnap_desktop.flows.guest_views import AwayView, WhyAway
from eventsnap_desktop.ui.kiosk.calm_rings import CalmRings
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import MessageScreen


class AwayScreen(MessageScreen):
    """Calm words; the guest has nothing to do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, CalmRings(look, "clock"))
        self._leave: QPushButton = self.add_button(self.tr("Finish"))
        self._leave.clicked.connect(self._on_leave)

    def show_state(self, view: AwayView) -> None:
        """Say what it waits for, in a guest's words."""
        self.title.setText(self.tr("One moment, please"))
        if view.why is WhyAway.CAMERA:
            words = self.tr("The camera takes a short break. Our staff know about it.")
        else:
            words = self.tr("The kiosk is busy for a moment.")
        self.words.setText(words + " " + self.tr("It goes on by itself: you can just wait here."))
        self._leave.setVisible(view.leave)

    def _on_leave(self) -> None:
        self.act(Finish())
