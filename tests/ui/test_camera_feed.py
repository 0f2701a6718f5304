"""The bridge from a camera to coach and screen: newest only, mirrored, lost and found, wiped."""

import gc
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject, QSize, QThread, Slot
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from eventsnap_desktop.camera.file_camera import FileCamera
from eventsnap_desktop.camera.frames import Camera, CameraLostError
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs

FAST = 500.0


class Screen(QObject):
    """Hears of pictures as a screen does, on the GUI thread."""

    def __init__(self, feed: CameraFeed) -> None:
        super().__init__()
        self.feed = feed
        self.told = 0
        self.on_gui_thread: set[bool] = set()
        self.images: list[QImage] = []
        self.said: list[str] = []
        feed.arrived.connect(self.on_arrived)
        feed.lost.connect(self.on_lost)
        feed.found.connect(self.on_found)

    @Slot()
    def on_arrived(self) -> None:
        self.told += 1
        self.on_gui_thread.add(QThread.currentThread() is self.thread())

    @Slot(str)
    def on_lost(self, why: str) -> None:
        self.said.append(why)

    @Slot()
    def on_found(self) -> None:
        self.said.append("found")

    def takes(self, count: int) -> bool:
        image = self.feed.take_image()
        if image is not None:
            self.images.append(image)
        return len(self.images) >= count


class SteppedCamera:
    """A camera whose next picture comes when the test says so; it can be pulled out."""

    def __init__(self) -> None:
        self.step, self.asked = Event(), Event()
        self.count = 0
        self.away = self.closed = False

    def newest(self, wait: float) -> BgrImage | None:
        self.asked.set()
        if self.away:
            raise CameraLostError("The camera is away", "Is it plugged in?")
        if not self.step.wait(min(wait, 0.02)):
            return None
        self.step.clear()
        self.count += 1
        return np.full((90, 160, 3), self.count, np.uint8)

    def has_given(self, count: int) -> bool:
        return self.count >= count

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a folder with one picture: blue on the left, red on the right."""
    image = np.zeros((360, 640, 3), np.uint8)
    image[:, :320, 0] = image[:, 320:, 2] = 200
    (tmp_path / "film").mkdir()
    file = tmp_path / "film" / "a.png"
    file.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    return file


Start = Callable[[Callable[[], Camera]], tuple[CameraFeed, Screen, "Job[None]"]]


@pytest.fixture
def start(jobs: Jobs) -> Iterator[Start]:
    """Return a way to begin filming with a camera on a real lane."""
    made: list[QObject] = []

    def begin(opener: Callable[[], Camera]) -> tuple[CameraFeed, Screen, "Job[None]"]:
        feed = CameraFeed(opener)
        screen = Screen(feed)
        made.extend((feed, screen))
        job = jobs.run(lambda _report, cancel: feed.film(cancel), owner=feed, lane="camera")
        return feed, screen, job

    yield begin
    jobs.close(20)
    made.clear()


def test_pictures_come_mirrored_and_just_large_enough_for_their_place(
    start: Start, picture: Path, qtbot: QtBot
) -> None:
    feed, screen, _ = start(lambda: FileCamera(picture, FAST))
    feed.set_preview_size(QSize(160, 100))
    qtbot.waitUntil(lambda: screen.takes(3))
    image = screen.images[-1]
    assert image.format() == QImage.Format.Format_RGB32
    assert (image.width(), image.height()) in [(178, 100), (179, 101)]
    assert image.pixelColor(5, 50).red() == 200
    assert image.pixelColor(170, 50).blue() == 200
    assert feed.frame_rate > 0
    coach = feed.newest(5)
    assert coach is not None
    assert coach.shape == (360, 640, 3)
    assert coach[0, 0].tolist() == [200, 0, 0]


def test_a_screen_that_does_not_paint_is_told_once_and_gets_the_newest(
    start: Start, qtbot: QtBot
) -> None:
    camera = SteppedCamera()
    feed, screen, _ = start(lambda: camera)
    for count in range(1, 6):
        camera.step.set()
        qtbot.waitUntil(partial(camera.has_given, count))
    camera.asked.clear()
    qtbot.waitUntil(camera.asked.is_set)
    qtbot.waitUntil(lambda: screen.told == 1)
    assert screen.on_gui_thread == {True}
    image = feed.take_image()
    assert image is not None
    assert image.pixelColor(3, 3).red() == 5
    assert feed.take_image() is None
    newest = feed.newest(0)
    assert newest is not None
    assert int(newest[0, 0, 0]) == 5
    assert feed.newest(0) is None
    camera.step.set()
    qtbot.waitUntil(lambda: screen.told == 2)


def test_a_lost_camera_is_told_once_and_found_again(start: Start, qtbot: QtBot) -> None:
    camera = SteppedCamera()
    feed, screen, _ = start(lambda: camera)
    camera.step.set()
    qtbot.waitUntil(lambda: screen.told == 1)
    camera.away = True
    qtbot.waitUntil(lambda: bool(screen.said))
    assert feed.problem == "The camera is away. Is it plugged in?"
    assert feed.take_image() is None
    camera.asked.clear()
    qtbot.waitUntil(camera.asked.is_set)
    camera.away = False
    camera.step.set()
    qtbot.waitUntil(lambda: screen.said[-1] == "found")
    assert screen.said == ["The camera is away. Is it plugged in?", "found"]
    assert feed.problem == ""
    assert feed.take_image() is not None


def test_a_file_that_is_not_there_is_a_camera_that_is_away_until_it_is(
    start: Start, picture: Path, qtbot: QtBot
) -> None:
    hidden = picture.rename(picture.with_suffix(".hidden"))
    feed, screen, job = start(lambda: FileCamera(picture, FAST))
    qtbot.waitUntil(lambda: bool(screen.said))
    assert "no file" in feed.problem
    assert job.is_running
    hidden.rename(picture)
    qtbot.waitUntil(lambda: screen.takes(1))
    assert feed.problem == ""


def test_after_the_end_the_camera_is_closed_and_nothing_of_it_is_left(
    start: Start, qtbot: QtBot
) -> None:
    camera = SteppedCamera()
    feed, screen, job = start(lambda: camera)
    camera.step.set()
    qtbot.waitUntil(lambda: screen.told == 1)
    job.stop()
    qtbot.waitUntil(lambda: not job.is_running)
    assert camera.closed
    assert feed.take_image() is None
    assert feed.newest(0) is None


def test_wiped_is_wiped_though_the_camera_gives_one_more_picture_after_the_wish_to_stop(
    jobs: Jobs, qtbot: QtBot
) -> None:
    late = SteppedCamera()
    feed = CameraFeed(lambda: late)
    job = jobs.run(lambda _report, cancel: feed.film(cancel), owner=feed, lane="camera")
    qtbot.waitUntil(late.asked.is_set)
    with qtbot.waitSignal(feed.wiped):
        job.cancel_wish.request()
        late.step.set()
        feed.wipe()
    qtbot.waitUntil(lambda: not job.is_running)
    assert feed.newest(0) is None
    assert feed.take_image() is None


def test_a_picture_that_was_handed_over_is_held_by_nobody_else(start: Start, qtbot: QtBot) -> None:
    camera = SteppedCamera()
    feed, screen, _ = start(lambda: camera)
    camera.step.set()
    qtbot.waitUntil(lambda: screen.told == 1)
    feed.take_image()
    picture = feed.newest(1)
    assert picture is not None
    kept = weakref.ref(picture)
    camera.step.set()
    qtbot.waitUntil(lambda: screen.told == 2)
    del picture
    gc.collect()
    assert kept() is None
