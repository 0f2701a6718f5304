"""Cuts a span of time into slices of a round width."""

from datetime import UTC, datetime, timedelta
from itertools import chain, count

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400
_WEEK = 7 * _DAY
_ROUND = (60, 300, 600, 900, 1800, 3600, 7200, 21_600, _DAY, _WEEK)


def choose_slices(first: datetime, last: datetime, most: int) -> tuple[datetime, int]:
    """Return where the first slice begins and how many seconds each has, at most ``most`` slices.

    Slices begin at round times of UTC, from a week on at the beginning of a day: a camera whose
    clock was never set puts years between two photos.
    """
    wider = (_WEEK << doubled for doubled in count(1))
    for seconds in chain(_ROUND, wider):
        width = timedelta(seconds=seconds)
        start = EPOCH + (first - EPOCH) // min(width, timedelta(_DAY)) * min(width, timedelta(_DAY))
        if (last - start) // width < max(most, 1):
            return start, seconds
    raise AssertionError("some width holds any span")
