"""Whoever goes by keys sees where they are: by the border, and nothing of Qt's own beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.kiosk.look import kiosk_sheet
from tests.ui.kiosk.screen_host import look_for

KINDS = [(kind, "") for kind in ("", "primary", "hero", "quiet", "key", "chip")] + [
    ("choice", "true"),
    ("choice", "false"),
]
each_look = pytest.mark.parametrize(
    ("accessible", "dark"), [(False, False), (False, True), (True, False), (True, True)]
)


def _pictures(
    qtbot: QtBot, kind: str, filled: str, accessible: bool, dark: bool
) -> tuple[QImage, QImage]:
    """Return a button without words, first without and then with the focus."""
    window = QWidget()
    window.setProperty("role", "ground")
    window.setStyleSheet(kiosk_sheet(look_for((1920, 1080), dark=dark, accessible=accessible)))
    column = QVBoxLayout(window)
    button, other = QPushButton(), QPushButton()
    button.setProperty("kind", kind)
    button.setProperty("filled", filled)
    column.addWidget(button)
    column.addWidget(other)
    window.resize(400, 400)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is other, timeout=60_000)
    without = button.grab().toImage()
    QTest.keyClick(other, Qt.Key.Key_Backtab)  # Qt draws more for who goes by keys
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button, timeout=60_000)
    return without, button.grab().toImage()


@each_look
@pytest.mark.parametrize(("kind", "filled"), KINDS)
def test_the_focus_is_seen_and_nothing_is_drawn_inside_the_border(
    qtbot: QtBot, kind: str, filled: str, accessible: bool, dark: bool
) -> None:
    without, focused = _pictures(qtbot, kind, filled, accessible, dark)

    changed = sum(
        without.pixel(x, y) != focused.pixel(x, y)
        for x in range(without.width())
        for y in range(without.height())
    )
    assert changed > 2 * without.width()  # at least a line of one pixel along both long sides
    corners = 44  # pixels; the roundest corner of all kinds
    inside = focused.copy(focused.rect().adjusted(corners, 8, -corners, -8))
    colours = {inside.pixel(x, y) for x in range(inside.width()) for y in range(inside.height())}
    assert len(colours) == 1
