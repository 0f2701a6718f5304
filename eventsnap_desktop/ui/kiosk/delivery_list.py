"""What is still on its way, a line each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery
from eventsnap_desktop.ui.kiosk.delivery_words import DeliveryWords
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import icon_picture, taken_out, text

_MOST = 3
"""Lines; whoever asked for more knows of it."""

_ICONS = {
    DeliveryKind.EMAIL: "mail",
    DeliveryKind.PRINT: "print",
    DeliveryKind.SHARE: "phone",
}


class DeliveryList(QFrame):
    """The newest deliveries that are not done. No address is shown: it never has one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = DeliveryWords(self)
        self._shown: tuple[GuestDelivery, ...] = ()
        self.setProperty("kind", "card")
        self._column = QVBoxLayout(self)
        side = look.px(32)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look.px(16))
        self.hide()

    @property
    def lines(self) -> list[str]:
        """What can be read."""
        return [label.text() for label in self.findChildren(QLabel) if label.text()]

    def show_deliveries(self, deliveries: Sequence[GuestDelivery]) -> None:
        """Show these; the same as before costs nothing."""
        told = {DeliveryState.WAITING, DeliveryState.FAILED}
        shown = tuple(one for one in deliveries if one.state in told)[-_MOST:]
        if shown == self._shown:
            return
        self._shown = shown
        for line in taken_out(self._column):
            line.setParent(None)
            line.deleteLater()
        for one in shown:
            self._column.addWidget(self._line(one))
        self.setVisible(bool(shown))

    def _line(self, one: GuestDelivery) -> QWidget:
        colours = self._look.colours
        failed = one.state is DeliveryState.FAILED
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(20))
        row.addWidget(
            icon_picture(self._look, _ICONS[one.kind], 48, colours.warning if failed else ""),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        row.addWidget(text(self._words.sentence(one), "warning" if failed else ""), 1)
        return made
