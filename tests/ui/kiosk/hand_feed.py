"""A camera's feed whose pictures are pushed by hand; it keeps the newest, as the real one does."""

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QImage


class HandFeed(QObject):
    """Gives what ``push`` was given last, once; ``told`` and ``taken`` count."""

    arrived = Signal()
    lost = Signal(str)
    found = Signal()
    wiped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.problem = ""
        self.size = QSize()
        self.waiting: QImage | None = None
        self.told = self.taken = 0

    def set_preview_size(self, size: QSize) -> None:
        self.size = size

    def take_image(self) -> QImage | None:
        image, self.waiting = self.waiting, None
        self.taken += image is not None
        return image

    def push(self, image: QImage) -> None:
        first, self.waiting = self.waiting is None, image
        if first:
            self.told += 1
            self.arrived.emit()


def plain(colour: QColor, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image
