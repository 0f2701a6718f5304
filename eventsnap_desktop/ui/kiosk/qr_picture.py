"""A QR code, crisp: every module is the same whole number of pixels, dark on white in any theme."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.widgets.qr_modules import QUIET, qr_modules

_WHITE = 0xFFFFFFFF


class QrPicture(QWidget):
    """Shows a code as large as there is room, on a white card that is its quiet zone."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted, self._least = look.px(620), look.px(380)
        self._words = ""
        self._modules = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def words(self) -> str:
        """What the code says, "" for none."""
        return self._words

    @property
    def module_size(self) -> int:
        """Pixels of the display for each module, 0 without a code."""
        if self._modules.isNull():
            return 0
        room = min(self.width(), self.height()) * self.devicePixelRatioF()
        return int(room) // (self._modules.width() + 2 * QUIET)

    def show_words(self, words: str) -> None:
        """Show another code; the same as before costs nothing."""
        if words != self._words:
            self._words = words
            self._modules = qr_modules(words) if words else QImage()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size it likes to have."""
        return QSize(self._wanted, self._wanted)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that a phone reads from a step away."""
        return QSize(self._least, self._least)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the card, and the code in whole pixels of the display."""
        size, ratio = self.module_size, self.devicePixelRatioF()
        if size == 0:
            return
        code = self._modules.width() * size
        card = code + 2 * QUIET * size
        left = (round(self.width() * ratio) - card) // 2
        top = (round(self.height() * ratio) - card) // 2
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_WHITE))
        painter.drawRoundedRect(QRectF(left, top, card, card), 3 * size, 3 * size)
        painter.drawImage(
            QPointF(left + QUIET * size, top + QUIET * size), self._modules.scaled(code, code)
        )
