"""The gallery shows a guest's photos, asks about others, and tells what the guest wants."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery, TakeWays
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Choose, Finish, IsMe, Sort, Take
from eventsnap_desktop.flows.guest_views import GalleryOrder, GalleryView
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from tests.ui.kiosk.screen_host import SIZES, acts, look_for, shown
from tests.ui.kiosk.wall_host import (
    EVERY_WAY,
    Fingers,
    Wall,
    all_there,
    assert_nothing_is_cut_off,
    button,
    drag,
    ids,
    wall_pictures,
    words_of,
)

SIZE = (1280, 800)
Make = Callable[..., GalleryScreen]


@pytest.fixture
def wall(sample_folder: Path) -> Wall:
    return Wall(sample_folder)


@pytest.fixture
def pictures(jobs: Jobs, tmp_path: Path, wall: Wall) -> Pictures:
    return wall_pictures(jobs, tmp_path, wall)


@pytest.fixture
def make(qtbot: QtBot, pictures: Pictures) -> Make:
    """Return how a gallery is made that is on the screen."""
    kept = []

    def made(size: tuple[int, int] = SIZE, *, accessible: bool = False) -> GalleryScreen:
        build = partial(GalleryScreen, pictures=pictures)
        look = look_for(size, accessible=accessible)
        window, screen = shown(qtbot, build, look, size)
        kept.append(window)
        return screen

    return made


def tap(screen: GalleryScreen, where: QPoint) -> None:
    QTest.mouseClick(
        screen.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where
    )


def top_of(screen: GalleryScreen, photo: PhotoId) -> int:
    return screen.grid.rect_of(photo).top()


def test_only_what_is_seen_of_5000_photos_is_asked_for(
    make: Make, wall: Wall, qtbot: QtBot, pictures: Pictures
) -> None:
    screen, photos = make(), wall.photos(5000)
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
    make: Make, wall: Wall
) -> None:
    screen, photos = make(), wall.photos(5000)
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


def test_a_tap_beside_the_mark_opens_the_photo_and_nothing_else(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(12)
    screen.show_state(GalleryView(photos))
    done = acts(screen)

    tap(screen, screen.grid.rect_of(photos[2].id).center())

    assert screen.photo_view.photo == photos[2].id
    assert screen.photo_view.isVisible()
    assert not screen.grid.isVisible()
    assert done == []


def test_a_drag_scrolls_and_opens_nothing(make: Make, wall: Wall, qtbot: QtBot) -> None:
    screen = make()
    screen.show_state(GalleryView(wall.photos(200)))
    done = acts(screen)

    drag(screen.grid.viewport(), QPoint(500, 400), QPoint(0, -300))
    qtbot.waitUntil(lambda: screen.grid.verticalScrollBar().value() > 100)

    assert not screen.photo_view.is_open
    assert done == []


def test_a_drag_that_begins_on_an_answer_scrolls_and_answers_nothing(
    make: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen = make()
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


def test_the_wheel_scrolls(make: Make, wall: Wall) -> None:
    screen = make()
    screen.show_state(GalleryView(wall.photos(200)))

    bar = screen.grid.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)

    assert bar.value() > 0


def test_a_fresh_photo_comes_in_at_the_top_and_the_others_glide(
    make: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make(), wall.photos(60)
    screen.show_state(GalleryView(photos))
    new = wall.photos(1, first=900)

    screen.show_state(GalleryView(new + photos, fresh=frozenset(ids(new))))

    assert screen.grid.shown[0] is new[0]
    assert screen.grid._motion.is_running
    qtbot.waitUntil(lambda: not screen.grid._motion.is_running)


def test_a_fresh_photo_does_not_push_away_what_is_looked_at(
    make: Make, wall: Wall, qtbot: QtBot
) -> None:
    screen, photos = make(), wall.photos(500)
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
    make: Make, wall: Wall
) -> None:
    screen, photos = make(), wall.photos(500)
    screen.show_state(GalleryView(photos))
    screen.grid.verticalScrollBar().setValue(3000)
    first = photos[screen.grid.seen()[0]]
    before = top_of(screen, first.id)

    screen.show_state(GalleryView(photos[7:]))

    assert screen.grid.rect_of(photos[0].id).isEmpty()
    assert top_of(screen, first.id) == before


def test_a_photo_without_a_picture_is_a_calm_place_that_cannot_be_chosen(
    make: Make, wall: Wall, qtbot: QtBot, pictures: Pictures
) -> None:
    screen, photos = make(), wall.photos(6, broken=[2])
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


def test_all_and_none_are_chosen_by_one_button(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(12)
    done = acts(screen)
    screen.show_state(GalleryView(photos, ways=EVERY_WAY))
    assert "All 12 photo(s)" in words_of(screen)

    QTest.mouseClick(button(screen, "Choose all"), Qt.MouseButton.LeftButton)
    screen.show_state(GalleryView(photos, chosen=frozenset(ids(photos[:3])), ways=EVERY_WAY))
    assert "3 of 12 chosen" in words_of(screen)
    QTest.mouseClick(button(screen, "Choose none"), Qt.MouseButton.LeftButton)

    assert done == [Choose(ids(photos), True), Choose(ids(photos[:3]), False)]


def test_only_ways_that_work_are_offered(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(3)
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
    make: Make, wall: Wall, kind: DeliveryKind, state: DeliveryState, attempts: int, said: str
) -> None:
    screen = make()
    delivery = GuestDelivery(DeliveryId(1), kind, state, 2, attempts, False)

    screen.show_state(GalleryView(wall.photos(3), ways=EVERY_WAY, deliveries=(delivery,)))

    assert said in "\n".join(words_of(screen))


def test_each_question_is_answered_once(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(8)
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


def test_questions_that_do_not_fit_are_a_button_away(make: Make, wall: Wall) -> None:
    screen = make()
    maybe = wall.photos(5, first=900, band=Band.MAYBE)
    screen.show_state(GalleryView(wall.photos(8), maybe))
    before = [card.photo for card in screen.maybe_row._cards if card.isVisible()]
    assert before == list(maybe[: len(before)])

    QTest.mouseClick(button(screen, "More of them"), Qt.MouseButton.LeftButton)

    after = [card.photo for card in screen.maybe_row._cards if card.isVisible()]
    assert set(after).isdisjoint(before)
    assert f"{5 - len(before)} more" in words_of(screen)


def test_the_order_is_asked_for_and_shown_once_it_is_so(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(8)
    screen.show_state(GalleryView(photos))
    done = acts(screen)
    best = button(screen, "Best first")

    QTest.mouseClick(best, Qt.MouseButton.LeftButton)
    assert done == [Sort(GalleryOrder.BEST)]
    assert not best.isChecked()
    screen.show_state(GalleryView(photos[::-1], order=GalleryOrder.BEST))

    assert best.isChecked()
    assert screen.grid.shown == photos[::-1]


def test_it_says_who_is_in_the_photos_and_whether_new_ones_come(make: Make, wall: Wall) -> None:
    screen = make()
    screen.show_state(GalleryView(wall.photos(8), people=3))
    assert "8 photo(s) with all of you" in words_of(screen)
    assert "New photos appear here by themselves" in words_of(screen)

    screen.show_state(GalleryView(wall.photos(8), offline=True))

    assert "8 photo(s) of you" in words_of(screen)
    assert "New photos will appear again soon" in words_of(screen)


def test_the_guest_finishes(make: Make, wall: Wall) -> None:
    screen = make()
    screen.show_state(GalleryView(wall.photos(3)))
    done = acts(screen)

    QTest.mouseClick(button(screen, "Finish"), Qt.MouseButton.LeftButton)

    assert done == [Finish()]


def test_touch_alone_scrolls_chooses_opens_and_answers(
    make: Make, wall: Wall, qtbot: QtBot
) -> None:
    device = QTest.createTouchDevice()
    screen, photos = make(), wall.photos(300)
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


def test_the_keyboard_alone_chooses_opens_closes_and_takes(make: Make, wall: Wall) -> None:
    screen, photos = make(), wall.photos(60)
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
    make: Make, wall: Wall, qtbot: QtBot, size: tuple[int, int], count: int, accessible: bool
) -> None:
    screen = make(size, accessible=accessible)
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


def test_turning_the_display_keeps_what_is_looked_at(make: Make, wall: Wall, qtbot: QtBot) -> None:
    screen, photos = make(), wall.photos(500)
    screen.show_state(GalleryView(photos))
    screen.grid.verticalScrollBar().setValue(3000)
    first = photos[screen.grid.seen()[0]].id

    screen.window().resize(800, 1280)
    qtbot.waitUntil(lambda: screen.is_portrait)

    assert first in {photos[place].id for place in screen.grid.seen()}
