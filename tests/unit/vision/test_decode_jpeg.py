"""JPEG: scaled while decoded, tolerant of what does no harm, strict where rows are missing."""

import struct

import cv2
import numpy as np
import pytest
from PIL import Image

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import decode
from eventsnap_desktop.vision.jpeg_header import read_jpeg_header
from tests.fixtures.picture_files import exif_block, noise, quadrants, saved

SMOOTH = np.asarray(cv2.GaussianBlur(noise(320, 240), (0, 0), 4), dtype=np.uint8)


def reason(data: bytes, **options: int) -> str:
    with pytest.raises(PhotoUnreadableError) as caught:
        decode(data, **options)
    return caught.value.message


@pytest.mark.parametrize(
    ("enough", "width"),
    [
        (0, 320),
        (321, 320),
        (320, 320),
        (161, 320),
        (160, 160),
        (81, 160),
        (80, 80),
        (40, 40),
        (1, 40),
    ],
)
def test_a_jpeg_is_decoded_to_the_smallest_scale_that_suffices(enough: int, width: int) -> None:
    picture = decode(saved(SMOOTH, "JPEG", quality=95), enough=enough)

    assert picture.image.shape == (width * 3 // 4, width, 3)
    assert (picture.width, picture.height, picture.scale) == (320, 240, 320 / width)
    small = cv2.resize(SMOOTH, (width, width * 3 // 4), interpolation=cv2.INTER_AREA)
    assert np.abs(picture.image.astype(int) - small.astype(int)).mean() < 4


@pytest.mark.parametrize(("width", "height"), [(321, 7), (7, 321), (1, 1), (333, 222), (3, 1000)])
@pytest.mark.parametrize("enough", [0, 1, 50, 160])
def test_sides_that_divide_badly_are_no_trouble(width: int, height: int, enough: int) -> None:
    picture = decode(saved(noise(width, height), "JPEG"), enough=enough)

    assert (picture.width, picture.height) == (width, height)
    assert max(picture.image.shape[:2]) >= min(max(width, height), enough)


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_all_ways_of_coding_give_the_same_picture(subsampling: int, progressive: bool) -> None:
    data = saved(SMOOTH, "JPEG", quality=95, subsampling=subsampling, progressive=progressive)

    assert np.abs(decode(data).image.astype(int) - SMOOTH.astype(int)).mean() < 4


def test_restart_markers_are_read_and_their_loss_is_noticed() -> None:
    data = cv2.imencode(".jpg", SMOOTH, [cv2.IMWRITE_JPEG_RST_INTERVAL, 4])[1].tobytes()
    lost = data.replace(b"\xff\xd3", b"\xff\xd6")

    assert decode(data).image.shape == (240, 320, 3)
    assert "damaged" in reason(lost)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 4}])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.98])
@pytest.mark.parametrize("enough", [0, 80])
def test_a_jpeg_that_is_cut_off_is_refused_at_every_scale(
    options: dict[str, int], part: float, enough: int
) -> None:
    data = saved(SMOOTH, "JPEG", **options)

    assert "is cut off" in reason(data[: int(len(data) * part)], enough=enough)


def test_a_cut_off_jpeg_with_an_end_marker_put_on_is_refused_as_well() -> None:
    data = saved(SMOOTH, "JPEG")

    assert "is cut off" in reason(data[: len(data) // 2] + b"\xff\xd9")


def test_a_missing_end_marker_does_not_matter_when_all_rows_are_there() -> None:
    data = saved(SMOOTH, "JPEG")
    inks = saved(Image.fromarray(SMOOTH).convert("CMYK"), "JPEG")

    assert data.endswith(b"\xff\xd9")
    assert np.array_equal(decode(data[:-2]).image, decode(data).image)
    assert np.array_equal(decode(inks[:-2]).image, decode(inks).image)


def test_of_a_progressive_jpeg_without_end_marker_nobody_knows_what_is_missing() -> None:
    assert "is cut off" in reason(saved(SMOOTH, "JPEG", progressive=True)[:-2])


@pytest.mark.parametrize("garbage", [b"\0" * 4096, b"trailing words", b"\xff\xd8\xff", b"\xff"])
def test_bytes_after_the_end_do_not_matter(garbage: bytes) -> None:
    data = saved(SMOOTH, "JPEG")

    assert np.array_equal(decode(data + garbage).image, decode(data).image)


def test_a_few_stray_bytes_before_the_end_marker_do_not_matter() -> None:
    data = saved(SMOOTH, "JPEG")

    stray = data[:-2] + b"\0\0\0abc\xff\xd9"

    assert np.array_equal(decode(stray).image, decode(data).image)


def test_an_unknown_jfif_version_and_odd_scan_parameters_do_not_matter() -> None:
    data = bytearray(saved(SMOOTH, "JPEG"))
    right = decode(bytes(data)).image
    data[data.index(b"JFIF\0") + 5] = 9
    assert np.array_equal(decode(bytes(data)).image, right)
    assert "is cut off" in reason(bytes(data[: len(data) // 2]))
    assert decode(bytes(data), enough=80).image.shape == (60, 80, 3)
    data[data.index(b"\xff\xda") + 12] = 0
    assert np.array_equal(decode(bytes(data), enough=160).image, decode(
        saved(SMOOTH, "JPEG"), enough=160).image)  # fmt: skip


@pytest.mark.parametrize("length", [0, 1, 2, 3, 9, 30])
def test_an_exif_segment_that_claims_to_be_shorter_costs_no_photo(
    length: int,
) -> None:
    data = bytearray(saved(quadrants(), "JPEG", exif=exif_block(6)))
    at = data.index(b"\xff\xe1") + 2
    struct.pack_into(">H", data, at, length)

    assert decode(bytes(data)).image.shape[2] == 3


def test_an_exif_segment_that_swallows_the_picture_gives_a_reason() -> None:
    data = bytearray(saved(quadrants(), "JPEG", exif=exif_block(6)))
    struct.pack_into(">H", data, data.index(b"\xff\xe1") + 2, 65535)

    assert "without a picture in it" in reason(bytes(data))


def test_exif_that_points_into_nowhere_counts_as_none() -> None:
    block = bytearray(exif_block(6, "2026:05:04 10:11:12"))
    struct.pack_into(">I", block, 6 + 4, 0xFFFFFFF0)

    picture = decode(saved(quadrants(), "JPEG", exif=bytes(block)))

    assert (picture.width, picture.height, picture.taken_at) == (96, 64, None)


def test_twelve_bits_and_lossless_coding_are_named() -> None:
    data = saved(SMOOTH, "JPEG")
    frame = data.index(b"\xff\xc0")

    assert "12 bits" in reason(data[: frame + 4] + b"\x0c" + data[frame + 5 :])
    assert "lossless" in reason(data[: frame + 1] + b"\xc3" + data[frame + 2 :])


def test_the_header_is_the_frame_not_that_of_the_thumbnail() -> None:
    thumbnail = saved(noise(16, 12), "JPEG")
    body = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + thumbnail
    data = saved(SMOOTH, "JPEG")
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]

    header = read_jpeg_header(data)

    assert header is not None
    assert (header.width, header.height) == (320, 240)
    assert decode(data).image.shape == (240, 320, 3)


def test_a_jpeg_of_thousands_of_passes_is_refused() -> None:
    data = saved(SMOOTH, "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")

    assert "passes" in reason(data[:scan] + data[scan:-2] * 200 + b"\xff\xd9")
