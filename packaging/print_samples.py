"""Draws docs/screenshots/prints.png: every print layout, with painted scenes instead of photos.

.venv/bin/python packaging/print_samples.py
"""

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFilter

from eventsnap_desktop.delivery.print_render import PrintPhoto, render_page, trimmed
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings, PrintLayout

CHECKOUT = Path(__file__).resolve().parents[1]
FONT = CHECKOUT / "resources/fonts/Inter-SemiBold.otf"
TARGET = CHECKOUT / "docs/screenshots/prints.png"
LINK = "https://192.168.178.20:8443/s/" + "a1B2c3D4" * 5
DAY = date(2026, 6, 13)
TABLE, MARGIN, HEIGHT = "#8a8f98", 32, 480

SKIES = (
    ("#f6c28b", "#5f4b8b"),
    ("#9ad0ec", "#2f6690"),
    ("#f7d6e0", "#7b2d43"),
    ("#d8e2dc", "#386641"),
)
COATS = ("#2b2d42", "#b23a48", "#3d5a80", "#606c38", "#e09f3e")


def scene(number: int, width: int, height: int, people: int) -> PrintPhoto:
    """Return a painted party: people are discs on coats, in front of a sky."""
    above, below = SKIES[number % len(SKIES)]
    image = Image.linear_gradient("L").resize((width, height))
    picture = Image.composite(
        Image.new("RGB", image.size, below), Image.new("RGB", image.size, above), image
    )
    lights = ImageDraw.Draw(picture)
    for at in range(24):
        x, y = (at * 397 + number * 131) % width, (at * 211 + number * 57) % (height // 2)
        lights.ellipse((x, y, x + height / 22, y + height / 22), fill="#fff3d6")
    picture = picture.filter(ImageFilter.GaussianBlur(height / 60))
    draw, faces = ImageDraw.Draw(picture), []
    head = min(width / (people + 1.5), height / 2.6) * 0.55
    for person in range(people):
        middle = width * (person + 1) / (people + 1)
        top = height * (0.34 + 0.05 * ((person + number) % 3))
        coat = COATS[(person + number) % len(COATS)]
        draw.rounded_rectangle(
            (middle - head * 0.95, top + head * 1.05, middle + head * 0.95, height + head),
            head * 0.6,
            fill=coat,
        )
        face = (middle - head / 2, top, middle + head / 2, top + head)
        draw.ellipse(face, fill=("#e8b898", "#8d5a3b", "#c98d64")[(person + number) % 3])
        faces.append(Box(face[0], face[1], head, head))
    return PrintPhoto(picture, DAY, tuple(faces))


def main() -> int:
    """Draw the sheets beside each other, as they lie on a table."""
    with TemporaryDirectory() as folder:
        logo = Path(folder) / "logo.png"
        draw_logo(logo)
        sheets = [trimmed(page) for page in pages(logo)]
    scale = HEIGHT / 1800
    small = [
        sheet.resize((round(sheet.width * scale), round(sheet.height * scale))) for sheet in sheets
    ]
    width = sum(one.width for one in small) + MARGIN * (len(small) + 1)
    table = Image.new("RGB", (width, max(one.height for one in small) + 2 * MARGIN), TABLE)
    x = MARGIN
    for one in small:
        table.paste(one, (x, (table.height - one.height) // 2))
        x += one.width + MARGIN
    table.save(TARGET, optimize=True)
    return 0


def pages(logo: Path) -> list[Image.Image]:
    """Return a page of each layout."""
    branding = Branding(event_name="Summer Party", logo=str(logo))
    caption = "{event}\n{date}"
    plain = OutputSettings()
    framed = OutputSettings(
        print_layout=PrintLayout.PHOTO_5X7, print_caption=caption, frame="#1e3a5f"
    )
    full = OutputSettings(print_caption=caption, print_logo=True, print_qr=True)
    strip = OutputSettings(
        print_layout=PrintLayout.STRIP, print_caption=caption, print_logo=True, print_qr=True
    )
    three = [scene(number, 1600, 1200, number) for number in (1, 2, 3)]
    asked = [
        ([scene(0, 2400, 1600, 3)], plain),
        ([scene(2, 1600, 2400, 1)], framed),
        (three, strip),
        ([scene(3, 2400, 1600, 2)], full),
    ]
    return [
        render_page(photos, settings.print_layout, settings, branding, LINK, FONT)
        for photos, settings in asked
    ]


def draw_logo(file: Path) -> None:
    """Draw a logo of nobody."""
    logo = Image.new("RGBA", (600, 220), (0, 0, 0, 0))
    draw = ImageDraw.Draw(logo)
    for at, colour in enumerate(("#c2410c", "#ea9a4d", "#f3c98b")):
        draw.ellipse((at * 150, 10, at * 150 + 200, 210), fill=colour)
    logo.save(file)


if __name__ == "__main__":
    sys.exit(main())
