"""Whatever is wrong with the bytes becomes a reason, never another error and never half a photo."""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import decode, sniff
from eventsnap_desktop.vision.exif import read_exif
from eventsnap_desktop.vision.jpeg_header import read_jpeg_header
from eventsnap_desktop.vision.tiff_tags import TagReader
from eventsnap_desktop.vision.webp_header import read_webp_header
from tests.fixtures.broken_files import write_broken_files
from tests.fixtures.picture_files import dng, exif_block, noise, saved

SAMPLES = {
    "jpeg": saved(noise(), "JPEG", exif=exif_block(6, "2026:05:04 10:11:12")),
    "progressive": saved(noise(), "JPEG", progressive=True),
    "cmyk": saved(Image.fromarray(noise()).convert("CMYK"), "JPEG"),
    "png": saved(noise(), "PNG", exif=exif_block(6)),
    "webp": saved(noise(), "WEBP", exif=exif_block(6)),
    "lossless webp": saved(noise(), "WEBP", lossless=True),
    "tiff": saved(noise(), "TIFF", exif=exif_block(6)),
    "lzw": saved(noise(), "TIFF", compression="tiff_lzw"),
    "deflate": saved(noise(), "TIFF", compression="tiff_adobe_deflate"),
    "heic": saved(noise(), "HEIF", exif=exif_block(6)),
    "heic tiles": saved(noise(512, 512), "HEIF", tile_size=256),
    "avif": saved(noise(), "AVIF", exif=exif_block(6)),
    "gif": saved(noise(), "GIF"),
    "bmp": saved(noise(), "BMP"),
    "raw": dng(saved(noise(), "JPEG")),
}
careful = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def reason(data: bytes) -> str:
    with pytest.raises(PhotoUnreadableError) as caught:
        decode(data)
    return caught.value.message


@pytest.mark.parametrize("name", SAMPLES)
@given(part=st.floats(0, 1, exclude_max=True), enough=st.sampled_from([0, 50]))
@careful
def test_a_file_cut_off_anywhere_is_refused_or_shows_everything(
    name: str, part: float, enough: int
) -> None:
    data = SAMPLES[name]
    try:
        picture = decode(data[: int(len(data) * part)], enough=enough)
    except PhotoUnreadableError as error:
        assert error.message  # noqa: PT017 - either way is right, this one with a reason
        return
    assert np.array_equal(picture.image, decode(data, enough=enough).image)


@pytest.mark.parametrize("name", SAMPLES)
@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), max_size=8),
    early=st.booleans(),
)
@careful
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about odd tags; off in the program
def test_flipped_bits_end_in_a_picture_or_a_reason(
    name: str, flips: list[tuple[float, int]], early: bool
) -> None:
    data = bytearray(SAMPLES[name])
    reach = min(len(data), 400) if early else len(data)
    for place, bit in flips:
        data[int(place * reach)] ^= 1 << bit
    try:
        picture = decode(bytes(data))
    except PhotoUnreadableError as error:
        assert error.message  # noqa: PT017 - either way is right, this one with a reason
        return
    assert picture.image.dtype == np.uint8
    assert picture.image.shape == (picture.height, picture.width, 3)


