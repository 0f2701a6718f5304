"""Takes a selfie with a webcam: a live picture as in a mirror, a countdown, and the shutter."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from eventsnap_desktop.camera.frames import CameraLostError
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.sentences import in_window_language
from eventsnap_desktop.ui.widgets.theme import colours_now

_COUNTS = 3
_SECOND = 1000  # milliseconds
_PATIENCE = 0.25  # seconds to wait for a picture before looking whether to stop


class LivePicture(QWidget):
    """The newest picture as in a mirror, and a number over it while it counts down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(640, 400)
        self._image = QImage()
        self._said = ""
        self._count = 0

    def show_picture(self, image: QImage) -> None:
        """Show a picture as the camera saw it."""
        self._image, self._said = image, ""
        self.update()

    def say(self, text: str) -> None:
        """Show a sentence in the place of the picture."""
        self._image, self._said = QImage(), text
        self.setAccessibleName(text)
        self.update()

    def count(self, number: int) -> None:
        """Show a number over the picture; none for 0."""
        self._count = number
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture, filling the place."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        place = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(place, 12, 12)
        painter.setClipPath(clip)
        painter.fillRect(place, QColor(colours_now().raised))
        if self._image.isNull():
            painter.setPen(QColor(colours_now().faint))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(60, 20, -60, -20), flags, self._said)
        else:
            self._paint_mirrored(painter, place)
        if self._count:
            self._paint_count(painter, place)

    def _paint_mirrored(self, painter: QPainter, place: QRectF) -> None:
        wide, high = self._image.width(), self._image.height()
        scale = max(place.width() / wide, place.height() / high)
        part = QRectF(0, 0, place.width() / scale, place.height() / scale)
        part.moveCenter(QRectF(0, 0, wide, high).center())
        painter.save()
        painter.translate(place.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(place, self._image, part)
        painter.restore()

    def _paint_count(self, painter: QPainter, place: QRectF) -> None:
        font = QFont(self.font())
        font.setPixelSize(150)
        font.setBold(True)
        painter.setFont(font)
        for shift, colour in ((3, QColor(0, 0, 0, 150)), (0, QColor("white"))):
            painter.setPen(colour)
            where = place.translated(shift, shift)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self._count))


class WebcamDialog(QDialog):
    """Films from when it is shown until it closes; ``address`` is what open_camera takes."""

    taken = Signal(object)
    """The QImage, as the camera saw it."""

    def __init__(self, desk: Desk, address: str = "0", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Take a selfie"))
        self.picture = LivePicture()
        self.picture.say(self.tr("The camera starts…"))
        self.newest = QImage()
        self.close_button = button(self.tr("Cancel"))
        self.shutter = button(self.tr("Take the picture"), "camera", "primary")
        self.shutter.setEnabled(False)
        self.shutter.setDefault(True)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        column.addWidget(self.picture, 1)
        hint = label(self.tr("One face, near and well lit. Nothing is stored."), "faint")
        column.addLayout(row(hint, None, self.close_button, self.shutter))
        self.shutter.clicked.connect(self._on_shutter)
        self.close_button.clicked.connect(self.reject)
        self._timer.timeout.connect(self._on_second)
        self._job: Job[None] = desk.jobs.run(
            partial(film, address),
            owner=self,
            lane="camera",
            progress=self._show,
            failed=self._on_failed,
        )

    def done(self, result: int) -> None:
        """Close and let go of the camera."""
        self._timer.stop()
        self._job.cancel()
        self.newest = QImage()
        super().done(result)

    def _show(self, seen: BgrImage | str) -> None:
        if isinstance(seen, str):
            self._lose(in_window_language(seen))
            return
        self.newest = to_image(seen)
        self.picture.show_picture(self.newest)
        self.shutter.setEnabled(self._left == 0)

    def _lose(self, why: str) -> None:
        self.picture.say(why)
        self.newest = QImage()
        self._timer.stop()
        self._left = 0
        self.picture.count(0)
        self.shutter.setEnabled(False)

    def _on_failed(self, error: Exception) -> None:
        self._lose(sentence(error))

    def _on_shutter(self) -> None:
        self._left = _COUNTS
        self.picture.count(self._left)
        self.shutter.setEnabled(False)
        self._timer.start()

    def _on_second(self) -> None:
        self._left -= 1
        self.picture.count(self._left)
        if self._left == 0 and not self.newest.isNull():
            self.taken.emit(self.newest)
            self.accept()


def film(address: str, report: Callable[[BgrImage | str], None], cancel: Cancel) -> None:
    """Report the newest picture again and again, or why there is none; ends with ``cancel``."""
    from eventsnap_desktop.camera.opening import open_camera  # with OpenCV, which takes a while

    camera = open_camera(address)
    try:
        while not cancel.requested:
            try:
                picture = camera.newest(_PATIENCE)
            except CameraLostError as error:
                report(str(error))
                cancel.wait(_PATIENCE)
            else:
                if picture is not None:
                    report(picture)
    finally:
        camera.close()


def to_image(picture: BgrImage) -> QImage:
    """Return a picture as Qt has it, with pixels of its own."""
    height, width = picture.shape[:2]
    made = QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_BGR888)
    return made.copy()
