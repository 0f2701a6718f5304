"""Screens of few words: each says what is going on and offers what can be done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.flows.guest_actions import Back, Finish, Retake, TellMe
from eventsnap_desktop.flows.guest_views import (
    AwayView,
    DeclinedView,
    NothingView,
    PausedView,
    SearchingView,
    View,
    WhyAway,
    WhyNothing,
)
from eventsnap_desktop.ui.kiosk.calm_rings import CalmRings
from eventsnap_desktop.ui.kiosk.corner_gesture import CornerGesture
from eventsnap_desktop.ui.kiosk.spoken_languages import native_name
from eventsnap_desktop.ui.kiosk.window import WindowStage
from tests.ui.kiosk.window_host import Kiosk, button, views


def cut_off(kiosk: Kiosk) -> list[str]:
    """Return the words that have less room than they need."""
    labels = kiosk.window.findChildren(QLabel)
    return [
        one.text()
        for one in labels
        if one.isVisible() and one.text() and one.height() < one.heightForWidth(one.width())
    ]


def words(kiosk: Kiosk) -> str:
    labels = kiosk.window.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (DeclinedView("Anna & Ben"), "Anna & Ben"),
        (SearchingView(slow=True), "a few seconds more"),
        (NothingView(WhyNothing.NO_PHOTOS_YET), "There are no photos yet"),
        (NothingView(WhyNothing.NOT_IN_ANY, 1234), "1,234 photos"),
        (NothingView(WhyNothing.NOT_IN_ANY, 5, people=2), "No photo of all of you yet"),
        (NothingView(WhyNothing.POOR_SELFIES), "more light"),
        (PausedView(), "We are back soon."),
        (PausedView(datetime.now(UTC) - timedelta(minutes=1)), "We are back soon."),
        (AwayView(WhyAway.CAMERA), "The camera takes a short break"),
        (AwayView(WhyAway.DATABASE), "It goes on by itself"),
    ],
)
def test_it_says_what_is_going_on(kiosk: Kiosk, view: View, said: str) -> None:
    WindowStage(kiosk.window).show(view)

    assert said in words(kiosk)


@pytest.mark.parametrize(
    ("view", "pressed", "done"),
    [
        (DeclinedView(""), "Think again", Back()),
        (DeclinedView(""), "Finish", Finish()),
        (NothingView(WhyNothing.NOT_IN_ANY), "Try new pictures", Retake()),
        (NothingView(WhyNothing.NOT_IN_ANY, can_be_told=True), "Tell me by e-mail", TellMe()),
        (NothingView(WhyNothing.NOT_IN_ANY), "Finish", Finish()),
        (AwayView(WhyAway.CAMERA, leave=True), "Finish", Finish()),
    ],
)
def test_it_offers_what_can_be_done(kiosk: Kiosk, view: View, pressed: str, done: object) -> None:
    WindowStage(kiosk.window).show(view)

    button(kiosk.window, pressed).click()

    assert kiosk.acted == [done]


def test_a_pause_says_when_it_ends(kiosk: Kiosk) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=4, seconds=30)
    WindowStage(kiosk.window).show(PausedView(soon))

    assert "about 5 minutes" in words(kiosk)


def test_it_offers_nothing_that_cannot_be_done(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(NothingView(WhyNothing.NOT_IN_ANY))
    with pytest.raises(AssertionError):
        button(kiosk.window, "Tell me by e-mail")
    stage.show(AwayView(WhyAway.OTHER))
    with pytest.raises(AssertionError):
        button(kiosk.window, "Finish")


def test_rings_rest_while_they_are_not_seen(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(SearchingView())
    rings = kiosk.window.findChildren(CalmRings)[0]
    assert rings.is_moving

    stage.show(DeclinedView(""))

    assert not rings.is_moving


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1280, 800)])
@pytest.mark.parametrize("accessible", [False, True])
def test_no_word_is_cut_off(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], accessible: bool, qtbot: QtBot
) -> None:
    kiosk = make_kiosk(size=size, accessible=accessible)
    stage = WindowStage(kiosk.window)
    for view in views():
        stage.show(view)
        qtbot.waitUntil(lambda: not cut_off(kiosk))  # layouts that wrap settle in some rounds


def test_the_corner_gesture_is_quick_and_in_the_corner() -> None:
    quick, slow, elsewhere, mirrored = (CornerGesture() for _ in range(4))

    assert [quick.press(1900, 10, 1920, at * 0.5) for at in range(5)] == [False] * 4 + [True]
    assert not any(slow.press(1900, 10, 1920, at) for at in range(9))
    assert not any(elsewhere.press(10, 10, 1920, 0) for _ in range(9))
    assert any(mirrored.press(10, 10, 1920, 0, mirrored=True) for _ in range(5))


def test_languages_are_named_as_those_say_who_speak_them() -> None:
    assert native_name("en") == "English"
    assert native_name("de") == "Deutsch"
    assert native_name("fr") == "Français"
