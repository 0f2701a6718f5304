"""Says what is not saved, and has the buttons that save or discard it."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.ui.widgets.pieces import badge, button, row


class SaveBar(QWidget):
    """A hint and two buttons, which do nothing as long as nothing was changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = badge("", "warning")
        self.discard = button(self.tr("Discard changes"), "retry")
        self.save = button(self.tr("Save"), "check", "primary")
        self.save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        line = row(self.hint, None, self.discard, self.save)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_state(self, unsaved: str, problem: str = "") -> None:
        """Show what is not saved, "" for nothing, and what keeps it from being saved."""
        self.hint.setText(unsaved)
        self.hint.setVisible(bool(unsaved))
        self.discard.setEnabled(bool(unsaved))
        self.save.setEnabled(bool(unsaved) and not problem)
        self.save.setToolTip(problem)

    def show_saving(self) -> None:
        """Take no press until another state is shown."""
        self.save.setEnabled(False)
        self.discard.setEnabled(False)
