"""One of several choices, as a card with a word about it and room for what belongs to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import label, restyle


class ChoiceCard(QFrame):
    """A click anywhere chooses it; ``body`` is seen while it is chosen.

    Put the ``radio`` of cards that exclude each other into one QButtonGroup.
    """

    toggled = Signal(bool)

    def __init__(
        self, text: str, note: str, body: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.radio = QRadioButton(text)
        self.radio.setProperty("role", "choice")
        self.radio.setAccessibleDescription(note)
        said = label(note, "faint", wrap=True)
        said.setContentsMargins(26, 0, 0, 0)
        self._body = body
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 16, 13)
        column.setSpacing(3)
        column.addWidget(self.radio)
        column.addWidget(said)
        if body is not None:
            body.setContentsMargins(0, 8, 0, 0)
            column.addWidget(body)
            body.hide()
        self.radio.toggled.connect(self._on_toggled)

    @property
    def is_chosen(self) -> bool:
        """Whether it is the one."""
        return self.radio.isChecked()

    def choose(self) -> None:
        """Make it the one."""
        self.radio.setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.is_chosen:
            event.accept()
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.choose()

    def _on_toggled(self, chosen: bool) -> None:
        self.setProperty("selected", chosen)
        restyle(self)
        if self._body is not None:
            self._body.setVisible(chosen)
        self.toggled.emit(chosen)
