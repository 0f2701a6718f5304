"""Builds ZIP archives for tests, the malicious ones included."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8 + b"\xff\xd9"


def jpeg(number: int) -> bytes:
    """Return bytes that begin as a JPEG does, another for each number."""
    return JPEG + number.to_bytes(4, "big")


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a plain ZIP archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def raw_zip(
    path: Path,
    entries: list[tuple[bytes, bytes]],
    flags: int = 0,
    claimed_size: int | None = None,
    extra: bytes = b"",
) -> Path:
    """Write an archive byte by byte: names as given, sizes as claimed (APPNOTE.TXT 4.3)."""
    body, directory = io.BytesIO(), io.BytesIO()
    for name, content in entries:
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = compressor.compress(content) + compressor.flush()
        size = len(content) if claimed_size is None else claimed_size
        numbers = (20, flags, 8, 0, 0x21, zlib.crc32(content), len(packed), size, len(name))
        offset = body.tell()
        body.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", *numbers, len(extra)) + name + extra)
        body.write(packed)
        directory.write(
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *numbers, len(extra), 0, 0, 0, 0, offset)
            + name
            + extra
        )
    count, size = len(entries), directory.tell()
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, body.tell(), 0)
    path.write_bytes(body.getvalue() + directory.getvalue() + end)
    return path
