"""A page's frame: title, what it is about, what can be done, and its content."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import label


class PageFrame(QWidget):
    """Fill ``action_row`` (a row at the right of the title) and ``content`` (a column)."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._subtitle = label(title, "title"), label("", "subtitle")
        self.banner = Banner()
        self.action_row, self.content = QHBoxLayout(), QVBoxLayout()
        self.action_row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._subtitle.hide()
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addLayout(self.action_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 18)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addLayout(self.content, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Change the page's name."""
        self._title.setText(title)

    def say_subtitle(self, text: str) -> None:
        """Show what the page is about; "" hides the line."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))
