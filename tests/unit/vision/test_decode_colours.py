"""Every kind of pixel becomes BGR of eight bits, of the colour a viewer shows."""

import io

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from eventsnap_desktop.vision.decode import decode
from tests.fixtures.picture_files import TiffWriter, noise, quadrants, saved


def rgb(colour: tuple[int, ...], mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (40, 30), colour)


def middle(data: bytes) -> list[int]:
    image = decode(data).image
    assert image.dtype == np.uint8
    assert image.shape == (30, 40, 3)
    return [int(value) for value in image[15, 20]]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF", "GIF", "BMP"])
def test_red_green_and_blue_keep_their_places(form: str) -> None:
    assert middle(saved(rgb((200, 100, 30)), form)) == pytest.approx([30, 100, 200], abs=3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "HEIF"])
def test_grey_becomes_three_equal_channels(form: str) -> None:
    assert middle(saved(Image.new("L", (40, 30), 90), form)) == pytest.approx([90, 90, 90], abs=2)


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP"])
def test_a_picture_of_one_bit_is_black_and_white(form: str) -> None:
    assert middle(saved(Image.new("1", (40, 30), 1), form)) == [255, 255, 255]


@pytest.mark.parametrize("form", ["PNG", "TIFF", "GIF", "BMP"])
def test_a_palette_is_looked_up(form: str) -> None:
    data = saved(rgb((200, 100, 30)).convert("P", palette=Image.Palette.ADAPTIVE), form)

    assert middle(data) == pytest.approx([30, 100, 200], abs=2)


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP", "AVIF", "HEIF"])
def test_what_is_transparent_is_laid_on_white(form: str) -> None:
    clear = saved(rgb((200, 0, 0, 0), "RGBA"), form)
    half = saved(rgb((200, 0, 0, 128), "RGBA"), form)

    assert middle(clear) == pytest.approx([255, 255, 255], abs=2)
    assert middle(half) == pytest.approx([127, 127, 227], abs=3)


def test_a_transparent_palette_entry_and_grey_with_alpha_are_laid_on_white() -> None:
    palette = saved(Image.new("P", (40, 30), 0), "PNG", transparency=0)
    grey = saved(Image.new("LA", (40, 30), (0, 0)), "PNG")

    assert middle(palette) == [255, 255, 255]
    assert middle(grey) == [255, 255, 255]


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize(
    ("inks", "bgr"),
    [
        ((0, 0, 0, 0), [255, 255, 255]),
        ((0, 0, 0, 255), [0, 0, 0]),
        ((255, 0, 0, 0), [255, 255, 0]),
        ((0, 255, 0, 127), [128, 0, 128]),
    ],
)
def test_inks_become_the_colours_they_print(
    form: str, inks: tuple[int, ...], bgr: list[int]
) -> None:
    assert middle(saved(rgb(inks, "CMYK"), form)) == pytest.approx(bgr, abs=3)


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
@pytest.mark.parametrize(("value", "expected"), [(0, 0), (65535, 255), (32896, 128), (257, 1)])
def test_sixteen_bits_are_scaled_to_eight(suffix: str, value: int, expected: int) -> None:
    grey = cv2.imencode(suffix, np.full((30, 40), value, np.uint16))[1].tobytes()
    colour = cv2.imencode(suffix, np.full((30, 40, 3), value, np.uint16))[1].tobytes()

    assert middle(grey) == pytest.approx([expected] * 3, abs=1)
    assert middle(colour) == pytest.approx([expected] * 3, abs=1)


@pytest.mark.parametrize("value", [0, 32896, 65535])
def test_a_heic_of_ten_bits_is_scaled_to_eight(value: int) -> None:
    buffer = io.BytesIO()
    pixels = np.full((30, 40, 3), value, np.uint16)
    pillow_heif.from_bytes("RGB;16", (40, 30), pixels.tobytes()).save(buffer)

    assert pillow_heif.open_heif(buffer).info["bit_depth"] == 10
    assert middle(buffer.getvalue()) == pytest.approx([value // 257] * 3, abs=2)


@pytest.mark.parametrize("top", [1.0, 255.0, 65535.0])
def test_a_float_tiff_is_scaled_by_the_range_it_uses(top: float) -> None:
    values = np.full((30, 40), top / 2, np.float32)
    values[0, 0] = top
    values[0, 1] = np.nan

    assert middle(saved(Image.fromarray(values), "TIFF")) == pytest.approx([128] * 3, abs=1)


def test_a_float_tiff_with_odd_values_is_stretched() -> None:
    values = np.linspace(-5.0, 5.0, 1200, dtype=np.float32).reshape(30, 40)

    image = decode(saved(Image.fromarray(values), "TIFF")).image

    assert (int(image.min()), int(image.max())) == (0, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_colour_profile_whole_or_broken_changes_nothing(form: str, whole: bool) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(rgb((200, 100, 30)), form, icc_profile=profile if whole else b"nonsense" * 9)

    assert middle(data) == pytest.approx([30, 100, 200], abs=3)


def test_the_first_page_of_a_tiff_and_the_first_picture_of_an_animation_count() -> None:
    first, second = rgb((200, 100, 30)), rgb((0, 0, 0))

    for form in ("TIFF", "GIF", "WEBP", "PNG"):
        data = saved(first, form, save_all=True, append_images=[second])
        assert middle(data) == pytest.approx([30, 100, 200], abs=4)


def test_a_tiled_tiff_is_put_together() -> None:
    image = quadrants(64, 32)
    writer = TiffWriter()
    tiles = [
        writer.put(np.ascontiguousarray(image[y : y + 16, x : x + 16, ::-1]).tobytes())
        for y in (0, 16)
        for x in (0, 16, 32, 48)
    ]
    data = writer.file(
        writer.directory(
            [
                (256, 4, [64]), (257, 4, [32]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [2]),
                (277, 3, [3]), (322, 4, [16]), (323, 4, [16]), (324, 4, tiles),
                (325, 4, [16 * 16 * 3] * 8),
            ]
        )
    )  # fmt: skip

    assert np.array_equal(decode(data).image, image)


def test_a_big_tiff_is_read() -> None:
    data = saved(quadrants(), "TIFF", big_tiff=True)

    assert data[2] == 43
    assert np.array_equal(decode(data).image, quadrants())


def test_lossless_formats_keep_every_pixel() -> None:
    image = noise(301, 201)  # sides that fill no block

    for form in ("PNG", "TIFF", "BMP"):
        assert np.array_equal(decode(saved(image, form)).image, image)
    assert np.array_equal(decode(saved(image, "WEBP", lossless=True)).image, image)
