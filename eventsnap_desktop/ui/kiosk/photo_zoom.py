"""Which part of a photo fills a screen: fitted, zoomed around a finger, moved within bounds."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

_MOST_PIXELS = 2.0  # screen pixels a photo pixel
_LEAST_MOST = 3.0  # a small photo may be zoomed so far anyway
_GIVES = 0.75  # a pinch may make the photo smaller than the screen; it springs back
DOUBLE_TAP = 2.5


class PhotoZoom:
    """``factor`` is 1 where the whole photo is seen; ``offset`` moves it, in screen pixels."""

    def __init__(self) -> None:
        self.factor = 1.0
        self.offset = QPointF()
        self._photo = QSizeF(3, 2)
        self._room = QRectF()

    @property
    def is_fitted(self) -> bool:
        """Whether the whole photo is seen."""
        return self.factor <= 1.001

    @property
    def most(self) -> float:
        """The largest factor."""
        fitted = self.fitted().width()
        by_pixels = _MOST_PIXELS * self._photo.width() / fitted if fitted else 1.0
        return max(_LEAST_MOST, by_pixels)

    def set_room(self, room: QRectF) -> None:
        """Use this part of the screen."""
        self._room = room
        self.fit()

    def set_photo(self, width: float, height: float) -> None:
        """Show a photo of so many pixels, all of it."""
        self._photo = QSizeF(max(1.0, width), max(1.0, height))
        self.fit()

    def fit(self) -> None:
        """See the whole photo."""
        self.factor, self.offset = 1.0, QPointF()

    def fitted(self) -> QRectF:
        """Return where the whole photo lies."""
        size = QSizeF(self._photo)
        if self._room.width() > 0 and self._room.height() > 0:
            scale = min(self._room.width() / size.width(), self._room.height() / size.height())
            size *= scale
        rect = QRectF(QPointF(0, 0), size)
        rect.moveCenter(self._room.center())
        return rect

    def rect(self) -> QRectF:
        """Return where the photo lies now, larger than the screen where it is zoomed."""
        rect = QRectF(QPointF(0, 0), self.fitted().size() * self.factor)
        rect.moveCenter(self._room.center() + self.offset)
        return rect

    def zoom_to(self, factor: float, at: QPointF, *, springy: bool = False) -> None:
        """Zoom; what lies at a point of the screen stays there."""
        least = _GIVES if springy else 1.0
        factor = min(max(factor, least), self.most)
        middle = self._room.center()
        away = at - middle - self.offset
        self.offset = at - middle - away * (factor / self.factor)
        self.factor = factor
        self._bound()

    def move(self, by: QPointF) -> None:
        """Move the photo, as far as there is more of it."""
        self.offset = self.offset + by
        self._bound()

    def _bound(self) -> None:
        size = self.fitted().size() * self.factor
        wide = max(0.0, (size.width() - self._room.width()) / 2)
        high = max(0.0, (size.height() - self._room.height()) / 2)
        self.offset = QPointF(
            min(max(self.offset.x(), -wide), wide), min(max(self.offset.y(), -high), high)
        )
