"""A number that moves softly to where it is sent."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal


class Eased(QObject):
    """Holds a number; ``moved`` tells of every change on its way, ``arrived`` of the end."""

    moved = Signal(float)
    arrived = Signal()

    def __init__(self, value: float = 0.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._on_value)
        self._motion.finished.connect(self.arrived)

    @property
    def is_moving(self) -> bool:
        """Whether it is on its way."""
        return self._motion.state() == QVariantAnimation.State.Running

    def jump(self, value: float) -> None:
        """Be there at once."""
        self._motion.stop()
        self._on_value(value)

    def send(self, target: float, milliseconds: int) -> None:
        """Go there in so many milliseconds."""
        self._motion.stop()
        self._motion.setStartValue(float(self.value))
        self._motion.setEndValue(float(target))
        self._motion.setDuration(milliseconds)
        self._motion.start()

    def _on_value(self, value: float) -> None:
        self.value = float(value)
        self.moved.emit(self.value)
