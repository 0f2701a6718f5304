"""Takes the staff's PIN by touch or by the keys of a keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, text

_FEWEST, _MOST = 4, 8  # digits, as flows/staff_pin.py has them


class PinPad(QWidget):
    """Dots for the digits, ten digits, one to take back, one to be done."""

    entered = Signal(str)
    """The PIN; it is forgotten here at once."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._digits = ""
        self._said = text("", "warning", centred=True)
        self._said.setMinimumHeight(look.text(30) * 2)
        self._dots = text("", "title", wrap=False, centred=True)
        self._dots.setMinimumHeight(look.text(76))
        self._dots.setAccessibleName(self.tr("PIN"))
        self._done = big_button(look, self.tr("OK"), "", "primary")
        self._done.setStyleSheet("padding: 0;")
        self._done.clicked.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(self._dots)
        column.addWidget(self._said)
        column.addWidget(self._keys(look))
        self._show()

    def say(self, words: str, tone: str) -> None:
        """Say what is wrong or what is going on; tones are those of pieces.text."""
        self._said.setProperty("role", tone)
        restyled(self._said)
        self._said.setText(words)

    def forget(self) -> None:
        """Forget the digits."""
        self._digits = ""
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take digits, the one that deletes, and Enter."""
        if event.text() in set("0123456789") and event.text():
            self._add(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._take_back()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.hasFocus():
            self._done.click()
        else:
            super().keyPressEvent(event)

    def _on_digit(self, key: QAbstractButton) -> None:
        self._add(key.text())

    def _add(self, digit: str) -> None:
        self._digits = (self._digits + digit)[:_MOST]
        self._show()

    def _take_back(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _enter(self) -> None:
        pin = self._digits
        self.forget()
        self.say(self.tr("One moment …"), "faint")
        self.entered.emit(pin)

    def _show(self) -> None:
        self._dots.setText("●" * len(self._digits) + "○" * (_FEWEST - len(self._digits)))
        self._done.setEnabled(len(self._digits) >= _FEWEST)

    def _keys(self, look: Look) -> QWidget:
        pad = QWidget()
        pad.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # digits stand so in every script
        keys = QGridLayout(pad)
        keys.setSpacing(look.px(16))
        keys.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(self)
        for at, digit in enumerate("1234567890"):
            key = big_button(look, digit, "", "key")
            key.setMinimumWidth(look.target(120))
            row, column = divmod(at, 3) if digit != "0" else (3, 1)
            keys.addWidget(key, row, column)
            group.addButton(key)
        group.buttonClicked.connect(self._on_digit)
        back = big_button(look, "", "left", "key")
        back.setMinimumHeight(look.target(88) + 4)
        back.setAccessibleName(self.tr("Delete the last digit"))
        back.clicked.connect(self._take_back)
        keys.addWidget(back, 3, 0)
        keys.addWidget(self._done, 3, 2)
        return pad
