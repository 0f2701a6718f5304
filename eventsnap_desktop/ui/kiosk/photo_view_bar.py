"""The buttons below a photo that fills the screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import (
    big_button,
    icon_button,
    restyled,
    set_button_icon,
    text,
)


class PhotoViewBar(QFrame):
    """Close, the one before, where we are, the next one, the face, choose; or yes and no."""

    closed = Signal()
    stepped = Signal(int)
    marked = Signal(bool)
    chosen = Signal()
    answered = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._look = look
        self._close = big_button(look, self.tr("Close"), "close")
        self._back = icon_button(look, "left", self.tr("Photo before"), "")
        self._on = icon_button(look, "right", self.tr("Next photo"), "")
        self._place = text(role="large", wrap=False, centred=True)
        self._time = text(role="small", wrap=False, centred=True)
        self._face = big_button(look, self.tr("Where am I?"), "user")
        self._choose = big_button(look, self.tr("Choose"), "check", "primary")
        self._yes = big_button(look, self.tr("Yes, that’s me"), "check", "primary")
        self._no = big_button(look, self.tr("Not me"), "close")
        self._face.setCheckable(True)
        self._middle, self._acts = QWidget(), QWidget()
        self._arrange()
        self._connect()
        self.lay_out(portrait=False)

    def lay_out(self, portrait: bool) -> None:
        """Stand in one row, or in two where it is narrow."""
        for part in (self._close, self._middle, self._acts):
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        leading = Qt.AlignmentFlag.AlignLeading | middle
        trailing = Qt.AlignmentFlag.AlignTrailing | middle
        self._grid.addWidget(self._close, 0, 0, leading)
        if portrait:
            self._grid.addWidget(self._middle, 0, 1, trailing)
            self._grid.addWidget(self._acts, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._middle, 0, 1, Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(self._acts, 0, 2, trailing)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 0 if portrait else 1)
        growing = QSizePolicy.Policy.Expanding if portrait else QSizePolicy.Policy.Minimum
        for button in (self._face, self._choose, self._no, self._yes):
            button.setSizePolicy(growing, QSizePolicy.Policy.Fixed)

    def show_place(self, place: int, count: int, time: str) -> None:
        """Say which photo of how many it is, and when it was taken."""
        words = self.tr("%1 of %2").replace("%1", f"{place + 1}").replace("%2", f"{count}")
        self._place.setText(words)
        self._time.setText(time)
        self._back.setEnabled(place > 0)
        self._on.setEnabled(place < count - 1)

    def show_choice(self, *, maybe: bool, chosen: bool, possible: bool) -> None:
        """Ask whether it is the guest, or offer to choose the photo."""
        self._yes.setVisible(maybe)
        self._no.setVisible(maybe)
        self._choose.setVisible(not maybe)
        self._choose.setEnabled(possible or chosen)
        self._choose.setText(self.tr("Chosen") if chosen else self.tr("Choose"))
        kind = "primary" if chosen else ""
        if self._choose.property("kind") != kind:
            self._choose.setProperty("kind", kind)
            set_button_icon(self._look, self._choose, "check" if chosen else "plus")
            restyled(self._choose)

    def show_face(self, *, offered: bool, marked: bool) -> None:
        """Offer to mark the face."""
        self._face.setVisible(offered)
        self._face.setChecked(marked)

    def focus_close(self) -> None:
        """Give the keyboard to the way out."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        look = self._look
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._place)
        said.addWidget(self._time)
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(look.px(24))
        middle.addWidget(self._back)
        middle.addLayout(said)
        middle.addWidget(self._on)
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(look.px(20))
        for button in (self._face, self._choose, self._no, self._yes):
            button.setStyleSheet(f"padding: 0 {look.px(22)}px;")
            acts.addWidget(button)
        metrics = self._place.fontMetrics()
        self._place.setMinimumWidth(metrics.horizontalAdvance("0000") * 3)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(48), look.px(24), look.px(48), look.px(24))
        self._grid.setHorizontalSpacing(look.px(24))
        self._grid.setVerticalSpacing(look.px(20))

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_further)
        self._face.clicked.connect(self.marked)
        self._choose.clicked.connect(self.chosen)
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)

    def _on_back(self) -> None:
        self.stepped.emit(-1)

    def _on_further(self) -> None:
        self.stepped.emit(1)

    def _on_yes(self) -> None:
        self.answered.emit(True)

    def _on_no(self) -> None:
        self.answered.emit(False)
