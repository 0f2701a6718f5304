"""Draws a sheet as it goes to the printer: 300 dpi, sRGB, with bleed, without any metadata."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageCms

from eventsnap_desktop.delivery.print_layout import (
    BLEED,
    DPI,
    PhotoShape,
    Placed,
    SheetPlan,
    placements,
)
from eventsnap_desktop.delivery.print_parts import (
    PAPER,
    caption_lines,
    frame_colour,
    ink_on,
    sheet_parts,
)
from eventsnap_desktop.delivery.print_text import draw_caption, draw_code, draw_logo
from eventsnap_desktop.delivery.watermark import with_text
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings, PrintLayout

_QUALITY = 95
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@dataclass(frozen=True, slots=True)
class PrintPhoto:
    """An upright sRGB picture, the guests' faces in it (its pixels), the day it was taken."""

    image: Image.Image
    taken: date
    faces: tuple[Box, ...] = ()

    @property
    def shape(self) -> PhotoShape:
        """What the geometry needs of it."""
        return PhotoShape(self.image.width, self.image.height, self.faces)


def render_page(
    photos: Sequence[PrintPhoto],
    layout: PrintLayout,
    settings: OutputSettings,
    branding: Branding,
    link: str,
    font: Path | None = None,
) -> Image.Image:
    """Return one sheet with its bleed: ``BLEED`` pixels more at each side than the paper has."""
    parts = sheet_parts(settings, branding, has_link=bool(link))
    plan = placements(layout, [photo.shape for photo in photos], parts)
    colour = frame_colour(settings, branding) or PAPER
    page = Image.new("RGB", (plan.width + 2 * BLEED, plan.height + 2 * BLEED), colour)
    watermark = settings.watermark or branding.watermark
    drawn: dict[tuple[int, int, int], Image.Image] = {}
    for placed in plan.photos:
        left, top, width, height = _pixels(placed.place)
        key = (placed.number, width, height)
        if key not in drawn:  # a strip has each photo twice
            part = _cut(photos[placed.number].image, placed, (width, height))
            drawn[key] = with_text(part, watermark, font)
        page.paste(drawn[key], (left, top))
    caption = caption_lines(settings.print_caption or branding.caption, branding, photos[0].taken)
    _draw_parts(page, plan, colour, caption, branding, link, font)
    return page


def trimmed(page: Image.Image) -> Image.Image:
    """Return a sheet without its bleed: the paper's exact size."""
    return page.crop((BLEED, BLEED, page.width - BLEED, page.height - BLEED))


def upright_paper(page: Image.Image) -> Image.Image:
    """Return a sheet as paper lies in a printer: its shorter side across."""
    if page.width <= page.height:
        return page
    return page.transpose(Image.Transpose.ROTATE_90)


def jpeg(page: Image.Image) -> bytes:
    """Return a sheet as a printer gets it: 300 dpi, sRGB and that said so, nothing else told."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY, subsampling=0, dpi=(DPI, DPI), icc_profile=_SRGB)
    return out.getvalue()


def _draw_parts(
    page: Image.Image,
    plan: SheetPlan,
    colour: str,
    caption: Sequence[str],
    branding: Branding,
    link: str,
    font: Path | None,
) -> None:
    if caption:
        for box in plan.captions:
            draw_caption(page, _on_page(box), caption, ink_on(colour), font)
    for box in plan.logos:
        draw_logo(page, _on_page(box), Path(branding.logo))
    for box in plan.codes:
        draw_code(page, _on_page(box), link)


def _cut(image: Image.Image, placed: Placed, size: tuple[int, int]) -> Image.Image:
    crop = placed.crop
    box = (
        max(0.0, crop.x),
        max(0.0, crop.y),
        min(float(image.width), crop.x + crop.width),
        min(float(image.height), crop.y + crop.height),
    )
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _pixels(place: Box) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a place on the page with its bleed."""
    left, top = round(place.x + BLEED), round(place.y + BLEED)
    right, bottom = round(place.x + place.width + BLEED), round(place.y + place.height + BLEED)
    return left, top, right - left, bottom - top


def _on_page(box: Box) -> Box:
    return Box(box.x + BLEED, box.y + BLEED, box.width, box.height)
