"""Labels, buttons and frames of the kiosk in its sizes; look.py has their style."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.widgets.icons import icon, pixmap


def text(words: str = "", role: str = "", *, wrap: bool = True, centred: bool = False) -> QLabel:
    """Return a text that is never taken for HTML.

    Roles: hero, title, heading, large, "" (normal), faint, small, good, warning, danger.
    """
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def big_button(look: Look, words: str, icon_name: str = "", kind: str = "") -> QPushButton:
    """Return a button; kinds are hero, primary, "" and quiet, chip and key."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if icon_name:
        set_button_icon(look, made, icon_name)
    return made


def icon_button(
    look: Look, icon_name: str, name: str, kind: str = "quiet", *, target: int = 88
) -> QPushButton:
    """Return a button of one icon; ``name`` is what a screen reader says."""
    made = big_button(look, "", icon_name, kind)
    made.setAccessibleName(name)
    side = look.target(target)
    made.setFixedSize(side, side)
    inside = side - 2 * (4 if kind == "quiet" else 2)  # a sheet counts without the border
    made.setStyleSheet(f"padding: 0; min-width: {inside}px; min-height: {inside}px;")
    return made


def set_button_icon(look: Look, made: QPushButton, icon_name: str, *, filled: bool = False) -> None:
    """Give a button an icon in the colour of its kind; ``filled``: it lies on the accent."""
    filled = filled or made.property("kind") in {"primary", "hero"}
    colour = look.colours.on_accent if filled else look.colours.text
    side, gap = look.text(40), look.px(10) if made.text() else 0
    if made.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        gap = -gap
    made.setIcon(icon(icon_name, colour, gap, look.colours.faint))
    made.setIconSize(QSize(side + abs(gap), side))


def icon_picture(look: Look, icon_name: str, side: int, colour: str = "") -> QLabel:
    """Return an icon of so many designed pixels, in the text's colour or another."""
    made = QLabel()
    made.setPixmap(pixmap(icon_name, colour or look.colours.text, look.px(side)))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def card(look: Look, *, spacing: int = 24, margin: int = 40) -> tuple[QFrame, QVBoxLayout]:
    """Return a card and the column in it; distances in designed pixels."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column = QVBoxLayout(frame)
    side = look.px(margin)
    column.setContentsMargins(side, side, side, side)
    column.setSpacing(look.px(spacing))
    return frame, column


def note(look: Look, words: str, tone: str = "") -> QFrame:
    """Return a soft coloured box with a text; tones: "", good, warning, danger."""
    frame = QFrame()
    frame.setProperty("kind", "note")
    frame.setProperty("tone", tone)
    column = QVBoxLayout(frame)
    side = look.px(24)
    column.setContentsMargins(side, side, side, side)
    column.addWidget(text(words))
    return frame


def restyled(widget: QWidget) -> None:
    """Have a widget look as its changed properties say."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def taken_out(layout: QLayout) -> list[QWidget]:
    """Take all widgets out of a layout that holds nothing else, and return them.

    What takeAt() gives belongs to nobody in PySide and stays for good: 88 bytes a widget.
    """
    widgets = []
    while (item := layout.itemAt(0)) is not None and (widget := item.widget()) is not None:
        layout.removeWidget(widget)
        widgets.append(widget)
    return widgets
