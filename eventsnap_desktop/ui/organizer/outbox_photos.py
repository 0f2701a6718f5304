"""The photos of one delivery as small pictures."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.ui.bridge.thumbnails import SMALL, PictureId, Thumbnails
from eventsnap_desktop.ui.widgets.theme import colours_now

MOST_PICTURES = 12

_COLUMNS, _GAP = 3, 6


class OutboxPhotos(QWidget):
    """Squares in three columns; those beyond the most are counted in the last one."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._event: Event | None = None
        self._rows: tuple[PhotoRow, ...] = ()
        self._more = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._on_picture)

    @property
    def rows(self) -> tuple[PhotoRow, ...]:
        """The photos that are shown as pictures."""
        return self._rows

    def show_photos(self, event: Event, rows: Sequence[PhotoRow]) -> None:
        """Show these photos."""
        self._event = event
        self._rows = tuple(rows[:MOST_PICTURES])
        self._more = len(rows) - len(self._rows)
        for row in self._rows:
            self._thumbnails.request(event, row.key, row.etag, SMALL)
        self._fit()
        self.setAccessibleName(self.tr("%n photo(s)", "", len(rows)))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room that all squares take."""
        return QSize(280, self._height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as high as the squares are."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the squares."""
        if self._event is None:
            return
        colours, painter = colours_now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = self._side(self.width())
        for number, row in enumerate(self._rows):
            below, beside = divmod(number, _COLUMNS)
            square = QRectF(beside * (side + _GAP), below * (side + _GAP), side, side)
            path = QPainterPath()
            path.addRoundedRect(square, 7, 7)
            painter.setClipPath(path)
            painter.fillRect(square, QColor(colours.raised))
            image = self._thumbnails.get(self._event, row.key, row.etag, SMALL)
            if image is not None:
                painter.drawImage(square, image, _middle(image))
            if self._more and number == len(self._rows) - 1:
                painter.fillRect(square, QColor(0, 0, 0, 150))
                painter.setPen(QColor("white"))
                painter.drawText(square, Qt.AlignmentFlag.AlignCenter, f"+ {self._more}")
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._height(self.width()))

    def _height(self, width: int) -> int:
        lines = ceil(len(self._rows) / _COLUMNS)
        return max(0, round(lines * (self._side(width) + _GAP)) - _GAP)

    @staticmethod
    def _side(width: int) -> float:
        return (width - (_COLUMNS - 1) * _GAP) / _COLUMNS

    def _on_picture(self, which: PictureId) -> None:
        if any(which.key == row.key for row in self._rows):
            self.update()


def _middle(image: QImage) -> QRectF:
    """Return the square of a picture that is shown, a little above its middle."""
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 3, side, side)
