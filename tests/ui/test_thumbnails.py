"""Thumbnails are made once, newest request first, kept within limits, and failures remembered."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import PhotoUnreadableError, SourceAwayError
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.picture_files import PictureFiles
from eventsnap_desktop.ui.bridge.thumbnails import PictureId, Thumbnails
from eventsnap_desktop.ui.organizer.desk import Desk

EVENT = Event(EventId(1), "party", "Party", "", None, datetime(2030, 1, 1, tzinfo=UTC), None)


def jpeg(side: int) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("#406080"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload] # bytes, says the stub; not so
    return bytes(data.data())


@dataclass
class Source:
    """Makes pictures and notes which; waits for ``gate`` before each."""

    made: list[str] = field(default_factory=list)
    gate: Flag = field(default_factory=Flag)
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    def load(self, event: Event, key: str, side: int) -> bytes:
        assert event == EVENT
        assert self.gate.wait(60)
        self.made.append(key)
        if self.error is not None:
            raise self.error
        return jpeg(side)


def heard(thumbnails: Thumbnails) -> tuple[list[PictureId], Callable[[int], bool]]:
    got: list[PictureId] = []
    thumbnails.ready.connect(got.append)
    return got, lambda count: len(got) >= count


def test_a_picture_is_there_after_it_was_asked_for(
    jobs: Jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    thumbnails = Thumbnails(jobs, Source().load, tmp_path, jobs)
    assert thumbnails.get(EVENT, "a.jpg", "1", 64) is None

    with qtbot.waitSignal(thumbnails.ready) as blocker:
        thumbnails.request(EVENT, "a.jpg", "1", 64)

    assert blocker.args == [PictureId("party", "a.jpg", "1", 64)]
    image = thumbnails.get(EVENT, "a.jpg", "1", 64)
    assert image is not None
    assert image.width() == 64
    assert thumbnails.get(EVENT, "a.jpg", "2", 64) is None


def test_the_newest_request_comes_first(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    source = Source()
    source.gate.clear()
    thumbnails = Thumbnails(jobs, source.load, tmp_path, jobs)
    _, all_there = heard(thumbnails)

    for number in range(8):
        thumbnails.request(EVENT, f"{number}", "1", 16)
    source.gate.set()
    qtbot.waitUntil(lambda: all_there(8))

    newest_first = [key for key in source.made if key not in {"0", "1", "2"}]
    # The first three were begun when nothing else waited; then up to three are made at once, and
    # any of them may be done first.
    assert newest_first[0] in {"7", "6", "5"}
    assert newest_first[-1] in {"5", "4", "3"}
    assert newest_first.index("7") < newest_first.index("3")


def test_what_was_scrolled_away_is_not_made(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    source = Source()
    source.gate.clear()
    thumbnails = Thumbnails(jobs, source.load, tmp_path, jobs)
    got, all_there = heard(thumbnails)

    for number in range(500):
        thumbnails.request(EVENT, f"{number}", "1", 16)
    assert thumbnails.waiting == 200
    thumbnails.withdraw(EVENT, "499", "1", 16)
    source.gate.set()
    qtbot.waitUntil(lambda: all_there(202))

    assert len(source.made) == 202
    assert {"499", "100"}.isdisjoint(one.key for one in got)


def test_memory_stays_within_its_limit(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    limit = 5 * 64 * 64 * 4
    thumbnails = Thumbnails(jobs, Source().load, tmp_path, jobs, memory_limit=limit)
    _, all_there = heard(thumbnails)

    for number in range(12):
        thumbnails.request(EVENT, f"{number}", "1", 64)
    qtbot.waitUntil(lambda: all_there(12))

    assert thumbnails.memory_bytes == limit


def test_the_next_start_takes_pictures_from_disk(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    first = Thumbnails(jobs, Source().load, tmp_path, jobs)
    with qtbot.waitSignal(first.ready):
        first.request(EVENT, "a.jpg", "1", 64)
    source = Source()
    second = Thumbnails(jobs, source.load, tmp_path, jobs)

    with qtbot.waitSignal(second.ready):
        second.request(EVENT, "a.jpg", "1", 64)

    assert not source.made


def test_a_broken_file_on_disk_is_made_anew(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    first = Thumbnails(jobs, Source().load, tmp_path, jobs)
    with qtbot.waitSignal(first.ready):
        first.request(EVENT, "a.jpg", "1", 64)
    for file in tmp_path.rglob("*.jpg"):
        file.write_bytes(b"no picture")
    source = Source()
    second = Thumbnails(jobs, source.load, tmp_path, jobs)

    with qtbot.waitSignal(second.ready):
        second.request(EVENT, "a.jpg", "1", 64)

    assert source.made == ["a.jpg"]


def test_a_broken_photo_is_tried_once(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    source = Source(error=PhotoUnreadableError("not a picture"))
    thumbnails = Thumbnails(jobs, source.load, tmp_path, jobs)
    with qtbot.waitSignal(thumbnails.missed):
        thumbnails.request(EVENT, "a.jpg", "1", 64)

    thumbnails.request(EVENT, "a.jpg", "1", 64)

    assert thumbnails.failed(EVENT, "a.jpg", "1", 64) == "not a picture"
    assert thumbnails.waiting == 0
    assert source.made == ["a.jpg"]


def test_a_source_that_was_away_is_tried_again(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    source = Source(error=SourceAwayError("no answer"))
    thumbnails = Thumbnails(jobs, source.load, tmp_path, jobs)
    with qtbot.waitSignal(thumbnails.missed):
        thumbnails.request(EVENT, "a.jpg", "1", 64)
    source.error = None

    thumbnails.forget_failures()
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.request(EVENT, "a.jpg", "1", 64)

    assert source.made == ["a.jpg", "a.jpg"]


def test_a_deleted_event_leaves_no_picture(jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    thumbnails = Thumbnails(jobs, Source().load, tmp_path, jobs)
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.request(EVENT, "a.jpg", "1", 64)

    thumbnails.forget_event("party")

    qtbot.waitUntil(lambda: not kept_files(tmp_path))
    assert thumbnails.get(EVENT, "a.jpg", "1", 64) is None
    assert thumbnails.memory_bytes == 0


def test_a_picture_in_work_when_its_event_is_deleted_is_not_kept(
    jobs: Jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    source = Source()
    source.gate.clear()
    thumbnails = Thumbnails(jobs, source.load, tmp_path, jobs)
    ready: list[object] = []
    thumbnails.ready.connect(ready.append)
    thumbnails.request(EVENT, "a.jpg", "1", 64)

    thumbnails.forget_event("party")
    source.gate.set()

    qtbot.waitUntil(lambda: len(source.made) == 1)
    qtbot.waitUntil(lambda: not kept_files(tmp_path) and not thumbnails._running)
    assert ready == []
    assert thumbnails.get(EVENT, "a.jpg", "1", 64) is None


def kept_files(folder: Path) -> list[str]:
    """Return the names of the pictures on disk; folders may vanish while they are looked at."""
    return [name for _, _, names in os.walk(folder) for name in names if name.endswith(".jpg")]


def test_the_disk_stays_within_its_limit_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    files = PictureFiles(tmp_path, limit=10_000)
    for number in range(9):
        files.write("party", f"{number}", bytes(1000))
    files = PictureFiles(tmp_path, limit=10_000)

    files.write("party", "large", bytes(4000))

    assert files.size <= 10_000
    assert files.read("party", "large") is not None
    assert files.read("party", "8") is not None
    assert files.read("party", "0") is None
    assert not list(tmp_path.rglob("*.part"))


def test_a_folder_that_cannot_be_written_costs_only_speed(
    jobs: Jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "thumbnails").write_text("a file is in the way")
    thumbnails = Thumbnails(jobs, Source().load, tmp_path, jobs)

    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.request(EVENT, "a.jpg", "1", 64)


def test_the_desk_shows_thumbnails_of_its_photos(waiting_event: Desk, qtbot: QtBot) -> None:
    event = waiting_event.current.chosen
    assert event is not None

    with qtbot.waitSignal(waiting_event.thumbnails.ready):
        waiting_event.thumbnails.request(event, "IMG_2001.jpg", "1", 320)

    image = waiting_event.thumbnails.get(event, "IMG_2001.jpg", "1", 320)
    assert image is not None
    assert max(image.width(), image.height()) == 320
