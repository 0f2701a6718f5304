"""Every decoder returns the picture upright, whatever way it is stored."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import decode, sniff
from tests.fixtures.picture_files import TiffWriter, as_stored, dng, exif_block, quadrants, saved

FORMATS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "PNG": {},
    "WEBP": {"lossless": True},
    "TIFF": {},
    "AVIF": {"quality": 95, "subsampling": "4:4:4"},
    "HEIF": {"quality": 95, "chroma": 444},
}
NAMES = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "TIFF": "tiff", "AVIF": "avif"}


def assert_shows(image: np.ndarray, expected: np.ndarray, tolerance: float = 6.0) -> None:
    assert image.shape == expected.shape
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    difference = np.abs(image.astype(int) - expected.astype(int))
    assert difference.mean() < tolerance


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_stored_in_any_orientation_comes_out_upright(form: str, orientation: int) -> None:
    upright = quadrants()
    stored = as_stored(upright, orientation)
    data = saved(stored, form, exif=exif_block(orientation), **FORMATS[form])

    picture = decode(data)

    assert sniff(data) == NAMES.get(form, "heif")
    assert_shows(picture.image, upright)
    assert (picture.width, picture.height) == (96, 64)
    assert picture.scale == 1.0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", FORMATS)
def test_a_reduced_picture_is_upright_as_well(form: str, orientation: int) -> None:
    upright = quadrants(192, 128)
    stored = as_stored(upright, orientation)
    data = saved(stored, form, exif=exif_block(orientation), **FORMATS[form])

    picture = decode(data, enough=96)

    assert_shows(picture.image, quadrants(96, 64))
    assert (picture.width, picture.height) == (192, 128)
    assert picture.scale == 2.0


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_compressed_tiff_comes_out_upright(compression: str, orientation: int) -> None:
    stored = as_stored(quadrants(), orientation)
    data = saved(stored, "TIFF", compression=compression, tiffinfo={0x0112: orientation})

    assert_shows(decode(data).image, quadrants())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_float_tiff_in_colour_comes_out_upright(orientation: int) -> None:
    stored = as_stored(quadrants(), orientation)[..., ::-1].astype("<f4") / 255
    writer = TiffWriter()
    strip = writer.put(stored.tobytes())
    height, width = stored.shape[:2]
    data = writer.file(
        writer.directory(
            [
                (256, 4, [width]), (257, 4, [height]), (258, 3, [32, 32, 32]), (259, 3, [1]),
                (262, 3, [2]), (273, 4, [strip]), (274, 3, [orientation]), (277, 3, [3]),
                (278, 4, [height]), (279, 4, [stored.nbytes]), (339, 3, [3, 3, 3]),
            ]
        )
    )  # fmt: skip

    assert_shows(decode(data).image, quadrants())
    with pytest.raises(PhotoUnreadableError):
        decode(data[: len(data) // 2])


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_raw_file_is_shown_by_its_preview_upright(orientation: int) -> None:
    stored = as_stored(quadrants(1200, 800), orientation)
    data = dng(saved(stored, "JPEG", quality=95), orientation)

    picture = decode(data)

    assert sniff(data) == "raw"
    assert_shows(picture.image, quadrants(1200, 800))
    assert (picture.width, picture.height) == (1200, 800)


def test_the_preview_of_a_raw_file_is_scaled_like_a_jpeg() -> None:
    picture = decode(dng(saved(quadrants(1200, 800), "JPEG")), enough=500)

    assert picture.image.shape == (400, 600, 3)
    assert (picture.width, picture.scale) == (1200, 2.0)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_raw_file_without_a_preview_is_developed_at_half_size(orientation: int) -> None:
    picture = decode(dng(None, orientation, sensor=(640, 480)))

    expected = (240, 320, 3) if orientation == 1 else (320, 240, 3)
    assert picture.image.shape == expected
    assert (picture.height, picture.width) == expected[:2]


def test_a_raw_file_with_a_tiny_preview_is_developed_instead() -> None:
    picture = decode(dng(saved(quadrants(120, 80), "JPEG"), sensor=(1200, 800)))

    assert (picture.width, picture.height) == (600, 400)


@pytest.mark.parametrize("form", FORMATS)
def test_the_time_a_picture_was_taken_comes_with_its_offset(form: str) -> None:
    block = exif_block(1, datetime(2026, 5, 4, 10, 11, 12), "+02:00")  # noqa: DTZ001

    taken = decode(saved(quadrants(), form, exif=block)).taken_at

    zone = timezone(timedelta(hours=2))
    assert taken == datetime(2026, 5, 4, 10, 11, 12, tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2026:05:04 10:11:12", "", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026:05:04 10:11:12", "nonsense", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026:05:04 10:11:12", "+99:00", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026:05:04 10:11:12", "-03:30", datetime(2026, 5, 4, 13, 41, 12, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("    :  :     :  :  ", "", None),
        ("1904:01:01 00:00:00", "", None),
        ("9999:12:31 23:59:59", "", None),
        ("2026:13:40 10:11:12", "", None),
        ("yesterday", "", None),
    ],
)
def test_a_camera_without_offset_counts_as_utc_and_an_absurd_time_as_none(
    text: str, offset: str, expected: datetime | None
) -> None:
    data = saved(quadrants(), "JPEG", exif=exif_block(1, text, offset))

    assert decode(data).taken_at == expected


def test_an_orientation_that_does_not_exist_counts_as_upright() -> None:
    data = saved(quadrants(), "JPEG", exif=exif_block(99))

    assert_shows(decode(data).image, quadrants(), 10.0)
