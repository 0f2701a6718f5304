"""A screen of few words: a sign, a title, a text, and what can be done, in the middle."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look, accent_text
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.touch_scroll import TouchScroll
from eventsnap_desktop.ui.widgets.icons import pixmap

_WIDEST = 1240  # designed pixels: longer lines are hard to read


def sign(look: Look, icon_name: str, side: int = 200) -> QLabel:
    """Return an icon on a round ground, of so many designed pixels."""
    made = QLabel()
    whole = look.px(side)
    colours = look.colours
    made.setPixmap(pixmap(icon_name, accent_text(colours), look.px(side * 0.5)))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedSize(whole, whole)
    made.setStyleSheet(f"background: {colours.accent_soft}; border-radius: {whole // 2}px;")
    return made


class MessageScreen(Screen):
    """Fill ``title``, ``words`` and ``extra``; add buttons, the most wanted one last."""

    def __init__(self, look: Look, picture: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.title = text("", "title", centred=True)
        self.words = text("", "large", centred=True)
        self.extra = QVBoxLayout()
        self.extra.setSpacing(look.px(20))
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(look.px(28))
        self._picture = picture
        scroll = TouchScroll(look)
        scroll.fill(self._middle())
        whole = QVBoxLayout(self)
        side = look.px(64)
        whole.setContentsMargins(side, look.px(32), side, look.px(40))
        whole.setSpacing(look.px(28))
        whole.addWidget(scroll, 1)
        whole.addLayout(self._buttons)

    def add_button(self, words: str, icon_name: str = "", kind: str = "") -> QPushButton:
        """Add a button under the words."""
        made = big_button(self.look, words, icon_name, kind)
        if self._buttons.isEmpty():
            self._buttons.addStretch(1)
            self._buttons.addStretch(1)
        self._buttons.insertWidget(self._buttons.count() - 1, made)
        return made

    def lay_out(self, portrait: bool) -> None:
        """Put the buttons beside each other, or the most wanted one above the others."""
        directions = QBoxLayout.Direction
        self._buttons.setDirection(directions.BottomToTop if portrait else directions.LeftToRight)
        words_need_the_room = self.look.accessible and not self._buttons.isEmpty()
        self._picture.setVisible(not words_need_the_room)

    def _middle(self) -> QHBoxLayout:
        middle = QWidget()
        middle.setMaximumWidth(self.look.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(32))
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(self.extra)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        return row
