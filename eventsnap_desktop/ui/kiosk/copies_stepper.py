"""How many copies: a large minus, the number, a large plus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import icon_button, text


class CopiesStepper(QWidget):
    """Counts from one to a limit."""

    changed = Signal(int)
    """The number the guest wants."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copies, self._most = 1, 1
        self.fewer = icon_button(look, "minus", self.tr("One copy less"), "")
        self.more = icon_button(look, "plus", self.tr("One copy more"), "")
        self.number = text("1", role="title", centred=True)
        self.number.setMinimumWidth(look.text(100))
        self.fewer.clicked.connect(self._on_fewer)
        self.more.clicked.connect(self._on_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(16))
        row.addWidget(self.fewer)
        row.addWidget(self.number)
        row.addWidget(self.more)
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_most(self, most: int) -> None:
        """Allow no more than these, at least one."""
        self._most = max(1, most)
        self._show(min(self.copies, self._most))

    def _on_fewer(self) -> None:
        self._show(max(1, self.copies - 1))
        self.changed.emit(self.copies)

    def _on_more(self) -> None:
        self._show(min(self._most, self.copies + 1))
        self.changed.emit(self.copies)

    def _show(self, copies: int) -> None:
        self.copies = copies
        self.number.setText(self.locale().toString(copies))
        self.fewer.setEnabled(copies > 1)
        self.more.setEnabled(copies < self._most)
