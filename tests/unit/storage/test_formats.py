"""Pictures are told by their first bytes."""

import io
import tarfile

import pytest
from PIL import Image

from eventsnap_desktop.storage.formats import HEAD_BYTES, is_archive, picture_ending


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("TIFF", ".tif"), ("AVIF", ".avif")],
)
def test_a_written_picture_is_recognised(kind: str, ending: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind)
    assert picture_ending(file.getvalue()[:HEAD_BYTES]) == ending
    assert not is_archive(file.getvalue()[:HEAD_BYTES])


def test_a_heic_picture_is_recognised() -> None:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(file)
    assert picture_ending(file.getvalue()[:HEAD_BYTES]) == ".heic"


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", ".tif"),  # CR2, NEF, ARW, DNG are TIFFs inside
        (b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01crx isom", ".cr3"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", ".heif"),
        (b"\x00\x00\x00\x1cftypXXXX\x00\x00\x00\x00mif1heic", ".heif"),
        (b"FUJIFILMCCD-RAW 0201FF", ".raf"),
        (b"IIRO\x08\x00", ".orf"),
        (b"IIU\x00\x18\x00", ".rw2"),
    ],
)
def test_a_camera_file_is_recognised(head: bytes, ending: str) -> None:
    assert picture_ending(head) == ending


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"Dear all,",
        b"%PDF-1.7",
        b"GIF89a",
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"PK\x03\x04",
    ],
)
def test_anything_else_is_no_picture(head: bytes) -> None:
    assert picture_ending(head) is None


def test_archives_are_recognised() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.jpg"))
    assert is_archive(file.getvalue()[:HEAD_BYTES])
    assert all(
        is_archive(head) for head in (b"PK\x03\x04x", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
    )
