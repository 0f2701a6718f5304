"""The guest's photos: those that are certainly theirs, and apart those to be asked about."""

from PySide6.QtWidgets import QWidget

from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Finish, IsMe, Sort
from eventsnap_desktop.flows.guest_views import GalleryOrder, GalleryView
from eventsnap_desktop.ui.kiosk.gallery_header import GalleryHeader
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.maybe_row import MaybeRow
from eventsnap_desktop.ui.kiosk.photos_screen import PhotosScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.take_bar import TakeState


class GalleryScreen(PhotosScreen):
    """The screen the whole program is for."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        self.header = GalleryHeader(look)
        super().__init__(look, pictures, self.header, parent)
        self._view: GalleryView | None = None
        self.maybe_row = MaybeRow(look, pictures)
        self.maybe_row.hide()
        self.grid.set_head(self.maybe_row)
        self.header.sorted_by.connect(self._on_sorted)
        self.header.finished.connect(self._on_finished)
        self.maybe_row.answered.connect(self._on_answered)
        self.maybe_row.opened.connect(self._on_maybe_opened)
        self.maybe_row.refit.connect(self.grid.arrange)
        self.photo_view.answered.connect(self._on_answered)

    def lay_out(self, portrait: bool) -> None:
        """Arrange everything for a high or a wide screen."""
        super().lay_out(portrait)
        self.header.lay_out(portrait)
        self.maybe_row.lay_out(portrait)
        self.grid.arrange()

    def show_state(self, view: GalleryView) -> None:
        """Show a newer state."""
        self._view = view
        self.header.show_state(view)
        if self.maybe_row.show_photos(view.maybe):
            self.grid.arrange()
        take = TakeState(len(view.photos), len(view.chosen), view.ways, view.deliveries)
        self.show_photos(view.photos, take, view.chosen, view.fresh)
        shown = view.maybe if self.photo_view.asks else view.photos
        self.photo_view.show_photos(shown, view.chosen)

    def _on_sorted(self, order: GalleryOrder) -> None:
        self.act(Sort(order))

    def _on_finished(self) -> None:
        self.act(Finish())

    def _on_answered(self, photo: PhotoId, yes: bool) -> None:
        self.act(IsMe(photo, yes))

    def _on_maybe_opened(self, photo: PhotoId) -> None:
        if self._view is not None:
            self.photo_view.open_at(self._view.maybe, photo, self._view.chosen, maybe=True)
            self.show_opened(self.photo_view.is_open)
