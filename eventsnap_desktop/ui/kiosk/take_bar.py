"""The bar below photos: which are chosen, and the ways to take them home."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.guests import GuestDelivery, TakeWays
from eventsnap_desktop.ui.kiosk.delivery_words import DeliveryWords
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, text


@dataclass(frozen=True, slots=True)
class TakeState:
    """How many photos there are and are chosen, and what can be done with them."""

    photos: int = 0
    chosen: int = 0
    ways: TakeWays = field(default_factory=TakeWays)
    deliveries: Sequence[GuestDelivery] = ()


class TakeBar(QFrame):
    """Shows only those ways that work at this moment."""

    taken = Signal(object)
    """The DeliveryKind by which the photos are to leave."""
    all_asked = Signal(bool)
    """Choose all photos, or none."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._look = look
        self._words = DeliveryWords(self)
        self._state = TakeState()
        self._portrait = False
        self._in_two_rows: bool | None = None
        self._count = text(role="heading", wrap=False)
        self._line = text(role="small")
        self._line.setProperty("size", "small")
        self._all = big_button(look, "")
        self._ways = {
            DeliveryKind.EMAIL: big_button(look, self.tr("E-mail"), "mail", "primary"),
            DeliveryKind.PRINT: big_button(look, self.tr("Print"), "print", "primary"),
            DeliveryKind.SHARE: big_button(look, self.tr("Phone"), "phone", "primary"),
        }
        self._all.clicked.connect(self._on_all)
        for kind, button in self._ways.items():
            button.clicked.connect(partial(self._on_way, kind))
        self._said, self._buttons = QWidget(), QWidget()
        self._grid = QGridLayout(self)
        self._fill()
        self._arrange()

    def lay_out(self, portrait: bool) -> None:
        """Stand in one row, or in two on a high screen and wherever one is too narrow."""
        self._portrait = portrait
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take as many rows as the width asks for."""
        super().resizeEvent(event)
        self._arrange()

    def _fill(self) -> None:
        look = self._look
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(look.px(2))
        said.addStretch(1)
        said.addWidget(self._count)
        said.addWidget(self._line)
        said.addStretch(1)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(look.px(20))
        for button in self._ways.values():
            button.setStyleSheet(f"padding: 0 {look.px(26)}px;")
            buttons.addWidget(button)
        self._grid.setContentsMargins(look.px(48), look.px(24), look.px(48), look.px(24))
        self._grid.setHorizontalSpacing(look.px(28))
        self._grid.setVerticalSpacing(look.px(20))

    def _arrange(self) -> None:
        in_two_rows = self._portrait or self._row_width() > self.width()
        if in_two_rows is self._in_two_rows:
            return
        self._in_two_rows = in_two_rows
        for part in (self._said, self._all, self._buttons):
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._said, 0, 0)
        self._grid.addWidget(self._all, 0, 1, middle)
        if in_two_rows:
            self._grid.addWidget(self._buttons, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._buttons, 0, 2, middle)
        self._grid.setColumnStretch(0, 1)
        growing = QSizePolicy.Policy.Expanding if in_two_rows else QSizePolicy.Policy.Minimum
        for button in self._ways.values():
            button.setSizePolicy(growing, QSizePolicy.Policy.Fixed)

    def _row_width(self) -> int:
        """Return the width that one row needs, with words beside the buttons."""
        parts = [self._all, *self._ways.values()]
        for part in parts:
            part.ensurePolished()
        shown = [part.sizeHint().width() for part in parts if not part.isHidden()]
        gaps = self._look.px(28) * len(shown) + 2 * self._look.px(48)
        return sum(shown) + gaps + max(self._look.px(360), self._count.sizeHint().width())

    def show_state(self, state: TakeState) -> None:
        """Show how things stand."""
        if state == self._state and self._count.text():
            return
        self._state = state
        if state.chosen:
            self._count.setText(
                self.tr("%1 of %n chosen", "", state.photos).replace("%1", f"{state.chosen}")
            )
        elif state.photos == 1:
            self._count.setText(self.tr("1 photo"))
        else:
            self._count.setText(self.tr("All %n photo(s)", "", state.photos))
        self._all.setText(self.tr("Choose none") if state.chosen else self.tr("Choose all"))
        self._all.setVisible(state.photos > 1 or state.chosen > 0)
        self._show_ways(state.ways)
        self._show_line(state)
        self._arrange()

    def _show_ways(self, ways: TakeWays) -> None:
        working = {
            DeliveryKind.EMAIL: ways.email,
            DeliveryKind.PRINT: ways.print,
            DeliveryKind.SHARE: ways.phone,
        }
        for kind, works in working.items():
            self._ways[kind].setVisible(works)
            self._ways[kind].setEnabled(self._state.photos > 0)
        self._buttons.setVisible(any(working.values()))

    def _show_line(self, state: TakeState) -> None:
        ways, role = state.ways, "small"
        said = self._words.line(state.deliveries)
        if said:
            role = "warning" if self._words.is_problem(state.deliveries) else "good"
        elif ways.print_problem:
            said = self.tr("Printing takes a break. The staff know.")
        elif not (ways.email or ways.print or ways.phone):
            said = self.tr("Photos cannot be taken home right now")
        elif state.photos > 1 and not state.chosen:
            said = self.tr("Tap the circles to take only some")
        self._line.setText(said)
        self._line.setVisible(bool(said))
        if self._line.property("role") != role:
            self._line.setProperty("role", role)
            restyled(self._line)

    def _on_all(self) -> None:
        self.all_asked.emit(not self._state.chosen)

    def _on_way(self, kind: DeliveryKind) -> None:
        self.taken.emit(kind)
