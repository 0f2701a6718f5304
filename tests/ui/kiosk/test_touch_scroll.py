"""Areas that follow a finger: every one of them, also after others are gone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.kiosk.touch_scroll import TouchScroll
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.screen_host import look_for

PATH = [QPoint(200, top) for top in range(280, 20, -20)]

Drag = Callable[[QtBot, QWidget], None]


def by_touch(qtbot: QtBot, widget: QWidget) -> None:
    finger = QTest.createTouchDevice()
    QTest.touchEvent(widget, finger, False).press(0, PATH[0], widget).commit()
    for where in PATH[1:]:
        QTest.touchEvent(widget, finger, False).move(0, where, widget).commit()
        qtbot.wait(5)
    QTest.touchEvent(widget, finger, False).release(0, PATH[-1], widget).commit()


def by_mouse(qtbot: QtBot, widget: QWidget) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=PATH[0])
    for where in PATH[1:]:
        QTest.mouseMove(widget, where)
        qtbot.wait(5)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=PATH[-1])


@pytest.mark.parametrize("drag", [by_touch, by_mouse])
def test_each_area_follows_finger_and_mouse(qtbot: QtBot, theme: Theme, drag: Drag) -> None:
    for _ in range(3):
        area = TouchScroll(look_for((800, 600)))
        column = QVBoxLayout()
        for number in range(60):
            column.addWidget(QLabel(f"line {number}"))
        area.fill(column)
        area.resize(400, 300)
        with qtbot.waitExposed(area):
            area.show()

        drag(qtbot, area.viewport())

        bar = area.verticalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.value() > 0)  # type: ignore[misc]
        area.deleteLater()
