"""A short word at the bottom of a window, with a way to take back what was just done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import button, label

_SHOWN_FOR = 7000  # milliseconds


class Toast(QFrame):
    """Lies over its parent's lower edge; a new word replaces the one before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._ground = parent
        self._text, self._undo = label(""), button(self.tr("Undo"))
        self._take_back: Callable[[], None] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 10, 12, 10)
        line.setSpacing(16)
        line.addWidget(self._text)
        line.addWidget(self._undo)
        self._undo.clicked.connect(self._on_undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a word; with ``undo`` a button calls it."""
        self._text.setText(text)
        self._take_back = undo
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(_SHOWN_FOR)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay in place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        ground = self._ground
        self.move(
            max(0, (ground.width() - self.width()) // 2), ground.height() - self.height() - 28
        )

    def _on_undo(self) -> None:
        take_back, self._take_back = self._take_back, None
        self.hide()
        if take_back is not None:
            take_back()
