"""Draws boxes, thumbnails and contact sheets of photos for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from eventsnap_desktop.domain.faces import Box

_PAPER, _INK, _FAINT = "#14161a", "#f4f1ea", "#9aa0a8"
_TILE, _GAP, _EDGE, _CAPTION, _HEAD = 300, 18, 40, 52, 120


@dataclass(frozen=True, slots=True)
class Outline:
    """A box to draw, in pixels of the upright photo, with its colour and a label ("" for none)."""

    box: Box
    colour: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One photo of a contact sheet: boxes on it, two lines under it, and a coloured frame."""

    file: Path
    outlines: tuple[Outline, ...]
    title: str
    note: str
    frame: str | None = None


def draw_thumbnail(file: Path, outlines: Sequence[Outline], longer: int) -> Image.Image:
    """Return a photo upright, its longer side ``longer`` pixels, with boxes drawn on it."""
    with Image.open(file) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    scale = longer / max(upright.size)
    size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
    small = upright.resize(size, Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(small)
    for outline in outlines:
        _draw_outline(draw, outline, scale, size)
    return small


def draw_contact_sheet(
    title: str, subtitle: str, tiles: Sequence[Tile], columns: int = 6
) -> Image.Image:
    """Return all tiles on one sheet, row by row, under a title."""
    columns = max(1, min(columns, len(tiles)))
    rows = max(1, -(-len(tiles) // columns))
    width = max(2 * _EDGE + columns * (_TILE + _GAP) - _GAP, 900)
    height = _HEAD + _EDGE + rows * (_TILE + _CAPTION + _GAP)
    sheet = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((_EDGE, 34), title, _INK, _font(34))
    draw.text(
        (_EDGE, 80), _shortened(draw, subtitle, _font(18), width - 2 * _EDGE), _FAINT, _font(18)
    )
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        corner = (_EDGE + column * (_TILE + _GAP), _HEAD + row * (_TILE + _CAPTION + _GAP))
        _draw_tile(sheet, draw, tile, corner)
    return sheet


def as_jpeg(picture: Image.Image, quality: int = 82) -> bytes:
    """Return a picture as the bytes of a JPEG file."""
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def _draw_tile(
    sheet: Image.Image, draw: ImageDraw.ImageDraw, tile: Tile, corner: tuple[int, int]
) -> None:
    left, top = corner
    small = draw_thumbnail(tile.file, tile.outlines, _TILE)
    place = (left + (_TILE - small.width) // 2, top + (_TILE - small.height) // 2)
    sheet.paste(small, place)
    if tile.frame:
        edges = (
            place[0] - 4,
            place[1] - 4,
            place[0] + small.width + 3,
            place[1] + small.height + 3,
        )
        draw.rectangle(edges, outline=tile.frame, width=4)
    for line, (text, colour, size) in enumerate(((tile.title, _INK, 17), (tile.note, _FAINT, 15))):
        font = _font(size)
        draw.text(
            (left + _TILE / 2, top + _TILE + 8 + 22 * line),
            _shortened(draw, text, font, _TILE),
            colour,
            font,
            anchor="ma",
        )


def _draw_outline(
    draw: ImageDraw.ImageDraw, outline: Outline, scale: float, size: tuple[int, int]
) -> None:
    """Draw one box within the picture, its label above it or, without room there, below it."""
    box = outline.box
    left, top = max(0.0, box.x * scale), max(0.0, box.y * scale)
    right = min(size[0] - 1.0, (box.x + box.width) * scale)
    bottom = min(size[1] - 1.0, (box.y + box.height) * scale)
    if right <= left or bottom <= top:
        return
    draw.rectangle(
        (left, top, right, bottom), outline=outline.colour, width=3 if outline.label else 2
    )
    if outline.label:
        font = _font(15)
        text_width, text_height = draw.textlength(outline.label, font) + 8, 20
        x = min(left, max(0.0, size[0] - text_width))
        y = top - text_height if top >= text_height else min(bottom, size[1] - text_height)
        draw.rectangle((x, y, x + text_width, y + text_height), fill=outline.colour)
        draw.text((x + 4, y + 2), outline.label, _PAPER, font)


def _shortened(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, room: float
) -> str:
    """Return the text, or its beginning with an ellipsis where it is wider than ``room`` pixels."""
    if draw.textlength(text, font) <= room:
        return text
    while text and draw.textlength(text + "…", font) > room:
        text = text[:-1]
    return text + "…"


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow's wheels have FreeType
    return font
