"""The first screen invites, moves while it is seen, and begins wherever it is pressed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.guests import EventGlance
from eventsnap_desktop.flows.guest_actions import Start
from eventsnap_desktop.flows.guest_views import AttractView, SearchingView
from eventsnap_desktop.ui.kiosk.drifting_photos import DriftingPhotos
from eventsnap_desktop.ui.kiosk.window import WindowStage
from tests.ui.kiosk.window_host import Kiosk, button, gallery_photos

OPEN = AttractView("Welcome", "Summer party", EventGlance(1234, None, ()))


def words(kiosk: Kiosk) -> set[str]:
    return {one.text() for one in kiosk.window.findChildren(QLabel) if one.isVisible()}


def drifting(kiosk: Kiosk) -> DriftingPhotos:
    return kiosk.window.findChildren(DriftingPhotos)[0]


def test_it_says_what_it_is_for_and_how_many_photos_there_are(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(OPEN)

    assert {"Welcome", "Summer party", "1,234 photos so far"} <= words(kiosk)
    assert button(kiosk.window, "Find my photos")


def test_the_count_follows_without_a_new_screen(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(OPEN)
    stage.show(AttractView("Welcome", "Summer party", EventGlance(2000, None, ())))

    assert "2,000 photos so far" in words(kiosk)


@pytest.mark.parametrize("where", [QPoint(60, 60), QPoint(900, 300), QPoint(300, 600)])
def test_a_press_anywhere_begins_once(kiosk: Kiosk, where: QPoint) -> None:
    WindowStage(kiosk.window).show(OPEN)

    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)

    assert kiosk.acted == [Start()]


def test_without_a_database_it_opens_soon_and_cannot_be_begun(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(AttractView("Welcome", "Summer party", None))

    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)

    assert "We will be right back" in words(kiosk)
    assert kiosk.acted == []


def test_approved_photos_drift_by(kiosk: Kiosk, sample_folder: Path, qtbot: QtBot) -> None:
    photos = gallery_photos(sample_folder.glob("*.jpg"))
    assert photos
    WindowStage(kiosk.window).show(AttractView("", "Summer party", EventGlance(9, None, photos)))

    qtbot.waitUntil(lambda: bool(drifting(kiosk).shown))
    before = drifting(kiosk).grab().toImage()
    qtbot.waitUntil(lambda: drifting(kiosk).grab().toImage() != before)

    assert drifting(kiosk).shown <= {photo.id for photo in photos}


def test_it_rests_while_it_is_not_seen(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(OPEN)
    moving = drifting(kiosk)
    assert moving.is_moving

    stage.show(SearchingView())

    assert not moving.is_moving


def test_many_sizes_and_slideshows_are_painted(
    kiosk: Kiosk, sample_folder: Path, qtbot: QtBot
) -> None:
    chance = random.Random(2)
    photos = gallery_photos(sample_folder.glob("*.jpg"))
    WindowStage(kiosk.window).show(OPEN)
    moving = drifting(kiosk)
    for _ in range(12):
        kiosk.window.resize(chance.randint(300, 1400), chance.randint(300, 1400))
        moving.show_photos(chance.sample(photos, chance.randint(0, len(photos))))
        moving.render(kiosk.window.grab(), QPoint(), QRegion(moving.rect()))


def test_the_logo_of_the_event_is_shown_once(
    make_kiosk: Callable[..., Kiosk],
) -> None:
    logo = QImage(300, 100, QImage.Format.Format_RGB32)
    logo.fill(QColor("#ff00aa"))
    kiosk = make_kiosk(logo=logo)
    stage = WindowStage(kiosk.window)

    def logos() -> int:
        labels = kiosk.window.findChildren(QLabel)
        return sum(
            one.isVisible() and one.pixmap().toImage().pixelColor(2, 2) == QColor("#ff00aa")
            for one in labels
            if not one.pixmap().isNull()
        )

    stage.show(OPEN)
    assert logos() == 1
    stage.show(SearchingView())
    assert logos() == 1
