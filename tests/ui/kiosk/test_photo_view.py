"""A photo over the whole screen follows fingers, mouse and keys, and never outlives the gallery."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.flows.guest_actions import Choose, IsMe
from eventsnap_desktop.flows.guest_views import GalleryView
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.photo_view import PhotoView
from eventsnap_desktop.ui.kiosk.photo_zoom import PhotoZoom
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
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
    words_of,
)

Photos = tuple[GalleryPhoto, ...]
Open = Callable[..., GalleryScreen]


@pytest.fixture
def photos(wall: Wall) -> Photos:
    return wall.photos(12)


@pytest.fixture
def opened(qtbot: QtBot, pictures: Pictures, photos: Photos) -> Iterator[Open]:
    """Return how a gallery is made in which a photo is open, the sixth one if no other is said."""
    kept: list[QWidget] = []

    def make(
        place: int = 5,
        *,
        maybe: Photos = (),
        size: tuple[int, int] = (1280, 800),
        mirrored: bool = False,
    ) -> GalleryScreen:
        window, screen = shown(
            qtbot, partial(GalleryScreen, pictures=pictures), look_for(size), size
        )
        kept.append(window)
        if mirrored:
            window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        screen.show_state(GalleryView(photos, maybe, ways=EVERY_WAY))
        if maybe:
            screen.maybe_row.opened.emit(maybe[0].id)
        else:
            screen.grid.opened.emit(photos[place].id)
        return screen

    yield make
    kept.clear()


def middle_of(view: PhotoView) -> QPoint:
    return view.stage.rect().center()


def arrived(qtbot: QtBot, view: PhotoView, photo: GalleryPhoto) -> None:
    """Wait until a photo is there and nothing moves."""
    qtbot.waitUntil(lambda: view.photo == photo.id and not view.stage.is_moving)


def test_a_swipe_by_mouse_goes_on_and_back(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened().photo_view

    drag(view.stage, middle_of(view), QPoint(-500, 0))
    arrived(qtbot, view, photos[6])
    drag(view.stage, middle_of(view), QPoint(500, 0))
    arrived(qtbot, view, photos[5])


def test_a_swipe_by_touch_goes_on(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened().photo_view
    fingers = Fingers(QTest.createTouchDevice(), view.stage)

    fingers.drag(middle_of(view), QPoint(-500, 0))

    arrived(qtbot, view, photos[6])


def test_where_it_reads_from_the_right_the_next_photo_stands_to_the_left(
    opened: Open, photos: Photos, qtbot: QtBot
) -> None:
    view = opened(mirrored=True).photo_view

    drag(view.stage, middle_of(view), QPoint(500, 0))
    arrived(qtbot, view, photos[6])
    QTest.keyClick(view.stage, Qt.Key.Key_Left)

    arrived(qtbot, view, photos[7])


def test_behind_the_last_photo_there_is_none(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened(11).photo_view

    drag(view.stage, middle_of(view), QPoint(-500, 0))
    arrived(qtbot, view, photos[11])

    assert view.stage._slide.value == 0.0
    assert not button(view, "Next photo").isEnabled()


def test_the_buttons_go_on_and_back_and_say_where_we_are(
    opened: Open, photos: Photos, qtbot: QtBot
) -> None:
    view = opened().photo_view
    assert "6 of 12" in words_of(view)

    QTest.mouseClick(button(view, "Next photo"), Qt.MouseButton.LeftButton)
    arrived(qtbot, view, photos[6])
    assert "7 of 12" in words_of(view)
    QTest.mouseClick(button(view, "Photo before"), Qt.MouseButton.LeftButton)

    arrived(qtbot, view, photos[5])


def test_two_quick_presses_go_two_photos_on(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened().photo_view

    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)

    arrived(qtbot, view, photos[7])


def test_two_fingers_zoom_as_far_as_it_makes_sense_and_the_photo_stays_on_the_screen(
    opened: Open, qtbot: QtBot
) -> None:
    view = opened().photo_view
    stage, zoom = view.stage, view.stage.zoom
    fingers = Fingers(QTest.createTouchDevice(), stage)

    fingers.pinch(middle_of(view), 200, 500)
    assert zoom.factor == pytest.approx(2.5, abs=0.1)
    fingers.drag(middle_of(view), QPoint(600, 0))
    fingers.drag(middle_of(view), QPoint(600, 0))
    assert zoom.rect().left() <= 0.5
    assert view.stage._slide.value == 0.0
    for _ in range(4):
        fingers.pinch(middle_of(view), 100, 600)
    assert zoom.factor == pytest.approx(zoom.most)
    for _ in range(8):
        fingers.pinch(middle_of(view), 600, 200)

    qtbot.waitUntil(lambda: not stage.is_moving)
    assert zoom.is_fitted
    assert QRectF(stage.rect()).adjusted(-1, -1, 1, 1).contains(zoom.rect())


def test_two_taps_zoom_in_where_the_finger_is_and_two_more_out(opened: Open, qtbot: QtBot) -> None:
    view = opened().photo_view
    stage, zoom = view.stage, view.stage.zoom
    fingers = Fingers(QTest.createTouchDevice(), stage)
    where = middle_of(view) + QPoint(40, 30)

    for _ in range(2):
        fingers.tap(where)
    qtbot.waitUntil(lambda: zoom.factor > 2.4 and not stage.is_moving)
    for _ in range(2):
        fingers.tap(where)

    qtbot.waitUntil(lambda: zoom.is_fitted and not stage.is_moving)


def test_the_next_photo_is_seen_whole_again(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened().photo_view
    QTest.keyClick(view.stage, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: not view.stage.zoom.is_fitted and not view.stage.is_moving)

    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    arrived(qtbot, view, photos[6])

    assert view.stage.zoom.is_fitted


def test_the_large_picture_takes_the_place_of_the_small_one_and_neighbours_are_ready(
    opened: Open, photos: Photos, pictures: Pictures, qtbot: QtBot
) -> None:
    view = opened().photo_view
    qtbot.waitUntil(all_there(pictures, photos[4:7], LARGE))

    view.grab()

    assert view.stage._fitted[photos[5].id].side == LARGE
    assert pictures.get(photos[9], LARGE) is None


def test_only_the_photo_and_its_neighbours_are_kept_as_they_are_painted(
    opened: Open, photos: Photos, qtbot: QtBot
) -> None:
    view = opened(0).photo_view
    for photo in photos[1:]:
        QTest.keyClick(view.stage, Qt.Key.Key_Right)
        arrived(qtbot, view, photo)
        view.grab()

    assert len(view.stage._fitted) <= 3
    view.close_view()
    assert not view.stage._fitted


def test_a_photo_is_chosen_by_button_and_by_space(opened: Open, photos: Photos) -> None:
    screen = opened()
    view, done = screen.photo_view, acts(screen)

    QTest.mouseClick(button(view, "Choose"), Qt.MouseButton.LeftButton)
    assert done == [Choose((photos[5].id,), True)]
    screen.show_state(GalleryView(photos, chosen=frozenset({photos[5].id}), ways=EVERY_WAY))
    assert "Chosen" in words_of(view)
    QTest.keyClick(view.stage, Qt.Key.Key_Space)

    assert done[1:] == [Choose((photos[5].id,), False)]


def test_the_face_is_marked_on_request(opened: Open, photos: Photos, qtbot: QtBot) -> None:
    view = opened().photo_view
    assert view.stage._mark.value == 0.0

    QTest.mouseClick(button(view, "Where am I?"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stage._mark.value == 1.0)
    QTest.mouseClick(button(view, "Next photo"), Qt.MouseButton.LeftButton)
    arrived(qtbot, view, photos[6])

    assert view.stage._mark.value == 1.0
    assert button(view, "Where am I?").isChecked()


def test_a_photo_that_left_the_gallery_gives_way_to_the_next(opened: Open, photos: Photos) -> None:
    screen = opened()
    view = screen.photo_view

    screen.show_state(GalleryView(photos[:5] + photos[6:]))
    assert view.photo == photos[6].id
    screen.show_state(GalleryView(photos[:2]))
    assert view.photo == photos[1].id
    screen.show_state(GalleryView(()))

    assert not view.isVisible()
    assert screen.grid.isVisible()


def test_a_fresh_photo_changes_nothing_but_the_count(
    opened: Open, photos: Photos, wall: Wall
) -> None:
    screen = opened()
    new = wall.photos(1, first=900)

    screen.show_state(GalleryView(new + photos, fresh=frozenset(ids(new))))

    assert screen.photo_view.photo == photos[5].id
    assert "7 of 13" in words_of(screen.photo_view)


def test_a_photo_that_may_show_the_guest_is_asked_about_and_the_next_one_follows(
    opened: Open, photos: Photos, wall: Wall
) -> None:
    maybe = wall.photos(2, first=900, band=Band.MAYBE)
    screen = opened(maybe=maybe)
    view, done = screen.photo_view, acts(screen)
    assert "Choose" not in words_of(view)
    assert view.stage._mark.value == 1.0

    yes = button(view, "Yes, that’s me")
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    screen.show_state(GalleryView(maybe[:1] + photos, maybe[1:]))
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)  # a hasty finger: not meant for this one
    assert view.photo == maybe[1].id
    screen.show_state(GalleryView(maybe[:1] + photos))

    assert done == [IsMe(maybe[0].id, True)]
    assert not view.is_open


def test_a_photo_without_a_picture_is_calm_and_cannot_be_chosen(
    opened: Open, wall: Wall, pictures: Pictures, qtbot: QtBot
) -> None:
    screen = opened()
    broken = wall.photos(1, first=700, broken=[700])
    screen.photo_view.close_view()
    screen.show_state(GalleryView(broken))
    qtbot.waitUntil(lambda: pictures.failed(broken[0], SMALL) is not None)

    screen.grid.opened.emit(broken[0].id)
    qtbot.waitUntil(lambda: pictures.failed(broken[0], LARGE) is not None)

    assert not button(screen.photo_view, "Choose").isEnabled()
    assert not screen.photo_view.grab().isNull()


def test_closed_it_gives_the_gallery_back_where_the_photo_is(
    opened: Open, photos: Photos, qtbot: QtBot
) -> None:
    screen = opened(0)
    view = screen.photo_view
    for photo in photos[1:]:
        QTest.keyClick(view.stage, Qt.Key.Key_PageDown)
        arrived(qtbot, view, photo)

    QTest.mouseClick(button(view, "Close"), Qt.MouseButton.LeftButton)

    assert not view.isVisible()
    assert screen.grid.current == photos[-1].id
    assert screen.grid.viewport().rect().intersects(screen.grid.rect_of(photos[-1].id))


def test_tab_stays_in_the_view(opened: Open) -> None:
    screen = opened()
    view = screen.photo_view
    window = screen.window()
    met = set()
    for _ in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        met.add(window.focusWidget())

    assert button(view, "Close") in met
    assert all(view.isAncestorOf(one) for one in met)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("asked", [False, True])
def test_nothing_is_cut_off(
    opened: Open, wall: Wall, qtbot: QtBot, size: tuple[int, int], asked: bool
) -> None:
    maybe = wall.photos(2, first=900, band=Band.MAYBE) if asked else ()
    screen = opened(maybe=maybe, size=size)
    view = screen.photo_view

    qtbot.waitUntil(partial(assert_nothing_is_cut_off, view))

    assert view.geometry() == screen.rect()


def test_what_is_under_the_finger_stays_there_while_zooming() -> None:
    zoom = PhotoZoom()
    zoom.set_room(QRectF(0, 0, 1000, 800))
    zoom.set_photo(6000, 4000)
    at = QPointF(500, 400)
    zoom.zoom_to(2.0, at)
    at = QPointF(600, 380)
    before = (at - zoom.rect().topLeft()) / zoom.rect().width()

    zoom.zoom_to(2.6, at)

    after = (at - zoom.rect().topLeft()) / zoom.rect().width()
    assert after.x() == pytest.approx(before.x())
    assert after.y() == pytest.approx(before.y())
