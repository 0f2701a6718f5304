"""Says that photos are listed which were found, and whom one looks for, with the ways back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import badge, button, icon_button, label


class ResultsStrip(QFrame):
    """Hidden while there is nothing to say."""

    went_back = Signal()
    """All photos are wanted again."""
    query_closed = Signal()
    """Nobody is looked for any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._back = button(self.tr("Back to all photos"), "left")
        self._back.setToolTip(self.tr("Back to all photos (Esc)"))
        self._label, self._query = label("", "heading"), badge("", "accent")
        why = self.tr("Open a photo to see why this person is found in it or not")
        self._query.setToolTip(why)
        self._hint = label(why, "faint")
        self._close = icon_button("close", self.tr("Explain no longer"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(12)
        line.addWidget(self._back)
        line.addWidget(self._label)
        line.addWidget(self._query)
        line.addWidget(self._hint)
        line.addStretch(1)
        line.addWidget(self._close)
        self._back.clicked.connect(self.went_back)
        self._close.clicked.connect(self.query_closed)
        self.hide()

    @property
    def text(self) -> str:
        """What is listed."""
        return self._label.text()

    @property
    def query(self) -> str:
        """Whom one looks for; "" for nobody."""
        return self._query.text()

    def show_state(self, found: str, query: str) -> None:
        """Say what is listed and whom one looks for; "" for neither."""
        self._back.setVisible(bool(found))
        self._label.setText(found)
        self._label.setVisible(bool(found))
        self._hint.setVisible(bool(query) and not found)
        said = self.tr("Explaining: {label}").format(label=query) if query else ""
        self._query.setText(said)
        self._query.setVisible(bool(query))
        self._close.setVisible(bool(query))
        self.setVisible(bool(found or query))
