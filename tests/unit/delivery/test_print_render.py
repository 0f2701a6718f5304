"""A drawn sheet: its exact size, its colours, its words, a code that can be read, no metadata."""

import io
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from eventsnap_desktop.delivery.print_layout import BLEED, paper_pixels
from eventsnap_desktop.delivery.print_parts import caption_lines, ink_on, sheet_parts
from eventsnap_desktop.delivery.print_render import (
    PrintPhoto,
    jpeg,
    render_page,
    trimmed,
    upright_paper,
)
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings, PrintLayout
from tests.fixtures.prints import GREEN, RED, quarters

DAY = date(2030, 6, 13)
LINK = "https://192.168.178.20:8443/s/" + "aB3_" * 11
FONT = Path(__file__).parents[3] / "resources/fonts/Inter-SemiBold.otf"


def drawn(width: int = 900, height: int = 600) -> PrintPhoto:
    """Return a photo of four colours."""
    with Image.open(io.BytesIO(quarters(width, height))) as image:
        return PrintPhoto(image.convert("RGB"), DAY)


def near(image: Image.Image, at: tuple[int, int], wanted: tuple[int, ...]) -> bool:
    """Tell whether a pixel has a colour, but for compression."""
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("layout", list(PrintLayout))
def test_a_page_is_the_paper_and_its_bleed(layout: PrintLayout) -> None:
    settings = OutputSettings(print_layout=layout)

    page = render_page([drawn(600, 900)], layout, settings, Branding(), "")

    short, long = paper_pixels(layout)
    assert page.size == (short + 2 * BLEED, long + 2 * BLEED)
    assert trimmed(page).size == (short, long)


def test_a_wide_page_is_turned_for_the_printer() -> None:
    page = render_page([drawn()], PrintLayout.PHOTO_4X6, OutputSettings(), Branding(), "")

    turned = upright_paper(trimmed(page))

    assert turned.size == (1200, 1800)
    assert near(turned, (2, 1797), RED)
    assert near(turned, (2, 2), GREEN)


def test_what_the_printer_gets_says_srgb_and_300_dpi_and_nothing_else() -> None:
    page = render_page([drawn()], PrintLayout.PHOTO_4X6, OutputSettings(), Branding(), "")

    with Image.open(io.BytesIO(jpeg(page))) as out:
        assert out.format == "JPEG"
        assert out.size == page.size
        assert tuple(round(one) for one in out.info["dpi"]) == (300, 300)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(out.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert not out.getexif()
        assert set(out.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"} | {
            "icc_profile"
        }


@pytest.mark.parametrize("layout", list(PrintLayout))
@pytest.mark.parametrize("frame", ["", "#1e3a5f"])
def test_the_code_on_paper_opens_the_link(layout: PrintLayout, frame: str) -> None:
    settings = OutputSettings(print_layout=layout, print_qr=True, frame=frame)

    page = render_page([drawn(600, 900)], layout, settings, Branding(), LINK)

    pixels = np.asarray(page.crop((0, page.height // 2, page.width, page.height)))[:, :, ::-1]
    found = cv2.QRCodeDetector().detectAndDecodeMulti(np.ascontiguousarray(pixels))[1]
    assert LINK in found


def test_without_a_link_there_is_no_code() -> None:
    settings = OutputSettings(print_qr=True)

    assert not sheet_parts(settings, Branding(), has_link=False).has_band


def test_words_and_logo_stand_below_the_photo(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (300, 100), (0, 0, 255, 255)).save(logo)
    settings = OutputSettings(print_caption="{event}\n{date}", print_logo=True)
    branding = Branding(event_name="Party", logo=str(logo))

    page = render_page([drawn()], PrintLayout.PHOTO_4X6, settings, branding, "", FONT)

    band = trimmed(page).crop((0, 1200 - 180, 1800, 1200))
    colours = {colour for _, colour in band.getcolors(1 << 20) or []}
    assert (0, 0, 255) in colours
    assert (255, 255, 255) in colours
    assert min(sum(colour) for colour in colours if isinstance(colour, tuple)) < 120


@pytest.mark.parametrize("broken", ["", "not a picture"])
def test_a_logo_that_cannot_be_read_is_left_out(tmp_path: Path, broken: str) -> None:
    logo = tmp_path / "logo.png"
    if broken:
        logo.write_text(broken)
    settings, branding = OutputSettings(print_logo=True), Branding(logo=str(logo))

    page = render_page([drawn()], PrintLayout.PHOTO_4X6, settings, branding, "", FONT)

    assert page.size == (1840, 1240)


def test_a_frame_has_its_colour_through_the_bleed() -> None:
    settings = OutputSettings(frame="#1e3a5f")

    page = render_page([drawn()], PrintLayout.PHOTO_4X6, settings, Branding(), "")

    assert page.getpixel((0, 0)) == (0x1E, 0x3A, 0x5F)
    assert page.getpixel((BLEED + 20, 600)) == (0x1E, 0x3A, 0x5F)


def test_a_frame_of_no_colour_is_none() -> None:
    page = render_page(
        [drawn()], PrintLayout.PHOTO_4X6, OutputSettings(frame="red<script>"), Branding(), ""
    )

    assert near(page, (0, 0), RED)


def test_a_very_long_caption_stays_in_its_place() -> None:
    layout = PrintLayout.STRIP
    caption = "A very long name of an event " * 9
    settings = OutputSettings(print_layout=layout, print_caption=caption)

    page = render_page([drawn(600, 900)] * 3, layout, settings, Branding(), "", FONT)

    edge = trimmed(page).crop((580, 1500, 620, 1800))
    assert edge.getcolors() == [(40 * 300, (255, 255, 255))]


def test_a_caption_knows_event_organizer_and_date() -> None:
    branding = Branding(event_name="Party", organizer="Ann")

    lines = caption_lines("{event} of\t{organizer} {x}\n\n {date} \nthird", branding, DAY)

    assert lines == ("Party of Ann {x}", "2030-06-13")


def test_ink_is_read_on_any_frame() -> None:
    assert ink_on("#ffffff") == ink_on("#ffd400") == "#1a1a1a"
    assert ink_on("#000000") == ink_on("#1e3a5f") == "#ffffff"
