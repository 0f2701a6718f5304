"""What stands above a guest's photos: how many, that it is live, their order, the way out."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from eventsnap_desktop.flows.guest_views import GalleryOrder, GalleryView
from eventsnap_desktop.ui.kiosk.live_sign import LiveSign
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text


class GalleryHeader(QWidget):
    """Tells, and lets the guest sort and finish."""

    sorted_by = Signal(object)
    """The GalleryOrder that is wanted."""
    finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._order = GalleryOrder.NEWEST
        self._title = text(role="title")
        self._live = text(role="small")
        self._sign = LiveSign(look)
        self._orders = {
            GalleryOrder.NEWEST: big_button(look, self.tr("Newest first"), "", "chip"),
            GalleryOrder.BEST: big_button(look, self.tr("Best first"), "", "chip"),
        }
        self._finish = big_button(look, self.tr("Finish"))
        self._finish.clicked.connect(self.finished)
        for order, chip in self._orders.items():
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._on_order, order))
        self._alive, self._sorting = QWidget(), QWidget()
        alive = QHBoxLayout(self._alive)
        alive.setContentsMargins(0, 0, 0, 0)
        alive.setSpacing(look.px(8))
        alive.addWidget(self._sign)
        alive.addWidget(self._live, 1)
        sorting = QHBoxLayout(self._sorting)
        sorting.setContentsMargins(0, 0, 0, 0)
        sorting.setSpacing(look.px(12))
        for chip in self._orders.values():
            sorting.addWidget(chip)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(48), look.px(32), look.px(48), look.px(20))
        self._grid.setHorizontalSpacing(look.px(32))
        self._grid.setColumnStretch(0, 1)
        self.lay_out(portrait=False)

    def lay_out(self, portrait: bool) -> None:
        """Stand in one row beside the title, or in two below it."""
        for part in (self._title, self._alive, self._sorting, self._finish):
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._title, 0, 0)
        self._grid.addWidget(self._alive, 1, 0, middle)
        self._grid.setVerticalSpacing(self._look.px(20 if portrait else 4))
        if portrait:
            self._grid.addWidget(self._finish, 0, 1, Qt.AlignmentFlag.AlignTrailing | middle)
            self._grid.addWidget(self._sorting, 1, 1, middle)
        else:
            self._grid.addWidget(self._sorting, 0, 1, 2, 1, middle)
            self._grid.addWidget(self._finish, 0, 2, 2, 1, middle)

    def show_state(self, view: GalleryView) -> None:
        """Show how many photos there are, and in which order."""
        count = len(view.photos)
        if not count:
            self._title.setText(self.tr("We may have found you"))
        elif view.people > 1:
            self._title.setText(self.tr("%n photo(s) with all of you", "", count))
        else:
            self._title.setText(self.tr("%n photo(s) of you", "", count))
        if view.offline:
            self._live.setText(self.tr("New photos will appear again soon"))
        else:
            self._live.setText(self.tr("New photos appear here by themselves"))
        self._sign.show_live(not view.offline)
        self._order = view.order
        self._sorting.setVisible(count > 1)
        self._check()

    def _check(self) -> None:
        for order, chip in self._orders.items():
            chip.setChecked(order is self._order)

    def _on_order(self, order: GalleryOrder) -> None:
        self._check()  # what is pressed shows as soon as it is so
        if order is not self._order:
            self.sorted_by.emit(order)
