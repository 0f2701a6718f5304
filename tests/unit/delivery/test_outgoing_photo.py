"""A photo as it leaves: readable everywhere, scaled and branded as is set."""

import io
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from eventsnap_desktop.delivery.outgoing_photo import encoded_sizes, prepare
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.domain.outgoing import Branding, NeverError, OutputSettings
from tests.fixtures.picture_files import dng
from tests.unit.delivery.photo_files import (
    exif_of_a_phone,
    jpeg,
    opened,
    outgoing,
    scene,
    tags_of,
    talkative_jpeg,
)

PLAIN, NONE = OutputSettings(), Branding()
FONT = Path(__file__).parents[3] / "resources" / "fonts" / "Inter-SemiBold.otf"


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def made(data: bytes, settings: OutputSettings = PLAIN, longer_side: int | None = None) -> bytes:
    return prepare(data, outgoing(), settings, NONE, longer_side=longer_side, font=FONT)


def difference(one: Image.Image, other: Image.Image) -> float:
    pair = (np.asarray(image.convert("RGB"), dtype=np.int16) for image in (one, other))
    first, second = pair
    return float(np.abs(first - second).mean())


def test_a_jpeg_that_needs_no_change_keeps_its_very_pixels() -> None:
    original = talkative_jpeg(scene(), orientation=6)

    sent = made(original)

    assert np.array_equal(np.asarray(opened(sent)), np.asarray(opened(original)))
    assert tags_of(sent)["0th"][274] == 6


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
def test_other_formats_become_jpeg(form: str) -> None:
    image = scene()

    assert difference(opened(made(saved(image, form))), image) < 12


def test_a_heic_of_a_phone_comes_upright_and_without_its_place() -> None:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(scene(96, 64)).save(buffer, exif=exif_of_a_phone(), quality=95)

    sent = made(buffer.getvalue())

    assert difference(opened(sent), scene(96, 64)) < 12
    assert tags_of(sent)["GPS"] == {}
    assert tags_of(sent)["Exif"][36867] == b"2030:05:01 12:34:56"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_encoded_anew_is_upright(orientation: int) -> None:
    original = jpeg(scene(192, 128), exif=exif_of_a_phone(orientation), quality=95)

    sent = opened(made(original, longer_side=96))

    assert sent.size == ((96, 64) if orientation < 5 else (64, 96))
    assert 274 not in tags_of(made(original, longer_side=96))["0th"]


def test_it_is_scaled_but_never_enlarged() -> None:
    original = jpeg(scene(600, 400))

    assert opened(made(original, longer_side=300)).size == (300, 200)
    assert opened(made(original, longer_side=900)).size == (600, 400)
    assert opened(made(original, OutputSettings(longer_side=150), 300)).size == (150, 100)


def test_transparency_becomes_white() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))

    assert opened(made(saved(clear, "PNG"))).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixels_is_shown(mode: str) -> None:
    grey = Image.fromarray(np.tile(np.arange(0, 256, 4).astype(np.uint8), (64, 1)))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        image = grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode)

    sent = opened(made(saved(image, "TIFF" if mode == "CMYK" else "PNG")))

    assert sent.mode == "RGB"
    assert abs(np.asarray(sent.convert("L")).mean() - np.asarray(grey).mean()) < 12


def test_other_colours_become_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for profile in (lab, srgb, b"no profile"):  # one for other pixels, one that is right, none
        sent = opened(made(saved(scene(), "PNG", icc_profile=profile)))
        assert difference(sent, scene()) < 12
        assert "icc_profile" not in sent.info


def test_a_text_stands_in_the_corner_only() -> None:
    grey = Image.new("RGB", (1200, 800), (128, 128, 128))

    sent = np.asarray(opened(made(jpeg(grey), OutputSettings(watermark="Summer party 2030"))))

    changed = np.abs(sent.astype(int) - 128).max(axis=2) > 40
    rows, columns = np.nonzero(changed)
    assert rows.min() > 700
    assert columns.min() > 600
    assert rows.max() < 799
    assert columns.max() < 1199


