"""Labels, buttons and frames in the program's roles, so that every page looks alike."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.ui.widgets.icons import icon
from eventsnap_desktop.ui.widgets.theme import colours_now

_ICON, _GAP = 16, 6  # logical pixels: an icon in a button, and the room to its text


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Return a label whose text is never taken for HTML.

    Roles are title, subtitle, heading, faint, small, figure, good, warning, danger and badge, as
    style_sheet.py has them.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def badge(text: str = "", tone: str = "") -> QLabel:
    """Return a small coloured word; tones are "", good, warning, danger and accent."""
    made = label(text, "badge")
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def button(text: str, icon_name: str = "", kind: str = "") -> QPushButton:
    """Return a button; kinds are "", primary, danger, quiet and segment."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_name:
        set_icon(made, icon_name)
    return made


def icon_button(icon_name: str, tip: str, kind: str = "quiet") -> QToolButton:
    """Return a button of one icon; the tip is also its name for screen readers."""
    made = QToolButton()
    made.setProperty("kind", kind)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    set_icon(made, icon_name)
    return made


def set_icon(made: QPushButton | QToolButton, icon_name: str) -> None:
    """Give a button an icon in the colour of its kind."""
    colours = colours_now()
    by_kind = {"primary": colours.on_accent, "danger": colours.danger}
    made.setProperty("icon_name", icon_name)
    gap = _GAP if isinstance(made, QPushButton) and made.text() else 0
    made.setIconSize(QSize(_ICON + gap, _ICON))
    colour = by_kind.get(str(made.property("kind")), colours.text)
    made.setIcon(icon(icon_name, colour, gap, colours.faint))


def card(*, spacing: int = 12, margin: int = 18) -> tuple[QFrame, QVBoxLayout]:
    """Return a card and the column in it."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(spacing)
    return frame, column


def row(*widgets: QWidget | None, spacing: int = 10) -> QHBoxLayout:
    """Return widgets side by side; None stands for room that stretches."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def restyle(widget: QWidget) -> None:
    """Have a widget look as its changed properties say."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a badge's, banner's or progress bar's tone."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def paint_icons_again(ground: QWidget) -> None:
    """Draw the icons of all buttons in a window again: the colours changed."""
    buttons: list[QPushButton | QToolButton] = [*ground.findChildren(QPushButton)]
    buttons += ground.findChildren(QToolButton)
    for made in buttons:
        icon_name = made.property("icon_name")
        if isinstance(icon_name, str) and icon_name:
            set_icon(made, icon_name)
