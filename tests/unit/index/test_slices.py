"""Spans of time cut into slices of a round width."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.index.slices import choose_slices

MOMENTS = st.integers(-(2**31), 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
SPANS = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(50_000))
)


@given(first=MOMENTS, span=SPANS, most=st.integers(1, 200))
def test_the_slices_hold_the_span_and_are_no_more_than_wanted(
    first: datetime, span: timedelta, most: int
) -> None:
    start, seconds = choose_slices(first, first + span, most)
    width = timedelta(seconds=seconds)
    assert start <= first < start + width
    assert first + span < start + most * width


def test_a_width_is_as_narrow_as_it_can_be_and_begins_at_a_round_time() -> None:
    first = datetime(2026, 5, 1, 18, 7, 30, tzinfo=UTC)
    six = datetime(2026, 5, 1, 18, tzinfo=UTC)
    for hours, most, expected in ((1, 80, 60), (6, 80, 300), (6, 13, 1800), (6, 7, 3600)):
        start, seconds = choose_slices(first, first + timedelta(hours=hours), most)
        assert seconds == expected
        assert (start - datetime(2026, 1, 1, tzinfo=UTC)) % timedelta(seconds=seconds) == timedelta(
            0
        )
        assert start >= six
