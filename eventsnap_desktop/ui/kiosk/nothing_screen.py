"""No photos found, said kindly: why, and what can be done."""

from PySide6.QtCore import QDateTime, QLocale

from eventsnap_desktop.flows.guest_actions import Finish, Retake, TellMe
from eventsnap_desktop.flows.guest_views import NothingView, WhyNothing
from eventsnap_desktop.ui.kiosk.calm_rings import CalmRings
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import MessageScreen
from eventsnap_desktop.ui.kiosk.pieces import text


class NothingScreen(MessageScreen):
    """Stays while it is looked for more; photos that come are shown by the session."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, CalmRings(look, "search", 280))
        going_on = self.tr("We keep looking: new photos appear here by themselves.")
        self.extra.addWidget(text(going_on, "large", centred=True))
        self._finish = self.add_button(self.tr("Finish"))
        self._finish.clicked.connect(self._on_finish)
        self._tell = self.add_button(self.tr("Tell me by e-mail"), "mail")
        self._tell.clicked.connect(self._on_tell)
        retake = self.add_button(self.tr("Try new pictures"), "camera", "primary")
        retake.clicked.connect(self._on_retake)

    def show_state(self, view: NothingView) -> None:
        """Say why, as far as it is known."""
        self.title.setText(self._title(view))
        self.words.setText(self._words(view))
        self._tell.setVisible(view.can_be_told)

    def _title(self, view: NothingView) -> str:
        if view.why is WhyNothing.NO_PHOTOS_YET:
            return self.tr("There are no photos yet")
        if view.why is WhyNothing.POOR_SELFIES:
            return self.tr("We could not see you well")
        if view.people > 1:
            return self.tr("No photo of all of you yet")
        return self.tr("No photo of you yet")

    def _words(self, view: NothingView) -> str:
        if view.why is WhyNothing.NO_PHOTOS_YET:
            return self.tr("The photographers have only just begun. Come back a little later.")
        if view.why is WhyNothing.POOR_SELFIES:
            return self.tr("Try again with more light on your face, and look into the camera.")
        looked = self.tr("We looked through %Ln photos.", "", view.photos)
        if view.newest is None:
            return looked
        moment = QDateTime.fromSecsSinceEpoch(int(view.newest.timestamp())).time()
        time = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        return looked + " " + self.tr("The newest one is of %1.").replace("%1", time)

    def _on_retake(self) -> None:
        self.act(Retake())

    def _on_tell(self) -> None:
        self.act(TellMe())

    def _on_finish(self) -> None:
        self.act(Finish())
