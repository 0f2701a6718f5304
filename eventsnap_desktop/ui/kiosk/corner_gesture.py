"""The staff's hidden gesture: five presses in the upper corner at the end side."""

from collections import deque

PRESSES = 5
WITHIN = 3.0  # seconds
CORNER = 96  # pixels


class CornerGesture:
    """Counts presses; a press elsewhere begins anew."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=PRESSES)

    def press(self, x: float, y: float, width: int, now: float, *, mirrored: bool = False) -> bool:
        """Tell whether a press at a place of a window, ``now`` in seconds, completes it."""
        from_end = x if mirrored else width - x
        if not (0 <= from_end <= CORNER and 0 <= y <= CORNER):
            self._times.clear()
            return False
        self._times.append(now)
        if len(self._times) < PRESSES or now - self._times[0] > WITHIN:
            return False
        self._times.clear()
        return True
