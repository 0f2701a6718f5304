"""Other languages need more room: every text may be two fifths longer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery
from eventsnap_desktop.flows.guest_views import (
    AddressProblem,
    MailView,
    OrderedView,
    PhoneView,
)
from eventsnap_desktop.ui.kiosk.keyboard import Keyboard
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from eventsnap_desktop.ui.kiosk.ordered_screen import OrderedScreen
from eventsnap_desktop.ui.kiosk.phone_screen import PhoneScreen
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.screen_host import SIZES, look_for, shown

ADDRESS = "http://192.168.178.23:8642/g/7fK2mQ9xLr4TzW8bN1cVdA"


def mail(look: Look) -> Screen:
    screen = MailScreen(look, "de")
    screen.field.setText("anna@xy")
    screen.show_state(MailView(128, problem=AddressProblem.NOT_AN_ADDRESS, wrong="anna@xy"))
    return screen


def phone(look: Look) -> Screen:
    screen = PhoneScreen(look)
    screen.show_state(PhoneView(128, ADDRESS, wifi="WIFI:T:WPA;S:Party;P:12345678;;"))
    return screen


def word(look: Look) -> Screen:
    kind = DeliveryKind.PRINT
    late = GuestDelivery(DeliveryId(1), kind, DeliveryState.WAITING, 128, 1, True)
    screen = OrderedScreen(look)
    screen.show_state(OrderedView(kind, (late,)))
    return screen


def longer(words: str) -> str:
    """Return words that take two fifths more room, as German does."""
    return words + words[: len(words) * 2 // 5].replace(" ", "n") if len(words) > 2 else words


@pytest.mark.parametrize("make", [mail, phone, word])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("accessible", [False, True])
def test_longer_words_have_room(
    qtbot: QtBot,
    theme: Theme,
    make: Callable[[Look], Screen],
    size: tuple[int, int],
    accessible: bool,
) -> None:
    window, screen = shown(qtbot, make, look_for(size, accessible=accessible), size)
    kept = [*screen.findChildren(Keyboard)]
    texts: list[QLabel | QAbstractButton] = [
        *screen.findChildren(QLabel),
        *(one for one in screen.findChildren(QPushButton) if one.parent() not in kept),
    ]
    texts = [one for one in texts if one.isVisible() and "@" not in one.text()]
    for one in texts:
        if "http" not in one.text().replace("\u200b", ""):
            one.setText(longer(one.text()))
    QApplication.processEvents()

    assert (window.width(), window.height()) == size
    for one in texts:
        place = one.rect().translated(one.mapTo(window, QPoint(0, 0)))
        assert window.rect().contains(place), one.text()
        if isinstance(one, QLabel):
            assert one.height() >= one.heightForWidth(one.width()), one.text()
        else:
            assert one.width() >= one.sizeHint().width(), one.text()
    window.close()
