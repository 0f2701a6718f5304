"""The log of a program with a window."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsnap_desktop.settings.log_file import (
    RecentLog,
    RunningLog,
    log_folder,
    parse_log,
    read_log,
    recent_log,
    start_log,
)

ours = logging.getLogger("eventsnap_desktop.flows.encode")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningLog]:
    log = start_log(tmp_path, "WARNING")
    yield log
    log.stop()


def test_what_is_logged_lies_in_memory_and_in_the_file(running: RunningLog, tmp_path: Path) -> None:
    ours.info("encoded %s photos", 12)
    try:
        raise ValueError("broken")
    except ValueError:
        ours.exception("it went wrong")

    count, lines = running.recent.since(0)

    assert recent_log() is running.recent
    assert [line.level for line in lines] == ["INFO", "ERROR"]
    assert count == 2
    assert lines[0].text == "encoded 12 photos"
    assert "ValueError: broken" in lines[1].text
    read = read_log(tmp_path)
    assert [(one.level, one.name, one.text) for one in read] == [
        (one.level, one.name, one.text) for one in lines
    ]


def test_only_what_is_new_is_handed_out(running: RunningLog) -> None:
    ours.info("one")
    seen, _ = running.recent.since(0)
    ours.info("two")

    assert [line.text for line in running.recent.since(seen)[1]] == ["two"]
    assert running.recent.since(seen + 1) == (seen + 1, [])


def test_memory_is_bounded() -> None:
    recent = RecentLog(most=3)
    for number in range(10):
        recent.emit(logging.LogRecord("a", logging.INFO, "", 0, str(number), None, None))

    count, lines = recent.since(0)

    assert count == 10
    assert [line.text for line in lines] == ["7", "8", "9"]


def test_other_libraries_chatter_is_not_recorded(running: RunningLog) -> None:
    logging.getLogger("urllib3.connectionpool").debug("GET /bucket/photo.jpg")
    ours.debug("a detail")

    assert running.recent.since(0)[1] == []


def test_what_is_printed_stays_as_the_settings_say(tmp_path: Path) -> None:
    printed = logging.StreamHandler(sys.stderr)
    seen: list[str] = []
    printed.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(printed)
    log = start_log(tmp_path, "WARNING")
    ours.info("quiet")
    ours.warning("loud")
    log.stop()
    logging.getLogger().removeHandler(printed)

    assert seen == ["loud"]
    assert printed.level == logging.NOTSET
    assert recent_log() is None


def test_files_rotate_and_stay_below_five_megabytes(running: RunningLog, tmp_path: Path) -> None:
    for _ in range(70):
        ours.info("x" * 100_000)

    files = list(log_folder(tmp_path).iterdir())

    assert len(files) == 5
    assert sum(file.stat().st_size for file in files) <= 5_000_000


def test_a_folder_that_cannot_be_written_leaves_the_memory(tmp_path: Path) -> None:
    log_folder(tmp_path).write_text("a file stands in the way")
    log = start_log(tmp_path, "INFO")
    ours.info("still here")
    _, lines = log.recent.since(0)
    log.stop()

    assert "cannot be written" in log.problem
    assert [line.text for line in lines][-1] == "still here"


def test_a_files_lines_that_begin_nothing_belong_to_the_entry_before() -> None:
    lines = ["tail of an older entry", "2026-01-02 03:04:05,678 ERROR a.b: bad", "Traceback", "  x"]

    (entry,) = parse_log(lines)

    assert (entry.level, entry.name, entry.text) == ("ERROR", "a.b", "bad\nTraceback\n  x")
    assert entry.at.strftime("%d %H:%M:%S") == "02 03:04:05"


def test_without_files_there_are_no_entries(tmp_path: Path) -> None:
    assert read_log(tmp_path) == []


def test_programs_that_run_beside_each_other_have_files_of_their_own(tmp_path: Path) -> None:
    log = start_log(tmp_path, "WARNING", "kiosk.log")
    ours.info("a guest's program")
    log.stop()

    assert [path.name for path in log_folder(tmp_path).iterdir()] == ["kiosk.log"]
    assert read_log(tmp_path) == []
