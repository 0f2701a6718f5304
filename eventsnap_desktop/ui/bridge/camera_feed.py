"""Brings the camera's pictures to the coach and to the screen: the newest, never a queue of them.

``film`` runs on a lane of its own and makes each picture ready to paint there. The GUI is told once
and takes the newest when it paints; until then newer ones replace it.
"""

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition
from time import monotonic

import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from eventsnap_desktop.camera.frames import Camera, CameraLostError
from eventsnap_desktop.camera.preview import draw_preview, preview_size
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.work import Cancel

log = logging.getLogger(__name__)

_WAIT = 0.25  # seconds to wait for a picture before looking whether to stop
_LOST_WAIT = 0.1  # seconds between questions to a camera that is away; it backs off by itself
_OPEN_AGAIN = 2.0  # seconds between tries to open what is refused, such as a missing file
_RATED = 2.0  # seconds over which the frame rate is counted


class CameraFeed(QObject):
    """Fits flows/guest_ports.CameraFeed. ``opener`` is called on the filming thread."""

    arrived = Signal()
    """There is a newer picture; sent from the filming thread, once until it is taken."""
    lost = Signal(str)
    """The camera is away, and why; sent from the filming thread."""
    found = Signal()
    """Pictures come again; sent from the filming thread."""
    wiped = Signal()
    """Everything was forgotten; what is painted shall go, too."""

    def __init__(self, opener: Callable[[], Camera], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._change = Condition()
        self._newest: BgrImage | None = None
        self._image: QImage | None = None
        self._place = (0, 0)
        self._problem = ""
        self._taken_at: deque[float] = deque()

    @property
    def problem(self) -> str:
        """Why there is no picture for now, "" when there is."""
        return self._problem

    @property
    def frame_rate(self) -> float:
        """Pictures a second that the screen took of late."""
        with self._change:
            times = list(self._taken_at)
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0

    def set_preview_size(self, size: QSize) -> None:
        """Make the screen's pictures just large enough to fill this place, in device pixels."""
        with self._change:
            self._place = (size.width(), size.height())

    def film(self, cancel: Cancel) -> None:
        """Film until ``cancel``; a camera that is away or refused is tried again."""
        self._problem = ""
        try:
            while not cancel.requested:
                self._film_with_one_camera(cancel)
        finally:
            self._forget()
            self._problem = ""

    def newest(self, wait: float) -> BgrImage | None:
        """Return a picture not returned before, None when none comes in ``wait`` seconds."""
        with self._change:
            self._change.wait_for(lambda: self._newest is not None, wait)
            image, self._newest = self._newest, None
        return image

    def take_image(self) -> QImage | None:
        """Return the newest picture, mirrored, RGB32; None where there is no newer one."""
        with self._change:
            image, self._image = self._image, None
            if image is not None:
                now = monotonic()
                self._taken_at.append(now)
                while now - self._taken_at[0] > _RATED:
                    self._taken_at.popleft()
        return image

    def wipe(self) -> None:
        """Forget the last picture, here and on the screen."""
        self._forget()
        self.wiped.emit()

    def _film_with_one_camera(self, cancel: Cancel) -> None:
        try:
            camera = self._opener()
        except EventSnapError as error:
            self._lose(error)
            cancel.wait(_OPEN_AGAIN)
            return
        try:
            while not cancel.requested:
                self._film_one_picture(camera, cancel)
        finally:
            camera.close()

    def _film_one_picture(self, camera: Camera, cancel: Cancel) -> None:
        try:
            picture = camera.newest(_WAIT)
        except CameraLostError as error:
            self._lose(error)
            cancel.wait(_LOST_WAIT)
            return
        if picture is not None:
            self._show(picture, cancel)

    def _show(self, picture: BgrImage, cancel: Cancel) -> None:
        image = to_preview(picture, self._place)
        with self._change:
            if cancel.requested:  # it may have been wiped since
                return
            first = self._image is None
            self._newest, self._image = picture, image
            self._change.notify_all()
        if self._problem:
            self._problem = ""
            log.info("the camera gives pictures again")
            self.found.emit()
        if first:
            self.arrived.emit()

    def _lose(self, error: EventSnapError) -> None:
        said = str(error)
        if said == self._problem:
            return
        if not self._problem:
            log.warning("the camera is away: %s", said)
        self._forget()
        self._problem = said
        self.lost.emit(said)

    def _forget(self) -> None:
        with self._change:
            self._newest = self._image = None
            self._taken_at.clear()


def to_preview(picture: BgrImage, place: tuple[int, int]) -> QImage:
    """Return BGR uint8 (h, w, 3) mirrored as Qt paints it fastest, just filling the place."""
    height, width = picture.shape[:2]
    made = QImage(QSize(*preview_size((width, height), place)), QImage.Format.Format_RGB32)
    pixels = np.frombuffer(made.bits(), np.uint8)
    draw_preview(picture, pixels.reshape(made.height(), made.width(), 4))
    return made
