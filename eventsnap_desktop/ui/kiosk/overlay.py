"""A sheet over the whole window that nothing behind it can be reached through."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

_DIM = QColor(0, 0, 0, 165)


class Overlay(QWidget):
    """Covers its parent, dims it and keeps the focus; what had the focus gets it back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._focus_before: QWidget | None = parent.window().focusWidget()
        self.setGeometry(parent.rect())
        parent.installEventFilter(self)

    def leave(self) -> None:
        """Go away, for good."""
        self._over.removeEventFilter(self)
        self.hide()
        before, self._focus_before = self._focus_before, None
        if before is not None and before in self._over.findChildren(QWidget):
            before.setFocus()
        self.deleteLater()

    def keep_free_above(self, height: int) -> None:
        """Leave so many pixels free above: what lies there cannot be reached by everybody."""
        self.setContentsMargins(0, height, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep Tab and the arrows among the buttons of this sheet."""
        buttons = [
            one
            for one in self.findChildren(QPushButton)
            if one.isVisibleTo(self) and one.isEnabled()
        ]
        if not buttons:
            return False
        now = self.window().focusWidget()
        at = buttons.index(now) if isinstance(now, QPushButton) and now in buttons else -1
        step = 1 if forward else -1
        buttons[(max(at, 0) + step if at >= 0 else 0) % len(buttons)].setFocus()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let no press through to what lies behind."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Dim what lies behind."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), _DIM)
        painter.end()
