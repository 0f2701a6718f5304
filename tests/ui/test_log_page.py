"""The log page: what this run logged, filtered, followed, and copied without personal data."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.settings.log_file import LogLine, RunningLog, start_log
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.log_page import LogPage
from eventsnap_desktop.ui.organizer.log_table import MOST_LINES, LogTable

CLICK = Qt.MouseButton.LeftButton
log = logging.getLogger("eventsnap_desktop.flows.encode")


@pytest.fixture
def running(desk: Desk) -> Iterator[RunningLog]:
    made = start_log(desk.settings.settings.home, "WARNING")
    yield made
    made.stop()


@pytest.fixture
def page(waiting_event: Desk, running: RunningLog, qtbot: QtBot) -> LogPage:
    made = LogPage(waiting_event)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def texts(page: LogPage) -> list[str]:
    return [line.text for line in page._table.shown]


def test_new_entries_appear_by_themselves(page: LogPage, qtbot: QtBot) -> None:
    log.info("encoded %s photos", 7)

    qtbot.waitUntil(lambda: "encoded 7 photos" in texts(page))

    row = texts(page).index("encoded 7 photos")
    cells = [page._table.index(row, column).data() for column in range(1, 4)]
    assert cells == ["Info", "flows.encode", "encoded 7 photos"]


def test_levels_and_words_are_filtered(page: LogPage, qtbot: QtBot) -> None:
    log.info("first")
    log.warning("the database is away")
    log.error("the disk is full")
    qtbot.waitUntil(lambda: "the disk is full" in texts(page))

    page._level.setCurrentIndex(2)
    assert texts(page) == ["the database is away", "the disk is full"]
    qtbot.keyClicks(page._search, "DISK full")
    assert texts(page) == ["the disk is full"]
    page._search.setText("no such thing")

    assert page._stack.currentWidget() is page._empty


def test_a_paused_page_stands_still_and_catches_up(page: LogPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page._pause, CLICK)
    log.info("meanwhile")
    page._look()
    assert "meanwhile" not in texts(page)

    qtbot.mouseClick(page._pause, CLICK)

    assert "meanwhile" in texts(page)


def test_the_newest_is_followed_unless_one_looks_elsewhere(page: LogPage, qtbot: QtBot) -> None:
    for number in range(200):
        log.info("entry %s", number)
    page._look()
    bar = page._view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)

    page._follow.click()
    bar.setValue(0)
    log.info("one more")
    page._look()

    assert bar.value() == 0


def test_the_whole_entry_is_shown(page: LogPage, qtbot: QtBot) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        log.exception("it went wrong")
    page._look()

    page._view.selectRow(page._table.rowCount() - 1)

    assert "ValueError: broken" in page._detail.toPlainText()
    page._view.selectionModel().setCurrentIndex(
        page._table.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    page._view.setFocus()
    qtbot.keyClick(page._view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "ValueError: broken" in QGuiApplication.clipboard().text()


def test_the_file_is_read(page: LogPage, qtbot: QtBot) -> None:
    log.warning("written down")

    page._source.setCurrentIndex(1)

    qtbot.waitUntil(lambda: "written down" in texts(page))
    assert not page._pause.isEnabled()


def test_the_support_text_names_nobody(page: LogPage, qtbot: QtBot) -> None:
    log.info("Summer party: cannot read Ada Smith.jpg, told ada@example.org")
    page._look()

    with qtbot.waitSignal(page.did, timeout=60_000):
        qtbot.mouseClick(page._copy, CLICK)
    text = QGuiApplication.clipboard().text()

    assert "## Doctor" in text
    assert "database.url is set (environment)" in text
    assert "<name>: cannot read <photo>.jpg, told <e-mail>" in text
    for private in ("Summer party", "Ada", "ada@", str(page._home), "postgresql://"):
        assert private not in text


def test_the_table_keeps_the_newest_only() -> None:
    table = LogTable()
    line = LogLine(datetime.now(UTC), "INFO", "a", "text")
    lines = [line] * (MOST_LINES - 1)
    table.add_lines(lines)
    table.add_lines(lines)

    assert MOST_LINES // 2 < table.rowCount() <= MOST_LINES
