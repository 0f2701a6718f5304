"""A miniature of the guest's first two screens, in the event's words and colours."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.ui.widgets.contrast import is_colour, readable_on
from eventsnap_desktop.ui.widgets.palette import LIGHT
from eventsnap_desktop.ui.widgets.theme import colours_now

GROUND = LIGHT.ground
"""What lies behind everything on a guest's screen; an accent colour has to stand out from it."""

_LANDSCAPE, _PORTRAIT = (1920.0, 1080.0), (1080.0, 1920.0)


class PreviewScreen(StrEnum):
    """Which screen the miniature shows."""

    ATTRACT = "attract"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the miniature shows; ``accent`` "" is the program's own colour.

    ``words`` are the screen's fixed words in the guest's language, see PreviewWords.
    """

    screen: PreviewScreen
    portrait: bool
    greeting: str
    accent: str
    logo: QImage | None
    consent: str
    languages: tuple[str, ...]
    words: "PreviewWords"


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """The fixed words of a guest's screens in one language."""

    greeting: str
    invitation: str
    start: str
    consent_title: str
    agree: str
    decline: str


PREVIEW_WORDS = {
    "en": PreviewWords(
        "Find your photos",
        "Look into the camera and see every photo you are in.",
        "Find my photos",
        "Before we start",
        "Yes, find my photos",
        "No, thank you",
    ),
    "de": PreviewWords(
        "Finde deine Fotos",
        "Schau in die Kamera und sieh alle Fotos, auf denen du bist.",
        "Meine Fotos finden",
        "Bevor es losgeht",
        "Ja, meine Fotos finden",
        "Nein, danke",
    ),
}
"""In the languages of guests, so not translated into the organizer's."""


class KioskPreview(QWidget):
    """Paints a guest's screen as large as its room allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: PreviewState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)
        self.setAccessibleName(self.tr("Preview of the kiosk"))

    @property
    def state(self) -> PreviewState | None:
        """What it shows."""
        return self._state

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which everything can be read."""
        return QSize(380, 380)

    def show_state(self, state: PreviewState) -> None:
        """Show a screen."""
        self._state = state
        said = state.consent if state.screen is PreviewScreen.CONSENT else state.greeting
        self.setAccessibleDescription(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the screen in its frame."""
        del event
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = _PORTRAIT if self._state.portrait else _LANDSCAPE
        frame = 10.0
        scale = min((self.width() - 2 * frame) / size[0], (self.height() - 2 * frame) / size[1])
        width, height = size[0] * scale, size[1] * scale
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        outside = QRectF(left - frame, top - frame, width + 2 * frame, height + 2 * frame)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours_now().strong_border))
        painter.drawRoundedRect(outside, 12, 12)
        painter.translate(left, top)
        painter.scale(scale, scale)
        _Screen(painter, self._state, size).paint()
        painter.end()


class _Screen:
    """Paints one screen in its own pixels."""

    def __init__(self, painter: QPainter, state: PreviewState, size: tuple[float, float]) -> None:
        self._painter, self._state = painter, state
        self._width, self._height = size
        self._margin = 110.0
        self._accent = state.accent if is_colour(state.accent) else LIGHT.accent

    def paint(self) -> None:
        """Paint ground, logo, languages and the screen's own content."""
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(0, 0, self._width, self._height), 24, 24)
        self._painter.setClipPath(clip)
        self._painter.fillRect(QRectF(0, 0, self._width, self._height), QColor(GROUND))
        self._painter.fillRect(QRectF(0, 0, self._width, 18), QColor(self._accent))
        self._paint_logo()
        if self._state.screen is PreviewScreen.ATTRACT:
            self._paint_attract()
        else:
            self._paint_consent()
        self._paint_languages()

    def _paint_logo(self) -> None:
        logo = self._state.logo
        if logo is None or logo.isNull():
            return
        room = QRectF(self._margin, 80, self._width - 2 * self._margin, 170)
        scale = min(room.width() / logo.width(), room.height() / logo.height())
        width, height = logo.width() * scale, logo.height() * scale
        left = room.center().x() - width / 2
        self._painter.drawImage(QRectF(left, room.top(), width, height), logo)

    def _paint_attract(self) -> None:
        words = self._state.words
        middle = self._height * 0.36
        greeting = self._state.greeting.strip() or words.greeting
        bottom = self._text(greeting, middle - 120, 104, LIGHT.text, bold=True, most=3)
        bottom = self._text(words.invitation, bottom + 34, 48, LIGHT.faint, most=3)
        self._button(words.start, bottom + 90, 560, filled=True)

    def _paint_consent(self) -> None:
        words = self._state.words
        top = 290.0 if self._state.logo is not None else 150.0
        bottom = self._text(words.consent_title, top, 76, LIGHT.text, bold=True, most=2)
        room = self._height - bottom - (480 if self._state.portrait else 330)
        self._text(self._state.consent, bottom + 40, 42, LIGHT.text, height=room)
        if self._state.portrait:
            self._button(words.agree, self._height - 420, self._width - 2 * self._margin, True)
            self._button(words.decline, self._height - 260, self._width - 2 * self._margin, False)
        else:
            middle = self._width / 2
            self._button(words.decline, self._height - 250, 600, False, middle - 330)
            self._button(words.agree, self._height - 250, 600, True, middle + 330)

    def _paint_languages(self) -> None:
        text = "   ".join(one.upper() for one in self._state.languages)
        if len(self._state.languages) > 1:
            self._text(text, self._height - 84, 34, LIGHT.faint, most=1)

    def _button(
        self, text: str, top: float, width: float, filled: bool, middle: float | None = None
    ) -> None:
        centre = self._width / 2 if middle is None else middle
        shape = QRectF(centre - width / 2, top, width, 130)
        painter = self._painter
        painter.setBrush(QColor(self._accent if filled else LIGHT.surface))
        painter.setPen(QColor(self._accent if filled else LIGHT.strong_border))
        painter.drawRoundedRect(shape, 28, 28)
        painter.setPen(QColor(readable_on(self._accent) if filled else LIGHT.text))
        painter.setFont(_font(50, bold=True))
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)

    def _text(
        self,
        text: str,
        top: float,
        size: int,
        colour: str,
        *,
        bold: bool = False,
        most: int = 0,
        height: float = 0,
    ) -> float:
        """Paint a centred text, smaller until it fits ``most`` lines or ``height``."""
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        width = min(self._width - 2 * self._margin, 1400.0)
        room = QRectF(QPointF((self._width - width) / 2, top), QPointF(0, 0))
        room.setWidth(width)
        room.setHeight(10_000)
        while True:
            font = _font(size, bold)
            metrics = QFontMetricsF(font)
            needed = metrics.boundingRect(room, flags, text)
            allowed = height or metrics.lineSpacing() * most + 1
            if (needed.height() <= allowed and needed.width() <= width + 1) or size <= 24:
                break
            size -= 4
        room.setHeight(min(needed.height(), allowed) + 2)
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(room, flags, text)
        return room.bottom()


def _font(size: int, bold: bool = False) -> QFont:
    font = QFont("Inter")
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
