"""What fingers or the mouse do on a photo: swipe, move, pinch, tap twice."""

from collections import deque
from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QObject, QPointF, Signal

_RECENT = 0.12  # seconds that tell how fast a finger was when it went up
_TWICE_WITHIN = 0.4  # seconds


class FingerMoves(QObject):
    """Is told where fingers are, tells what they mean. Distances are screen pixels."""

    began = Signal()
    dragged = Signal(QPointF)
    """By how much one finger moved."""
    let_go = Signal(float)
    """The finger is up; how many pixels a second it went across."""
    pinched = Signal(float, QPointF, QPointF)
    """By which factor two fingers went apart, where their middle is, by how much that moved."""
    pinch_ended = Signal()
    tapped_twice = Signal(QPointF)

    def __init__(self, slack: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slack = slack
        self._fingers: tuple[QPointF, ...] = ()
        self._start = QPointF()
        self._dragging = self._pinched = False
        self._trail: deque[tuple[float, float]] = deque(maxlen=32)
        self._last_tap: tuple[float, QPointF] | None = None

    def at(self, fingers: Sequence[QPointF]) -> None:
        """Take where all fingers are that touch now; none: the last one went up."""
        now = tuple(fingers[:2])
        before, self._fingers = self._fingers, now
        if len(now) != len(before):
            self._on_count(now, before)
        elif len(now) == 1:
            self._on_one(now[0], before[0])
        elif len(now) == 2:
            self._on_two(now, before)

    def cancel(self) -> None:
        """Forget the fingers: the system took them away."""
        self._fingers, self._last_tap = (), None
        if self._pinched:
            self.pinch_ended.emit()
        self.let_go.emit(0.0)

    def _on_count(self, now: tuple[QPointF, ...], before: tuple[QPointF, ...]) -> None:
        if not before:
            self._start, self._dragging, self._pinched = now[0], False, False
            self._trail.clear()
            self.began.emit()
        if len(now) == 2:
            self._pinched = True
        if now:
            self._note(now[0])
            return
        if self._pinched:
            self.pinch_ended.emit()
            self.let_go.emit(0.0)
        elif self._dragging:
            self.let_go.emit(self._speed())
        else:
            self.let_go.emit(0.0)
            self._on_tap(before[0])

    def _on_one(self, now: QPointF, before: QPointF) -> None:
        if self._pinched:
            return  # one of two fingers is up already: what the other does means nothing
        if not self._dragging:
            if (now - self._start).manhattanLength() <= self._slack:
                return
            self._dragging, before = True, self._start
        self._note(now)
        self.dragged.emit(now - before)

    def _on_two(self, now: tuple[QPointF, ...], before: tuple[QPointF, ...]) -> None:
        apart, was = _distance(now), _distance(before)
        if was < 1.0:
            return
        middle, former = (now[0] + now[1]) / 2, (before[0] + before[1]) / 2
        self.pinched.emit(apart / was, middle, middle - former)

    def _on_tap(self, where: QPointF) -> None:
        last, now = self._last_tap, monotonic()
        near = last is not None and (where - last[1]).manhattanLength() < 4 * self._slack
        if last is not None and near and now - last[0] < _TWICE_WITHIN:
            self._last_tap = None
            self.tapped_twice.emit(where)
        else:
            self._last_tap = (now, where)

    def _note(self, where: QPointF) -> None:
        self._trail.append((monotonic(), where.x()))

    def _speed(self) -> float:
        now = monotonic()
        recent = [one for one in self._trail if now - one[0] <= _RECENT]
        if len(recent) < 2:
            return 0.0
        took = max(0.008, recent[-1][0] - recent[0][0])
        return (recent[-1][1] - recent[0][1]) / took


def _distance(two: Sequence[QPointF]) -> float:
    away = two[1] - two[0]
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
