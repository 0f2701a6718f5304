"""Boxes, thumbnails and contact sheets."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.vision.picture_drawing import (
    Outline,
    Tile,
    as_jpeg,
    draw_contact_sheet,
    draw_thumbnail,
)

GREEN = "#00ff00"
BLACK = (0, 0, 0)


@pytest.fixture
def black_photo(tmp_path: Path) -> Path:
    file = tmp_path / "black.png"
    Image.new("RGB", (800, 400)).save(file)
    return file


def coloured(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the pixels that are not black."""
    rows, columns = np.nonzero(np.asarray(picture).max(axis=2) > 60)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def test_a_thumbnail_keeps_the_shape_of_the_photo(black_photo: Path) -> None:
    assert draw_thumbnail(black_photo, (), 200).size == (200, 100)


def test_a_small_photo_is_enlarged_to_the_size_asked_for(tmp_path: Path) -> None:
    Image.new("RGB", (20, 40)).save(tmp_path / "small.png")

    assert draw_thumbnail(tmp_path / "small.png", (), 200).size == (100, 200)


def test_a_box_is_drawn_where_it_is_in_the_original(black_photo: Path) -> None:
    outline = Outline(Box(200, 100, 400, 200), GREEN)

    picture = draw_thumbnail(black_photo, [outline], 400)

    assert coloured(picture) == pytest.approx((100, 50, 300, 150), abs=1)
    assert picture.getpixel((200, 100)) == BLACK  # an outline, not a filled box


def test_a_box_on_a_sideways_photo_is_drawn_in_the_upright_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 400)).save(tmp_path / "sideways.jpg", exif=exif)

    picture = draw_thumbnail(
        tmp_path / "sideways.jpg", [Outline(Box(100, 600, 200, 100), GREEN)], 400
    )

    assert picture.size == (200, 400)
    assert coloured(picture) == pytest.approx((50, 300, 150, 350), abs=1)


@pytest.mark.parametrize(
    "box",
    [
        Box(-300, -300, 500, 500),
        Box(700, 350, 500, 500),
        Box(900, 500, 50, 50),
        Box(10, 10, 0, 0),
        Box(0, 0, 800, 400),
    ],
)
def test_a_box_beyond_the_edge_is_drawn_as_far_as_it_is_inside(black_photo: Path, box: Box) -> None:
    assert draw_thumbnail(black_photo, [Outline(box, GREEN, "0.87")], 400).size == (400, 200)


def test_a_label_stays_inside_the_picture(black_photo: Path) -> None:
    at_the_top = Outline(Box(740, 0, 60, 60), GREEN, "0.87")

    left, top, right, bottom = coloured(draw_thumbnail(black_photo, [at_the_top], 400))

    assert bottom > 45  # below the box, as there is no room above it
    assert left < 370  # moved left, as it is wider than what is right of the box
    assert (top, right) == pytest.approx((0, 399), abs=1)


def test_a_sheet_has_a_row_for_every_six_photos(black_photo: Path) -> None:
    tile = Tile(black_photo, (), "a photo", "0.50", GREEN)

    six = draw_contact_sheet("Title", "what it is", [tile] * 6)
    seven = draw_contact_sheet("Title", "what it is", [tile] * 7)

    assert six.width == seven.width
    assert seven.height > six.height


def test_a_sheet_takes_long_texts_and_no_photos(black_photo: Path) -> None:
    long = "a very long sentence " * 40
    tile = Tile(black_photo, (Outline(Box(0, 0, 10, 10), GREEN, long),), long, long)

    assert draw_contact_sheet(long, long, [tile]).width >= 900
    assert draw_contact_sheet("Title", "", []).width >= 900


def test_a_picture_becomes_a_jpeg() -> None:
    with Image.open(BytesIO(as_jpeg(Image.new("RGB", (30, 20))))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (30, 20))
