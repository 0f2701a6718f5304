"""A sign, a large word and a sentence in the middle of a screen, with room for more below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import icon_picture, text

_WIDEST = 1100  # designed pixels: longer lines are hard to read


class ClosingWords(QWidget):
    """What there is to say at the end of something."""

    def __init__(self, look: Look, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = icon_picture(look, icon_name, 120, look.colours.good)
        side = look.px(200)
        sign.setFixedSize(side, side)
        sign.setStyleSheet(f"background: {look.colours.good_soft}; border-radius: {side // 2}px;")
        self.title = text(role="title", centred=True)
        self.words = text(role="large", centred=True)
        self.below = QVBoxLayout()
        self.below.setSpacing(look.px(24))
        inside = QWidget()
        inside.setMaximumWidth(max(look.px(_WIDEST), look.text(640)))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(28))
        column.addStretch(1)
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(self.below)
        column.addStretch(1)
        row = QHBoxLayout(self)
        margin = look.px(48)
        row.setContentsMargins(margin, margin, margin, margin)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
