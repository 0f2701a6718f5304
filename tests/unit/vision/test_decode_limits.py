"""What a photo claims is checked before it costs memory or time."""

import os
import struct
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import MAX_PIXELS, decode
from tests.fixtures.picture_files import dng, noise, saved, tiff

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP")


def reason(data: bytes, **options: int) -> str:
    with pytest.raises(PhotoUnreadableError) as caught:
        decode(data, **options)
    return caught.value.message


@pytest.mark.parametrize("form", FORMATS)
def test_a_photo_over_the_limit_is_refused_with_its_size_and_the_limit(form: str) -> None:
    data = saved(Image.new("RGB", (2000, 1500)), form)

    assert reason(data, max_pixels=2_000_000) == (
        "has 3.0 megapixels (2000 x 1500), more than the limit of 2"
    )
    assert decode(data, max_pixels=3_000_000).width == 2000


def test_the_preview_of_a_raw_file_has_the_same_limit() -> None:
    data = dng(saved(noise(1200, 900), "JPEG"))

    with pytest.raises(PhotoUnreadableError):
        decode(data, max_pixels=1000)


def claimed(form: str, width: int, height: int) -> bytes:
    """Return a small file of a format that claims a large picture."""
    data = bytearray(saved(noise(16, 16), form))
    if form == "JPEG":
        struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    elif form == "PNG":
        struct.pack_into(">II", data, 16, width, height)
    elif form == "GIF":
        struct.pack_into("<HH", data, 6, width, height)
    elif form == "BMP":
        struct.pack_into("<ii", data, 18, width, height)
    else:
        return tiff(width, height, bytes(100))
    return bytes(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF"])
def test_a_tiny_file_that_claims_a_giant_picture_is_refused(form: str) -> None:
    assert "megapixels" in reason(claimed(form, 30000, 30000))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_size_below_the_limit_that_the_bytes_cannot_hold_is_refused_at_once(form: str) -> None:
    assert "cannot hold 10000 x 10000 pixels" in reason(claimed(form, 10000, 10000))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF"])
@pytest.mark.parametrize(("width", "height"), [(0, 16), (16, 0)])
def test_a_picture_without_pixels_is_refused(form: str, width: int, height: int) -> None:
    assert "without any pixels" in reason(claimed(form, width, height))


def test_large_pictures_of_one_colour_are_not_mistaken_for_bombs() -> None:
    blank = Image.new("RGB", (5000, 4000), (12, 34, 56))

    for form, options in (
        ("JPEG", {"quality": 20}),
        ("PNG", {"compress_level": 9}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "packbits"}),
        ("TIFF", {"compression": "jpeg"}),
        ("WEBP", {"lossless": True}),
    ):
        assert decode(saved(blank, form, **options), enough=600).width == 5000


def test_a_very_wide_and_a_very_high_picture_are_decoded() -> None:
    for size in ((50000, 2), (2, 50000)):
        picture = decode(saved(Image.new("L", size, 77), "PNG"), enough=1000)
        assert (picture.width, picture.height) == size
        assert max(picture.image.shape) == 1000
        assert int(picture.image.min()) == 77


_MEASURE = """
import sys
from pathlib import Path
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.vision.decode import decode

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024

data = [Path(name).read_bytes() for name in sys.argv[1:]]
decode(data[0][:])
Path("/proc/self/clear_refs").write_text("5")
before = peak()
for one in data:
    try:
        decode(one, enough=1000)
    except PhotoUnreadableError:
        pass
print(peak() - before)
"""


def memory_of(*files: Path) -> int:
    """Return the bytes that decoding the files took at most, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    return int(done.stdout)


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="measured through Linux's /proc"
)


@needs_proc
@pytest.mark.parametrize(
    ("form", "most"),
    [("JPEG", 1.2), ("PNG", 2.7), ("TIFF", 2.7), ("WEBP", 2.4), ("HEIF", 2.4), ("AVIF", 3.6)],
)
def test_decoding_takes_little_more_memory_than_twice_the_picture(
    form: str, most: float, tmp_path: Path
) -> None:
    tiny, large = tmp_path / "tiny", tmp_path / "large"
    tiny.write_bytes(saved(noise(64, 64), form))
    fast = {"PNG": {"compress_level": 1}, "AVIF": {"speed": 10}, "WEBP": {"method": 0}}
    grain = Image.effect_noise((500, 375), 20).resize((4000, 3000), Image.Resampling.BICUBIC)
    picture = grain.convert("RGB")
    large.write_bytes(saved(picture, form, **fast.get(form, {})))

    assert memory_of(tiny, large) < most * 4000 * 3000 * 3 + 8_000_000


@needs_proc
def test_bombs_of_every_kind_take_no_memory(tmp_path: Path) -> None:
    tiny = tmp_path / "tiny"
    tiny.write_bytes(saved(noise(64, 64), "JPEG"))
    bombs = []
    for form in ("JPEG", "PNG", "GIF", "BMP", "TIFF"):
        for side in (10000, 30000):
            path = tmp_path / f"{form}{side}"
            path.write_bytes(claimed(form, side, side))
            bombs.append(path)

    assert MAX_PIXELS > 10000 * 10000
    assert memory_of(tiny, *(bomb for bomb in bombs if bomb.name != "GIF10000")) < 30_000_000


def test_paths_cv2_sets_for_its_own_qt_are_taken_back_and_those_of_the_user_stay() -> None:
    program = (
        "import os, eventsnap_desktop.vision.decode; "
        "print(os.environ.get('QT_QPA_FONTDIR'), os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "QT_QPA_FONTDIR": "/site-packages/cv2/qt/fonts",
            "QT_QPA_PLATFORM_PLUGIN_PATH": "/opt/qt/plugins",
        },
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )

    assert done.stdout.split() == ["None", "/opt/qt/plugins"]


def test_many_threads_decode_at_once() -> None:
    options = {"HEIF": {"quality": 90}}
    files = [
        saved(noise(640, 480, n), form, **options.get(form, {})) for n, form in enumerate(FORMATS)
    ]
    alone = [decode(data).image for data in files]
    barrier = threading.Barrier(8)

    def work(start: int) -> list[bool]:
        barrier.wait()
        turns = [(start + n) % len(files) for n in range(2 * len(files))]
        return [np.array_equal(decode(files[n]).image, alone[n]) for n in turns]

    with ThreadPoolExecutor(8) as pool:
        assert all(all(same) for same in pool.map(work, range(8)))


@pytest.mark.parametrize("before", [None, "/opt/cuda/lib64"])
def test_programs_we_start_get_the_library_path_that_was_there_before(before: str | None) -> None:
    program = (
        "import os; import eventsnap_desktop.vision.decode; "
        "print(os.environ.get('LD_LIBRARY_PATH'))"
    )
    given = {} if before is None else {"LD_LIBRARY_PATH": before}
    environment = {n: v for n, v in os.environ.items() if n != "LD_LIBRARY_PATH"} | given

    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == str(before)
