"""What the kiosk shows of a print is what the printer gets, pixel by pixel but for smoothing."""

import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from eventsnap_desktop.delivery.print_render import PrintPhoto, render_page, trimmed
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings, PrintLayout, PrintLook
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.print_paper import PrintPaper
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.fixtures.prints import WHEN, quarters

FONT = Path(__file__).parents[3] / "resources/fonts/Inter-SemiBold.otf"
WIDTH = 400
FACES = (Box(900, 80, 150, 150),)


@pytest.mark.parametrize("layout", list(PrintLayout))
@pytest.mark.parametrize("frame", ["", "#1e3a5f"])
@pytest.mark.parametrize(("width", "height"), [(1200, 500), (500, 1200)])
def test_the_preview_is_the_print(
    theme: Theme, tmp_path: Path, layout: PrintLayout, frame: str, width: int, height: int
) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#c2410c").save(logo)
    settings = OutputSettings(
        print_layout=layout,
        print_caption="{event}\n{date}",
        print_logo=True,
        frame=frame,
    )
    branding = Branding(event_name="Summer party", logo=str(logo))
    count = 3 if layout is PrintLayout.STRIP else 1

    printed = _printed(settings, branding, count, (width, height))
    shown = _shown(settings, branding, count, (width, height), printed.size)

    away = np.abs(np.asarray(shown, int) - np.asarray(printed, int)).max(axis=2)
    assert (away > 60).mean() < 0.02, "but for the edges of letters and colours"


@pytest.mark.parametrize("layout", [PrintLayout.PHOTO_4X6, PrintLayout.STRIP])
@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("page", ["http://192.168.1.20:8473", ""])
def test_the_preview_has_a_code_where_the_print_has_one(
    theme: Theme, layout: PrintLayout, wanted: bool, page: str
) -> None:
    settings, branding = OutputSettings(print_layout=layout, print_qr=wanted), Branding()
    photo = GalleryPhoto(PhotoId(1), "1.jpg", "x", WHEN, 600, 400)
    shown = PrintPaper([photo], PrintLook(settings, branding, page))

    with Image.open(io.BytesIO(quarters(600, 400))) as opened:
        drawn = PrintPhoto(opened.convert("RGB"), date(2030, 6, 13))
    link = f"{page}/g/token" if page else ""
    paper = np.asarray(trimmed(render_page([drawn], layout, settings, branding, link, FONT)))

    assert bool(shown.plan.codes) == (wanted and bool(page))
    assert bool((paper.max(axis=2) < 40).any()) == bool(shown.plan.codes), "its modules are black"


def _printed(
    settings: OutputSettings, branding: Branding, count: int, size: tuple[int, int]
) -> Image.Image:
    with Image.open(io.BytesIO(quarters(*size))) as opened:
        photo = PrintPhoto(opened.convert("RGB"), date(2030, 6, 13), FACES)
    page = trimmed(
        render_page([photo] * count, settings.print_layout, settings, branding, "", FONT)
    )
    return page.resize((WIDTH, round(WIDTH * page.height / page.width)), Image.Resampling.BOX)


def _shown(
    settings: OutputSettings,
    branding: Branding,
    count: int,
    size: tuple[int, int],
    paper: tuple[int, int],
) -> Image.Image:
    photos = [
        GalleryPhoto(PhotoId(number), "1.jpg", "x", WHEN, *size, faces=FACES)
        for number in range(count)
    ]
    sheet = PrintPaper(photos, PrintLook(settings, branding))
    picture = QImage.fromData(quarters(*size))
    canvas = QImage(*paper, QImage.Format.Format_RGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    sheet.paint(painter, QRectF(0, 0, *paper), [picture] * count, [False] * count)
    painter.end()
    canvas = canvas.convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.asarray(canvas.constBits()).reshape(paper[1], canvas.bytesPerLine())
    return Image.fromarray(pixels[:, : paper[0] * 3].reshape(paper[1], paper[0], 3).copy())
