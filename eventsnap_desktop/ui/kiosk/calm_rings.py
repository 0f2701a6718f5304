"""Rings that spread slowly: something is going on."""

from PySide6.QtCore import QElapsedTimer, QPointF, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.ui.kiosk.look import Look, accent_text
from eventsnap_desktop.ui.widgets.icons import pixmap

_FRAME = 33  # milliseconds
_BREATH = 2600.0  # milliseconds from the middle to the edge
_RINGS = 3


class CalmRings(QWidget):
    """Paints only while it is seen."""

    def __init__(self, look: Look, icon_name: str, side: int = 360) -> None:
        super().__init__()
        self._look = look
        whole = look.px(side)
        self.setFixedSize(whole, whole)
        self._icon: QPixmap = pixmap(icon_name, accent_text(look.colours), whole // 4)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self._on_frame)

    @property
    def is_moving(self) -> bool:
        """Whether it spends time on moving."""
        return self._frames.isActive()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Move."""
        self._frames.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        self._frames.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rings of this moment."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        smallest, largest = self.width() * 0.22, self.width() * 0.48
        colour = QColor(self._look.colours.accent)
        for ring in range(_RINGS):
            part = (self._clock.elapsed() / _BREATH + ring / _RINGS) % 1.0
            colour.setAlphaF(0.75 * (1.0 - part))
            radius = smallest + (largest - smallest) * part
            painter.setPen(QPen(colour, self._look.px(5)))
            painter.drawEllipse(middle, radius, radius)
        painter.setPen(QPen(QColor(0, 0, 0, 0)))
        painter.setBrush(QColor(self._look.colours.accent_soft))
        painter.drawEllipse(middle, smallest, smallest)
        half = self._icon.width() / 2
        painter.drawPixmap(QPointF(middle.x() - half, middle.y() - half), self._icon)
        painter.end()

    def _on_frame(self) -> None:
        self.update()
