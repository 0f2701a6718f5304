"""The line about an address: what it is used for, or what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from eventsnap_desktop.flows.guest_views import AddressProblem, MailView
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import restyled


class MailStatus(QLabel):
    """Says one thing at a time, and is always as high: what is below stays where it is."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "small")
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(2.52 * look.text(26)))  # two lines

    def say_purpose(self, told_later: bool) -> None:
        """Say what the address is for."""
        if told_later:
            words = self.tr("We use the address for this one message and for nothing else.")
        else:
            words = self.tr("We use the address to send your photos and for nothing else.")
        self._say(words, "small")

    def say_busy(self) -> None:
        """Say that it is being stored."""
        self._say(self.tr("One moment …"), "small")

    def say_problem(self, view: MailView) -> None:
        """Say what is wrong."""
        words = {
            AddressProblem.NOT_AN_ADDRESS: self.tr(
                "This does not look like an e-mail address. Please check it once more."
            ),
            AddressProblem.TOO_MANY: self.tr("These are too many people at once."),
            AddressProblem.TOO_MANY_PHOTOS: self.tr(
                "At most %n photos fit into one e-mail. Please go back and choose fewer.",
                "",
                view.most_photos,
            ),
            AddressProblem.NOT_STORED: self.tr("That did not work just now. Please try again."),
        }
        self._say(words.get(view.problem, ""), "problem")

    def _say(self, words: str, role: str) -> None:
        self.setText(words)
        if self.property("role") != role:
            self.setProperty("role", role)
            restyled(self)
