"""The gallery shows a guest's photos, asks about others, and tells what the guest wants."""

import gc
import weakref
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.flows.guest_actions import Choose, Finish, IsMe, Sort, Take
from eventsnap_desktop.flows.guest_views import GalleryOrder, GalleryView
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from tests.ui.kiosk.screen_host import SIZES, acts
from tests.ui.kiosk.wall_host import (
    EVERY_WAY,
    Fingers,
    Wall,
    all_there,
    assert_nothing_is_cut_off,
    button,
    drag,
    ids,
    tap,
    top_of,
    words_of,
)

SIZE = (1280, 800)
Make = Callable[..., GalleryScreen]


def test_only_what_is_seen_of_5000_photos_is_asked_for(
    make_gallery: Make, wall: Wall, qtbot: QtBot, pictures: Pictures
) -> None:
    screen, photos = make_gallery(), wall.photos(5000)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    seen = [photos[place] for place in screen.grid.seen()]
    assert len(seen) < 40
    qtbot.waitUntil(all_there(pictures, seen, SMALL))

    bar = screen.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = [photos[place] for place in screen.grid.seen()]
    qtbot.waitUntil(all_there(pictures, last, SMALL))

    assert last[-1] is photos[-1]
    assert screen.grid.viewport().rect().contains(screen.grid.rect_of(photos[-1].id))
    assert len(wall.asked) < 200


def test_choosing_among_5000_photos_arranges_nothing_anew_and_stays_where_it_is(
    make_gallery: Make, wall: Wall
) -> None:
    screen, photos = make_gallery(), wall.photos(5000)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    screen.grid.verticalScrollBar().setValue(40_000)
    before = screen.grid._rows
    done = acts(screen)

    place = screen.grid.seen()[4]
    tap(screen, screen.grid.mark_of(photos[place].id).center())
    assert done == [Choose((photos[place].id,), True)]
    screen.show_state(GalleryView(photos, chosen=frozenset({photos[place].id}), ways=EVERY_WAY))

    assert screen.grid._rows is before
    assert screen.grid.verticalScrollBar().value() == 40_000
    assert "1 of 5000 chosen" in words_of(screen)
    tap(screen, screen.grid.mark_of(photos[place].id).center())
    assert done[1:] == [Choose((photos[place].id,), False)]


def test_a_tap_beside_the_mark_opens_the_photo_and_nothing_else(
    make_gallery: Make, wall: Wall
) -> None:
    screen, photos = make_gallery(), wall.photos(12)
    screen.show_state(GalleryView(photos))
    done = acts(screen)

    tap(screen, screen.grid.rect_of(photos[2].id).center())

    assert screen.photo_view.photo == photos[2].id
    assert screen.photo_view.isVisible()
    assert not screen.grid.isVisible()
    assert done == []


def test_a_drag_scrolls_and_opens_nothing(make_gallery: Make, wall: Wall, qtbot: QtBot) -> None:
    screen = make_gallery()
    screen.show_state(GalleryView(wall.photos(200)))
    done = acts(screen)

    drag(screen.grid.viewport(), QPoint(500, 400), QPoint(0, -300))
    qtbot.waitUntil(lambda: screen.grid.verticalScrollBar().value() > 100)

    assert not screen.photo_view.is_open
    assert done == []


def test_a_drag_that_begins_on_an_answer_scrolls_and_answers_nothing(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen = make_gallery()
    maybe = wall.photos(1, first=900, band=Band.MAYBE)
    screen.show_state(GalleryView(wall.photos(200), maybe))
    done = acts(screen)
    yes = button(screen, "Yes, that’s me")

    drag(yes, yes.rect().center(), QPoint(0, -200))
    qtbot.waitUntil(lambda: screen.grid.verticalScrollBar().value() > 50)

    assert done == []
    screen.grid._drag.stop()
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert done == [IsMe(maybe[0].id, True)]


def test_the_wheel_scrolls(make_gallery: Make, wall: Wall) -> None:
    screen = make_gallery()
    screen.show_state(GalleryView(wall.photos(200)))

    bar = screen.grid.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)

    assert bar.value() > 0


