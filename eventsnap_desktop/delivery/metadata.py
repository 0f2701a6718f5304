"""A JPEG without what it says besides its pixels: all taken out, and little put back."""

import re
from dataclasses import dataclass
from typing import Final

from eventsnap_desktop.delivery.exif_block import PREFIX, Kept, made_exif

_SCAN, _END, _COMMENT, _EXIF, _PROFILE, _ADOBE = 0xDA, 0xD9, 0xFE, 0xE1, 0xE2, 0xEE
_JFIF: Final = b"\xff\xe0\0\x10JFIF\0"
# ITU T.81 B.1.1.2: in a scan, FF 00 is a byte FF and FF D0 to D7 are restarts; all else ends it.
_AFTER_SCAN: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_STEP: Final = 128 * 1024
"""Bytes searched at once: meanwhile no other thread runs, and 8 MB take a tenth of a second."""


class JpegBrokenError(ValueError):
    """The bytes are not the segments of a JPEG; a decoder may still make something of them."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment with its marker, and the scan that follows its header."""

    marker: int
    data: bytes
    scan: bytes = b""


def is_jpeg(data: bytes) -> bool:
    """Whether the bytes begin as a JPEG."""
    return data.startswith(b"\xff\xd8\xff")


def clean_jpeg(data: bytes, kept: Kept) -> bytes:
    """Return a JPEG with the very same pixels and colours, and only the metadata that is kept.

    Kept are the orientation, the colour profile, and what Adobe says of its colour transform. All
    else goes: XMP, IPTC, maker notes, comments, previews (they may show what was cropped), and
    whatever follows the picture, such as a second picture or a film. JpegBrokenError.
    """
    segments = _segments(data)
    pixels = b"".join(one.data + one.scan for one in segments if _is_needed(one))
    profile = b"".join(one.data for one in segments if _is_profile(one))
    exif = _exif_segment(made_exif(_exif(segments), kept))
    return b"".join([b"\xff\xd8", _jfif(segments), exif, profile, pixels, b"\xff\xd9"])


def _is_needed(segment: _Segment) -> bool:
    """Whether a decoder needs it: tables, headers, scans, Adobe's colour transform."""
    if segment.marker == _ADOBE:
        return segment.data[4:9] == b"Adobe"
    return not (0xE0 <= segment.marker <= 0xEF or segment.marker == _COMMENT)


def _is_profile(segment: _Segment) -> bool:
    return segment.marker == _PROFILE and segment.data[4:16] == b"ICC_PROFILE\0"


def _exif(segments: list[_Segment]) -> bytes:
    for one in segments:
        if one.marker == _EXIF and one.data[4:10] == PREFIX:
            return one.data[4:]
    return b""


def _exif_segment(block: bytes) -> bytes:
    return b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block if block else b""


def _jfif(segments: list[_Segment]) -> bytes:
    """Return the JFIF header without the preview it may hold, b"" where there is none."""
    for one in segments:
        if one.marker == 0xE0 and one.data[4:9] == b"JFIF\0" and len(one.data) >= 16:
            return _JFIF + one.data[9:16] + b"\0\0"
    return b""


def _segments(data: bytes) -> list[_Segment]:
    """Return what the first picture is made of; one that is cut off ends with the bytes."""
    found: list[_Segment] = []
    place = 2
    while (marker := _marker(data, place)) not in (_END, None):
        assert marker is not None
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end < place + 4 or end > len(data):
            raise JpegBrokenError("a segment does not end within the file")
        if marker == _SCAN:
            scan_end, after = _end_of_scan(data, end)
            found.append(_Segment(marker, data[place:end], data[end:scan_end]))
            place = after
        else:
            found.append(_Segment(marker, data[place:end]))
            place = end
        while data[place : place + 2] == b"\xff\xff":  # fill bytes
            place += 1
    if not any(one.marker == _SCAN for one in found):
        raise JpegBrokenError("there is no picture in it")
    return found


def _end_of_scan(data: bytes, start: int) -> tuple[int, int]:
    """Return where the scan ends that begins at ``start``, and where the next marker begins.

    Between them may lie fill bytes FF. Searched step by step, and in time that grows with the scan
    only: with fill bytes in the expression it would grow with their square.
    """
    place = start
    while (found := _AFTER_SCAN.search(data, place, place + _STEP)) is None:
        if place + _STEP >= len(data):
            return len(data), len(data)
        place += _STEP - 1
    marker = found.start()
    if data[marker - 1] != 0xFF:
        return marker, marker
    return start + len(data[start:marker].rstrip(b"\xff")), marker


def _marker(data: bytes, place: int) -> int | None:
    """Return the marker that begins here, None at the end of the bytes."""
    if len(data) < place + 2:
        return None
    marker = data[place + 1]
    if data[place] != 0xFF or marker <= 0x01 or 0xD0 <= marker <= 0xD8:
        raise JpegBrokenError("a segment should begin here")
    return marker
