"""Guests who are not searched by their face look through the photos by time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.flows.guest_actions import Choose, Finish, ShowHour, Take
from eventsnap_desktop.flows.guest_views import BrowseView
from eventsnap_desktop.ui.kiosk.browse_screen import BrowseScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from tests.ui.kiosk.screen_host import SIZES, acts, look_for, shown
from tests.ui.kiosk.wall_host import (
    EVERY_WAY,
    Wall,
    assert_nothing_is_cut_off,
    button,
    ids,
    words_of,
)

NEWEST = datetime(2030, 6, 1, 23, tzinfo=UTC)
HOURS = tuple(NEWEST - timedelta(hours=number) for number in range(30))
Make = Callable[..., BrowseScreen]


@pytest.fixture
def make(qtbot: QtBot, pictures: Pictures) -> Make:
    """Return how a screen is made that is on the display."""
    kept = []

    def made(size: tuple[int, int] = (1280, 800)) -> BrowseScreen:
        build = partial(BrowseScreen, pictures=pictures)
        window, screen = shown(qtbot, build, look_for(size), size)
        kept.append(window)
        return screen

    return made


def test_an_hour_is_asked_for_and_shown_once_it_is_so(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(50)
    screen.show_state(BrowseView(photos, HOURS[:5]))
    done = acts(screen)
    chips = screen.header.hours._chips
    assert [hour for hour, _ in chips] == [None, *HOURS[:5]]
    assert [chip.isChecked() for _, chip in chips] == [True] + [False] * 5

    QTest.mouseClick(chips[2][1], Qt.MouseButton.LeftButton)
    assert done == [ShowHour(HOURS[1])]
    assert chips[0][1].isChecked()
    screen.show_state(BrowseView(photos[10:20], HOURS[:5], HOURS[1]))
    assert chips[2][1].isChecked()
    QTest.mouseClick(chips[0][1], Qt.MouseButton.LeftButton)

    assert done[1:] == [ShowHour(None)]
    assert screen.grid.shown == photos[10:20]
    assert screen.header.hours._chips is chips


def test_hours_of_several_days_say_which_day(make: Make, wall: Wall) -> None:
    screen = make()

    screen.show_state(BrowseView(wall.photos(5), HOURS))

    said = [chip.text() for _, chip in screen.header.hours._chips]
    assert len(set(said)) == len(said)


def test_photos_are_chosen_taken_and_seen_large(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(50)
    screen.show_state(BrowseView(photos, HOURS[:3], ways=EVERY_WAY))
    done = acts(screen)

    QTest.mouseClick(button(screen, "Choose all"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(screen, "Print"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(screen, "Finish"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(
        screen.grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        screen.grid.rect_of(photos[1].id).center(),
    )

    assert done == [Choose(ids(photos), True), Take(DeliveryKind.PRINT), Finish()]
    assert screen.photo_view.photo == photos[1].id


def test_nothing_in_it_knows_of_faces(make: Make, wall: Wall) -> None:
    screen = make()

    screen.show_state(BrowseView(wall.photos(5), HOURS[:3]))

    assert not any("you" in words.split() or "me" in words.split() for words in words_of(screen))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(make: Make, wall: Wall, qtbot: QtBot, size: tuple[int, int]) -> None:
    screen = make(size)
    photos = wall.photos(300)

    screen.show_state(BrowseView(photos, HOURS, HOURS[2], frozenset(ids(photos[:3])), EVERY_WAY))

    strip = screen.header.hours
    qtbot.waitUntil(partial(assert_nothing_is_cut_off, screen, besides=[strip]))
    for _, chip in strip._chips:
        assert chip.height() <= strip.viewport().height()
