"""How a kiosk looks: colours, sizes that fit the screen, and the style sheet made of both."""

import re
from dataclasses import dataclass, replace

from eventsnap_desktop.ui.widgets.contrast import (
    ENOUGH_FOR_TEXT,
    contrast,
    is_colour,
    readable_on,
)
from eventsnap_desktop.ui.widgets.palette import DARK, LIGHT, Colours

SMALLEST_TEXT = 24
"""Pixels; nobody has to come nearer to read it."""
SMALLEST_TARGET = 64
"""Pixels of what is meant to be touched."""

_DESIGNED_FOR = 1080.0  # pixels of the shorter side
_LARGER = 1.25
_SOFT = 0.14  # of the accent in its soft shade


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sizes of one screen. ``unit`` is how many pixels a pixel of the design has.

    ``accessible``: larger type, stronger contrast, and what is touched lies low.
    """

    colours: Colours
    unit: float = 1.0
    accessible: bool = False

    def px(self, designed: float) -> int:
        """Return the pixels of a distance, designed for a shorter side of 1080 pixels."""
        return max(1, round(designed * self.unit))

    def text(self, designed: float) -> int:
        """Return the pixels of a type size, never below what can be read."""
        larger = _LARGER if self.accessible else 1.0
        return max(round(SMALLEST_TEXT * larger), self.px(designed * larger))

    def target(self, designed: float) -> int:
        """Return the pixels of something to be touched, never below what a finger meets."""
        larger = _LARGER if self.accessible else 1.0
        return max(round(SMALLEST_TARGET * larger), self.px(designed * larger))

    @property
    def is_dark(self) -> bool:
        """Whether it is made for a dark venue."""
        return self.colours.ground == DARK.ground

    def for_size(self, width: int, height: int) -> "Look":
        """Return the look on a screen of so many pixels."""
        return replace(self, unit=max(0.5, min(width, height) / _DESIGNED_FOR))


def make_look(theme: str, accent: str, accessible: bool) -> Look:
    """Return the look of a theme ("light" or "dark") with an event's accent colour, "" for none."""
    colours = DARK if theme == "dark" else LIGHT
    if is_colour(accent):
        colours = replace(
            colours,
            accent=accent,
            accent_hover=accent,
            accent_soft=_mixed(accent, colours.surface),
            on_accent=readable_on(accent),
        )
    if accessible:
        colours = replace(colours, faint=colours.text, strong_border=colours.text)
    return Look(colours, 1.0, accessible)


