"""For guests who do not want to be found by their face: kind words, and the staff."""

from eventsnap_desktop.flows.guest_actions import Back, Finish
from eventsnap_desktop.flows.guest_views import DeclinedView
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import MessageScreen, sign


class DeclinedScreen(MessageScreen):
    """Nothing was filmed; the staff find photos by time and place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, sign(look, "user"))
        self.title.setText(self.tr("That is quite all right"))
        self.add_button(self.tr("Think again"), "", "").clicked.connect(self._back)
        self.add_button(self.tr("Finish"), "check", "primary").clicked.connect(self._finish)

    def show_state(self, view: DeclinedView) -> None:
        """Say who helps."""
        words = self.tr(
            "No picture of you was taken. Please ask our staff: they help you to find your "
            "photos without any comparison of faces."
        )
        if view.organizer:
            words += "\n\n" + self.tr("Responsible: %1").replace("%1", view.organizer)
        self.words.setText(words)

    def _back(self) -> None:
        self.act(Back())

    def _finish(self) -> None:
        self.act(Finish())
