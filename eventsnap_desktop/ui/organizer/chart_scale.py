"""Where things of a chart lie: round numbers for its axis, and the marks of its times."""

from collections.abc import Sequence

from eventsnap_desktop.domain.overview import Bucket


def round_top(highest: int) -> int:
    """Return the end of an axis: the least of 1, 2, 4, 5, 10, 20 ... not below ``highest``."""
    power = 1
    while True:
        for step in (1, 2, 4, 5):
            if step * power >= highest:
                return step * power
        power *= 10


def time_marks(buckets: Sequence[Bucket], most: int) -> list[int]:
    """Return the numbers of the buckets with a time below them: evenly spaced, so many at most."""
    if not buckets or most < 1:
        return []
    step = -(-len(buckets) // most)
    return list(range(0, len(buckets), step))


def bar_at(x: float, left: float, width: float, count: int) -> int | None:
    """Return the number of the bar under a place, None outside the chart."""
    if count < 1 or width <= 0 or not left <= x < left + width:
        return None
    return min(count - 1, int((x - left) / width * count))
