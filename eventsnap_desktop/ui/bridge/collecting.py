"""Has Python collect its garbage on the GUI's thread only.

By itself Python collects cycles on whichever thread allocates. A QObject in one then dies on a
worker's thread: its destructor holds a lock of Qt and wants the interpreter, while the GUI's thread
holds the interpreter and wants that lock, and the window stands still for good; or the GUI's thread
is about to use what just died, and the program crashes. Both were seen.
"""

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY = 250  # milliseconds
_FULL_EVERY = 60.0  # seconds between collections of everything, which take longest


class GuiCollector(QObject):
    """One for a window's program; lives on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._full_at = monotonic() + _FULL_EVERY
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Keep Python from collecting by itself, and do so here instead."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Collect those generations that have grown as far as Python lets them."""
        young, middle, _ = gc.get_count()
        most_young, most_middle, _ = gc.get_threshold()
        if young <= most_young:
            return
        if middle <= most_middle:
            gc.collect(0)
        elif monotonic() < self._full_at:
            gc.collect(1)
        else:
            gc.collect()
            self._full_at = monotonic() + _FULL_EVERY
