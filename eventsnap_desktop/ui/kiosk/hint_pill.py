"""One short line with an icon on a pill of strong contrast, in type that all hints fit into."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eventsnap_desktop.domain.coaching import Hint
from eventsnap_desktop.ui.kiosk.hint_words import HINT_ICONS, HintWords
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import text
from eventsnap_desktop.ui.widgets.contrast import readable_on
from eventsnap_desktop.ui.widgets.icons import pixmap

_LARGEST, _SMALLEST = 48, 30  # designed pixels of type


class HintPill(QFrame):
    """What the coach says now. Its height never changes with the words."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = HintWords(self)
        self._hint: Hint | None = None
        self._size = look.text(_LARGEST)
        self.icon = QLabel()
        self.label = text(centred=True)
        line = QHBoxLayout(self)
        side, gap = look.px(36), look.px(16)
        line.setContentsMargins(side, gap, side + gap, gap)
        line.setSpacing(look.px(20))
        line.addWidget(self.icon)
        line.addWidget(self.label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_hint(self, hint: Hint) -> None:
        """Say another hint, also to a screen reader."""
        if hint is self._hint:
            return
        self._hint = hint
        words = self._words.words(hint)
        self.label.setText(words)
        self.label.setAccessibleName(words)
        self._paint_over()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.label, words))

    def fit(self, width: int) -> None:
        """Choose the type for a place so wide; where even small type is too wide, lines break."""
        sizes = range(self._look.text(_LARGEST), self._look.text(_SMALLEST) - 1, -1)
        self._size = next((size for size in sizes if self._widest(size) <= width), sizes[-1])
        breaks = self._widest(self._size) > width
        self.label.setWordWrap(breaks)
        self.setFixedWidth(width) if breaks else self.setMaximumWidth(width)
        lines = 2 if breaks else 1
        line = QFontMetrics(self._font(self._size)).lineSpacing()
        self.setFixedHeight(line * lines + 2 * self._look.px(20))
        self.icon.setFixedSize(self._icon_side(self._size), self._icon_side(self._size))
        self._paint_over()

    def _widest(self, size: int) -> int:
        """Return how wide the longest hint is with everything around it."""
        metrics = QFontMetrics(self._font(size))
        hints = self._words.all_words().items()
        spoken = (words for hint, words in hints if hint is not Hint.CAMERA_LOST)
        words = max(metrics.horizontalAdvance(words) for words in spoken)
        return words + self._icon_side(size) + self._look.px(36 + 36 + 16 + 20) + 8

    def _font(self, size: int) -> QFont:
        font = QFont("Inter")
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _icon_side(self, size: int) -> int:
        return round(size * 1.2)

    def _paint_over(self) -> None:
        if self._hint is None:
            return
        colours = self._look.colours
        ground = colours.good if self._hint is Hint.GOOD else colours.text
        ink = readable_on(ground)
        self.setStyleSheet(
            f"HintPill {{ background: {ground}; border-radius: {self.height() // 2}px; }}"
            f"QLabel {{ color: {ink}; font-size: {self._size}px; font-weight: 600; }}"
        )
        side, ratio = self._icon_side(self._size), self.devicePixelRatioF()
        self.icon.setPixmap(pixmap(HINT_ICONS[self._hint], ink, side, ratio))
