"""The mail screen: typed by touch or keys, completed, corrected, sent, and nothing left behind."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.flows.guest_actions import Back, SendMail
from eventsnap_desktop.flows.guest_views import AddressProblem, MailView
from eventsnap_desktop.ui.kiosk.address_field import AddressField
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.mail_screen import MOST_PEOPLE, MailScreen
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.screen_host import SIZES, acts, look_for, shown

WIDE = (1280, 800)


def german(look: Look) -> MailScreen:
    """Build the screen as a German guest has it."""
    screen = MailScreen(look, "de")
    screen.show_state(MailView(photos=12))
    return screen


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> Iterator[MailScreen]:
    """Return a visible screen for twelve photos."""
    window, made = shown(qtbot, german, look_for(WIDE), WIDE)
    yield made
    window.close()


def tap(button: QPushButton) -> None:
    """Tap a button as a finger would: it has to be visible and to be what lies there."""
    QApplication.processEvents()  # a new button is shown by an event
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_by_keys(screen: MailScreen, address: str) -> None:
    """Tap one key after another."""
    for character in address:
        tap(screen.keyboard.keys[character])


def test_an_address_is_typed_on_the_screen_and_sent(screen: MailScreen) -> None:
    heard = acts(screen)
    assert not screen.send.isEnabled()

    type_by_keys(screen, "anna_b-1+x@example.com")
    assert screen.field.hasFocus()
    tap(screen.send)

    assert heard == [SendMail(("anna_b-1+x@example.com",))]


def test_a_domain_is_put_in_by_one_tap_and_offered_as_it_is_typed(screen: MailScreen) -> None:
    assert screen.domains.offered[:3] == ("gmail.com", "web.de", "gmx.de")
    assert not screen.domains.chips[0].isEnabled()

    type_by_keys(screen, "anna@w")
    assert screen.domains.offered == ("web.de",)
    tap(screen.domains.chips[0])

    assert screen.field.text() == "anna@web.de"
    assert screen.field.hasFocus()
    assert screen.send.isEnabled()


def test_a_typo_is_corrected_by_one_tap(screen: MailScreen) -> None:
    type_by_keys(screen, "anna@gmial.com")
    assert "anna@gmail.com" in screen.domains.meant.text()

    tap(screen.domains.meant)

    assert screen.field.text() == "anna@gmail.com"
    assert not screen.domains.meant.isVisible()


def test_a_long_address_is_asked_about_by_its_domain(screen: MailScreen) -> None:
    screen.field.setText("anna.maria.von.und.zu.musterhausen@gmial.com")

    assert "…@gmail.com" in screen.domains.meant.text()
    assert screen.domains.meant.width() < WIDE[0]


def test_several_people_can_be_added_and_removed(screen: MailScreen) -> None:
    heard = acts(screen)
    for name in "abcd":
        screen.field.setText(f"{name}@example.com")
        tap(screen.add)
    assert screen.field.text() == ""
    tap(screen.people.chips["b@example.com"])
    screen.field.setText("e@example.com")
    QTest.keyClick(screen.field, Qt.Key.Key_Return)

    assert heard == [SendMail(("a@example.com", "c@example.com", "d@example.com", "e@example.com"))]


def test_there_are_never_more_people_than_fit_into_one_mail(screen: MailScreen) -> None:
    for name in "abcde":
        screen.field.setText(f"{name}@example.com")
        if screen.add.isEnabled():
            tap(screen.add)

    assert len(screen.addresses) == MOST_PEOPLE
    assert not screen.add.isEnabled()


def test_the_same_person_twice_is_one(screen: MailScreen) -> None:
    screen.field.setText("a@example.com")
    tap(screen.add)
    screen.field.setText("a@example.com")

    assert not screen.add.isEnabled()
    assert screen.addresses == ("a@example.com",)


def test_backspace_repeats_while_it_is_held(screen: MailScreen, qtbot: QtBot) -> None:
    screen.field.setText("anna@example.com")

    QTest.mousePress(screen.keyboard.backspace, Qt.MouseButton.LeftButton)
    assert screen.field.text() == "anna@example.co"
    qtbot.waitUntil(lambda: len(screen.field.text()) < 12)
    QTest.mouseRelease(screen.keyboard.backspace, Qt.MouseButton.LeftButton)

    left = screen.field.text()
    qtbot.waitUntil(lambda: not screen.keyboard.backspace.isDown())
    assert screen.field.text() == left


def test_two_thumbs_type_at_once(screen: MailScreen) -> None:
    device = QTest.createTouchDevice()
    keyboard = screen.keyboard
    a, b = (keyboard.keys[key].geometry().center() for key in "ab")

    def press(finger: int, place: QPoint) -> QTest.QTouchEventSequence:
        return QTest.touchEvent(keyboard, device, False).press(finger, place, keyboard)

    press(0, a).commit()
    assert keyboard.keys["a"].isDown()
    QTest.touchEvent(keyboard, device, False).stationary(0).press(1, b, keyboard).commit()
    QTest.touchEvent(keyboard, device, False).release(0, a, keyboard).stationary(1).commit()
    QTest.touchEvent(keyboard, device, False).release(1, b, keyboard).commit()

    assert screen.field.text() == "ab"
    assert not keyboard.keys["a"].isDown()
    assert not keyboard.keys["b"].isDown()


def test_the_letters_stand_as_in_the_language_and_can_be_switched(
    screen: MailScreen, qtbot: QtBot
) -> None:
    english = MailScreen(look_for(WIDE), "en")
    qtbot.addWidget(english)
    assert screen.keyboard.letters == "QWERTZ"
    assert english.keyboard.letters == "QWERTY"

    above = screen.keyboard.keys["z"].y() < screen.keyboard.keys["y"].y()
    tap(screen.keyboard.switch)
    qtbot.waitUntil(lambda: screen.keyboard.keys["z"].y() > screen.keyboard.keys["y"].y())

    assert above
    assert screen.keyboard.letters == "QWERTY"


def test_while_it_is_stored_nothing_can_be_typed(screen: MailScreen) -> None:
    screen.field.setText("anna@example.com")

    screen.show_state(MailView(photos=12, busy=True))

    assert not screen.keyboard.isEnabled()
    assert screen.field.isReadOnly()
    assert not screen.send.isEnabled()
    assert "moment" in screen.status.text()
    assert screen.field.text() == "anna@example.com"


def test_a_wrong_address_is_marked_until_the_guest_goes_on(screen: MailScreen) -> None:
    screen.field.setText("a@example.com")
    tap(screen.add)
    screen.field.setText("b@example.com")
    problem = MailView(12, problem=AddressProblem.NOT_AN_ADDRESS, wrong="a@example.com")

    screen.show_state(problem)
    assert screen.people.chips["a@example.com"].property("tone") == "danger"
    assert screen.field.property("tone") != "danger"
    assert "check" in screen.status.text()
    type_by_keys(screen, "m")

    assert screen.people.chips["a@example.com"].property("tone") == ""
    assert "nothing else" in screen.status.text()


def test_the_typed_address_can_be_the_wrong_one(screen: MailScreen) -> None:
    screen.field.setText("b@example.com")

    screen.show_state(MailView(12, problem=AddressProblem.NOT_AN_ADDRESS, wrong="b@example.com"))

    assert screen.field.property("tone") == "danger"


@pytest.mark.parametrize(
    ("problem", "words"),
    [(AddressProblem.TOO_MANY, "too many people"), (AddressProblem.NOT_STORED, "try again")],
)
def test_every_problem_has_its_sentence(
    screen: MailScreen, problem: AddressProblem, words: str
) -> None:
    screen.show_state(MailView(12, problem=problem))

    assert words in screen.status.text()


def test_more_photos_than_fit_are_said_at_once(screen: MailScreen) -> None:
    screen.field.setText("anna@example.com")

    screen.show_state(MailView(photos=60, most_photos=50))

    assert "50" in screen.status.text()
    assert not screen.send.isEnabled()


def test_it_can_ask_where_to_tell_that_there_are_photos(screen: MailScreen) -> None:
    screen.show_state(MailView(photos=0, told_later=True))

    assert screen.title.text() == "Tell me when there are new photos"
    assert screen.send.text() == "Tell me"


def test_everything_is_reached_by_tab(screen: MailScreen, qtbot: QtBot) -> None:
    screen.field.setText("anna@example.com")
    tap(screen.add)
    screen.field.setText("ben")
    reached = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    wanted: list[QPushButton | AddressField] = [
        screen.field,
        screen.domains.chips[0],
        screen.send,
        screen.people.chips["anna@example.com"],
        screen.back,
    ]
    assert [w.text() for w in wanted if w not in reached] == []
    assert not set(reached) & set(screen.keyboard.keys.values())


def test_back_goes_back(screen: MailScreen) -> None:
    heard = acts(screen)

    tap(screen.back)

    assert heard == [Back()]


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_keys_are_large_enough_and_everything_fits(
    qtbot: QtBot, theme: Theme, size: tuple[int, int], accessible: bool
) -> None:
    window, screen = shown(qtbot, german, look_for(size, accessible=accessible), size)
    for name in "abcd":
        screen.field.setText(f"{name}@example.com")
        tap(screen.add)
    screen.field.setText("anna")
    qtbot.waitUntil(lambda: screen.people.isVisible() and screen.people.height() > 0)
    QApplication.processEvents()

    keyboard = screen.keyboard
    keys = [*keyboard.keys.values(), keyboard.backspace, keyboard.switch]
    assert min(min(key.width(), key.height()) for key in keys) >= 64
    assert (window.width(), window.height()) == size
    touched = [key for key in screen.findChildren(QPushButton) if key.isVisible()]
    for one in touched:
        place = one.rect().translated(one.mapTo(window, QPoint(0, 0)))
        assert window.rect().contains(place), one.text()
        assert one.height() >= 64


def test_turning_the_display_keeps_what_was_typed(qtbot: QtBot, theme: Theme) -> None:
    window, screen = shown(qtbot, german, look_for(WIDE), WIDE)
    type_by_keys(screen, "anna")

    window.resize(800, 1280)
    qtbot.waitUntil(lambda: screen.keyboard.keys["@"].y() > screen.keyboard.keys["a"].y())

    assert screen.field.text() == "anna"
    assert window.size() == QSize(800, 1280)


def test_nothing_of_an_address_is_left(qtbot: QtBot, theme: Theme) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    window, screen = shown(qtbot, german, look_for(WIDE), WIDE)
    screen.field.setText("anna@example.com")
    tap(screen.add)
    screen.field.setText("ben@example.com")

    QTest.keyClick(screen.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseDClick(screen.field, Qt.MouseButton.LeftButton)
    QTest.keyClick(screen.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not screen.field.hasSelectedText()
    assert screen.field.completer() is None
    assert clipboard.text() == "before"

    gone: list[weakref.ref[QWidget]] = [
        weakref.ref(screen),
        weakref.ref(screen.people),
        weakref.ref(screen.field),
    ]
    screen.deleteLater()
    del screen
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [one() for one in gone] == [None, None, None]
    del window
