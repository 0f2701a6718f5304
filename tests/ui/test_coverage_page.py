"""The coverage page shows an evening's figures, and its chart's parts lie where they belong."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.overview import Bucket, Coverage
from eventsnap_desktop.ui.organizer.chart_scale import bar_at, round_top, time_marks
from eventsnap_desktop.ui.organizer.coverage_page import CoveragePage
from eventsnap_desktop.ui.organizer.desk import Desk

BEGIN = datetime(2030, 5, 4, 18, 0, tzinfo=UTC)


def buckets(count: int) -> tuple[Bucket, ...]:
    return tuple(Bucket(BEGIN + timedelta(minutes=5 * n), n + 1, 3 * n) for n in range(count))


@given(st.integers(1, 10**7))
def test_an_axis_ends_at_a_round_number_that_is_not_far_away(highest: int) -> None:
    top = round_top(highest)

    assert highest <= top <= max(4, 2 * highest) or top == round_top(top)
    assert str(top).rstrip("0") in {"1", "2", "4", "5"}


@given(st.integers(0, 300), st.integers(1, 20))
def test_times_are_marked_evenly_and_not_too_often(count: int, most: int) -> None:
    marks = time_marks(buckets(count), most)

    assert len(marks) <= most
    assert len({b - a for a, b in pairwise(marks)}) <= 1
    assert all(0 <= mark < count for mark in marks)


def test_the_bar_under_the_pointer_is_found() -> None:
    assert bar_at(64.0, 64.0, 100.0, 10) == 0
    assert bar_at(163.9, 64.0, 100.0, 10) == 9
    assert bar_at(164.0, 64.0, 100.0, 10) is None
    assert bar_at(10.0, 64.0, 100.0, 10) is None
    assert bar_at(70.0, 64.0, 100.0, 0) is None


def test_the_sample_evening_is_shown(sample_event: Desk, qtbot: QtBot) -> None:
    page = CoveragePage(sample_event)
    qtbot.addWidget(page)
    page.resize(1060, 760)
    with qtbot.waitExposed(page):
        page.show()

    qtbot.waitUntil(lambda: page._served.figure == "0")
    qtbot.waitUntil(lambda: page._lag.figure not in {"–", ""})
    assert "photos and" in page._chart.accessibleName()


def test_figures_are_written_as_the_windows_language_writes_them(desk: Desk, qtbot: QtBot) -> None:
    page = CoveragePage(desk)
    qtbot.addWidget(page)
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        page.show_coverage(Coverage((), 60, 1200, 0, 8.5, None, None, 0, 0))
    finally:
        QLocale.setDefault(before)

    assert (page._median.figure, page._served.figure) == ("8,5", "1.200")


def test_a_time_without_photos_says_so(sample_event: Desk, qtbot: QtBot) -> None:
    page = CoveragePage(sample_event)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(page._chart.isVisible)

    qtbot.mouseClick(page._hour, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "No photos in this time" in page._empty.text)
    qtbot.mouseClick(page._all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._chart.isVisible)


def test_figures_that_are_not_known_are_dashes(desk: Desk, qtbot: QtBot) -> None:
    page = CoveragePage(desk)
    qtbot.addWidget(page)

    page.show_coverage(Coverage((), 60, 3, 1, None, None, None, 2, 4))

    assert [tile.figure for tile in (page._served, page._without, page._median, page._lag)] == [
        "3",
        "1",
        "–",
        "–",
    ]
    assert "No photos yet" in page._empty.text


def test_the_projector_view_leaves_only_the_chart(desk: Desk, qtbot: QtBot) -> None:
    page = CoveragePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()

    with qtbot.waitSignal(page.projected) as told:
        qtbot.mouseClick(page._wide, Qt.MouseButton.LeftButton)
    assert told.args == [True]
    assert not page._tiles.isVisible()
    qtbot.mouseClick(page._wide, Qt.MouseButton.LeftButton)
    assert page._tiles.isVisible()
