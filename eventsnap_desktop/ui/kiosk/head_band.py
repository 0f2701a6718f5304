"""What lies above every screen: a stripe of the event's colour, and room out of reach."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.look import Look

STRIPE = 10  # designed pixels


class HeadBand(QWidget):
    """A stripe; in the accessible mode it is high and shows the event's logo and name."""

    def __init__(self, look: Look, branding: Branding, height: int) -> None:
        super().__init__()
        self._look, self._branding = look, branding
        self._high = height > look.px(STRIPE)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._logo = QPixmap()
        if self._high and branding.logo is not None and not branding.logo.isNull():
            room = QSize(look.px(800), round(height * 0.5))
            smooth = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self._logo = QPixmap.fromImage(branding.logo.scaled(room, keep, smooth))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the stripe, and the event where there is room."""
        del event
        colours = self._look.colours
        painter = QPainter(self)
        if self._high:
            painter.fillRect(self.rect(), QColor(colours.accent_soft))
        painter.fillRect(0, 0, self.width(), self._look.px(STRIPE), QColor(colours.accent))
        if self._high and not self._logo.isNull():
            left = (self.width() - self._logo.width()) // 2
            painter.drawPixmap(left, (self.height() - self._logo.height()) // 2, self._logo)
        elif self._high:
            font = self.font()
            font.setPixelSize(self._look.text(44))
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(self.rect()), middle, self._branding.event_name)
        painter.end()
