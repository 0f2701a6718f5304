"""A field for one e-mail address that leaves nothing behind: no selection, clipboard or history."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from eventsnap_desktop.delivery.addresses import LONGEST
from eventsnap_desktop.ui.kiosk.pieces import restyled


class AddressField(QLineEdit):
    """Typed by the keyboard on the screen or a real one.

    Nothing in it can be selected: X11 hands what is selected to every program at once, and Ctrl+C
    would leave it on the clipboard for the next guest.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhEmailCharactersOnly
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        # An address is written from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.selectionChanged.connect(self._select_nothing)

    def mark_wrong(self, wrong: bool) -> None:
        """Show that what stands here cannot be right, or no more."""
        tone = "danger" if wrong else ""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyled(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the cursor; the middle button would paste what another program selected."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let only the left button go."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take nothing that is dragged here."""
        event.ignore()

    def _select_nothing(self) -> None:
        if self.hasSelectedText():
            self.deselect()
