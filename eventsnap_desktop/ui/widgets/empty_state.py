"""What a place shows while it has nothing to show: why, and the one thing to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.icon_label import IconLabel
from eventsnap_desktop.ui.widgets.pieces import button, label

_TEXT_WIDTH = 440


class EmptyState(QWidget):
    """An icon, a heading, a sentence and at most one button."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("", 56)
        self._heading, self._text = label("", "heading"), label("", "faint", wrap=True)
        self._button = button("", kind="primary")
        self._button.clicked.connect(self.acted)
        self._text.setFixedWidth(_TEXT_WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._icon, self._heading, self._text, self._button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    @property
    def text(self) -> str:
        """Heading and sentence."""
        return f"{self._heading.text()} {self._text.text()}".strip()

    def show_empty(self, icon_name: str, heading: str, text: str = "", action: str = "") -> None:
        """Say what is missing; ``action`` is the button's word, "" for none."""
        self._icon.show_icon(icon_name)
        self._heading.setText(heading)
        self._text.setText(text)
        # A layout asks for the height at its own width, where the text needs fewer lines.
        self._text.ensurePolished()
        self._text.setMinimumHeight(max(0, self._text.heightForWidth(_TEXT_WIDTH)))
        self._text.setVisible(bool(text))
        self._button.setText(action)
        self._button.setVisible(bool(action))
