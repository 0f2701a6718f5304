"""The words after ordering and at the end: what comes how, what is held up, nothing personal."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.delivery.print_carrier import printing_words
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery
from eventsnap_desktop.flows.guest_actions import Back, Finish
from eventsnap_desktop.flows.guest_views import OrderedView, ThanksView
from eventsnap_desktop.ui.kiosk.delivery_words import DeliveryWords
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.ordered_screen import OrderedScreen
from eventsnap_desktop.ui.kiosk.thanks_screen import ThanksScreen
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.screen_host import SIZES, acts, look_for, shown

EMAIL, PRINT, SHARE = DeliveryKind.EMAIL, DeliveryKind.PRINT, DeliveryKind.SHARE
WAITING, DONE, FAILED = DeliveryState.WAITING, DeliveryState.DONE, DeliveryState.FAILED


def delivery(  # one for each thing that can be said of it
    kind: DeliveryKind,
    state: DeliveryState = WAITING,
    *,
    photos: int = 3,
    attempts: int = 0,
    paused: bool = False,
) -> GuestDelivery:
    """Return a delivery of three photos that waits, if nothing else is said."""
    return GuestDelivery(DeliveryId(1), kind, state, photos, attempts, paused)


def ordered(qtbot: QtBot, view: OrderedView) -> OrderedScreen:
    """Return a screen that shows what was ordered."""
    screen = OrderedScreen(look_for((1280, 800)))
    qtbot.addWidget(screen)
    screen.show_state(view)
    return screen


@pytest.mark.parametrize(
    ("kind", "title", "words"),
    [
        (EMAIL, "on their way", "spam folder"),
        (PRINT, "printed", "out of the printer"),
        (SHARE, "on their way", "phone"),
    ],
)
def test_what_was_ordered_is_said_by_its_kind(
    qtbot: QtBot, theme: Theme, kind: DeliveryKind, title: str, words: str
) -> None:
    screen = ordered(qtbot, OrderedView(kind, (delivery(kind),)))

    assert title in screen.words.title.text()
    assert words in screen.words.words.text()


def test_a_mail_without_photos_tells_of_later_ones(qtbot: QtBot, theme: Theme) -> None:
    screen = ordered(qtbot, OrderedView(EMAIL, (delivery(EMAIL, photos=0),)))

    assert screen.words.title.text() == "We will tell you"


@pytest.mark.parametrize("late", [delivery(PRINT, paused=True), delivery(PRINT, attempts=2)])
def test_what_is_held_up_is_not_promised(qtbot: QtBot, theme: Theme, late: GuestDelivery) -> None:
    screen = ordered(qtbot, OrderedView(PRINT, (delivery(EMAIL), late)))

    assert "a little later" in screen.words.words.text()
    assert "taken note" in screen.words.title.text()


def test_the_guest_goes_back_or_finishes(qtbot: QtBot, theme: Theme) -> None:
    window, screen = shown(qtbot, OrderedScreen, look_for((1280, 800)), (1280, 800))
    screen.show_state(OrderedView(EMAIL, (delivery(EMAIL),)))
    heard = acts(screen)

    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.finish, Qt.MouseButton.LeftButton)

    assert heard == [Back(), Finish()]
    window.close()


def test_thanks_lists_what_is_still_on_its_way(qtbot: QtBot, theme: Theme) -> None:
    window, screen = shown(qtbot, ThanksScreen, look_for((1280, 800)), (1280, 800))

    screen.show_state(ThanksView((delivery(EMAIL), delivery(PRINT, DONE), delivery(SHARE, FAILED))))
    qtbot.waitUntil(screen.deliveries.isVisible)
    assert len(screen.deliveries.lines) == 2
    assert "by e-mail" in screen.deliveries.lines[0]
    assert "staff" in screen.deliveries.lines[1]
    screen.show_state(ThanksView())

    assert not screen.deliveries.isVisible()
    assert screen.deliveries.lines == []
    window.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("accessible", [False, True])
def test_thanks_fits_with_all_there_can_be(
    qtbot: QtBot, theme: Theme, size: tuple[int, int], accessible: bool
) -> None:
    def full(look: Look) -> ThanksScreen:
        screen = ThanksScreen(look)
        screen.show_state(ThanksView(tuple(delivery(SHARE, FAILED) for _ in range(9))))
        return screen

    window, screen = shown(qtbot, full, look_for(size, accessible=accessible), size)
    qtbot.waitUntil(screen.deliveries.isVisible)

    assert (window.width(), window.height()) == size
    for label in screen.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    window.close()


def test_every_delivery_has_its_sentence(qtbot: QtBot, theme: Theme) -> None:
    words = DeliveryWords()
    every = [
        delivery(kind, state, attempts=attempts)
        for kind in (EMAIL, PRINT, SHARE)
        for state in (WAITING, DONE, FAILED)
        for attempts in (0, 1)
    ]

    said = {words.sentence(one) for one in every}

    assert len(said) == 12  # a done or failed one is so after however many tries
    assert all("3" in one or "staff" in one for one in said)


def test_a_print_on_its_way_says_how_long_it_takes(qtbot: QtBot, theme: Theme) -> None:
    one = replace(delivery(PRINT, WAITING, attempts=1), detail=printing_words(40))

    assert DeliveryWords().sentence(one) == "Printing 3 photo(s), about 40 seconds"
