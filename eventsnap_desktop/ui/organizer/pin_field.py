"""The staff's PIN: whether one is set, and a new one typed twice. It is never shown."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import badge, button, label, row, set_tone


class PinField(QWidget):
    """Asks for a hash of a new PIN; keeps hashes only."""

    pin_chosen = Signal(str)
    """A new PIN to be hashed; whoever hears it must not keep it."""
    edited = Signal()
    """The hash changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hash = ""
        self._state = badge()
        self._first, self._second = QLineEdit(), QLineEdit()
        self._set = button(self.tr("Set PIN"), "lock")
        self._remove = button(self.tr("Remove PIN"), "trash", "quiet")
        self._hint = label("", "small", wrap=True)
        digits = QRegularExpressionValidator(QRegularExpression("[0-9]{0,8}"), self)
        for field, word in (
            (self._first, self.tr("New PIN")),
            (self._second, self.tr("Once more")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setValidator(digits)
            field.setMaxLength(8)
            field.setPlaceholderText(word)
            field.setAccessibleName(word)
            field.setMaximumWidth(150)
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self._on_set)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row(self._state, None, self._remove))
        column.addLayout(row(self._first, self._second, self._set, None))
        column.addWidget(self._hint)
        self._set.clicked.connect(self._on_set)
        self._remove.clicked.connect(self._on_remove)
        self._show()

    @property
    def pin_hash(self) -> str:
        """The hash, "" when no PIN is set."""
        return self._hash

    def show_hash(self, pin_hash: str) -> None:
        """Show whether a PIN is set."""
        self._hash = pin_hash
        self._show()

    def take_hash(self, pin_hash: str) -> None:
        """Take the hash of the PIN that was chosen."""
        self.show_hash(pin_hash)
        self.edited.emit()

    def _show(self) -> None:
        self._state.setText(self.tr("A PIN is set") if self._hash else self.tr("No PIN"))
        set_tone(self._state, "good" if self._hash else "warning")
        self._remove.setVisible(bool(self._hash))
        self._on_typed()

    def _on_typed(self) -> None:
        first, second = self._first.text(), self._second.text()
        fits = 4 <= len(first) <= 8
        self._set.setEnabled(fits and first == second)
        if second and fits and first != second and not first.startswith(second):
            self._hint.setText(self.tr("The two entries differ."))
        elif self._hash:
            self._hint.setText(
                self.tr("Staff leave the kiosk with it. Only a scrambled form of it is stored.")
            )
        else:
            self._hint.setText(
                self.tr("4 to 8 digits. Without a PIN staff cannot leave the kiosk on its screen.")
            )

    def _on_set(self) -> None:
        if not self._set.isEnabled():
            return
        pin = self._first.text()
        self._first.clear()
        self._second.clear()
        self.pin_chosen.emit(pin)

    def _on_remove(self) -> None:
        self.take_hash("")
