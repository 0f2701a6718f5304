"""A session's inbox: what comes first, and how long a guest is waited for."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from eventsnap_desktop.domain.guests import SessionOutcome
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.guest_actions import Back, Finish, Start, StillHere
from eventsnap_desktop.flows.guest_inbox import Inbox, VisitEndedError

R = TypeVar("R")


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Waiting:
    """An inbox, its clock, and the countdown it showed."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.counted: list[int | None] = []
        self.inbox = Inbox(self.counted.append, self.clock)

    async def next_after(self, seconds: float) -> object:
        """Wait for the next item while so many seconds pass."""
        task = asyncio.ensure_future(self.inbox.next(seconds=0.01))
        await asyncio.sleep(0)
        self.clock.now += seconds
        self.inbox.wake()
        return await task


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


def done(action: Coroutine[Any, Any, R]) -> R:
    return asyncio.run(action)


def test_items_come_in_the_order_they_were_put(waiting: Waiting) -> None:
    async def all_three() -> list[object]:
        for item in (Start(), Notice(Subject.PHOTOS), Back()):
            waiting.inbox.put(item)
        return [await waiting.inbox.next() for _ in range(3)]

    assert done(all_three()) == [Start(), Notice(Subject.PHOTOS), Back()]


def test_an_item_put_while_somebody_waits_wakes_them(waiting: Waiting) -> None:
    async def put_later() -> object:
        task = asyncio.ensure_future(waiting.inbox.next())
        await asyncio.sleep(0)
        waiting.inbox.put(Finish())
        return await asyncio.wait_for(task, 5)

    assert done(put_later()) == Finish()


def test_finished_work_ends_the_wait_without_an_item(waiting: Waiting) -> None:
    async def work() -> object:
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(waiting.inbox.next(future))
        await asyncio.sleep(0)
        future.set_result(1)
        return await asyncio.wait_for(task, 5)

    assert done(work()) is None


def test_a_guest_who_leaves_is_counted_down_and_then_gone(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=40, total=0)

    assert done(waiting.next_after(20)) is None
    assert waiting.counted == []
    assert done(waiting.next_after(8)) is None
    assert waiting.counted == [12]
    with pytest.raises(VisitEndedError) as ended:
        done(waiting.next_after(12))
    assert ended.value.outcome is SessionOutcome.WALKED_AWAY


def test_any_touch_ends_the_countdown(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=40, total=0)
    done(waiting.next_after(30))
    waiting.inbox.touch()

    assert waiting.counted == [10, None]
    assert done(waiting.next_after(20)) is None


def test_the_time_in_all_ends_a_visit_of_somebody_who_is_there(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=40, total=100)
    for _ in range(3):
        done(waiting.next_after(30))
        waiting.inbox.touch()

    assert waiting.counted[-1] == 10
    with pytest.raises(VisitEndedError) as ended:
        done(waiting.next_after(11))
    assert ended.value.outcome is SessionOutcome.TIME_UP


def test_who_says_that_they_are_there_gets_another_minute(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=40, total=100)
    for _ in range(3):
        done(waiting.next_after(30))
        waiting.inbox.touch()
    waiting.inbox.put(StillHere())

    assert waiting.counted[-1] is None
    assert done(waiting.next_after(39)) is None


def test_somebody_else_can_end_a_visit_at_once(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=0, total=0)
    waiting.inbox.put(Back())
    waiting.inbox.end(SessionOutcome.STAFF)

    with pytest.raises(VisitEndedError) as ended:
        done(waiting.inbox.next())
    assert ended.value.outcome is SessionOutcome.STAFF


def test_nothing_of_one_visit_reaches_the_next(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=40, total=0)
    waiting.inbox.put(Finish())
    waiting.inbox.finish()
    waiting.inbox.begin(idle=40, total=0)

    assert done(waiting.next_after(0.1)) is None


def test_without_limits_nobody_is_sent_away(waiting: Waiting) -> None:
    waiting.inbox.begin(idle=0, total=0)

    assert done(waiting.next_after(100_000)) is None
    assert waiting.counted == []
