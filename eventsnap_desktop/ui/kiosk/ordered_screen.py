"""The word after something was asked for: it is on its way, and what to do meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery
from eventsnap_desktop.flows.guest_actions import Back, Finish
from eventsnap_desktop.flows.guest_views import OrderedView
from eventsnap_desktop.ui.kiosk.closing_words import ClosingWords
from eventsnap_desktop.ui.kiosk.delivery_words import DeliveryWords
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button
from eventsnap_desktop.ui.kiosk.screen import Screen


class OrderedScreen(Screen):
    """A large check; the session goes back to the photos by itself."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._sentences = DeliveryWords(self)
        self.words = ClosingWords(look, "check")
        self.finish = big_button(look, self.tr("Finish"), "close", "quiet")
        self.back = big_button(look, self.tr("Back to my photos"), "photos", "primary")
        self.finish.clicked.connect(self._on_finish)
        self.back.clicked.connect(self._on_back)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(look.px(24))
        self._buttons.addWidget(self.finish)
        self._buttons.addWidget(self.back)
        column = QVBoxLayout(self)
        margin = look.px(48)
        column.setContentsMargins(margin, 0, margin, margin)
        column.addWidget(self.words, 1)
        column.addLayout(self._buttons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no ring before somebody uses keys

    def show_state(self, view: OrderedView) -> None:
        """Show the newest delivery of the kind that was asked for."""
        newest = next((one for one in reversed(view.deliveries) if one.kind is view.kind), None)
        if newest is not None and _is_held_up(newest):
            title, words = self.tr("We have taken note of it"), self._sentences.sentence(newest)
        else:
            title, words = self._said(view.kind, newest)
        self.words.title.setText(title)
        self.words.words.setText(words)

    def lay_out(self, portrait: bool) -> None:
        """Put the buttons beside each other, or the more important one on top."""
        upwards, beside = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(upwards if portrait else beside)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let keys begin here."""
        super().showEvent(event)
        self.setFocus()

    def _said(self, kind: DeliveryKind, newest: GuestDelivery | None) -> tuple[str, str]:
        if kind is DeliveryKind.EMAIL and newest is not None and newest.photos == 0:
            return (
                self.tr("We will tell you"),
                self.tr("You get an e-mail when there are new photos."),
            )
        if kind is DeliveryKind.EMAIL:
            return (
                self.tr("Your photos are on their way"),
                self.tr("If they do not arrive, please look into the spam folder."),
            )
        if kind is DeliveryKind.PRINT:
            return (
                self.tr("Your photos are being printed"),
                self.tr("Your prints come out of the printer in a moment."),
            )
        return (
            self.tr("Your photos are on their way"),
            self.tr("You find them on your phone, at the address of the code."),
        )

    def _on_back(self) -> None:
        self.act(Back())

    def _on_finish(self) -> None:
        self.act(Finish())


def _is_held_up(one: GuestDelivery) -> bool:
    if one.state is DeliveryState.WAITING:
        return one.paused or one.attempts > 0
    return one.state is DeliveryState.FAILED
