"""The kiosk's window: its screens, its languages, its wiping, and no way out."""

import gc
import random
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.flows.guest_actions import Agree, Back, Decline, Finish, Start, StillHere
from eventsnap_desktop.flows.guest_views import (
    ConsentView,
    DeclinedView,
    NothingView,
    SearchingView,
    WhyNothing,
)
from eventsnap_desktop.ui.kiosk.consent_screen import ConsentScreen
from eventsnap_desktop.ui.kiosk.declined_screen import DeclinedScreen
from eventsnap_desktop.ui.kiosk.idle_overlay import IdleOverlay
from eventsnap_desktop.ui.kiosk.look import SMALLEST_TARGET
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.window import WindowStage
from tests.ui.kiosk.window_host import TEXTS, Kiosk, TranslatedScreen, button, views

CONSENT = ConsentView(TEXTS, True)
NOTHING = NothingView(WhyNothing.NOT_IN_ANY, 3)


def screen_of(kiosk: Kiosk) -> Screen:
    screen = kiosk.window.place.screen_now
    assert screen is not None
    return screen


def idle_of(kiosk: Kiosk) -> IdleOverlay:
    idle = kiosk.window.idle
    assert idle is not None
    return idle


def run_deferred_deletes() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_screen_is_built_once_for_a_kind_of_view(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(SearchingView())
    first = screen_of(kiosk)

    stage.show(SearchingView(slow=True))
    assert screen_of(kiosk) is first

    stage.show(CONSENT)
    assert isinstance(screen_of(kiosk), ConsentScreen)


def test_every_view_after_every_other_one_is_shown(kiosk: Kiosk) -> None:
    chance = random.Random(5)
    stage = WindowStage(kiosk.window)
    for _ in range(8):
        for view in chance.sample(views(), len(views())):
            stage.show(view)
            stage.count_down(chance.choice([None, 5]))
            if chance.random() < 0.2:
                stage.wipe()
            QApplication.processEvents()
    stage.wipe()
    run_deferred_deletes()

    assert not kiosk.window.findChildren(Screen)


def test_what_a_guest_does_on_a_screen_is_told_and_on_a_former_one_not(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(DeclinedView(""))
    former = screen_of(kiosk)
    assert isinstance(former, DeclinedScreen)
    button(kiosk.window, "Finish").click()
    stage.show(CONSENT)

    former.act(Finish())

    assert kiosk.acted == [Finish()]


def test_a_visit_by_the_keyboard_only(kiosk: Kiosk) -> None:
    kiosk.window.activateWindow()
    stage = WindowStage(kiosk.window)
    stage.show(views()[1])
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)
    stage.show(CONSENT)
    reached = []
    for _ in range(6):
        focused = kiosk.window.focusWidget()
        reached.append(getattr(focused, "text", str)())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    button(kiosk.window, "Yes, find my photos").setFocus()
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Escape)

    assert {"Back", "Read everything", "No, thank you", "Yes, find my photos"} <= set(reached)
    assert kiosk.acted == [Start(), Agree("en"), Back()]


def test_a_visit_by_touch_only(kiosk: Kiosk) -> None:
    finger = QTest.createTouchDevice()
    stage = WindowStage(kiosk.window)
    stage.show(views()[1])
    with_touch: list[None] = []
    kiosk.window.touched.connect(lambda: with_touch.append(None))

    def tap(widget: QWidget) -> None:
        where = widget.mapTo(kiosk.window, widget.rect().center())
        handle = kiosk.window.windowHandle()
        QTest.touchEvent(handle, finger).press(0, where, handle).commit()
        QTest.touchEvent(handle, finger).release(0, where, handle).commit()
        QApplication.processEvents()

    tap(button(kiosk.window, "Find my photos"))
    stage.show(CONSENT)
    tap(button(kiosk.window, "No, thank you"))

    assert kiosk.acted == [Start(), Decline()]
    assert with_touch


def test_it_cannot_be_closed_until_the_staff_leave(kiosk: Kiosk) -> None:
    kiosk.window.close()
    assert kiosk.window.isVisible()

    kiosk.window.leave()
    assert not kiosk.window.isVisible()


