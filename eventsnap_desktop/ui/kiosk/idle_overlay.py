"""Asks a guest who does nothing whether they are still there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.flows.guest_actions import Finish, StillHere
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.overlay import Overlay
from eventsnap_desktop.ui.kiosk.pieces import big_button, card, text


class IdleOverlay(Overlay):
    """A countdown over the screen; a press anywhere goes on."""

    acted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = text("", "hero", wrap=False, centred=True)
        self._number.setStyleSheet(f"font-size: {look.px(150 if look.accessible else 190)}px;")
        stay = big_button(look, self.tr("I am still here"), "check", "hero")
        stay.clicked.connect(self._stay)
        finish = big_button(look, self.tr("Finish now"), "", "quiet")
        finish.clicked.connect(self._finish)
        frame, column = card(look, spacing=28, margin=56)
        frame.setMaximumWidth(look.px(1000))
        column.addWidget(text(self.tr("Are you still there?"), "title", centred=True))
        column.addWidget(self._number)
        gone = self.tr("Then this visit ends, and your photos leave this screen.")
        column.addWidget(text(gone, "large", centred=True))
        column.addSpacing(look.px(16))
        column.addWidget(stay)
        column.addWidget(finish)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(frame, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(1)
        stay.setFocus()

    def show_seconds(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._number.setText(self.locale().toString(max(0, seconds)))
        self._number.setAccessibleName(self.tr("%n seconds left", "", max(0, seconds)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take a press beside the buttons for a sign of life."""
        event.accept()
        self._stay()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Escape for a sign of life, too; other keys are the buttons' own."""
        if event.key() == Qt.Key.Key_Escape:
            self._stay()
        else:
            super().keyPressEvent(event)

    def _stay(self) -> None:
        self.acted.emit(StillHere())

    def _finish(self) -> None:
        self.acted.emit(Finish())
