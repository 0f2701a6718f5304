"""Reads what stands before a JPEG's first scan: its size, coding and EXIF block."""

from dataclasses import dataclass

_START_OF_SCAN, _END = 0xDA, 0xD9
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS = 2000


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """A JPEG's frame: stored size in pixels, bits a sample, its SOF marker, and EXIF.

    ``frame`` is the second byte of the marker: C0 and C1 are sequential, C2 is progressive, C3
    lossless, from C9 up arithmetic (ITU-T T.81, table B.1).
    """

    width: int
    height: int
    bits: int
    frame: int
    exif: bytes | None

    @property
    def progressive(self) -> bool:
        """Whether the picture comes in several passes."""
        return self.frame in (0xC2, 0xCA)

    @property
    def least_bytes(self) -> int:
        """Fewest bytes a complete picture of this size can have.

        A Huffman code has at least one bit, and every 8x8 block at least one code. Arithmetic
        coding knows no such bound.
        """
        blocks = -(-self.width // 8) * -(-self.height // 8)
        return blocks // 8 if self.frame in (0xC0, 0xC1, 0xC2) else 0


def read_jpeg_header(data: bytes) -> JpegHeader | None:
    """Return the header, or None when there is no frame before the first scan.

    A segment with a wrong length is passed over as libjpeg does: on to the next marker.
    """
    exif: bytes | None = None
    place = 2
    for _ in range(_MOST_SEGMENTS):
        place = data.find(b"\xff", place)
        while 0 <= place < len(data) and data[place] == 0xFF:
            place += 1
        if place < 0 or place + 3 > len(data):
            return None
        marker = data[place]
        if marker in (_START_OF_SCAN, _END):
            return None
        if marker == 0 or marker in _WITHOUT_LENGTH:
            place += 1
            continue
        length = int.from_bytes(data[place + 1 : place + 3], "big")
        body = data[place + 3 : place + 1 + length]
        if marker in _FRAMES and len(body) >= 6:
            return _frame(marker, body, exif)
        if marker == 0xE1 and exif is None and body.startswith(b"Exif\0\0"):
            exif = body
        place += 1 + max(2, length)
    return None


def _frame(marker: int, body: bytes, exif: bytes | None) -> JpegHeader:
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    return JpegHeader(width, height, body[0], marker, exif)