def test_the_close_button_of_a_window_on_trial_says_what_is_wanted(kiosk: Kiosk) -> None:
    asked: list[bool] = []
    kiosk.window.close_wanted.connect(lambda: asked.append(True))
    kiosk.window.close()
    assert asked == [True]

    kiosk.window.open_full()
    kiosk.window.close()
    assert asked == [True]


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_that_lead_out_are_swallowed(
    kiosk: Kiosk, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    QGuiApplication.clipboard().setText("of somebody else")
    field = QLineEdit(kiosk.window)
    field.show()
    field.setFocus()

    QTest.keyClick(field, key, modifiers)

    assert kiosk.window.isVisible()
    assert field.text() == ""
    QTest.keyClicks(field, "a@b")
    assert field.text() == "a@b"


def test_menus_and_other_buttons_are_swallowed(kiosk: Kiosk, qtbot: QtBot) -> None:
    WindowStage(kiosk.window).show(DeclinedView(""))
    finish = button(kiosk.window, "Finish")
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1))

    assert QApplication.sendEvent(finish, menu)
    assert not menu.isAccepted()
    qtbot.mouseClick(finish, Qt.MouseButton.RightButton)
    qtbot.mouseClick(finish, Qt.MouseButton.MiddleButton)
    assert kiosk.acted == []


