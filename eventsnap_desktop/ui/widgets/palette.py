"""The colours of the program, light and dark; every text on its ground has a contrast of 4.5:1."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme, as ``#rrggbb``.

    ``ground`` is behind everything, ``surface`` is a card, ``raised`` a field or button on it;
    ``text``, ``faint`` and ``accent`` can be read on all three, ``on_accent`` on ``accent``.
    """

    ground: str
    surface: str
    raised: str
    border: str
    strong_border: str
    text: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    on_danger: str
    rail: str


LIGHT = Colours(
    ground="#f4f5f7",
    surface="#ffffff",
    raised="#f7f8fa",
    border="#e0e3e8",
    strong_border="#c3c8d1",
    text="#191c22",
    faint="#59606c",
    accent="#3b57d6",
    accent_hover="#2f48bb",
    on_accent="#ffffff",
    accent_soft="#e8ecfd",
    good="#1f7a43",
    good_soft="#e2f4e8",
    warning="#8f5300",
    warning_soft="#fdf0d9",
    danger="#b82525",
    danger_soft="#fce6e6",
    on_danger="#ffffff",
    rail="#ffffff",
)

DARK = Colours(
    ground="#131519",
    surface="#1b1e24",
    raised="#242830",
    border="#2d323b",
    strong_border="#454c58",
    text="#eceef2",
    faint="#a3aab6",
    accent="#92a7ff",
    accent_hover="#aebdff",
    on_accent="#10131c",
    accent_soft="#27304f",
    good="#6fd394",
    good_soft="#1b3526",
    warning="#f0b45a",
    warning_soft="#3a2d16",
    danger="#ff8f8f",
    danger_soft="#432224",
    on_danger="#1c0d0d",
    rail="#171a1f",
)


def to_qpalette(colours: Colours) -> QPalette:
    """Return the colours as Qt's own widgets use them."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Mid: colours.border,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette
