"""Reads a WebP's chunks: its size, whether it moves, and its EXIF block."""

from dataclasses import dataclass

_MOST_CHUNKS = 1000


@dataclass(frozen=True, slots=True)
class WebpHeader:
    """A WebP's canvas in pixels; ``complete`` says whether the file is as long as it claims."""

    width: int
    height: int
    animated: bool
    exif: bytes | None
    complete: bool


def read_webp_header(data: bytes) -> WebpHeader | None:
    """Return the header, or None where no picture follows (RFC 9649)."""
    size: tuple[int, int] | None = None
    animated, exif = False, None
    place = 12
    for _ in range(_MOST_CHUNKS):
        name, length = (
            data[place : place + 4],
            int.from_bytes(data[place + 4 : place + 8], "little"),
        )
        if len(name) < 4:
            break
        body = data[place + 8 : place + 8 + min(length, 65536 if name == b"EXIF" else 16)]
        if name == b"VP8X" and len(body) >= 10 and size is None:
            size = (_number(body[4:7]) + 1, _number(body[7:10]) + 1)
            animated = bool(body[0] & 2)
        elif size is None:
            size = _still_size(name, body)
        if name == b"EXIF":
            exif = body
        place += 8 + length + length % 2
    if size is None:
        return None
    claimed = int.from_bytes(data[4:8], "little") + 8
    return WebpHeader(*size, animated, exif, len(data) >= claimed)


def _still_size(name: bytes, body: bytes) -> tuple[int, int] | None:
    if name == b"VP8 " and len(body) >= 10 and body[3:6] == b"\x9d\x01\x2a":
        return _number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF
    if name == b"VP8L" and len(body) >= 5 and body[0] == 0x2F:
        bits = _number(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
