"""What all screens of a kiosk have in common."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.flows.guest_actions import Action
from eventsnap_desktop.ui.kiosk.look import Look


class Screen(QWidget):
    """One screen. It is built when it is needed and destroyed when it is left."""

    acted = Signal(object)
    """An action of flows/guest_actions.py."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._portrait: bool | None = None
        self.setProperty("role", "screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    # Any, because each screen has a view of its own; the window hands each its own kind.
    def show_state(self, view: Any) -> None:
        """Show a newer state; cheap, and what the guest scrolled or typed stays."""
        raise NotImplementedError

    def lay_out(self, portrait: bool) -> None:
        """Arrange everything for a high or a wide screen; called before it is first seen."""

    def act(self, action: Action) -> None:
        """Tell what the guest did."""
        self.acted.emit(action)

    @property
    def is_portrait(self) -> bool:
        """Whether it is higher than wide."""
        return bool(self._portrait)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange everything anew when the screen was turned."""
        portrait = self.height() > self.width()
        if portrait is not self._portrait:
            self._portrait = portrait
            self.lay_out(portrait)
        super().resizeEvent(event)
