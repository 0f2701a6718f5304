"""A dot that breathes: this screen is alive, new photos come by themselves."""

from math import pi, sin
from time import monotonic

from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.ui.kiosk.look import Look

_BREATH = 2.6  # seconds
_FRAME = 66  # milliseconds; slow enough to cost nothing


class LiveSign(QWidget):
    """Green and breathing while it is live, grey and still otherwise."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._live = look, True
        self.setFixedSize(look.px(36), look.px(36))
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._on_tick)

    def show_live(self, live: bool) -> None:
        """Breathe, or be still."""
        self._live = live
        self._run()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Go on breathing."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nobody sees it."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dot and the ring around it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        middle, dot = QPointF(self.width() / 2, self.height() / 2), self.width() * 0.22
        colours = self._look.colours
        if self._live:
            breath = 0.5 + 0.5 * sin(2 * pi * monotonic() / _BREATH)
            ring = QColor(colours.good)
            ring.setAlpha(round(90 - 70 * breath))
            painter.setBrush(ring)
            painter.drawEllipse(middle, dot * (1.1 + breath), dot * (1.1 + breath))
        painter.setBrush(QColor(colours.good if self._live else colours.faint))
        painter.drawEllipse(middle, dot, dot)
        painter.end()

    def _on_tick(self) -> None:
        self.update()

    def _run(self) -> None:
        if self._live and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
        self.update()
