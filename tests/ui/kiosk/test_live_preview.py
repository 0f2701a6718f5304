"""The mirror of the camera screen: newest picture only, opaque, calm, and nothing kept."""

import gc
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.capture_ring import CaptureRing
from eventsnap_desktop.ui.kiosk.live_preview import LivePreview
from eventsnap_desktop.ui.kiosk.look import make_look
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.hand_feed import HandFeed, plain

LOOK = make_look("light", "", False).for_size(800, 600)
GROUND = QColor(LOOK.colours.ground)
RED, BLUE = QColor(200, 30, 30), QColor(30, 30, 200)


@pytest.fixture
def feed(theme: Theme) -> HandFeed:
    return HandFeed()


@pytest.fixture
def preview(feed: HandFeed, qtbot: QtBot) -> Iterator[LivePreview]:
    made = LivePreview(LOOK, feed)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    yield made
    made.hide()
    assert not running_timers(made)


def running_timers(widget: QObject) -> list[QTimer]:
    return [timer for timer in widget.findChildren(QTimer) if timer.isActive()]


def middle(preview: LivePreview) -> QColor:
    return preview.grab().toImage().pixelColor(400, 250)


def test_it_asks_for_pictures_of_its_own_size_and_paints_them_to_the_edges(
    preview: LivePreview, feed: HandFeed
) -> None:
    assert feed.size == QSize(800, 600)
    feed.push(plain(RED, QSize(1066, 600)))
    seen = preview.grab().toImage()
    assert seen.pixelColor(400, 250) == RED
    for x, y in ((1, 300), (798, 300), (400, 1), (400, 598)):
        assert seen.pixelColor(x, y).red() > 2 * seen.pixelColor(x, y).blue()
    for x, y in ((0, 0), (799, 0), (0, 599), (799, 599)):
        assert seen.pixelColor(x, y) == GROUND


@pytest.mark.parametrize("size", [QSize(320, 240), QSize(640, 200), QSize(100, 900)])
def test_a_picture_of_another_shape_fills_the_place_as_well(
    preview: LivePreview, feed: HandFeed, size: QSize
) -> None:
    feed.push(plain(RED, size))
    seen = preview.grab().toImage()
    for x, y in ((1, 300), (798, 300), (400, 1), (400, 598), (400, 250)):
        assert seen.pixelColor(x, y).red() > 2 * seen.pixelColor(x, y).blue()


def test_a_picture_is_shown_as_it_comes_without_a_second_mirror(
    preview: LivePreview, feed: HandFeed
) -> None:
    image = plain(RED, QSize(800, 600))
    for x in range(400):
        for y in range(600):
            image.setPixelColor(x, y, BLUE)
    feed.push(image)
    seen = preview.grab().toImage()
    assert seen.pixelColor(350, 250) == BLUE
    assert seen.pixelColor(450, 250) == RED


def test_only_the_newest_picture_is_ever_taken(preview: LivePreview, feed: HandFeed) -> None:
    QApplication.processEvents()
    before = feed.taken
    for _ in range(50):
        feed.push(plain(BLUE, QSize(800, 600)))
    feed.push(plain(RED, QSize(800, 600)))
    assert middle(preview) == RED
    assert feed.taken == before + 1


def test_pictures_at_speed_are_painted_without_a_queue(
    preview: LivePreview, feed: HandFeed, qtbot: QtBot
) -> None:
    pushed = 0

    def push() -> None:
        nonlocal pushed
        pushed += 1
        feed.push(plain(QColor(pushed, 0, 0), QSize(800, 600)))

    timer = QTimer(feed, interval=2)
    timer.timeout.connect(push)
    timer.start()
    qtbot.waitUntil(lambda: pushed >= 200)
    timer.stop()
    qtbot.waitUntil(lambda: feed.waiting is None)
    assert preview.image.pixelColor(0, 0).red() == pushed
    assert feed.told == feed.taken <= pushed
    assert feed.taken > 10


