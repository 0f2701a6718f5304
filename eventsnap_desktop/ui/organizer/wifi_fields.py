"""The venue's Wi-Fi: its name and its password, hidden until somebody wants to see it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.form_section import field_name
from eventsnap_desktop.ui.widgets.pieces import button, label, row

_LONGEST_NAME = 32  # bytes: IEEE 802.11 9.4.2.2
_SHORTEST, _LONGEST = 8, 63  # characters of a WPA passphrase: IEEE 802.11 M.4.1; 64 is a raw key


class WifiFields(QWidget):
    """Both are stored in the database with the event, so that every kiosk can show them."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._password = QLineEdit(), QLineEdit()
        self.show_password = button(self.tr("Show"), "show", "quiet")
        self.show_password.setCheckable(True)
        self._problem = label("", "danger", wrap=True)
        self._name.setMaxLength(_LONGEST_NAME)
        self._password.setMaxLength(_LONGEST + 1)
        self._password.setPlaceholderText(self.tr("None: an open network"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_name(self.tr("Name of the Wi-Fi (SSID)"), self._name))
        column.addWidget(self._name)
        column.addWidget(field_name(self.tr("Its password"), self._password))
        column.addLayout(row(self._password, self.show_password))
        column.addWidget(self._problem)
        said = self.tr(
            "The password is kept in the event’s settings in the database as it is, and guests "
            "see it as a code: use the guests’ network, not your own."
        )
        column.addWidget(label(said, "small", wrap=True))
        self._name.textEdited.connect(self._on_edited)
        self._password.textEdited.connect(self._on_edited)
        self.show_password.toggled.connect(self._on_shown)
        self._on_shown(False)
        self._show()

    @property
    def name(self) -> str:
        """The network's name, "" for none."""
        return self._name.text()

    @property
    def password(self) -> str:
        """Its password, "" for none."""
        return self._password.text()

    def show_wifi(self, name: str, password: str) -> None:
        """Show a network; its password is hidden again."""
        self._name.setText(name)
        self._password.setText(password)
        self.show_password.setChecked(False)
        self._show()

    def problem(self) -> str:
        """Return why phones could not join it, "" for nothing."""
        if len(self.name.encode()) > _LONGEST_NAME:
            return self.tr("The name of a Wi-Fi has at most 32 bytes.")
        if self.password and not self.name:
            return self.tr("The Wi-Fi has a password but no name.")
        if 0 < len(self.password) < _SHORTEST:
            return self.tr("The password of a Wi-Fi has at least 8 characters.")
        return ""

    def _on_edited(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self._problem.setText(self.problem())
        self._problem.setVisible(bool(self.problem()))

    def _on_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._password.setEchoMode(mode)
        self.show_password.setText(self.tr("Hide") if shown else self.tr("Show"))
