"""Chips of a mail screen: the people a mail goes to, and domains to be put in by a tap."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, set_button_icon, taken_out

MOST_OFFERED = 8
"""Domains at once; fewer where the row is narrow."""

_LONGEST_SHOWN = 30  # characters of an address on a button


class _Person(QPushButton):
    """An address whose end is cut where it is longer than its place."""

    def __init__(self, look: Look, address: str) -> None:
        super().__init__(address)
        self._address = address
        side = look.text(28)
        self._beside = side + look.px(12 + 2 * 24)  # icon, gap and padding
        self.setProperty("kind", "chip")
        set_button_icon(look, self, "close")
        self.setIconSize(QSize(side + look.px(10), side))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut the address for the new width."""
        super().resizeEvent(event)
        room = self.width() - self._beside
        end = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._address, end, room))


class AddressChips(QWidget):
    """Addresses that were added, in rows of equal chips. A tap on one removes it."""

    removed = Signal(str)
    """The address whose chip was tapped."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(16))
        self.chips: dict[str, QPushButton] = {}
        self.hide()

    def show_addresses(self, addresses: tuple[str, ...], wrong: str) -> None:
        """Show these, ``wrong`` marked; the same as before costs nothing."""
        if tuple(self.chips) != addresses:
            self._replace(addresses)
        for address, chip in self.chips.items():
            tone = "danger" if address == wrong else ""
            if chip.property("tone") != tone:
                chip.setProperty("tone", tone)
                restyled(chip)

    def set_columns(self, columns: int) -> None:
        """Put so many beside each other."""
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        self._arrange()

    def _replace(self, addresses: tuple[str, ...]) -> None:
        for address in [one for one in self.chips if one not in addresses]:
            gone = self.chips.pop(address)
            gone.hide()
            gone.deleteLater()
        self.chips = {one: self.chips.get(one) or self._chip(one) for one in addresses}
        self._arrange()
        self.setVisible(bool(addresses))

    def _arrange(self) -> None:
        taken_out(self._grid)
        for place, chip in enumerate(self.chips.values()):
            self._grid.addWidget(chip, *divmod(place, self._columns))

    def _chip(self, address: str) -> QPushButton:
        made = _Person(self._look, address)
        made.setAccessibleName(self.tr("Remove {address}").format(address=address))
        made.clicked.connect(partial(self._remove, address))
        return made

    def _remove(self, address: str) -> None:
        self.removed.emit(address)


class DomainChips(QWidget):
    """What was probably meant, and domains beside it, as many as there is room for."""

    chosen = Signal(str)
    """A domain, without its @."""
    accepted = Signal(str)
    """The address that was meant instead of what was typed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._domains: tuple[str, ...] = ()
        self._meant = ""
        self._height = look.target(64)
        # A domain is written from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(12))
        self.meant = big_button(look, "", "check", "chip")
        self.meant.setProperty("tone", "accent")
        self.meant.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.meant.clicked.connect(self._on_accepted)
        self.meant.hide()
        self._row.addWidget(self.meant)
        self.chips = [big_button(look, "", kind="chip") for _ in range(MOST_OFFERED)]
        for place, chip in enumerate(self.chips):
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(partial(self._choose, place))
            chip.hide()
            self._row.addWidget(chip)
        self._row.addStretch()

    @property
    def offered(self) -> tuple[str, ...]:
        """The domains that can be seen."""
        return tuple(
            domain
            for domain, chip in zip(self._domains, self.chips, strict=False)
            if not chip.isHidden()
        )

    def offer(self, meant: str, domains: tuple[str, ...], *, ready: bool) -> None:
        """Show an address that was probably meant, and domains, the first ones first.

        They can be tapped when ``ready``: there is something to stand before the @.
        """
        for chip in self.chips:
            chip.setEnabled(ready)
        if (meant, domains) == (self._meant, self._domains):
            return
        self._meant, self._domains = meant, domains[:MOST_OFFERED]
        shown = meant if len(meant) <= _LONGEST_SHOWN else f"…@{meant.partition('@')[2]}"
        self.meant.setText(self.tr("Did you mean {address}?").format(address=shown))
        self._fill()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a chip's height even without one: what is above stays where it is."""
        return QSize(0, max(self._height, super().minimumSizeHint().height()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """Choose anew how many fit when the row gets wider or narrower."""
        if event.type() is QEvent.Type.Resize:
            self._fill()
        return super().event(event)

    def _fill(self) -> None:
        room = self.width()
        self.meant.setVisible(bool(self._meant))
        if self._meant:
            self.meant.ensurePolished()
            room -= self.meant.sizeHint().width() + self._row.spacing()
        for place, chip in enumerate(self.chips):
            if place < len(self._domains):
                chip.setText(f"@{self._domains[place]}")
                chip.ensurePolished()
                room -= chip.sizeHint().width()
            chip.setVisible(place < len(self._domains) and room >= 0)
            room -= self._row.spacing()

    def _on_accepted(self) -> None:
        self.accepted.emit(self._meant)

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._domains[place])
