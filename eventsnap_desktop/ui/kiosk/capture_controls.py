"""What is touched on the camera screen: the shutter, and who is searched for."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, set_button_icon
from eventsnap_desktop.ui.widgets.icons import pixmap

_DISC = 148  # designed pixels
_WORDS = 32


class ShutterButton(QPushButton):
    """A large round button with words under it.

    Where it cannot be pressed it keeps the focus, so that no key meant for it meets another
    button: it only looks pale, and ``pressed_ready`` stays silent.
    """

    pressed_ready = Signal()
    """It was pressed while a picture can be taken."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.ready = True
        self.setText(self.tr("Take the picture"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def set_ready(self, ready: bool) -> None:
        """Say whether a picture can be taken now."""
        if ready is not self.ready:
            self.ready = ready
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the disc and the words."""
        metrics = QFontMetrics(self._font())
        disc = self._look.target(_DISC)
        words = metrics.horizontalAdvance(self.text()) + 2 * self._look.px(12)
        return QSize(max(disc, words), disc + self._look.px(12) + metrics.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: it never shrinks."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a ring, a disc with a camera in it, and the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, disc = self._look.colours, self._look.target(_DISC)
        line = self._look.px(8)
        place = QRectF((self.width() - disc) / 2, 0, disc, disc)
        outer = place.adjusted(line / 2, line / 2, -line / 2, -line / 2)
        edge = colours.text if self.hasFocus() else colours.strong_border
        painter.setPen(QPen(QColor(edge), line if self.hasFocus() else line / 2))
        painter.drawEllipse(outer)
        inner = outer.adjusted(1.6 * line, 1.6 * line, -1.6 * line, -1.6 * line)
        ground = colours.accent_hover if self.isDown() else colours.accent
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground if self.ready else colours.border))
        painter.drawEllipse(inner)
        side = round(inner.width() * 0.46)
        ink = colours.on_accent if self.ready else colours.faint
        corner = inner.center() - QPointF(side / 2, side / 2)
        painter.drawPixmap(corner, pixmap("camera", ink, side, self.devicePixelRatioF()))
        painter.setFont(self._font())
        painter.setPen(QColor(colours.text if self.ready else colours.faint))
        below = QRectF(0, disc, self.width(), self.height() - disc)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self.text()
        )

    def _font(self) -> QFont:
        font = QFont("Inter")
        font.setPixelSize(self._look.text(_WORDS))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _on_clicked(self) -> None:
        if self.ready:
            self.pressed_ready.emit()


class TogetherChoice(QFrame):
    """One person, or everybody in the picture; it stands out where there is more than one."""

    chosen = Signal(bool)
    """Whether everybody in the picture is searched for, as the guest just chose."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alone = big_button(look, self.tr("Just me"), "user", "chip")
        self.all = big_button(look, self.tr("All of us"), "group", "chip")
        self.stands_out = False
        self._together = False
        self._look = look
        self.setStyleSheet(self._sheet())
        line = QHBoxLayout(self)
        edge = look.px(12)
        line.setContentsMargins(edge, edge, edge, edge)
        line.setSpacing(edge)
        for made in (self.alone, self.all):
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.toggled.connect(self._paint_icons)
            line.addWidget(made, 1)
        self.alone.setChecked(True)
        self.alone.clicked.connect(self._on_alone)
        self.all.clicked.connect(self._on_all)

    def show_choice(self, together: bool, people: int) -> None:
        """Show what is chosen, and how many people are seen."""
        self._together = together
        (self.all if together else self.alone).setChecked(True)
        stands_out = people > 1 and not together
        if stands_out is not self.stands_out:
            self.stands_out = stands_out
            self.setProperty("out", stands_out)
            restyled(self)

    def _sheet(self) -> str:
        """Return a style in which what is chosen is filled."""
        colours, px = self._look.colours, self._look.px
        return (
            f"TogetherChoice {{ background: {colours.raised}; border: {px(5)}px solid"
            f" {colours.border}; border-radius: {px(44)}px; }}"
            f'TogetherChoice[out="true"] {{ background: {colours.accent_soft};'
            f" border-color: {colours.accent}; }}"
            f"QPushButton {{ padding: 0 {px(12)}px; }}"
            f"QPushButton:checked {{ background: {colours.accent}; color: {colours.on_accent};"
            f" border-color: {colours.accent}; }}"
            f"QPushButton:checked:focus {{ border: 4px solid {colours.text}; }}"
        )

    def _paint_icons(self) -> None:
        """Paint the icons in the colours of what is chosen and what is not."""
        for made, name in ((self.alone, "user"), (self.all, "group")):
            set_button_icon(self._look, made, name, filled=made.isChecked())

    def _on_alone(self) -> None:
        self._choose(False)

    def _on_all(self) -> None:
        self._choose(True)

    def _choose(self, together: bool) -> None:
        if together is not self._together:
            self._together = together
            self.chosen.emit(together)