@pytest.mark.parametrize("background", [(0, 0, 0), (255, 255, 255), (128, 128, 128)])
def test_a_text_is_seen_on_any_background(background: tuple[int, int, int]) -> None:
    plain = Image.new("RGB", (1200, 800), background)

    sent = np.asarray(opened(made(jpeg(plain), OutputSettings(watermark="Party"))).convert("L"))

    assert int(sent.max()) - int(sent.min()) > 120


def test_a_long_text_stays_within_the_photo() -> None:
    grey = Image.new("RGB", (300, 200), (128, 128, 128))

    sent = np.asarray(opened(made(jpeg(grey), OutputSettings(watermark="W" * 80))).convert("L"))

    assert np.abs(sent[:, :2].astype(int) - 128).max() < 40


def test_a_frame_goes_around_the_photo_and_counts_as_a_part_of_it() -> None:
    settings = OutputSettings(frame="#ff0000")

    whole = opened(made(jpeg(Image.new("RGB", (600, 400))), settings))
    scaled = opened(made(jpeg(Image.new("RGB", (600, 400))), settings, longer_side=300))

    assert whole.size == (624, 424)
    assert scaled.width == 300
    for image in (whole, scaled):
        red = image.getpixel((2, 2))
        middle = image.getpixel((image.width // 2, image.height // 2))
        assert isinstance(red, tuple)
        assert isinstance(middle, tuple)
        assert red[0] > 200
        assert middle[0] < 30


def test_a_colour_that_is_none_makes_no_frame() -> None:
    assert opened(made(jpeg(scene()), OutputSettings(frame="javascript:"))).size == (96, 64)


def test_branding_of_the_event_counts_where_nothing_else_is_set() -> None:
    sent = prepare(jpeg(scene()), outgoing(), PLAIN, Branding(frame="#000000"))

    assert opened(sent).size == (100, 68)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\nJane Doe"]
)
def test_what_cannot_be_read_is_told_without_naming_it(data: bytes) -> None:
    with pytest.raises(NeverError) as told:
        made(data)

    assert "Jane" not in str(told.value)
    assert told.value.__suppress_context__


def test_a_picture_too_large_to_unpack_is_refused() -> None:
    small = jpeg(Image.new("RGB", (64, 64)))
    at = small.index(b"\xff\xc0") + 5
    bomb = small[:at] + b"\x75\x30\x75\x30" + small[at + 4 :]  # says 30000 x 30000

    with pytest.raises(NeverError, match="more pixels"):
        made(bomb)


def test_a_jpeg_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    original = jpeg(scene(600, 400))

    sent = made(original[: len(original) // 2])

    assert sent.endswith(b"\xff\xd9")


def test_a_raw_is_decoded_by_what_was_handed_in() -> None:
    handed: list[bytes] = []

    def decode(data: bytes) -> Image.Image:
        handed.append(data)
        return scene(1200, 800)

    raw = dng(jpeg(scene(160, 120)))
    sent = prepare(raw, outgoing(size=(1200, 800)), PLAIN, NONE, decode=decode)
    other = prepare(b"FUJIFILMCCD-RAW", outgoing(), PLAIN, NONE, decode=decode)

    assert opened(sent).size == opened(other).size == (1200, 800)
    assert handed == [raw, b"FUJIFILMCCD-RAW"]


def test_a_raw_that_cannot_be_decoded_is_told() -> None:
    def decode(data: bytes) -> Image.Image:
        raise PhotoUnreadableError("is damaged")

    with pytest.raises(NeverError):
        prepare(b"FUJIFILMCCD-RAW", outgoing(), PLAIN, NONE, decode=decode)


def test_sizes_are_told_as_they_will_be() -> None:
    original = jpeg(scene(1600, 1200), quality=95)

    told = encoded_sizes(original, outgoing(), PLAIN, NONE, (2000, 1200, 600))

    for side, size in told.items():
        real = len(made(original, longer_side=side))
        assert abs(real - size) <= 0.05 * real
    assert told[2000] > told[1200] > told[600]
