"""A QR code as a picture of one pixel a module."""

import segno
from PySide6.QtGui import QImage

QUIET = 4
"""Modules of white around the code: ISO/IEC 18004 6.3.8."""

_WHITE, _DARK = 0xFFFFFFFF, 0xFF000000


def qr_modules(words: str) -> QImage:
    """Return a code without its quiet zone, a pixel a module; error correction M or better."""
    matrix = segno.make_qr(words, error="m").matrix
    made = QImage(len(matrix), len(matrix), QImage.Format.Format_RGB32)
    made.fill(_WHITE)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            if is_dark:
                made.setPixel(x, y, _DARK)
    return made
