"""The top of a screen that is one step away from the photos: the way back, and what it is about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text


class BackBar(QWidget):
    """A button back, and a title that breaks into lines where it is long."""

    back = Signal()
    """The guest wants to go back."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = big_button(look, self.tr("Back"), "left", "quiet")
        self.button.clicked.connect(self.back)
        self.title = text(role="title")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(24))
        row.addWidget(self.button)
        row.addWidget(self.title, 1)