def test_a_fresh_photo_comes_in_at_the_top_and_the_others_glide(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make_gallery(), wall.photos(60)
    screen.show_state(GalleryView(photos))
    new = wall.photos(1, first=900)

    screen.show_state(GalleryView(new + photos, fresh=frozenset(ids(new))))

    assert screen.grid.shown[0] is new[0]
    assert screen.grid._motion.is_running
    qtbot.waitUntil(lambda: not screen.grid._motion.is_running)


def test_a_fresh_photo_does_not_push_away_what_is_looked_at(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make_gallery(), wall.photos(500)
    screen.show_state(GalleryView(photos))
    screen.grid.verticalScrollBar().setValue(3000)
    looked_at = photos[screen.grid.seen()[5]].id
    before = screen.grid.rect_of(looked_at)
    new = wall.photos(1, first=900)
    view = GalleryView(new + photos, fresh=frozenset(ids(new)))

    screen.show_state(view)
    screen.show_state(view)

    assert screen.grid.rect_of(looked_at) == before
    assert screen.grid.held == 1
    assert "501 photo(s) of you" in words_of(screen)
    QTest.mouseClick(button(screen, "1 new photo(s)"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.grid.held == 0)
    qtbot.waitUntil(lambda: screen.grid.verticalScrollBar().value() == 0)
    assert screen.grid.shown == view.photos
    assert "1 new photo(s)" not in words_of(screen)


def test_photos_that_left_are_gone_and_the_others_stay_where_they_are(
    make_gallery: Make, wall: Wall
) -> None:
    screen, photos = make_gallery(), wall.photos(500)
    screen.show_state(GalleryView(photos))
    screen.grid.verticalScrollBar().setValue(3000)
    first = photos[screen.grid.seen()[0]]
    before = top_of(screen, first.id)

    screen.show_state(GalleryView(photos[7:]))

    assert screen.grid.rect_of(photos[0].id).isEmpty()
    assert top_of(screen, first.id) == before


def test_the_order_is_asked_for_and_shown_once_it_is_so(make_gallery: Make, wall: Wall) -> None:
    screen, photos = make_gallery(), wall.photos(8)
    screen.show_state(GalleryView(photos))
    done = acts(screen)
    best = button(screen, "Best first")

    QTest.mouseClick(best, Qt.MouseButton.LeftButton)
    assert done == [Sort(GalleryOrder.BEST)]
    assert not best.isChecked()
    screen.show_state(GalleryView(photos[::-1], order=GalleryOrder.BEST))

    assert best.isChecked()
    assert screen.grid.shown == photos[::-1]


def test_it_says_who_is_in_the_photos_and_whether_new_ones_come(
    make_gallery: Make, wall: Wall
) -> None:
    screen = make_gallery()
    screen.show_state(GalleryView(wall.photos(8), people=3))
    assert "8 photo(s) with all of you" in words_of(screen)
    assert "New photos appear here by themselves" in words_of(screen)

    screen.show_state(GalleryView(wall.photos(8), offline=True))

    assert "8 photo(s) of you" in words_of(screen)
    assert "New photos will appear again soon" in words_of(screen)


def test_the_guest_finishes(make_gallery: Make, wall: Wall) -> None:
    screen = make_gallery()
    screen.show_state(GalleryView(wall.photos(3)))
    done = acts(screen)

    QTest.mouseClick(button(screen, "Finish"), Qt.MouseButton.LeftButton)

    assert done == [Finish()]


def test_touch_alone_scrolls_chooses_opens_and_answers(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    device = QTest.createTouchDevice()
    screen, photos = make_gallery(), wall.photos(300)
    maybe = wall.photos(1, first=900, band=Band.MAYBE)
    screen.show_state(GalleryView(photos, maybe, ways=EVERY_WAY))
    done = acts(screen)
    view = screen.grid.viewport()

    yes = button(screen, "Yes, that’s me")
    Fingers(device, yes).tap(yes.rect().center())
    Fingers(device, view).drag(QPoint(600, 500), QPoint(0, -350))
    qtbot.waitUntil(lambda: screen.grid.verticalScrollBar().value() > 100)
    screen.grid._drag.stop()
    wholly = screen.grid.viewport().rect()
    seen = [photos[place].id for place in screen.grid.seen()]
    photo = next(one for one in seen if wholly.contains(screen.grid.rect_of(one)))
    Fingers(device, view).tap(screen.grid.mark_of(photo).center())
    email = button(screen, "E-mail")
    Fingers(device, email).tap(email.rect().center())
    Fingers(device, view).tap(screen.grid.rect_of(photo).center())

    assert done == [
        IsMe(maybe[0].id, True),
        Choose((photo,), True),
        Take(DeliveryKind.EMAIL),
    ]
    assert screen.photo_view.photo == photo


def test_the_keyboard_alone_chooses_opens_closes_and_takes(make_gallery: Make, wall: Wall) -> None:
    screen, photos = make_gallery(), wall.photos(60)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    done = acts(screen)
    window = screen.window()
    assert window.focusWidget() is screen.grid

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(screen.grid, key)
    assert done == [Choose((photos[1].id,), True)]
    assert screen.photo_view.photo == photos[1].id
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not screen.photo_view.is_open
    assert window.focusWidget() is screen.grid
    QTest.keyClick(screen.grid, Qt.Key.Key_End)
    assert screen.grid.viewport().rect().contains(screen.grid.rect_of(photos[-1].id))
    QTest.keyClick(screen.grid, Qt.Key.Key_Up)
    assert screen.grid.current not in {None, photos[-1].id}
    for _ in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is button(screen, "E-mail"):
            break
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert done[1:] == [Take(DeliveryKind.EMAIL)]


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_nothing_is_cut_off(
    make_gallery: Make,
    wall: Wall,
    qtbot: QtBot,
    size: tuple[int, int],
    count: int,
    accessible: bool,
) -> None:
    screen = make_gallery(size, accessible=accessible)
    photos = wall.photos(count)
    maybe = wall.photos(4, first=900, band=Band.MAYBE)
    delivery = GuestDelivery(DeliveryId(1), DeliveryKind.EMAIL, DeliveryState.WAITING, 12, 2, False)
    for view in (
        GalleryView(photos, maybe, ways=EVERY_WAY, people=3),
        GalleryView(photos, maybe[:1], ways=EVERY_WAY, deliveries=(delivery,), offline=True),
        GalleryView(photos, chosen=frozenset(ids(photos)), ways=EVERY_WAY),
    ):
        screen.show_state(view)
        qtbot.waitUntil(lambda: not screen.grid._motion.is_running)
        qtbot.waitUntil(partial(assert_nothing_is_cut_off, screen))
        for one in photos:
            rect = screen.grid.rect_of(one.id)
            assert rect.left() >= 0
            assert rect.right() < screen.grid.viewport().width()


def test_turning_the_display_keeps_what_is_looked_at(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make_gallery(), wall.photos(500)
    screen.show_state(GalleryView(photos))
    screen.grid.verticalScrollBar().setValue(3000)
    first = photos[screen.grid.seen()[0]].id

    screen.window().resize(800, 1280)
    qtbot.waitUntil(lambda: screen.is_portrait)

    assert first in {photos[place].id for place in screen.grid.seen()}


def test_nothing_of_it_is_left_once_it_is_destroyed(
    make_gallery: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make_gallery(), wall.photos(40)
    screen.show_state(GalleryView(photos, wall.photos(3, first=900, band=Band.MAYBE)))
    screen.grid.opened.emit(photos[3].id)
    screen.photo_view.grab()
    left = [weakref.ref(part) for part in (screen, screen.grid, screen.photo_view.stage)]

    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    del screen
    gc.collect()

    assert [one() for one in left] == [None] * 3
