"""A strip that says what is going on, with at most one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.pieces import button, icon_button, label, set_tone
from eventsnap_desktop.ui.widgets.theme import colours_now

_ICONS = {"info": "info", "good": "check", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """Hidden until it is told what to say; tones are info, good, warning and danger."""

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._icon, self._text = QLabel(), label("", wrap=True)
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
        colours = colours_now()
        colour = {"good": colours.good, "warning": colours.warning, "danger": colours.danger}
        self._icon.setPixmap(
            pixmap(_ICONS[tone], colour.get(tone, colours.accent), 20, self.devicePixelRatioF())
        )
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
