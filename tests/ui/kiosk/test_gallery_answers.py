"""A guest chooses photos, takes them home, and says which of the doubtful ones show them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery, TakeWays
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.flows.guest_actions import Choose, IsMe, Take
from eventsnap_desktop.flows.guest_views import GalleryView
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from tests.ui.kiosk.screen_host import acts
from tests.ui.kiosk.wall_host import (
    EVERY_WAY,
    Wall,
    all_there,
    button,
    ids,
    tap,
    top_of,
    words_of,
)

SIZE = (1280, 800)
Make = Callable[..., GalleryScreen]


def test_a_photo_without_a_picture_is_a_calm_place_that_cannot_be_chosen(
    make_gallery: Make, wall: Wall, qtbot: QtBot, pictures: Pictures
) -> None:
    screen, photos = make_gallery(), wall.photos(6, broken=[2])
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    broken = photos[1]
    qtbot.waitUntil(lambda: pictures.failed(broken, SMALL) is not None)
    qtbot.waitUntil(all_there(pictures, [one for one in photos if one is not broken], SMALL))
    done = acts(screen)

    tap(screen, screen.grid.mark_of(broken.id).center())
    assert done == []
    QTest.mouseClick(button(screen, "Choose all"), Qt.MouseButton.LeftButton)

    assert done == [Choose(tuple(one.id for one in photos if one is not broken), True)]
    assert not screen.grab().isNull()


def test_all_and_none_are_chosen_by_one_button(make_gallery: Make, wall: Wall) -> None:
    screen, photos = make_gallery(), wall.photos(12)
    done = acts(screen)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    assert "All 12 photo(s)" in words_of(screen)

    QTest.mouseClick(button(screen, "Choose all"), Qt.MouseButton.LeftButton)
    screen.show_state(GalleryView(photos, chosen=frozenset(ids(photos[:3])), ways=EVERY_WAY))
    assert "3 of 12 chosen" in words_of(screen)
    QTest.mouseClick(button(screen, "Choose none"), Qt.MouseButton.LeftButton)

    assert done == [Choose(ids(photos), True), Choose(ids(photos[:3]), False)]


def test_only_ways_that_work_are_offered(make_gallery: Make, wall: Wall) -> None:
    screen, photos = make_gallery(), wall.photos(3)
    done = acts(screen)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    for name in ("E-mail", "Print", "Phone"):
        QTest.mouseClick(button(screen, name), Qt.MouseButton.LeftButton)
    assert done == [
        Take(DeliveryKind.EMAIL),
        Take(DeliveryKind.PRINT),
        Take(DeliveryKind.SHARE),
    ]

    screen.show_state(GalleryView(photos, ways=TakeWays(email=True, print_problem="no paper")))
    assert {"Print", "Phone"}.isdisjoint(words_of(screen))
    assert "Printing takes a break. The staff know." in words_of(screen)

    screen.show_state(GalleryView(photos))
    assert {"E-mail", "Print", "Phone"}.isdisjoint(words_of(screen))
    assert "Photos cannot be taken home right now" in words_of(screen)


@pytest.mark.parametrize(
    ("kind", "state", "attempts", "said"),
    [
        (DeliveryKind.EMAIL, DeliveryState.WAITING, 0, "2 photo(s) are on their way by e-mail"),
        (DeliveryKind.EMAIL, DeliveryState.WAITING, 2, "will be sent by e-mail a little later"),
        (DeliveryKind.EMAIL, DeliveryState.DONE, 1, "2 photo(s) were sent by e-mail"),
        (DeliveryKind.EMAIL, DeliveryState.FAILED, 3, "An e-mail could not be sent."),
        (DeliveryKind.PRINT, DeliveryState.WAITING, 0, "Printing 2 photo(s)…"),
        (DeliveryKind.PRINT, DeliveryState.DONE, 0, "2 photo(s) were printed"),
        (DeliveryKind.SHARE, DeliveryState.DONE, 0, "2 photo(s) are ready for your phone"),
    ],
)
def test_it_says_how_far_a_delivery_is(
    make_gallery: Make,
    wall: Wall,
    kind: DeliveryKind,
    state: DeliveryState,
    attempts: int,
    said: str,
) -> None:
    screen = make_gallery()
    delivery = GuestDelivery(DeliveryId(1), kind, state, 2, attempts, False)

    screen.show_state(GalleryView(wall.photos(3), ways=EVERY_WAY, deliveries=(delivery,)))

    assert said in "\n".join(words_of(screen))


def test_each_question_is_answered_once(make_gallery: Make, wall: Wall) -> None:
    screen, photos = make_gallery(), wall.photos(8)
    maybe = wall.photos(1, first=900, band=Band.MAYBE)
    screen.show_state(GalleryView(photos, maybe))
    done = acts(screen)

    no = button(screen, "Not me")
    QTest.mouseClick(no, Qt.MouseButton.LeftButton)
    QTest.mouseClick(no, Qt.MouseButton.LeftButton)
    assert done == [IsMe(maybe[0].id, False)]
    screen.show_state(GalleryView(photos))

    assert not screen.maybe_row.isVisible()
    assert "Is this you?" not in words_of(screen)
    assert top_of(screen, photos[0].id) < 40


def test_where_all_is_doubtful_there_is_only_the_question(make_gallery: Make, wall: Wall) -> None:
    screen = make_gallery()

    screen.show_state(GalleryView((), wall.photos(1, first=900, band=Band.MAYBE), ways=EVERY_WAY))

    assert "We may have found you" in words_of(screen)
    assert {"Yes, that’s me", "Not me"} <= set(words_of(screen))
    assert not screen.take_bar.isVisible()


def test_questions_that_do_not_fit_are_a_button_away(make_gallery: Make, wall: Wall) -> None:
    screen = make_gallery()
    maybe = wall.photos(5, first=900, band=Band.MAYBE)
    screen.show_state(GalleryView(wall.photos(8), maybe))
    before = [card.photo for card in screen.maybe_row._cards if card.isVisible()]
    assert before == list(maybe[: len(before)])

    QTest.mouseClick(button(screen, "More of them"), Qt.MouseButton.LeftButton)

    after = [card.photo for card in screen.maybe_row._cards if card.isVisible()]
    assert set(after).isdisjoint(before)
    assert f"{5 - len(before)} more" in words_of(screen)
