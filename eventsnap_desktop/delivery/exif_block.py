"""A new EXIF block, made of the few tags of another one that may stay."""

import struct
from dataclasses import dataclass
from typing import Final

PREFIX: Final = b"Exif\0\0"

_ORIENTATION, _MAKE, _MODEL = 0x0112, 0x010F, 0x0110
_DETAILS, _PLACE = 0x8769, 0x8825
_DATES: Final = (0x9003, 0x9011, 0x9291)  # DateTimeOriginal, its offset from UTC, its fractions
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}  # bytes of a value, by its type
_TEXT, _SHORT, _LONG = 2, 3, 4
_LONGEST_TEXT = 64
_LONGEST_PLACE = 1024  # bytes of one tag
_MOST_TAGS = 512


@dataclass(frozen=True, slots=True)
class Kept:
    """What may stay of a photo's metadata besides which way is up."""

    date: bool
    camera: bool
    place: bool


@dataclass(frozen=True, slots=True)
class _Tag:
    """A value as it is stored, in its block's byte order (TIFF 6.0, section 2)."""

    kind: int
    count: int
    raw: bytes


_Directory = dict[int, _Tag]


def made_exif(source: bytes, kept: Kept, *, upright: bool = False) -> bytes:
    """Return a new EXIF block, with its prefix, that says what is kept of another; or b"".

    ``source`` is a block with or without its prefix, or a whole TIFF; what is damaged counts as not
    there. Where the pixels are ``upright`` already, the orientation is left out.
    """
    data = source.removeprefix(PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        return b""
    main = _read(data, order, _number(data[4:8], order))
    first: _Directory = {}
    if not upright and (turned := _orientation(main, order)):
        first[_ORIENTATION] = turned
    if kept.camera:
        first |= _texts(main, (_MAKE, _MODEL))
    details = _texts(_below(data, order, main, _DETAILS), _DATES) if kept.date else {}
    place = _below(data, order, main, _PLACE) if kept.place else {}
    return _written(order, first, details, _short(place))


def _read(data: bytes, order: str, place: int) -> _Directory:
    count = min(_number(data[place : place + 2], order), _MOST_TAGS)
    found: _Directory = {}
    for start in range(place + 2, place + 2 + 12 * count, 12):
        if start + 12 > len(data):
            break
        number, kind, values = struct.unpack_from(f"{order}HHI", data, start)
        size = _SIZES.get(kind, 0) * values
        at = start + 8 if size <= 4 else _number(data[start + 8 : start + 12], order)
        if 0 < size <= len(data) - at:
            found[number] = _Tag(kind, values, data[at : at + size])
    return found


def _below(data: bytes, order: str, main: _Directory, pointer: int) -> _Directory:
    """Return the directory that a tag points to, empty where none does."""
    tag = main.get(pointer)
    return {} if tag is None or tag.kind != _LONG else _read(data, order, _number(tag.raw, order))


def _orientation(main: _Directory, order: str) -> _Tag | None:
    tag = main.get(_ORIENTATION)
    if tag is None or tag.kind != _SHORT or not 2 <= _number(tag.raw[:2], order) <= 8:
        return None
    return _Tag(_SHORT, 1, tag.raw[:2])


def _texts(tags: _Directory, wanted: tuple[int, ...]) -> _Directory:
    """Return those that are short, plain texts: nothing else can hide in them."""
    found: _Directory = {}
    for number in wanted:
        tag = tags.get(number)
        text = tag.raw.partition(b"\0")[0][:_LONGEST_TEXT] if tag and tag.kind == _TEXT else b""
        if text and all(32 <= byte < 127 for byte in text):
            found[number] = _Tag(_TEXT, len(text) + 1, text + b"\0")
    return found


def _short(tags: _Directory) -> _Directory:
    return {number: tag for number, tag in tags.items() if len(tag.raw) <= _LONGEST_PLACE}


def _written(order: str, first: _Directory, details: _Directory, place: _Directory) -> bytes:
    """Return the block: the main directory, then those it points to, each with its values."""
    if not (first or details or place):
        return b""
    below = {number: tags for number, tags in ((_DETAILS, details), (_PLACE, place)) if tags}
    pointers = {number: _Tag(_LONG, 1, bytes(4)) for number in below}
    start = 8
    end = start + len(_directory(order, first | pointers, start))
    parts: list[bytes] = []
    for number, tags in below.items():
        pointers[number] = _Tag(_LONG, 1, struct.pack(f"{order}I", end))
        parts.append(_directory(order, tags, end))
        end += len(parts[-1])
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", start)
    return b"".join([PREFIX, head, _directory(order, first | pointers, start), *parts])


def _directory(order: str, tags: _Directory, place: int) -> bytes:
    """Return a directory that begins at ``place``, followed by the values too large for it."""
    entries, values = bytearray(), bytearray()
    after = place + 2 + 12 * len(tags) + 4
    for number, tag in sorted(tags.items()):
        if len(tag.raw) <= 4:
            last = tag.raw.ljust(4, b"\0")
        else:
            last = struct.pack(f"{order}I", after + len(values))
            values += tag.raw + b"\0" * (len(tag.raw) % 2)
        entries += struct.pack(f"{order}HHI", number, tag.kind, tag.count) + last
    return struct.pack(f"{order}H", len(tags)) + entries + bytes(4) + values


def _number(raw: bytes, order: str) -> int:
    return int.from_bytes(raw, "little" if order == "<" else "big")