def _mixed(colour: str, ground: str) -> str:
    """Return a soft shade of a colour on a ground, on which the ground's text can be read."""
    parts = [
        round(_SOFT * int(colour[at : at + 2], 16) + (1 - _SOFT) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def accent_text(colours: Colours) -> str:
    """Return a colour for accented text on the ground: the accent where it can be read there."""
    enough = contrast(colours.accent, colours.ground) >= ENOUGH_FOR_TEXT
    return colours.accent if enough else colours.text


# Kinds and roles are properties, as in ui/widgets/style_sheet.py: button.setProperty("kind", …).
_SHEET = """
* { font-family: "Inter"; font-size: @text(30)px; color: @text; }
QWidget[role="ground"], QWidget[role="screen"] { background: @ground; }
QLabel { background: transparent; }
QLabel[role="hero"] { font-size: @text(92)px; font-weight: 700; }
QLabel[role="title"] { font-size: @text(60)px; font-weight: 700; }
QLabel[role="heading"] { font-size: @text(40)px; font-weight: 600; }
QLabel[role="large"] { font-size: @text(36)px; }
QLabel[role="faint"] { color: @faint; }
QLabel[role="small"] { color: @faint; font-size: @text(26)px; }
QLabel[role="good"] { color: @good; font-weight: 600; }
QLabel[role="warning"] { color: @warning; font-weight: 600; }
QLabel[role="problem"] { color: @danger; font-size: @text(26)px; font-weight: 600; }
QLabel[role="danger"] { color: @danger; font-weight: 600; }
QLabel[size="small"] { font-size: @text(26)px; }

QFrame[kind="card"] { background: @surface; border: 1px solid @border;
    border-radius: @px(28)px; }
QFrame[kind="bar"] { background: @surface; border: none; }
QFrame[kind="note"] { background: @accent_soft; border: none; border-radius: @px(24)px; }
QFrame[kind="note"][tone="warning"] { background: @warning_soft; }
QFrame[kind="note"][tone="danger"] { background: @danger_soft; }
QFrame[kind="note"][tone="good"] { background: @good_soft; }

QPushButton { background: @surface; color: @text; border: 2px solid @strong_border;
    border-radius: @px(24)px; padding: 0 @px(36)px; font-size: @text(34)px; font-weight: 600;
    min-height: @target(88)px; outline: none; }
QPushButton:pressed, QPushButton:checked { background: @accent_soft; border-color: @accent; }
QPushButton:focus { border: 4px solid @focus; }
QPushButton:disabled { color: @faint; background: @ground; border-color: @border; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="primary"]:pressed { background: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 4px solid @focus; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @faint; border-color: @border; }
QPushButton[kind="hero"] { background: @accent; color: @on_accent; border: 4px solid @accent;
    font-size: @text(48)px; min-height: @target(130)px; border-radius: @px(36)px;
    padding: 0 @px(72)px; }
QPushButton[kind="hero"]:focus { border: 4px solid @focus; }
QPushButton[kind="choice"] { border: 4px solid @strong_border; font-size: @text(44)px;
    min-height: @target(130)px; border-radius: @px(36)px; padding: 0 @px(56)px; }
QPushButton[kind="choice"][filled="true"] { background: @accent; color: @on_accent;
    border-color: @accent; }
QPushButton[kind="choice"]:focus { border-color: @focus; background: @accent_soft; }
QPushButton[kind="choice"][filled="true"]:focus { background: @accent_hover; }
QPushButton[kind="soft"] { background: @accent_soft; border-color: @accent; }
QPushButton[kind="soft"]:pressed { background: @accent; color: @on_accent; }
QPushButton[kind="quiet"] { background: transparent; border: 4px solid transparent;
    color: @text; font-weight: 500; }
QPushButton[kind="quiet"]:focus { border: 4px solid @focus; }
QPushButton[kind="quiet"]:pressed { background: @accent_soft; }
QPushButton[kind="quiet"]:disabled { color: @faint; background: transparent;
    border-color: transparent; }
QPushButton[kind="quiet"]:checked { background: @accent_soft; color: @accent_text; }
QPushButton[kind="key"] { background: @surface; border: 2px solid @border; padding: 0;
    border-radius: @px(16)px; font-size: @text(36)px; font-weight: 500;
    min-width: 0; }
QPushButton[kind="key"][shrinks="true"] { min-height: 0; }
QPushButton[kind="key"][tone="accent"] { background: @accent_soft; border-color: @accent; }
QPushButton[kind="key"]:focus { border: 4px solid @focus; }
QPushButton[kind="key"]:pressed { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="key"]:disabled { color: @faint; background: @ground; border-color: @border; }
QPushButton[kind="chip"] { padding: 0 @px(24)px; border-radius: @px(32)px; font-weight: 500;
    min-height: @target(64)px; font-size: @text(28)px; }

QLineEdit { background: @surface; color: @text; border: 3px solid @strong_border;
    border-radius: @px(20)px; padding: 0 @px(28)px; min-height: @target(96)px;
    font-size: @text(42)px; selection-background-color: @accent;
    selection-color: @on_accent; }
QLineEdit:focus { border-color: @accent; }

QLineEdit[tone="danger"] { border-color: @danger; }
QPushButton[kind="chip"][tone="danger"] { background: @danger_soft; color: @danger;
    border-color: @danger; }
QPushButton[kind="chip"][tone="accent"] { background: @accent_soft; border-color: @accent;
    font-weight: 600; }
QPushButton[kind="chip"]:pressed { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="chip"]:focus { border: 4px solid @focus; }

QTextBrowser { background: @surface; color: @text; border: 1px solid @border;
    border-radius: @px(24)px; padding: @px(24)px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: @px(14)px; margin: 2px; }
QScrollBar::handle:vertical { background: @strong_border; border-radius: @px(5)px;
    min-height: @px(80)px; }
QScrollBar:horizontal { background: transparent; height: @px(14)px; margin: 2px; }
QScrollBar::handle:horizontal { background: @strong_border; border-radius: @px(5)px;
    min-width: @px(80)px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_SIZE = re.compile(r"@(px|text|target)\((\d+)\)")
_COLOUR = re.compile(r"@(\w+)")


def kiosk_sheet(look: Look) -> str:
    """Return the style sheet of a kiosk's window."""

    def size(found: re.Match[str]) -> str:
        kinds = {"px": look.px, "text": look.text, "target": look.target}
        return str(kinds[found[1]](int(found[2])))

    def colour(found: re.Match[str]) -> str:
        if found[1] == "focus":
            return look.colours.text
        if found[1] == "accent_text":
            return accent_text(look.colours)
        return str(getattr(look.colours, found[1]))

    return _COLOUR.sub(colour, _SIZE.sub(size, _SHEET))
