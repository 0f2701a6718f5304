"""What an event puts on photos that leave: a short text in a corner, a border."""

import re
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

_TEXT_SIDE = 0.028  # of the shorter side: readable on a phone, and out of the way
_WIDEST_TEXT = 0.6  # of the photo's width
_SMALLEST_TEXT = 9  # pixels
_MARGIN = 0.7  # of the text's height
_FRAME_SIDE = 0.03  # of the shorter side
_LONGEST = 80  # characters
_LIGHT: Final = (255, 255, 255, 235)
_DARK: Final = (0, 0, 0, 150)
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def with_text(image: Image.Image, text: str, font_file: Path | None) -> Image.Image:
    """Return an RGB picture with a text in its lower right corner; the same where it is empty.

    White letters with a dark rim are read on light and dark. Without a font file, or where it
    cannot be read, they are those of Pillow.
    """
    line = " ".join(text.split())[:_LONGEST]
    if not line:
        return image
    size = max(_SMALLEST_TEXT, round(min(image.size) * _TEXT_SIDE))
    font, widest = _font(font_file, size), image.width * _WIDEST_TEXT
    if (wide := font.getlength(line)) > widest:
        size = max(_SMALLEST_TEXT, int(size * widest / wide))
        font = _font(font_file, size)
    while len(line) > 1 and font.getlength(line) > widest:
        line = line[:-2].rstrip() + "…"
    rim, margin = max(1, round(size * 0.06)), round(size * _MARGIN)
    over = Image.new("RGBA", image.size, (0, 0, 0, 0))
    place = (image.width - margin, image.height - margin)
    ImageDraw.Draw(over).text(
        place, line, _LIGHT, font, anchor="rd", stroke_width=rim, stroke_fill=_DARK
    )
    return Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")


def frame_width(size: tuple[int, int], colour: str) -> int:
    """Return how wide the border of a picture is, 0 where the colour is none."""
    if not _COLOUR.fullmatch(colour.strip()):
        return 0
    return max(1, round(min(size) * _FRAME_SIDE))


def with_frame(image: Image.Image, width: int, colour: str) -> Image.Image:
    """Return an RGB picture with a border around it, which covers nothing of it."""
    return ImageOps.expand(image, width, colour.strip()) if width else image


def _font(file: Path | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if file is not None:
        try:
            return ImageFont.truetype(str(file), size)
        except OSError:
            pass
    return ImageFont.load_default(size)
