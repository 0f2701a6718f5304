"""What is seen while the program opens what it needs, and where that fails."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.icons import app_icon
from eventsnap_desktop.ui.widgets.pieces import button, label, row


class StartScreen(QWidget):
    """A small window; with an error it offers to try again, to set things up anew, or to quit."""

    again = Signal()
    set_up = Signal()
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("EventSnap")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedSize(520, 340)
        sign = QLabel()
        sign.setPixmap(app_icon().pixmap(72, 72))
        self._heading, self._text = label("EventSnap", "title"), label("", "faint", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(220)
        self._again = button(self.tr("Try again"), "retry", "primary")
        self._set_up = button(self.tr("Set up anew"))
        self._quit = button(self.tr("Quit"))
        self._again.clicked.connect(self.again)
        self._set_up.clicked.connect(self.set_up)
        self._quit.clicked.connect(self.quit_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 30, 36, 30)
        column.setSpacing(14)
        column.addStretch(1)
        for widget in (sign, self._heading, self._text, self._bar):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._text.setMinimumWidth(440)
        column.addStretch(1)
        column.addLayout(row(None, self._again, self._set_up, self._quit, None))
        self.show_busy("")

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_busy(self, text: str) -> None:
        """Say what is being opened."""
        self._show(text, failed=False)

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self._show(text, failed=True)

    def _show(self, text: str, failed: bool) -> None:
        self._text.setText(text)
        self._bar.setVisible(not failed)
        for made in (self._again, self._set_up, self._quit):
            made.setVisible(failed)
