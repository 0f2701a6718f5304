"""Photos in rows that fill the width, each in its own shape: where everything is, reckoned once."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect

_NARROWEST, _WIDEST = 0.5, 2.6  # what is narrower or wider is shown with its edges cut off
_ROOMIER = 1.12  # steps in which few photos are made larger
_STRETCHED = 1.2  # a last row that is nearly full is made full


def shape_of(width: int, height: int) -> float:
    """Return width by height of a photo's place, a usual one where the photo's is not known."""
    if width <= 0 or height <= 0:
        return 1.5
    return min(_WIDEST, max(_NARROWEST, width / height))


class JustifiedRows:
    """Places 0, 1, … in rows of about the ``wanted`` height, with a ``gap`` between.

    ``centred``: rows that do not fill the width stand in its middle, else at its beginning.
    """

    def __init__(
        self, shapes: Sequence[float], width: int, wanted: int, gap: int, *, centred: bool = False
    ) -> None:
        self._width, self._gap = max(1, width), gap
        self._wanted, self._centred = max(1, wanted), centred
        self._firsts: list[int] = []
        self._tops: list[int] = []
        self._heights: list[int] = []
        self._lefts: list[int] = []
        self._widths: list[int] = []
        self.height = 0
        self._break_into_rows(shapes)

    def rect(self, place: int) -> QRect:
        """Return where a photo is."""
        row = self.row_of(place)
        left, width = self._lefts[place], self._widths[place]
        return QRect(left, self._tops[row], width, self._heights[row])

    def row_of(self, place: int) -> int:
        """Return the row of a place."""
        return bisect_right(self._firsts, place) - 1

    def between(self, top: int, bottom: int) -> range:
        """Return the places whose rows reach into a strip."""
        if not self._tops or bottom < 0 or top >= self.height:
            return range(0)
        first = max(0, bisect_right(self._tops, top) - 1)
        end = bisect_right(self._tops, bottom)
        return range(self._firsts[first], self._end_of(end - 1))

    def at(self, point: QPoint) -> int:
        """Return the place at a point, -1 beside all."""
        for place in self.between(point.y(), point.y()):
            if self.rect(place).contains(point):
                return place
        return -1

    def in_next_row(self, place: int, down: int) -> int:
        """Return the place above (-1) or below (1) another, itself where there is none."""
        row = self.row_of(place) + down
        if not 0 <= row < len(self._firsts):
            return place
        middle = self._lefts[place] + self._widths[place] // 2
        places = range(self._firsts[row], self._end_of(row))
        return min(places, key=lambda one: abs(self._lefts[one] + self._widths[one] // 2 - middle))

    def _end_of(self, row: int) -> int:
        return self._firsts[row + 1] if row + 1 < len(self._firsts) else len(self._lefts)

    def _break_into_rows(self, shapes: Sequence[float]) -> None:
        row: list[float] = []
        total, wanted, gap, width = 0.0, self._wanted, self._gap, self._width
        for shape in shapes:
            gaps = gap * len(row)
            if row and (total + shape) * wanted + gaps > width:
                without = (width - gaps + gap) / total
                within = (width - gaps) / (total + shape)
                if without / wanted < wanted / within:  # nearer to what is wanted
                    self._add(row, without)
                    row, total = [shape], shape
                    continue
                self._add([*row, shape], within)
                row, total = [], 0.0
                continue
            row.append(shape)
            total += shape
        if row:
            full = (width - gap * (len(row) - 1)) / total
            self._add(row, full if full < wanted * _STRETCHED else wanted)
        self.height = self._tops[-1] + self._heights[-1] if self._tops else 0

    def _add(self, shapes: Sequence[float], height: float) -> None:
        edges = [shape * height for shape in accumulate(shapes, initial=0.0)]
        filled = edges[-1] + self._gap * (len(shapes) - 1)
        start = max(0.0, (self._width - filled) / 2) if self._centred else 0.0
        self._firsts.append(len(self._lefts))
        self._tops.append(self._tops[-1] + self._heights[-1] + self._gap if self._tops else 0)
        self._heights.append(max(1, round(height)))
        for number in range(len(shapes)):
            left = round(start + edges[number]) + self._gap * number
            self._lefts.append(left)
            self._widths.append(round(start + edges[number + 1]) + self._gap * number - left)


def roomy_rows(
    shapes: Sequence[float], width: int, seen: int, wanted: int, gap: int
) -> JustifiedRows:
    """Return rows of the wanted height, or of a larger one where all is seen at once then."""
    rows = JustifiedRows(shapes, width, wanted, gap)
    if rows.height > seen:
        return rows
    best, height = wanted, float(wanted)
    while height <= seen:
        if JustifiedRows(shapes, width, round(height), gap).height <= seen:
            best = round(height)
        height *= _ROOMIER
    return JustifiedRows(shapes, width, best, gap, centred=True)
