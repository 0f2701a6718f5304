"""The photos that may show the guest, apart from those that do: as many cards as fit."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.maybe_card import MaybeCard
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.pieces import icon_button, text

_MOST_CARDS = 4
_EDGE, _INSIDE = 48, 24  # designed pixels beside the row, and beside the cards in it


class MaybeRow(QWidget):
    """A question, cards, and buttons to those that do not fit."""

    answered = Signal(object, bool)
    """The PhotoId, and whether the guest is in it."""
    opened = Signal(object)
    """The PhotoId that is to be seen large."""
    refit = Signal()
    """It needs another height than it has: cards were turned, or got their style."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._photos: tuple[GalleryPhoto, ...] = ()
        self._first, self._fitting, self._portrait = 0, 1, False
        self._title = text(self.tr("Is this you?"), "heading", wrap=False)
        self._more = text("", "small", wrap=False)
        self._back = icon_button(look, "left", self.tr("Former ones"), "", target=64)
        self._on = icon_button(look, "right", self.tr("More of them"), "", target=64)
        self._panel = QFrame()
        self._cards = [MaybeCard(look, pictures) for _ in range(_MOST_CARDS)]
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_further)
        for card in self._cards:
            card.answered.connect(self.answered)
            card.opened.connect(self.opened)
        pictures.ready.connect(self._on_ready)
        pictures.again.connect(self._on_again)
        self._arrange()

    def show_photos(self, photos: tuple[GalleryPhoto, ...]) -> bool:
        """Ask about these photos; return whether the row came or went."""
        if photos is self._photos or photos == self._photos:
            return False
        came_or_went = bool(photos) != bool(self._photos)
        self._photos = photos
        self.setVisible(bool(photos))
        self._show_cards()
        return came_or_went

    def lay_out(self, portrait: bool) -> None:
        """Stand in high cards, or in wide ones."""
        self._portrait = portrait
        self._fit(self.width())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Its height is that of the cards, whatever the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height it needs."""
        del width
        return self.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many cards as fit."""
        super().resizeEvent(event)
        self._fit(self.width())

    def event(self, event: QEvent) -> bool:
        """Tell when what is in it needs another height."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._height() != self.height():
            self.refit.emit()
        return done

    def _arrange(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(look.px(20))
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch(1)
        head.addWidget(self._back)
        head.addWidget(self._on)
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        for card in self._cards:
            row.addWidget(card, 1)
        self._panel.setProperty("kind", "note")
        column = QVBoxLayout(self._panel)
        side = look.px(_INSIDE)
        column.setContentsMargins(side, look.px(16), side, side)
        column.setSpacing(look.px(12))
        column.addLayout(head)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(_EDGE), look.px(8), look.px(_EDGE), look.px(16))
        outer.addWidget(self._panel)

    def _fit(self, width: int) -> None:
        gap = self._look.px(24)
        room = width - 2 * self._look.px(_EDGE + _INSIDE) + gap
        wide = self._cards[0].least_width()
        if self._portrait:
            wide = self._look.px(420)
        self._fitting = min(_MOST_CARDS, max(1, room // (wide + gap)))
        self._show_cards()

    def _show_cards(self) -> None:
        count = len(self._photos)
        alone = count == 1 and not self._portrait
        self._first = max(0, min(self._first, count - self._fitting))
        for place, card in enumerate(self._cards):
            at = self._first + place
            shown = place < self._fitting and at < count
            if shown:
                card.lay_out(high=self._portrait and count > 1, answers_beside=alone)
                card.show_photo(self._photos[at])
            card.setVisible(shown)
        beside = count - self._fitting
        self._back.setVisible(beside > 0)
        self._on.setVisible(beside > 0)
        self._back.setEnabled(self._first > 0)
        self._on.setEnabled(self._first < beside)
        self._more.setText(self.tr("%n more", "", beside) if beside > 0 else "")
        # Cards that were turned while they were hidden have told nobody of their new size.
        for one in (*self._cards, self._panel):
            one.updateGeometry()

    def _height(self) -> int:
        return self.sizeHint().height() if self._photos else 0

    def _on_back(self) -> None:
        self._first -= self._fitting
        self._show_cards()

    def _on_further(self) -> None:
        self._first += self._fitting
        self._show_cards()

    def _on_ready(self, photo: PhotoId) -> None:
        for card in self._cards:
            card.refresh(photo)

    def _on_again(self) -> None:
        for card in self._cards:
            if card.photo is not None and card.isVisible():
                card.refresh(card.photo.id)
