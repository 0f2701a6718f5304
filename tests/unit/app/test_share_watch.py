"""A page is stuck only when it was silent for long, to several questions, after it had answered."""

import pytest

from eventsnap_desktop.app.share_watch import ShareWatch, Watching

HOW = Watching()
PORT = 8473


class Page:
    """A page, and the time that goes by while it is asked."""

    def __init__(self) -> None:
        self.now, self.answer, self.takes = 1000.0, "ours", 0.0
        self.watch = ShareWatch(self.ask, HOW, lambda: self.now)

    def ask(self, port: int, within: float) -> str | None:
        assert (port, within) == (PORT, HOW.answers_within)
        self.now += min(self.takes, within)
        return self.answer if self.takes <= within else None

    def look(self, port: int = PORT, is_own: bool = True) -> bool:
        self.now += self.watch.pause
        return self.watch.is_stuck(port, is_own)


@pytest.fixture
def page() -> Page:
    made = Page()
    assert not made.look()
    return made


def silent_for(page: Page, is_own: bool = True) -> float:
    """Return how long it takes until a page that says nothing counts as stuck."""
    page.takes, since = 3600.0, page.now
    while not page.look(is_own=is_own):
        assert page.now - since < 1000
    return page.now - since


def test_a_page_that_says_nothing_any_more_is_stuck_within_a_minute(page: Page) -> None:
    assert HOW.silent_for <= silent_for(page) < 60


def test_another_programs_page_has_more_time_because_that_one_sees_to_it(page: Page) -> None:
    assert HOW.others_silent_for <= silent_for(page, is_own=False) < 180


def test_a_machine_so_busy_that_each_answer_takes_seconds_makes_no_page_stuck(page: Page) -> None:
    page.takes = HOW.answers_within - 0.1
    assert not any(page.look() for _ in range(1000))


def test_one_answer_begins_the_count_anew(page: Page) -> None:
    for _ in range(100):
        page.takes = 3600.0
        assert not any(page.look() for _ in range(2))
        page.takes = 0.0
        assert not page.look()


def test_a_machine_that_slept_for_hours_makes_no_page_stuck(page: Page) -> None:
    page.now += 8 * 3600
    page.takes = 3600.0
    assert not any(page.look() for _ in range(HOW.misses - 1))
    page.takes = 0.0
    assert not page.look()


def test_what_answers_strangely_answers(page: Page) -> None:
    page.answer = ""  # such as: too many connections
    assert not any(page.look() for _ in range(100))


def test_a_page_that_this_machine_cannot_ask_is_not_watched() -> None:
    page = Page()
    page.takes = 3600.0
    assert not any(page.look() for _ in range(100))


def test_a_page_that_begins_is_asked_soon_and_one_that_answers_now_and_then() -> None:
    page = Page()
    assert page.watch.pause == HOW.again_after
    assert not page.look(0)
    assert page.watch.pause == HOW.again_after
    assert not page.look()
    assert page.watch.pause == HOW.every
    assert not page.look(0)
    assert page.watch.pause == HOW.again_after
