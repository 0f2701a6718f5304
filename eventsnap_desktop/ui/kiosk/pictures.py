"""The pictures of an event's photos for the guest's screens, forgotten at the end of a visit."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.bridge.thumbnails import LARGE as LARGE  # noqa: PLC0414 - passed on
from eventsnap_desktop.ui.bridge.thumbnails import SMALL as THUMBNAIL
from eventsnap_desktop.ui.bridge.thumbnails import PictureId, Thumbnails

SMALL = 2 * THUMBNAIL
"""The longer side of a photo in a gallery, in pixels: sharp where a cell is 600 wide."""

_TRY_AGAIN_AFTER = 5000  # milliseconds: no guest waits longer than a minute


class Pictures(QObject):
    """The pictures of one event, by photo; lives on the GUI thread."""

    ready = Signal(object)
    """The PhotoId of a picture that ``get`` returns now."""
    missed = Signal(object)
    """The PhotoId of a picture that cannot be shown; ``failed`` says why."""
    again = Signal()
    """What failed may work now: whoever shows photos asks again for those that are seen."""

    def __init__(self, event: Event, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._event, self._thumbnails = event, thumbnails
        self._asked: dict[tuple[str, str], PhotoId] = {}
        self._failed: dict[PictureId, str] = {}
        self._again_timer = QTimer(self, interval=_TRY_AGAIN_AFTER, singleShot=True)
        self._again_timer.timeout.connect(self._try_again)
        thumbnails.ready.connect(self._on_ready)
        thumbnails.missed.connect(self._on_missed)

    def get(self, photo: GalleryPhoto, side: int) -> QImage | None:
        """Return the picture if it is in memory; never blocks."""
        return self._thumbnails.get(self._event, photo.key, photo.etag, side)

    def request(self, photo: GalleryPhoto, side: int) -> None:
        """Have a picture made, before all that wait; ``ready`` or ``missed`` follows."""
        self._asked[(photo.key, photo.etag)] = photo.id
        self._thumbnails.request(self._event, photo.key, photo.etag, side)
        reason = self._thumbnails.failed(self._event, photo.key, photo.etag, side)
        if reason is not None:
            self._note_failure(PictureId(self._event.code, photo.key, photo.etag, side), reason)

    def failed(self, photo: GalleryPhoto, side: int) -> str | None:
        """Return why a picture cannot be shown, None where that is not known.

        While it is tried again the former reason stands.
        """
        return self._failed.get(PictureId(self._event.code, photo.key, photo.etag, side))

    def wipe(self) -> None:
        """Forget every picture in memory, whatever waits, and what failed."""
        self._asked.clear()
        self._failed.clear()
        self._again_timer.stop()
        self._thumbnails.forget_pictures()
        self._thumbnails.forget_failures()

    def _on_ready(self, which: PictureId) -> None:
        self._failed.pop(which, None)
        photo = self._asked.get((which.key, which.etag))
        if photo is not None:
            self.ready.emit(photo)

    def _on_missed(self, which: PictureId) -> None:
        photo = self._asked.get((which.key, which.etag))
        if photo is not None:
            reason = self._thumbnails.failed(self._event, which.key, which.etag, which.side)
            self._note_failure(which, reason or "")
            self.missed.emit(photo)

    def _note_failure(self, which: PictureId, reason: str) -> None:
        self._failed[which] = reason
        if not self._again_timer.isActive():
            self._again_timer.start()

    def _try_again(self) -> None:
        self._thumbnails.try_again()
        self.again.emit()
