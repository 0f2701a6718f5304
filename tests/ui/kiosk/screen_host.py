"""Puts one screen of a kiosk on a window of its style, as the kiosk's window does."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.kiosk.look import Look, kiosk_sheet, make_look
from eventsnap_desktop.ui.kiosk.screen import Screen

S = TypeVar("S", bound=Screen)

SIZES = [(1920, 1080), (1080, 1920), (1280, 800), (800, 1280)]
"""Width and height of the displays that every screen has to fit."""


def look_for(size: tuple[int, int], *, dark: bool = False, accessible: bool = False) -> Look:
    """Return the look on a display."""
    return make_look("dark" if dark else "light", "", accessible).for_size(*size)


def shown(
    qtbot: QtBot, make: Callable[[Look], S], look: Look, size: tuple[int, int]
) -> tuple[QWidget, S]:
    """Return a visible window of this size, and the screen that fills it."""
    window = QWidget()
    window.setProperty("role", "ground")
    window.setStyleSheet(kiosk_sheet(look))
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    screen = make(look)
    column.addWidget(screen)
    window.resize(*size)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window, screen


def acts(screen: Screen) -> list[object]:
    """Return the list into which every action of a screen goes from now on."""
    heard: list[object] = []
    screen.acted.connect(heard.append)
    return heard
