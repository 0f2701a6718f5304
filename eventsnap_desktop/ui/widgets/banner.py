"""A strip that says what is going on, with at most one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.icon_label import IconLabel
from eventsnap_desktop.ui.widgets.pieces import button, icon_button, label, set_tone

_ICONS = {"info": "info", "good": "check", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """Hidden until it is told what to say; tones are info, good, warning and danger."""

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._icon, self._text = IconLabel("info", 20, "accent"), label("", wrap=True)
        self._action = button("")
        self._close = icon_button("close", self.tr("Close"))
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 10, 10)
        line.setSpacing(12)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self._on_close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, tone: str = "info", action: str = "", closable: bool = True) -> None:
        """Show a sentence; ``action`` is the button's word, "" for none."""
        self._icon.show_icon(_ICONS[tone], "accent" if tone == "info" else tone)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        set_tone(self, tone)
        self.setAccessibleName(text)
        self.show()

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
