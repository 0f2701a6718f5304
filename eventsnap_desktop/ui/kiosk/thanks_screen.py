"""The end of a visit: thank you, and what is still on its way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.flows.guest_views import ThanksView
from eventsnap_desktop.ui.kiosk.closing_words import ClosingWords
from eventsnap_desktop.ui.kiosk.delivery_list import DeliveryList
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.screen import Screen


class ThanksScreen(Screen):
    """Nothing to do and nothing personal; the session goes on by itself."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words = ClosingWords(look, "check")
        self.words.title.setProperty("role", "hero")
        self.words.title.setText(self.tr("Thank you!"))
        self.words.words.setText(self.tr("Nothing about you stays on this screen."))
        self.deliveries = DeliveryList(look)
        self.words.below.addWidget(self.deliveries)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, view: ThanksView) -> None:
        """Show what is still on its way."""
        self.deliveries.show_deliveries(view.deliveries)
