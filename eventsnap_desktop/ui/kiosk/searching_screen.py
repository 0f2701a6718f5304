"""The moment between the last selfie and the photos."""

from eventsnap_desktop.flows.guest_views import SearchingView
from eventsnap_desktop.ui.kiosk.calm_rings import CalmRings
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import MessageScreen


class SearchingScreen(MessageScreen):
    """Says that the photos are looked through."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, CalmRings(look, "photos"))
        self.title.setText(self.tr("Looking for your photos …"))

    def show_state(self, view: SearchingView) -> None:
        """Say why it takes longer, if it does."""
        slow = self.tr("There are many photos today: just a few seconds more.")
        self.words.setText(slow if view.slow else "")
