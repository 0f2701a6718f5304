"""What the two screens of photos share: the wall, the bar below it, one photo over all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Choose, Take
from eventsnap_desktop.ui.kiosk.gallery_grid import GalleryGrid
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.photo_view import PhotoView
from eventsnap_desktop.ui.kiosk.photo_wall import Photos
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.pieces import big_button
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.take_bar import TakeBar, TakeState


class PhotosScreen(Screen):
    """A header, photos, and ways to take them home. All that is done is told, nothing is kept."""

    def __init__(
        self, look: Look, pictures: Pictures, header: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._photos: Photos = ()
        self._chosen: frozenset[PhotoId] = frozenset()
        self._body = QWidget(self)
        self.grid = GalleryGrid(look, pictures)
        self.take_bar = TakeBar(look)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.grid, 1)
        column.addWidget(self.take_bar)
        self._chip = big_button(look, self.tr("New photos"), "up", "primary")
        self._chip.setParent(self._body)
        self._chip.hide()
        self.photo_view = PhotoView(look, pictures, self)
        self._connect()

    def lay_out(self, portrait: bool) -> None:
        """Arrange the bars for a high or a wide screen."""
        self.take_bar.lay_out(portrait)
        self.photo_view.lay_out(portrait)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard to the photos: nothing else stands out then."""
        super().showEvent(event)
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use the whole screen."""
        super().resizeEvent(event)
        self._body.setGeometry(self.rect())
        self.photo_view.setGeometry(self.rect())
        self._place_chip()

    def show_photos(
        self, photos: Photos, take: TakeState, chosen: frozenset[PhotoId], fresh: frozenset[PhotoId]
    ) -> None:
        """Show the photos in their order, and what can be done with them."""
        self._photos, self._chosen = photos, chosen
        self.grid.show_photos(photos, chosen, fresh)
        self.take_bar.show_state(take)
        self.take_bar.setVisible(bool(photos))

    def show_opened(self, opened: bool) -> None:
        """Hide what lies below a photo that covers it, or bring it back."""
        self._body.setVisible(not opened)

    def _connect(self) -> None:
        self.grid.opened.connect(self._on_opened)
        self.grid.picked.connect(self._on_picked)
        self.grid.held_back.connect(self._on_held_back)
        self._chip.clicked.connect(self.grid.show_fresh)
        self.take_bar.taken.connect(self._on_taken)
        self.take_bar.all_asked.connect(self._on_all_asked)
        self.photo_view.picked.connect(self._on_picked)
        self.photo_view.closed.connect(self._on_closed)

    def _on_opened(self, photo: PhotoId) -> None:
        self.photo_view.open_at(self._photos, photo, self._chosen)
        self.show_opened(self.photo_view.is_open)

    def _on_closed(self, photo: PhotoId | None) -> None:
        self.show_opened(False)
        if photo is not None:
            self.grid.go_to(photo)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_picked(self, photo: PhotoId, on: bool) -> None:
        self.act(Choose((photo,), on))

    def _on_all_asked(self, on: bool) -> None:
        if on:
            wanted = tuple(one.id for one in self._photos if self.grid.can_be_chosen(one))
        else:
            wanted = tuple(one.id for one in self._photos if one.id in self._chosen)
        if wanted:
            self.act(Choose(wanted, on))

    def _on_taken(self, kind: DeliveryKind) -> None:
        self.act(Take(kind))

    def _on_held_back(self, count: int) -> None:
        if count:
            self._chip.setText(self.tr("%n new photo(s)", "", count))
            self._chip.adjustSize()
        self._chip.setVisible(count > 0)
        self._place_chip()
        self._chip.raise_()

    def _place_chip(self) -> None:
        self._chip.adjustSize()
        left = (self.width() - self._chip.width()) // 2
        self._chip.move(left, self.grid.y() + self.look.px(20))
