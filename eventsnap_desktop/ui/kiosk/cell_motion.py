"""How the cells of a gallery move: they glide to new places, new ones grow in, pictures fade in."""

from dataclasses import dataclass
from enum import Enum
from time import monotonic

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal

from eventsnap_desktop.domain.photos import PhotoId

_GLIDE, _GROW, _FADE = 0.42, 0.52, 0.22  # seconds
_FRAME = 16  # milliseconds
_SMALLEST = 0.82  # of its size is a new cell when it begins to grow


class _Kind(Enum):
    GLIDE = _GLIDE
    GROW = _GROW
    FADE = _FADE


@dataclass(frozen=True, slots=True)
class _Move:
    kind: _Kind
    began: float
    start: QRectF


class CellMotion(QObject):
    """What moves right now; ``ticked`` says that it is time to paint again."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moves: dict[PhotoId, _Move] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_running(self) -> bool:
        """Whether anything moves."""
        return bool(self._moves)

    def glide(self, photo: PhotoId, start: QRectF) -> None:
        """Let a cell go from where it was to where it is."""
        self._begin(photo, _Kind.GLIDE, start)

    def grow(self, photo: PhotoId) -> None:
        """Let a new cell come."""
        self._begin(photo, _Kind.GROW, QRectF())

    def fade(self, photo: PhotoId) -> None:
        """Let a picture take the place of its placeholder, unless its cell moves anyway."""
        if photo not in self._moves:
            self._begin(photo, _Kind.FADE, QRectF())

    def stop(self) -> None:
        """Everything is where it belongs."""
        self._moves.clear()
        self._timer.stop()

    def place(self, photo: PhotoId, rect: QRectF) -> QRectF:
        """Return where a cell is on its way to a place."""
        move = self._moves.get(photo)
        if move is None or move.kind is _Kind.FADE:
            return rect
        done = self._done(move)
        if move.kind is _Kind.GROW:
            size = rect.size() * (_SMALLEST + (1.0 - _SMALLEST) * done)
            grown = QRectF(QPointF(0, 0), size)
            grown.moveCenter(rect.center())
            return grown
        left = 1.0 - done
        return QRectF(
            rect.x() * done + move.start.x() * left,
            rect.y() * done + move.start.y() * left,
            rect.width() * done + move.start.width() * left,
            rect.height() * done + move.start.height() * left,
        )

    def opacity(self, photo: PhotoId) -> float:
        """Return how much of a cell is there: 0 to 1."""
        move = self._moves.get(photo)
        return 1.0 if move is None or move.kind is _Kind.GLIDE else self._done(move)

    def _begin(self, photo: PhotoId, kind: _Kind, start: QRectF) -> None:
        self._moves[photo] = _Move(kind, monotonic(), start)
        if not self._timer.isActive():
            self._timer.start()

    def _done(self, move: _Move) -> float:
        gone = min(1.0, (monotonic() - move.began) / move.kind.value)
        return 1.0 - (1.0 - gone) ** 3

    def _on_tick(self) -> None:
        now = monotonic()
        self._moves = {
            photo: move for photo, move in self._moves.items() if now - move.began < move.kind.value
        }
        if not self._moves:
            self._timer.stop()
        self.ticked.emit()