def test_the_real_feed_films_on_its_own_thread_and_is_painted_here(
    jobs: Jobs, selfie_file: Path, theme: Theme, qtbot: QtBot
) -> None:
    feed = CameraFeed(partial(open_camera, f"file:{selfie_file}"))
    made = LivePreview(LOOK, feed)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()

    def film(_: Callable[[object], None], cancel: Cancel) -> None:
        feed.film(cancel)

    job = jobs.run(film, owner=made, lane="camera")
    qtbot.waitUntil(lambda: feed.frame_rate > 0)
    assert not made.image.isNull()
    assert not made.is_lost
    job.cancel()
    feed.wipe()
    assert made.image.isNull()


def test_a_hidden_preview_takes_and_keeps_nothing(preview: LivePreview, feed: HandFeed) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    assert middle(preview) == RED
    preview.hide()
    assert preview.image.isNull()
    taken = feed.taken
    feed.push(plain(BLUE, QSize(800, 600)))
    preview.grab()
    assert feed.taken == taken
    preview.show()
    assert middle(preview) == BLUE


def test_before_the_first_picture_and_while_the_camera_is_away_it_is_calm(
    preview: LivePreview, feed: HandFeed
) -> None:
    quiet = preview.grab().toImage()
    assert quiet.pixelColor(400, 100) == QColor(LOOK.colours.surface)
    feed.push(plain(RED, QSize(800, 600)))
    assert middle(preview) == RED
    feed.lost.emit("unplugged")
    assert preview.is_lost
    assert preview.image.isNull()
    assert "reconnected" in preview.accessibleDescription()
    assert preview.grab().toImage().pixelColor(400, 100) == QColor(LOOK.colours.surface)
    assert preview.grab().toImage() != quiet
    feed.found.emit()
    feed.push(plain(BLUE, QSize(800, 600)))
    assert middle(preview) == BLUE
    assert not preview.accessibleDescription()


def test_a_camera_that_was_away_before_it_was_built_is_away(feed: HandFeed, qtbot: QtBot) -> None:
    feed.problem = "unplugged"
    made = LivePreview(LOOK, feed)
    qtbot.addWidget(made)
    assert made.is_lost
    feed.problem = ""
    feed.push(plain(RED, QSize(10, 10)))
    assert not made.is_lost


def test_a_report_that_the_camera_is_away_counts_until_the_next(
    preview: LivePreview, feed: HandFeed
) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.CAMERA_LOST))
    assert preview.is_lost
    assert preview.image.isNull()
    preview.show_progress(CaptureProgress(Hint.CLOSER))
    feed.push(plain(RED, QSize(800, 600)))
    assert middle(preview) == RED


@pytest.mark.parametrize(("hint", "left"), [(Hint.TURN_LEFT, True), (Hint.TURN_RIGHT, False)])
def test_arrows_point_where_a_mirror_shows_the_turned_head(
    preview: LivePreview, feed: HandFeed, hint: Hint, left: bool
) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.CLOSER))
    without = preview.grab().toImage()
    preview.show_progress(CaptureProgress(hint))
    seen = preview.grab().toImage()
    changed = {
        x
        for x in range(0, 800, 2)
        for y in range(200, 400, 2)
        if seen.pixel(x, y) != without.pixel(x, y)
    }
    assert changed
    assert all((x < 400) is left for x in changed)


def test_for_a_look_into_the_camera_something_moves_at_the_top(
    preview: LivePreview, feed: HandFeed
) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.CLOSER))
    without = preview.grab().toImage()
    preview.show_progress(CaptureProgress(Hint.LOOK_HERE))
    seen = preview.grab().toImage()
    top, rest = (0, 70), (90, 600)
    for (start, end), differs in ((top, True), (rest, False)):
        rows = [seen.copy(0, y, 800, 1) != without.copy(0, y, 800, 1) for y in range(start, end)]
        assert any(rows) is differs
    assert preview.animates


def test_a_countdown_stands_in_the_middle(preview: LivePreview, feed: HandFeed) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    without = preview.grab().toImage()
    pictures = []
    for number in (3, 2, 1):
        preview.show_progress(CaptureProgress(Hint.HOLD_STILL, countdown=number))
        pictures.append(preview.grab().toImage())
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3
    white = QColor(Qt.GlobalColor.white)
    middle_part = [pictures[0].pixelColor(x, y) for x in range(300, 500) for y in range(150, 350)]
    assert middle_part.count(white) > 1000
    assert without.pixelColor(400, 250) == RED


