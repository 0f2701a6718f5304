"""Deleting an event in the window: what is said meanwhile, what a printer keeps, what is left."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deletions import Deletion, SheetsOfDeleted
from eventsnap_desktop.domain.errors import DatabaseAwayError
from eventsnap_desktop.domain.events import EventCounts, EventId
from eventsnap_desktop.ui.organizer.desk import Desk, Works
from eventsnap_desktop.ui.organizer.event_delete import EventDelete

CLICK = Qt.MouseButton.LeftButton
COUNTS = EventCounts(0, 5, 0, 0, 1, 9)


class Deleting:
    """Deletes when it may, or fails; all other work is the desk's."""

    def __init__(self) -> None:
        self.may, self.began = Event(), 0
        self.end: Callable[[], Deletion] = lambda: Deletion(COUNTS, SheetsOfDeleted())

    def delete_event(self, event: EventId) -> Deletion:
        del event
        self.began += 1
        assert self.may.wait(60)
        return self.end()


@pytest.fixture
def deleting() -> Iterator[Deleting]:
    made = Deleting()
    yield made
    made.may.set()


@pytest.fixture
def dialog(waiting_event: Desk, deleting: Deleting, qtbot: QtBot) -> EventDelete:
    event = waiting_event.current.chosen
    assert event is not None
    made = EventDelete(replace(waiting_event, works=cast("Works", deleting)), event)
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClicks(made.typed, event.code)
    return made


def assert_nothing_is_cut(dialog: EventDelete) -> None:
    """Fail where a text has less room than its lines take."""
    for one in dialog.findChildren(QLabel):
        if one.isVisible() and one.wordWrap():
            assert one.height() >= one.heightForWidth(one.width()), one.text()


def test_while_it_is_deleted_nothing_can_be_pressed_that_would_not_be_done(
    dialog: EventDelete, deleting: Deleting, qtbot: QtBot
) -> None:
    qtbot.mouseDClick(dialog.delete, CLICK)
    qtbot.mouseClick(dialog.delete, CLICK)
    qtbot.waitUntil(lambda: deleting.began > 0)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.keyClicks(dialog.typed, "x")

    assert dialog.isVisible()
    assert_nothing_is_cut(dialog)
    assert "is being deleted" in dialog.banner.text
    assert not dialog._cancel.isEnabled()
    assert not dialog.delete.isEnabled()
    deleting.may.set()
    qtbot.waitUntil(lambda: bool(dialog.receipt))
    assert deleting.began == 1
    assert not dialog.banner.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_keeps_it_from_being_deleted_is_said_and_it_can_be_tried_again(
    dialog: EventDelete, deleting: Deleting, qtbot: QtBot
) -> None:
    def refuse() -> Deletion:
        raise DatabaseAwayError("A backup is being made that reads the event", "Later.")

    deleting.end = refuse
    deleting.may.set()
    qtbot.mouseClick(dialog.delete, CLICK)
    qtbot.waitUntil(lambda: "A backup" in dialog.banner.text and dialog.delete.isEnabled())
    assert_nothing_is_cut(dialog)
    assert dialog._cancel.isEnabled()
    qtbot.mouseClick(dialog._cancel, CLICK)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("sheets", "lines"),
    [
        (SheetsOfDeleted(), []),
        (SheetsOfDeleted(back=3), ["Sheets taken back from the printer: 3"]),
        (
            SheetsOfDeleted(1, 2, 4, "The print server (CUPS) does not answer."),
            [
                "Sheets taken back from the printer: 1",
                "Sheets that may still be printed: 2 (The print server (CUPS) does not answer.)",
                "Sheets ordered at other machines: 4 (EventSnap takes them back there when it "
                "runs)",
            ],
        ),
    ],
)
def test_the_receipt_says_what_became_of_sheets_at_printers(
    dialog: EventDelete,
    deleting: Deleting,
    qtbot: QtBot,
    sheets: SheetsOfDeleted,
    lines: list[str],
) -> None:
    deleting.end = lambda: Deletion(COUNTS, sheets)
    deleting.may.set()
    qtbot.mouseClick(dialog.delete, CLICK)
    qtbot.waitUntil(lambda: bool(dialog.receipt))
    assert dialog.receipt.splitlines()[3:] == lines
