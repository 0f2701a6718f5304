"""The staff's panel: a PIN by touch and keys, then what can be done; it closes by itself."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.flows.guest_views import SearchingView
from eventsnap_desktop.ui.kiosk.look import make_look
from eventsnap_desktop.ui.kiosk.staff_panel import StaffFacts, StaffPanel
from eventsnap_desktop.ui.kiosk.window import WindowStage
from tests.ui.kiosk.window_host import Kiosk, button

FACTS = StaffFacts(
    "Ready", "/photos", "C920 HD", "Out of paper", "0.1.0", ("C920 HD", "Built-in"), 0, True
)


def words(panel: StaffPanel) -> set[str]:
    return {one.text() for one in panel.findChildren(QLabel) if one.isVisible()}


def test_a_pin_by_touch_and_the_same_by_keys(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=True)
    entered: list[str] = []
    panel.pin_entered.connect(entered.append)

    for digit in "90210":
        button(panel, digit).click()
    button(panel, "Delete the last digit").click()
    button(panel, "OK").click()
    panel.take_focus()
    QTest.keyClicks(kiosk.window.focusWidget(), "9x021")
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Backspace)
    QTest.keyClicks(kiosk.window.focusWidget(), "1")
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)

    assert entered == ["9021", "9021"]
    assert "9021" not in repr([one.__dict__ for one in panel.findChildren(QLabel)])


def test_a_short_pin_cannot_be_entered(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=True)
    entered: list[str] = []
    panel.pin_entered.connect(entered.append)

    QTest.keyClicks(kiosk.window.focusWidget(), "123")
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)

    assert not button(panel, "OK").isEnabled()
    assert entered == []


def test_what_was_wrong_is_said(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=True)

    panel.say("Wrong PIN. 3 attempts left.")

    assert "Wrong PIN. 3 attempts left." in words(panel)


def test_the_right_pin_opens_the_menu_with_the_facts(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=True)
    kiosk.window.show_staff_menu(FACTS)

    assert panel.is_open
    assert {"Ready", "/photos", "C920 HD", "Out of paper", "0.1.0"} <= words(panel)
    assert button(panel, "C920 HD").isChecked()
    kiosk.window.show_staff_menu(
        StaffFacts("Away", "/photos", "none", "none", "0.1.0", paused=True, said="Printed.")
    )
    assert {"Away", "Printed."} <= words(panel)
    assert not button(panel, "Test print").isEnabled()
    assert button(panel, "Open the kiosk again")


def test_everything_wanted_is_told(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=True)
    kiosk.window.show_staff_menu(FACTS)
    told: list[object] = []
    panel.pause_wanted.connect(told.append)
    panel.camera_wanted.connect(told.append)
    panel.test_print_wanted.connect(lambda: told.append("print"))
    panel.restart_wanted.connect(lambda: told.append("restart"))
    panel.leave_wanted.connect(lambda: told.append("leave"))
    panel.resume_wanted.connect(lambda: told.append("resume"))

    for name in ("5 min", "15 min", "30 min", "Until I open it again", "Built-in"):
        button(panel, name).click()
    for name in ("Test print", "Restart the kiosk", "Leave the kiosk"):
        button(panel, name).click()
    kiosk.window.show_staff_menu(
        StaffFacts("Ready", "", "", "", "", FACTS.cameras, 1, True, paused=True)
    )
    button(panel, "Open the kiosk again").click()

    assert told == [5, 15, 30, 0, 1, "print", "restart", "leave", "resume"]


def test_without_a_pin_it_says_so_and_only_leads_back(kiosk: Kiosk) -> None:
    panel = kiosk.window.open_staff(has_pin=False)

    buttons = [one.text() for one in panel.findChildren(QPushButton)]
    assert buttons == ["Back to the kiosk"]
    assert any("No PIN is set" in one for one in words(panel))
    button(panel, "Back to the kiosk").click()
    assert kiosk.window.staff is None


def test_escape_leaves_the_panel_and_not_the_screen(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(SearchingView())
    kiosk.window.open_staff(has_pin=True)

    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Escape)

    assert kiosk.window.staff is None
    assert kiosk.acted == []


def test_it_closes_by_itself(kiosk: Kiosk, qtbot: QtBot) -> None:
    panel = StaffPanel(make_look("light", "", False), True, kiosk.window, closes_after=50)
    with qtbot.waitSignal(panel.closed):
        panel.show()
    panel.leave()


def test_it_stays_open_while_it_is_touched(kiosk: Kiosk, qtbot: QtBot) -> None:
    panel = StaffPanel(make_look("light", "", False), True, kiosk.window, closes_after=600_000)
    panel._timer.setTimerType(Qt.TimerType.PreciseTimer)  # others end within some seconds
    panel.show()
    qtbot.waitUntil(lambda: panel._timer.remainingTime() < 599_900)
    before = panel._timer.remainingTime()
    panel.stir()
    assert panel._timer.remainingTime() > before
    panel.leave()


def test_the_end_of_a_visit_leaves_the_panel_open_above_everything(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(SearchingView())
    panel = kiosk.window.open_staff(has_pin=True)

    stage.count_down(3)
    QTest.keyClicks(kiosk.window.focusWidget(), "1")
    stage.wipe()

    assert kiosk.window.staff is panel
    assert panel.isVisible()
    assert kiosk.acted == []