def test_made_small_it_comes_back(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.window.showMinimized()

    qtbot.waitUntil(lambda: not kiosk.window.isMinimized())


def test_it_covers_the_screen_before_all_others_without_a_cursor(kiosk: Kiosk) -> None:
    kiosk.window.open_full(99)

    assert kiosk.window.isFullScreen()
    assert kiosk.window.size() == QGuiApplication.primaryScreen().size()
    assert kiosk.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert kiosk.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert kiosk.window.cursor().shape() is Qt.CursorShape.BlankCursor


def test_another_language_builds_the_screen_anew_in_its_words(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(SearchingView())
    chosen: list[str] = []
    kiosk.window.language_chosen.connect(chosen.append)

    button(kiosk.window, "Deutsch").click()

    screen = screen_of(kiosk)
    assert isinstance(screen, TranslatedScreen)
    assert screen.cancel.text() == "Abbrechen"
    assert chosen == ["de"]
    assert kiosk.window.language == "de"
    assert button(kiosk.window, "Deutsch").isChecked()


def test_a_language_from_right_to_left_mirrors_the_layout(
    make_kiosk: Callable[..., Kiosk], qapp: QApplication
) -> None:
    kiosk = make_kiosk(("en", "ar"))
    WindowStage(kiosk.window).show(views()[1])
    start = button(kiosk.window, "Find my photos")
    before = start.mapTo(kiosk.window, start.rect().center()).x()

    button(kiosk.window, "العربية").click()
    QApplication.processEvents()
    start = button(kiosk.window, "Find my photos")
    after = start.mapTo(kiosk.window, start.rect().center()).x()

    assert before < 640 < after
    WindowStage(kiosk.window).wipe()
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_with_one_language_there_is_nothing_to_choose(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(("de",))

    words = {one.text() for one in kiosk.window.findChildren(QPushButton)}

    assert words
    assert "Deutsch" not in words


@pytest.mark.parametrize(("width", "height", "free"), [(1080, 1920, 0.35), (1920, 1080, 0.0)])
def test_the_accessible_mode_leaves_what_is_high_out_of_use(
    kiosk: Kiosk, width: int, height: int, free: float
) -> None:
    kiosk.window.resize(width, height)
    WindowStage(kiosk.window).show(CONSENT)
    chosen: list[bool] = []
    kiosk.window.accessible_chosen.connect(chosen.append)
    small = button(kiosk.window, "Yes, find my photos").height()

    button(kiosk.window, "Larger and lower").click()
    QApplication.processEvents()

    assert chosen == [True]
    assert screen_of(kiosk).look.accessible
    assert button(kiosk.window, "Yes, find my photos").height() > small
    buttons = [one for one in kiosk.window.findChildren(QPushButton) if one.isVisible()]
    tops = [one.mapTo(kiosk.window, QPoint(0, 0)).y() for one in buttons]
    assert min(tops) >= height * free


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (1080, 1920)])
def test_everything_that_is_pressed_is_large_enough(kiosk: Kiosk, width: int, height: int) -> None:
    kiosk.window.resize(width, height)
    stage = WindowStage(kiosk.window)
    for view in views():
        stage.show(view)
        QApplication.processEvents()
        for one in kiosk.window.findChildren(QPushButton):
            if one.isVisible():
                corner = one.mapTo(kiosk.window, one.rect().bottomRight())
                assert min(one.width(), one.height()) >= SMALLEST_TARGET, one.text()
                assert kiosk.window.rect().contains(corner), one.text()


def test_a_larger_window_has_larger_type(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(SearchingView())
    before = screen_of(kiosk).look.unit

    kiosk.window.resize(3840, 2160)
    stage.show(SearchingView())

    assert screen_of(kiosk).look.unit > 2 * before


def test_the_countdown_asks_and_a_press_anywhere_answers(kiosk: Kiosk, qtbot: QtBot) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(NOTHING)
    stage.count_down(10)
    idle = idle_of(kiosk)
    assert idle.size() == kiosk.window.size()

    qtbot.mouseClick(idle, Qt.MouseButton.LeftButton, pos=QPoint(20, 400))
    button(idle, "Finish now").click()
    QTest.keyClick(button(idle, "I am still here"), Qt.Key.Key_Escape)
    QTest.keyClick(button(idle, "I am still here"), Qt.Key.Key_Return)
    stage.count_down(9)
    assert idle_of(kiosk) is idle
    stage.count_down(None)

    assert kiosk.window.idle is None
    assert kiosk.acted == [StillHere(), Finish(), StillHere(), StillHere()]


def test_the_keys_stay_on_the_countdown(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(CONSENT)
    stage.count_down(10)
    idle = idle_of(kiosk)
    seen = set()
    for _ in range(5):
        focused = kiosk.window.focusWidget()
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    assert seen == {button(idle, "I am still here"), button(idle, "Finish now")}


def test_wiping_leaves_nothing_of_the_guest(kiosk: Kiosk) -> None:
    kiosk.window.open_full()
    stage = WindowStage(kiosk.window)
    stage.show(CONSENT)
    button(kiosk.window, "Deutsch").click()
    button(kiosk.window, "Größer und tiefer").click()
    stage.count_down(3)
    QGuiApplication.clipboard().setText("guest@example.org")
    screen = weakref.ref(screen_of(kiosk))

    stage.wipe()
    run_deferred_deletes()
    gc.collect()

    assert screen() is None
    assert not kiosk.window.findChildren(Screen)
    assert kiosk.window.idle is None
    assert kiosk.window.language == "en"
    assert not kiosk.window.is_accessible
    assert QGuiApplication.clipboard().text() == ""


def test_the_former_screen_fades_without_being_in_the_way_and_a_wipe_drops_it(
    make_kiosk: Callable[..., Kiosk], qtbot: QtBot
) -> None:
    kiosk = make_kiosk(animated=True)
    stage = WindowStage(kiosk.window)
    stage.show(NOTHING)
    stage.show(DeclinedView(""))
    place = kiosk.window.place
    assert len(place.children()) > 1

    finish = button(kiosk.window, "Finish")
    where = finish.mapTo(kiosk.window, finish.rect().center())
    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
    assert kiosk.acted == [Finish()]
    stage.wipe()
    run_deferred_deletes()
    assert not place.children()

    stage.show(NOTHING)
    stage.show(DeclinedView(""))
    qtbot.waitUntil(lambda: len(place.children()) == 1)


def test_five_presses_in_the_corner_call_the_staff(kiosk: Kiosk, qtbot: QtBot) -> None:
    WindowStage(kiosk.window).show(NOTHING)
    handle = kiosk.window.windowHandle()
    corner = QPoint(kiosk.window.width() - 20, 20)
    with qtbot.assertNotEmitted(kiosk.window.staff_wanted):
        for _ in range(4):
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=corner)
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=corner)
    with qtbot.waitSignal(kiosk.window.staff_wanted):
        for _ in range(4):
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=corner)