def test_a_selfie_flashes_shows_a_check_and_is_over_by_itself(
    preview: LivePreview, feed: HandFeed, qtbot: QtBot
) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.GOOD, 0, 3, 0.9))
    assert middle(preview) == RED
    preview.show_progress(CaptureProgress(Hint.GOOD, 1, 3, 0.0))
    assert preview.animates
    flashed = preview.grab().toImage()
    assert flashed.pixelColor(60, 300).lightness() > 150
    qtbot.waitUntil(lambda: not preview.animates)
    assert middle(preview) == RED
    qtbot.waitUntil(lambda: not running_timers(preview))


def test_a_selfie_that_was_there_before_it_was_built_does_not_flash(
    preview: LivePreview, feed: HandFeed
) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.CLOSER, 2, 3, 0.0))
    assert not preview.animates
    assert preview.ring.shown == 2


def test_what_moves_stops_when_it_is_hidden(preview: LivePreview, feed: HandFeed) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    preview.show_progress(CaptureProgress(Hint.LOOK_HERE, 0, 3, 0.2))
    preview.show_progress(CaptureProgress(Hint.LOOK_HERE, 1, 3, 0.4))
    preview.grab()
    assert running_timers(preview)
    preview.hide()
    assert not running_timers(preview)
    assert preview.ring.shown == 1.4
    preview.show_progress(CaptureProgress(Hint.LOOK_HERE, 2, 3, 0.4))
    preview.grab()
    assert not running_timers(preview)


def test_a_wiped_feed_leaves_no_picture(preview: LivePreview, feed: HandFeed) -> None:
    feed.push(plain(RED, QSize(800, 600)))
    assert middle(preview) == RED
    feed.wiped.emit()
    assert preview.image.isNull()


def test_a_wiped_feed_does_not_say_that_the_camera_starts(
    preview: LivePreview, feed: HandFeed
) -> None:
    starting = preview.grab().toImage()
    feed.push(plain(RED, QSize(800, 600)))
    preview.grab()
    feed.wiped.emit()
    after = preview.grab().toImage()

    assert after != starting
    row = {after.pixelColor(x, 300).name() for x in range(100, 700)}
    assert row == {LOOK.colours.surface}


def test_no_picture_survives_the_destruction(feed: HandFeed) -> None:
    made = LivePreview(LOOK, feed)
    made.resize(800, 600)
    made.show()
    image = plain(RED, QSize(800, 600))
    gone = weakref.ref(image)
    feed.push(image)
    made.grab()
    assert made.image is image
    del image
    shiboken6.delete(made)
    gc.collect()
    assert gone() is None
    feed.push(plain(BLUE, QSize(10, 10)))


def test_the_ring_follows_the_newest_report_without_a_jump_and_without_overshooting() -> None:
    ring = CaptureRing("#00ff00", 10)
    ring.aim(0, 3, 0.5)
    seen = []
    while ring.moving:
        ring.advance(0.04)
        seen.append(ring.shown)
    assert seen == sorted(seen)
    assert seen[0] < 0.3
    assert seen[-1] == 0.5
    ring.aim(1, 3, 0.0)
    ring.advance(0.04)
    assert 0.5 < ring.shown < 1
    ring.aim(0, 3, 0.0)
    ring.finish()
    assert ring.shown == 0


@pytest.mark.parametrize(
    ("taken", "wanted", "part", "shown"),
    [(3, 3, 0.7, 3.0), (0, 3, 7.0, 1.0), (0, 3, -1.0, 0.0), (5, 3, 0.0, 3.0), (0, 0, 0.5, 0.0)],
)
def test_the_ring_is_never_more_than_full(
    taken: int, wanted: int, part: float, shown: float
) -> None:
    ring = CaptureRing("#00ff00", 10)
    ring.aim(taken, wanted, part)
    ring.finish()
    assert ring.shown == shown
