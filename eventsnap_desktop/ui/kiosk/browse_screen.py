"""Photos by time, for guests who do not want to be searched by their face."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from eventsnap_desktop.flows.guest_actions import Finish, ShowHour
from eventsnap_desktop.flows.guest_views import BrowseView
from eventsnap_desktop.ui.kiosk.browse_header import BrowseHeader
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.photos_screen import PhotosScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.take_bar import TakeState


class BrowseScreen(PhotosScreen):
    """All photos, or those of one hour; nothing in it knows of faces."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        self.header = BrowseHeader(look)
        super().__init__(look, pictures, self.header, parent)
        self.header.hour_chosen.connect(self._on_hour)
        self.header.finished.connect(self._on_finished)

    def show_state(self, view: BrowseView) -> None:
        """Show a newer state."""
        self.header.show_state(view)
        take = TakeState(len(view.photos), len(view.chosen), view.ways, view.deliveries)
        self.show_photos(view.photos, take, view.chosen, frozenset())
        self.photo_view.show_photos(view.photos, view.chosen)

    def _on_hour(self, hour: datetime | None) -> None:
        self.act(ShowHour(hour))

    def _on_finished(self) -> None:
        self.act(Finish())
