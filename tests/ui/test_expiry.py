"""The organizer's window deletes events on their day, and says so until it was read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.expiring import Expiry
from eventsnap_desktop.app.organizer_expiry import WindowExpiry
from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.events import Event, EventCounts, EventId
from eventsnap_desktop.domain.expiry import Receipt
from eventsnap_desktop.flows.expire import ExpiryReport, announce, expire
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.encodings import Phase
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from tests.contract.flows.expiring import add_event, announced, in_days

PATIENCE = 60_000


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[OrganizerWindow]:
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = OrganizerWindow(desk, memory)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.encodings.stop()


@pytest.fixture
def expiry(window: OrganizerWindow, index: Index, tmp_path: Path) -> WindowExpiry:
    return WindowExpiry(Expiry(index.expiry, tmp_path / "home").look, window, window)


def end(index: Index, url: str, event: Event, days: float = -1) -> None:
    details = index.organizing.details(event.id)
    index.organizing.change(event.id, replace(details, keep_until=in_days(days)))
    announce(index.expiry)
    announced(url)


def test_an_event_whose_day_is_over_goes_when_the_window_opens_and_is_told_of(
    window: OrganizerWindow,
    expiry: WindowExpiry,
    index: Index,
    database_url: str,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    over = add_event(index, "over", None, str(tmp_path))
    add_event(index, "stays", None, str(tmp_path))
    end(index, database_url, over)
    window.desk.current.show(index.organizing.overview(over.id))
    notice = window.expiry_notice

    expiry.start()

    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)
    assert "The index of Over (over) was deleted by itself" in notice.text
    assert "Faces deleted: 0" in notice.text
    assert [one.code for one in index.events.list_events()] == ["stays"]
    qtbot.waitUntil(lambda: window.desk.current.overview is None, timeout=PATIENCE)
    assert len(list((tmp_path / "home" / "receipts").iterdir())) == 1
    copy = next(one for one in notice.findChildren(QPushButton) if "receipt" in one.text())
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == notice.text
    qtbot.mouseClick(notice.banner._close, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_receipts_stay_until_they_were_read(
    window: OrganizerWindow, expiry: WindowExpiry, index: Index, database_url: str, qtbot: QtBot
) -> None:
    notice = window.expiry_notice
    for code in ("first", "second"):
        end(index, database_url, add_event(index, code, None))
        expiry.look()
        qtbot.waitUntil(lambda code=code: f"({code})" in notice.text, timeout=PATIENCE)  # type: ignore[misc]

    assert "(first)" in notice.text
    notice.banner._close.click()
    end(index, database_url, add_event(index, "third", None))
    expiry.look()
    qtbot.waitUntil(lambda: "(third)" in notice.text, timeout=PATIENCE)
    assert "(first)" not in notice.text


def test_a_receipt_says_what_became_of_prints(window: OrganizerWindow) -> None:
    event = Event(EventId(1), "gala", "Gala", "", None, datetime.now(UTC), in_days(-1))
    receipt = Receipt(event, EventCounts(0, 1, 0, 0, 0, 2), datetime.now(UTC))
    sheets = SheetsOfDeleted(back=3, left=1, elsewhere=4)

    window.expiry_notice.tell(ExpiryReport((receipt, replace(receipt, sheets=sheets))))

    plain, told = window.expiry_notice.receipts
    assert "Sheets" not in plain
    assert "Sheets taken back from the printer: 3." in told
    assert "Sheets that may still come out of a printer: 5." in told


def test_an_event_that_the_window_watches_ends_on_its_day(
    window: OrganizerWindow,
    expiry: WindowExpiry,
    waiting_event: Desk,
    index: Index,
    database_url: str,
    qtbot: QtBot,
) -> None:
    event = waiting_event.current.chosen
    assert event is not None
    window.encodings.start(event, True)
    qtbot.waitUntil(lambda: index.events.counts(event.id).encoded > 0, timeout=PATIENCE)
    end(index, database_url, event)
    expiry._again.setInterval(50)

    expiry.look()

    qtbot.waitUntil(lambda: index.events.list_events() == [], timeout=PATIENCE)
    qtbot.waitUntil(window.expiry_notice.isVisible, timeout=PATIENCE)
    assert "was deleted by itself" in window.expiry_notice.text
    assert window.encodings.state.phase in {Phase.IDLE, Phase.FAILED}


def test_an_event_that_another_program_encodes_is_told_of(
    window: OrganizerWindow, expiry: WindowExpiry, index: Index, database_url: str, qtbot: QtBot
) -> None:
    event = add_event(index, "over", None)
    end(index, database_url, event)
    with index.photos.encoding(event.id):
        expiry.look()
        qtbot.waitUntil(window.expiry_notice.isVisible, timeout=PATIENCE)
        assert "could not be deleted yet: The event is being encoded" in window.expiry_notice.text
    expiry.look()
    qtbot.waitUntil(lambda: "by itself" in window.expiry_notice.text, timeout=PATIENCE)
    assert "not be deleted" not in window.expiry_notice.text


def test_clocks_that_do_not_agree_are_told_of(
    window: OrganizerWindow, index: Index, database_url: str, qtbot: QtBot
) -> None:
    end(index, database_url, add_event(index, "over", None))

    def ahead() -> datetime:
        return datetime.now(UTC) + timedelta(days=900)

    WindowExpiry(lambda: expire(index.expiry, machine=ahead), window, window).look()

    qtbot.waitUntil(window.expiry_notice.isVisible, timeout=PATIENCE)
    assert "no event is deleted by its date" in window.expiry_notice.text
    assert len(index.events.list_events()) == 1
