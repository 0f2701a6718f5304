"""A big number with a word under it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import label


class FigureTile(QFrame):
    """Shows one figure; screen readers hear it with its caption."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._figure, self._note = label("–", "figure"), label("", "small", wrap=True)
        self._caption = caption
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(label(caption, "faint"))
        column.addWidget(self._figure)
        column.addWidget(self._note)
        column.addStretch(1)
        self._note.hide()

    @property
    def figure(self) -> str:
        """The figure as it is shown."""
        return self._figure.text()

    def show_figure(self, figure: str, note: str = "") -> None:
        """Show a figure and a small note under it."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._caption}: {figure} {note}".strip())
