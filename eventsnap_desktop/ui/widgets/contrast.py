"""Contrast of colours, as WCAG 2.2 counts it (https://www.w3.org/TR/WCAG22/#contrast-ratio)."""

import re

ENOUGH_FOR_TEXT = 4.5
ENOUGH_FOR_SHAPES = 3.0

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour like ``#c2410c``."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def readable_on(ground: str, light: str = "#ffffff", dark: str = "#10131c") -> str:
    """Return which of two colours of text can be read on a ground; the light one where it can."""
    return light if contrast(light, ground) >= ENOUGH_FOR_TEXT else dark


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
