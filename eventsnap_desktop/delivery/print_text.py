"""The words and small pictures on a print: caption, logo, code."""

import logging
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import Branding

log = logging.getLogger(__name__)

_LINES, _LONGEST = 2, 120  # characters a line
_FIRST, _SECOND = 0.42, 0.3  # of the box's height: the larger first line, the smaller second one
_ONLY = 0.5
_LINE = 1.25  # from one line to the next, of its letters' size
_SMALLEST = 26  # pixels at 300 dpi: 6 points
_QUIET = 2  # modules of white around a code; its place is on white, or has these
_LOGO_PIXELS = 40_000_000


def caption_lines(caption: str, branding: Branding, taken: date) -> tuple[str, ...]:
    """Return a caption's lines; {event}, {organizer} and {date} in it are filled in."""
    words = {
        "{event}": branding.event_name,
        "{organizer}": branding.organizer,
        "{date}": taken.isoformat(),
    }
    for name, word in words.items():
        caption = caption.replace(name, word)
    lines = [" ".join(line.split())[:_LONGEST] for line in caption.splitlines()]
    return tuple([line for line in lines if line][:_LINES])


def font_sizes(height: float, lines: int) -> tuple[float, ...]:
    """Return the letters' heights in a box of this height, in its unit, line by line."""
    return (height * _ONLY,) if lines == 1 else (height * _FIRST, height * _SECOND)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read better on a colour like #c2410c."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2  # WCAG 2, nearly
    return "#ffffff" if luminance < 0.18 else "#1a1a1a"


def draw_caption(
    page: Image.Image, box: Box, lines: Sequence[str], ink: str, font: Path | None
) -> None:
    """Write the lines in the middle of a box, each as large as its line may be and fits."""
    draw = ImageDraw.Draw(page)
    letters: list[ImageFont.FreeTypeFont] = []
    largest = box.height
    for line, size in zip(lines, font_sizes(box.height, len(lines)), strict=True):
        letters.append(_fitting(line, min(size, largest), box.width, font))
        largest = letters[-1].size * _SECOND / _FIRST
    top = box.y + (box.height - sum(one.size * _LINE for one in letters)) / 2
    for line, one in zip(lines, letters, strict=True):
        middle = (box.x + box.width / 2, top + one.size * _LINE / 2)
        draw.text(middle, _cut(line, one, box.width), ink, one, anchor="mm")
        top += one.size * _LINE


def draw_code(page: Image.Image, box: Box, link: str) -> None:
    """Draw a link's QR code on white, in whole pixels a module."""
    code = segno.make_qr(link, error="m")
    modules = code.symbol_size(scale=1, border=_QUIET)[0]
    scale = max(1, int(box.width // modules))
    rows = [bytes(row) for row in code.matrix_iter(scale=scale, border=_QUIET)]
    picture = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).point(_black_where_set)
    at = (
        round(box.x + (box.width - picture.width) / 2),
        round(box.y + (box.height - picture.height) / 2),
    )
    page.paste(picture.convert("RGB"), at)


def draw_logo(page: Image.Image, box: Box, file: Path) -> None:
    """Draw a logo as large as it fits; what is transparent stays so. Nothing when unreadable."""
    logo = _logo(file)
    if logo is None:
        return
    scale = min(box.width / logo.width, box.height / logo.height)
    size = (max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    small = logo.resize(size, Image.Resampling.LANCZOS)
    at = (
        round(box.x + (box.width - small.width) / 2),
        round(box.y + (box.height - small.height) / 2),
    )
    page.paste(small, at, small)


def _black_where_set(module: int) -> int:
    return 0 if module else 255


def _logo(file: Path) -> Image.Image | None:
    try:
        with Image.open(file) as opened:
            if opened.width * opened.height > _LOGO_PIXELS:
                return None
            return opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError):
        log.warning("the event's logo cannot be read")
        return None


def _fitting(line: str, size: float, width: float, font: Path | None) -> ImageFont.FreeTypeFont:
    """Return the letters of this size, or smaller ones with which a line is narrow enough."""
    letters = _letters(font, round(size))
    while letters.size > _SMALLEST and letters.getlength(line) > width:
        smaller = min(letters.size - 1, letters.size * width / letters.getlength(line))
        letters = _letters(font, max(_SMALLEST, int(smaller)))
    return letters


def _cut(line: str, letters: ImageFont.FreeTypeFont, width: float) -> str:
    if letters.getlength(line) <= width:
        return line
    while line and letters.getlength(line + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"


@lru_cache(maxsize=16)
def _letters(font: Path | None, size: int) -> ImageFont.FreeTypeFont:
    if font is not None:
        try:
            return ImageFont.truetype(str(font), size)
        except OSError:
            log.warning("the font of prints cannot be read")
    built_in = ImageFont.load_default(size)
    assert isinstance(built_in, ImageFont.FreeTypeFont)
    return built_in
