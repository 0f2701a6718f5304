"""The words and small pictures on a print: caption, logo, code."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from eventsnap_desktop.delivery.print_parts import LINE, font_sizes
from eventsnap_desktop.domain.faces import Box

log = logging.getLogger(__name__)

_QUIET = 2  # modules of white around a code; its place is on white, or has these
_LOGO_PIXELS = 40_000_000


def draw_caption(
    page: Image.Image, box: Box, lines: Sequence[str], ink: str, font: Path | None
) -> None:
    """Write the lines in the middle of a box, each as large as its line may be and fits."""

    def width(line: str, size: float) -> float:
        return float(_letters(font, round(size)).getlength(line))

    draw = ImageDraw.Draw(page)
    sizes = font_sizes(lines, box.width, box.height, width)
    top = box.y + (box.height - sum(sizes) * LINE) / 2
    for line, size in zip(lines, sizes, strict=True):
        letters = _letters(font, round(size))
        middle = (box.x + box.width / 2, top + size * LINE / 2)
        draw.text(middle, _cut(line, letters, box.width), ink, letters, anchor="mm")
        top += size * LINE


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
