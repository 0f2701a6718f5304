"""Corrects the addresses of an e-mail, with a word on what was probably meant."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eventsnap_desktop.delivery.addresses import LONGEST, check_address, is_address, suggest
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryState
from eventsnap_desktop.domain.delivery_details import DeliveryDetails
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row


class _Line(QWidget):
    """One address, checked as it is typed."""

    edited = Signal()

    def __init__(self, address: str) -> None:
        super().__init__()
        self.field = QLineEdit(address)
        self.meant = button("", kind="quiet")
        self._suggestion = ""
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(self.tr("E-mail address"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addLayout(row(self.meant, None))
        self.field.textChanged.connect(self._on_text)
        self.meant.clicked.connect(self._on_meant)
        self._on_text()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text().strip()

    def _on_text(self) -> None:
        wrong = bool(self.text) and not is_address(self.text)
        self.field.setProperty("invalid", "true" if wrong else "false")
        restyle(self.field)
        self._suggestion = suggest(self.text) or ""
        said = self.tr("Did you mean {address}?").format(address=self._suggestion)
        self.meant.setText(said)
        self.meant.setVisible(bool(self._suggestion))
        self.edited.emit()

    def _on_meant(self) -> None:
        self.field.setText(self._suggestion)
        self.field.setFocus()


class AddressDialog(QDialog):
    """Emits the addresses when they are agreed to; the e-mail goes to all of them."""

    agreed = Signal(object, object)
    """DeliveryId and the addresses, checked."""

    def __init__(self, details: DeliveryDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._number: DeliveryId = details.delivery.id
        is_done = details.delivery.state is DeliveryState.DONE
        self.setWindowTitle(
            self.tr("Send the e-mail again") if is_done else self.tr("Correct the address")
        )
        self.lines = [_Line(address) for address in details.addresses or ("",)]
        self.banner = Banner()
        self.send: QPushButton = button(self.tr("Send"), "mail", "primary")
        self._stop = button(self.tr("Close"))
        said = self.tr("The e-mail is sent at once. A line that is left empty gets nothing.")
        if is_done:
            said = self.tr(
                "The e-mail was sent already. Whoever is listed gets it at once, and once more if "
                "it arrived. A line that is left empty gets nothing."
            )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(said, "faint", wrap=True))
        for line in self.lines:
            column.addWidget(line)
            line.edited.connect(self._show)
        column.addWidget(self.banner)
        column.addStretch(1)
        column.addLayout(row(None, self._stop, self.send))
        self.setMinimumWidth(440)
        self.send.setDefault(True)
        self.send.clicked.connect(self._on_send)
        self._stop.clicked.connect(self.reject)
        self._show()
        self.lines[0].field.selectAll()

    def complain(self, text: str) -> None:
        """Say what went wrong; the addresses stay as they were typed."""
        self.banner.say(text, "danger", closable=False)
        self.send.setEnabled(True)

    def _show(self) -> None:
        texts = [line.text for line in self.lines if line.text]
        self.send.setEnabled(bool(texts) and all(map(is_address, texts)))

    def _on_send(self) -> None:
        checked = [check_address(line.text) for line in self.lines if line.text]
        self.send.setEnabled(False)
        self.agreed.emit(self._number, tuple(dict.fromkeys(checked)))