@given(st.binary(max_size=300))
@settings(careful, max_examples=300)
def test_the_header_parsers_take_any_bytes(data: bytes) -> None:
    sniff(data)
    read_exif(data)
    read_jpeg_header(b"\xff\xd8" + data)
    read_webp_header(b"RIFF\0\0\0\0WEBP" + data)
    for start in (b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0"):
        assert 1 <= read_exif(start + data).orientation <= 8
        reader = TagReader.open(start + data)
        if reader is not None:
            assert sum(1 for _ in reader.directories()) <= 16


@given(st.binary(max_size=120))
@careful
def test_a_directory_that_points_to_itself_ends(data: bytes) -> None:
    block = b"II*\0" + struct.pack("<IHI", 8, 0, 8) + data
    reader = TagReader.open(block)

    assert reader is not None
    assert sum(1 for _ in reader.directories()) == 1


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", SAMPLES["jpeg"])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (bytes(5000), "nothing but zero bytes"),
        (b"%PDF-1.7\n", "is a PDF document, not a picture"),
        (_zip(), "is a ZIP archive"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(99), "is a film"),
        (b"RIFF\x10\0\0\0AVI LIST", "is a film"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "is a sound file"),
        (b"  <!DOCTYPE html><html></html>", "is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Error/>", "is an XML file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing"),
        ("Grüße vom Fotografen".encode(), "is a text file"),
        (("ü" * 300).encode(), "is a text file"),
        (b"8BPS\0\1", "is a Photoshop picture, which cannot be read"),
        (b"\0\5\x16\7\0\2\0\0", "a file macOS puts beside a photo"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is cut off or damaged"),
        (b"\x07\x99\xaa" * 50, "not a picture of any known format"),
    ],
)
def test_what_is_no_picture_is_told_by_what_it_is(data: bytes, words: str) -> None:
    assert words in reason(data)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_format_is_told_by_the_first_bytes(name: str) -> None:
    expected = {"progressive": "jpeg", "cmyk": "jpeg", "lossless webp": "webp", "lzw": "tiff"}
    expected |= {"deflate": "tiff", "heic": "heif", "heic tiles": "heif"}

    assert sniff(SAMPLES[name]) == expected.get(name, name)


def test_a_plain_tiff_with_a_camera_name_is_no_raw_file() -> None:
    data = saved(noise(), "TIFF", tiffinfo={271: "NIKON CORPORATION", 272: "NIKON Z 9"})

    assert sniff(data) == "tiff"
    assert decode(data).width == 128


def test_a_raw_file_that_nobody_can_read_gives_a_reason() -> None:
    assert "RAW" in reason(b"IIRO\x08\0\0\0" + bytes(300))
    assert "RAW" in reason(b"FUJIFILMCCD-RAW 0201FF" + bytes(900))


def test_a_raw_file_whose_sensor_values_are_cut_off_is_refused_unless_its_preview_is_whole() -> (
    None
):
    values = struct.pack("<HHI", 279, 4, 1)
    for preview, whole in ((None, False), (saved(noise(1200, 800), "JPEG"), True)):
        data = bytearray(dng(preview, sensor=(640, 480)))
        place = data.rindex(values) if preview is None else data.index(values, len(data) - 900)
        longer = struct.unpack_from("<I", data, place + 8)[0] + 10_000_000
        struct.pack_into("<I", data, place + 8, longer)
        if whole:
            assert decode(bytes(data)).width == 1200
        else:
            assert "is cut off" in reason(bytes(data))


@pytest.mark.parametrize("trailer", [b"\0" * 300, b"SEFT" * 20, b"\0\0\0\x10", b"\xff" * 50])
def test_notes_a_phone_puts_behind_a_heic_do_not_matter(trailer: bytes) -> None:
    for name in ("heic", "heic tiles"):
        assert np.array_equal(decode(SAMPLES[name] + trailer).image, decode(SAMPLES[name]).image)


@pytest.mark.parametrize("seed", [7, 8])
def test_none_of_the_broken_files_can_be_decoded(seed: int, tmp_path: Path) -> None:
    paths = write_broken_files(tmp_path / "broken", seed=seed)

    assert len(set(paths)) == 500
    assert max(len(path.name.encode()) for path in paths) == 255
    for path in paths:
        with pytest.raises(PhotoUnreadableError) as caught:
            decode(path.read_bytes())
        assert 8 <= len(caught.value.message) <= 120


def test_the_same_seed_writes_the_same_broken_files(tmp_path: Path) -> None:
    first = write_broken_files(tmp_path / "a", count=40, seed=3)
    second = write_broken_files(tmp_path / "b", count=40, seed=3)

    assert [path.name for path in first] == [path.name for path in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))
