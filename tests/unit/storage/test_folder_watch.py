"""Hints of the file system about a folder."""

import errno
import logging
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage import folder_watch
from eventsnap_desktop.storage.folder import FolderSource


class Watching:
    """A watch on a thread and what it said."""

    def __init__(self, root: Path) -> None:
        self.heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.cancel = Cancel()
        source = FolderSource(root)
        self.thread = threading.Thread(target=source.watch, args=(self.heard.put, self.cancel))
        self.thread.start()

    def until(
        self, wanted: str | None, nudge: Callable[[], object] | None = None
    ) -> list[str | None]:
        """Return what was heard up to ``wanted``, doing ``nudge`` again while nothing is."""
        heard: list[str | None] = []
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                heard.append(self.heard.get(timeout=1))
            except queue.Empty:
                if nudge is not None:
                    nudge()
                continue
            if heard[-1] == wanted:
                return heard
        raise AssertionError(f"{wanted} was not heard, only {heard}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "day").mkdir(parents=True)
    return folder


@pytest.fixture
def watching(root: Path) -> Iterator[Watching]:
    """Watch the folder, and go on when the watch is known to work."""
    watch = Watching(root)
    first = root / "first.jpg"
    watch.until("first.jpg", nudge=lambda: first.write_bytes(os.urandom(9)))
    yield watch
    watch.cancel.request()
    watch.thread.join()


def test_a_new_photo_is_reported_by_its_key(root: Path, watching: Watching) -> None:
    (root / "day" / "Zürich 1.jpg").write_bytes(b"1")
    watching.until("day/Zürich 1.jpg")


def test_what_is_no_photo_is_not_reported(root: Path, watching: Watching) -> None:
    for name in ("notes.txt", ".hidden.jpg", "a.jpg.part"):
        (root / name).write_bytes(b"1")
    (root / "last.jpg").write_bytes(b"1")
    assert set(watching.until("last.jpg")) <= {"last.jpg", "first.jpg"}


def test_a_photo_that_is_written_slowly_is_reported_when_it_is_whole(
    root: Path, watching: Watching
) -> None:
    sizes: list[int] = []
    path = root / "slow.jpg"

    def write() -> None:
        with path.open("wb") as file:
            for _ in range(15):
                file.write(b"x" * 1000)
                file.flush()
                time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    watching.until("slow.jpg")
    sizes.append(path.stat().st_size)
    writer.join()
    assert sizes == [15_000]


def test_a_renamed_and_a_moved_in_photo_are_reported(
    root: Path, watching: Watching, tmp_path: Path
) -> None:
    (tmp_path / "beside.jpg").write_bytes(b"1")
    (tmp_path / "beside.jpg").rename(root / "moved.jpg")
    watching.until("moved.jpg")
    (root / "moved.jpg").rename(root / "day" / "renamed.jpg")
    watching.until("day/renamed.jpg")


def test_a_deleted_photo_and_a_moved_in_folder_are_something_that_happened(
    root: Path, watching: Watching, tmp_path: Path
) -> None:
    (root / "first.jpg").unlink()
    watching.until(None)
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "a.jpg").write_bytes(b"1")
    (tmp_path / "beside").rename(root / "beside")
    watching.until(None)


def test_a_great_many_files_at_once_are_one_something(
    root: Path, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "_MOST_WAITING", 50)
    for number in range(300):
        (root / f"{number}.jpg").write_bytes(b"1")
    assert len(watching.until(None)) < 300


def test_a_stop_ends_the_watch_at_once(root: Path) -> None:
    watch = Watching(root)
    began = time.monotonic()
    watch.cancel.request()
    watch.thread.join()
    assert time.monotonic() - began < 2


def test_a_folder_that_vanishes_is_waited_for_and_its_return_is_reported(
    root: Path, watching: Watching
) -> None:
    away = root.with_name("away")
    shutil.move(root, away)
    time.sleep(0.3)
    assert watching.thread.is_alive()
    shutil.move(away, root)
    watching.until(None)
    back = root / "back.jpg"
    watching.until("back.jpg", nudge=lambda: back.write_bytes(os.urandom(9)))


def test_a_system_that_cannot_watch_is_said_once_and_the_watch_returns(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def limit(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "OS file watch limit reached")

    monkeypatch.setattr(folder_watch, "watch", limit)
    with caplog.at_level(logging.INFO):
        FolderSource(root).watch(lambda _: None, Cancel())
    (record,) = caplog.records
    assert "cannot watch the photo folder" in record.message
    assert "it is listed instead" in record.message
