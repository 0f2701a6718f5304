"""Sends a test e-mail with what is entered in the settings, and says what the server answered."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row


class MailTest(QWidget):
    """An address, a button, and the answer."""

    asked = Signal(str)
    """A test e-mail to this address is wanted."""
    spoke = Signal()
    """There is something new to be read below the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("Your e-mail address"))
        self.address.setAccessibleName(self.tr("Address for the test e-mail"))
        self.address.setClearButtonEnabled(True)
        self.send = button(self.tr("Send a test e-mail"), "mail")
        self.said = label("", "faint", wrap=True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        what = self.tr("Sends an e-mail with what is entered above, saved or not.")
        column.addWidget(label(what, "faint", wrap=True))
        column.addLayout(row(self.address, self.send))
        column.addWidget(self.said)
        self.address.textChanged.connect(self._on_text)
        self.address.returnPressed.connect(self.send.click)
        self.send.clicked.connect(self._on_send)
        self.send.setEnabled(False)

    @property
    def language(self) -> str:
        """The language that the window speaks, and so the e-mail."""
        return QLocale().name()[:2]

    def show_answer(self, text: str) -> None:
        """Say that it was sent."""
        self._end(text, "good")

    def show_error(self, error: Exception) -> None:
        """Say why it was not sent."""
        self._end(sentence(error), "danger")

    def _on_text(self, text: str) -> None:
        self.send.setEnabled(bool(text.strip()))

    def _on_send(self) -> None:
        self.send.setEnabled(False)
        self._say(self.tr("Sending…"), "faint")
        self.asked.emit(self.address.text().strip())

    def _end(self, text: str, role: str) -> None:
        self.send.setEnabled(bool(self.address.text().strip()))
        self._say(text, role)

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setProperty("role", role)
        restyle(self.said)
        self.said.show()
        self.spoke.emit()
