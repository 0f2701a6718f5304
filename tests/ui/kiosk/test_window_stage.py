"""The window as the session sees it, and what the organizer changes meanwhile."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.flows.guest_ports import Stage
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    ConsentView,
    NothingView,
    WhyNothing,
)
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.consent_screen import ConsentScreen
from eventsnap_desktop.ui.kiosk.look import make_look
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.window import WindowStage
from tests.ui.kiosk.window_host import TEXTS, Kiosk

CONSENT = ConsentView(TEXTS, True)
NOTHING = NothingView(WhyNothing.NOT_IN_ANY, 3)


def screen_of(kiosk: Kiosk) -> Screen:
    screen = kiosk.window.place.screen_now
    assert screen is not None
    return screen


def test_a_resting_mouse_is_nobody_and_a_moving_one_is_somebody(kiosk: Kiosk, qtbot: QtBot) -> None:
    handle = kiosk.window.windowHandle()
    with qtbot.waitSignal(kiosk.window.touched):
        QTest.mouseMove(handle, QPoint(100, 100))
    with qtbot.assertNotEmitted(kiosk.window.touched):
        QTest.mouseMove(handle, QPoint(100, 100))


def test_other_colours_of_the_organizer_come_at_once(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(AttractView("", "Summer party", None))
    kiosk.window.redress(lambda on: make_look("dark", "", on), Branding("Other", "", QImage()))

    assert screen_of(kiosk).look.is_dark


def test_it_is_the_stage_of_a_session(kiosk: Kiosk) -> None:
    stage: Stage = WindowStage(kiosk.window)

    stage.show(CONSENT)

    assert isinstance(screen_of(kiosk), ConsentScreen)
