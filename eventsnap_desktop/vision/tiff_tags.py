"""Reads the tags of a TIFF structure (a TIFF file, an EXIF block) without trusting any of them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIZE_OF_KIND = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
SIZE_OF_KIND |= {16: 8, 17: 8, 18: 8}
_LETTER_OF_KIND = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MOST_TAGS = 4096


@dataclass(frozen=True, slots=True)
class Tag:
    """One entry: its type, how many values, and the byte offset of the first of them."""

    kind: int
    count: int
    start: int

    @property
    def size(self) -> int:
        """Bytes that the values claim to fill."""
        return self.count * SIZE_OF_KIND.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Directory:
    """One image file directory: its tags by number, and the offset of the next one (0: none).

    ``claimed`` adds up the bytes of all entries, repeated ones too.
    """

    tags: dict[int, Tag]
    next: int
    claimed: int


class TagReader:
    """Reads directories of classic TIFF and BigTIFF; what lies outside of the data is left out."""

    def __init__(self, data: bytes, order: str, first: int, big: bool) -> None:
        self._data, self._order, self.first, self.big = data, order, first, big

    @classmethod
    def open(cls, data: bytes) -> "TagReader | None":
        """Return a reader, or None when the data does not begin like a TIFF structure."""
        order = {b"II": "<", b"MM": ">"}.get(data[:2])
        if order is None or len(data) < 8:
            return None
        (magic,) = struct.unpack_from(order + "H", data, 2)
        if magic == 43 and len(data) >= 16:
            return cls(data, order, struct.unpack_from(order + "Q", data, 8)[0], True)
        if magic == 42:
            return cls(data, order, struct.unpack_from(order + "I", data, 4)[0], False)
        return None

    def directory(self, offset: int) -> Directory:
        """Read the directory at an offset; an impossible one has no tags."""
        count_format, entry_size = ("Q", 20) if self.big else ("H", 12)
        count = self._number(count_format, offset)
        start = offset + struct.calcsize("<" + count_format)
        if offset < 8 or count is None or count > _MOST_TAGS:
            return Directory({}, 0, 0)
        tags: dict[int, Tag] = {}
        claimed = 0
        for place in range(start, start + count * entry_size, entry_size):
            number = self._number("H", place)
            tag = self._tag(place)
            if number is None or tag is None:
                return Directory(tags, 0, claimed)
            claimed += tag.size
            tags.setdefault(number, tag)
        following = self._number("Q" if self.big else "I", start + count * entry_size)
        return Directory(tags, following or 0, claimed)

    def directories(self, most: int = 16) -> Iterator[Directory]:
        """Yield the main chain and the sub-directories (tag 330), at most ``most`` in all."""
        waiting, seen = [self.first], set[int]()
        while waiting and len(seen) < most:
            offset = waiting.pop(0)
            if offset in seen:
                continue
            seen.add(offset)
            directory = self.directory(offset)
            yield directory
            waiting += self.numbers(directory.tags.get(330))
            if directory.next:
                waiting.append(directory.next)

    def numbers(self, tag: Tag | None, most: int = 16) -> tuple[int, ...]:
        """Return up to ``most`` whole numbers of a tag; none where it holds something else."""
        letter = _LETTER_OF_KIND.get(tag.kind) if tag else None
        if tag is None or letter is None:
            return ()
        size = SIZE_OF_KIND[tag.kind]
        found = (self._number(letter, tag.start + n * size) for n in range(min(tag.count, most)))
        return tuple(number for number in found if number is not None)

    def number(self, tag: Tag | None) -> int | None:
        """Return a tag's first whole number, or None."""
        return next(iter(self.numbers(tag, 1)), None)

    def text(self, tag: Tag | None, most: int = 64) -> str:
        """Return a tag's text as ASCII, what is not ASCII replaced, "" where there is none."""
        if tag is None or tag.kind not in (2, 7):
            return ""
        raw = self._data[tag.start : tag.start + min(tag.count, most)]
        return raw.split(b"\0")[0].decode("ascii", "replace").strip()

    def _tag(self, place: int) -> Tag | None:
        kind = self._number("H", place + 2)
        count = self._number("Q" if self.big else "I", place + 4)
        if kind is None or count is None:
            return None
        room, at = (8, place + 12) if self.big else (4, place + 8)
        if count * SIZE_OF_KIND.get(kind, 1) <= room:
            return Tag(kind, count, at)
        start = self._number("Q" if self.big else "I", at)
        return None if start is None else Tag(kind, count, start)

    def _number(self, letter: str, offset: int) -> int | None:
        form = self._order + letter
        if offset < 0 or offset + struct.calcsize(form) > len(self._data):
            return None
        return int(struct.unpack_from(form, self._data, offset)[0])
