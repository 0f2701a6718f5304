"""Work runs off the GUI thread and its news come back on it."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import Cancelled, UsageError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.bridge.jobs import Jobs


class Emitter(QObject):
    """Sends what it is told."""

    said = Signal(bool)


def test_a_result_comes_back_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    threads: list[object] = []
    results: list[int] = []

    def work() -> int:
        threads.append(QThread.currentThread())
        return 42

    def done(result: int) -> None:
        threads.append(QThread.currentThread())
        results.append(result)

    jobs.call(work, owner=owner, done=done)

    qtbot.waitUntil(lambda: results == [42])
    app = QApplication.instance()
    assert app is not None
    assert threads[0] is not app.thread()
    assert threads[1] is app.thread()


def test_an_error_comes_back_as_it_is(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    errors: list[Exception] = []

    def work() -> None:
        raise UsageError("No good")

    jobs.call(work, owner=owner, failed=errors.append)

    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], UsageError)


def test_progress_is_gathered_and_the_last_word_is_told(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    told: list[int] = []
    ended: list[None] = []

    def work(report: object, cancel: object) -> None:
        assert callable(report)
        for number in range(50_000):
            report(number)

    jobs.run(work, owner=owner, done=ended.append, progress=told.append)

    qtbot.waitUntil(lambda: bool(ended))
    assert told[-1] == 49_999
    assert len(told) < 100


def test_what_a_gone_owner_asked_for_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    go = threading.Event()
    told: list[object] = []
    later: list[object] = []
    keeper = QObject()
    jobs.run(lambda _r, _c: go.wait(5), owner=owner, lane="one", done=told.append)
    jobs.call(lambda: 1, owner=keeper, lane="one", done=later.append)

    shiboken6.delete(owner)
    go.set()

    qtbot.waitUntil(lambda: later == [1])
    assert told == []


def test_work_of_one_lane_never_overlaps(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    inside = 0
    most: list[int] = []
    pause = threading.Event()

    def work() -> None:
        nonlocal inside
        inside += 1
        most.append(inside)
        pause.wait(0.01)
        inside -= 1

    ended: list[None] = []
    for _ in range(5):
        jobs.call(work, owner=owner, lane="encode", done=ended.append)

    qtbot.waitUntil(lambda: len(ended) == 5)
    assert max(most) == 1


def test_a_coroutine_waits_for_work_without_blocking(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[object] = []

    async def action() -> None:
        seen.append(await jobs.call(lambda: "first", owner=owner))
        try:
            await jobs.call(lambda: 1 // 0, owner=owner)
        except ZeroDivisionError:
            seen.append("caught")
        raise UsageError("told")

    jobs.start(action(), lambda error: seen.append(str(error)))

    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["first", "caught", "told."]


def test_a_stopped_job_is_told_what_it_returned(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    begun = threading.Event()
    results: list[bool] = []

    def work(_report: object, cancel: Cancel) -> bool:
        begun.set()
        return cancel.wait(10)

    job = jobs.run(work, owner=owner, done=results.append)
    assert begun.wait(60)
    job.stop()

    qtbot.waitUntil(lambda: results == [True])


def test_a_job_that_was_cancelled_before_its_turn_is_never_begun(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    go, begun, ended = threading.Event(), [], []  # type: ignore[var-annotated]
    jobs.run(lambda _r, _c: go.wait(5), owner=owner, lane="one")
    job = jobs.call(lambda: begun.append(1), owner=owner, lane="one")
    jobs.call(lambda: None, owner=owner, lane="one", done=ended.append)

    job.cancel()
    go.set()

    qtbot.waitUntil(lambda: len(ended) == 1)
    assert not begun


def test_closing_ends_every_thread_and_drops_what_waits(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    told: list[object] = []
    jobs.run(lambda _r, cancel: cancel.wait(30), owner=owner, done=told.append)

    assert jobs.close(5)
    job = jobs.call(lambda: 1, owner=owner, done=told.append)

    assert told == []
    assert not job.is_running


def test_cancelled_work_is_no_failure(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    errors: list[Exception] = []

    def work() -> None:
        raise Cancelled("Stopped")

    jobs.call(work, owner=owner, failed=errors.append)

    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Cancelled)


@pytest.mark.parametrize("times", [2_000])
def test_a_signal_can_be_sent_thousands_of_times(qtbot: QtBot, times: int) -> None:
    """PySide6 6.12.0 loses a reference to True at each and ends the interpreter."""
    emitter = Emitter()
    heard: list[bool] = []
    emitter.said.connect(heard.append)

    for _ in range(times):
        emitter.said.emit(True)

    assert len(heard) == times
