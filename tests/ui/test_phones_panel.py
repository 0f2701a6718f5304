"""The phones of an event in the organizer's window: answered or not, and links that are ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.outgoing import ShareToken
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.links_table import KIOSK, OPENED, PHOTOS
from eventsnap_desktop.ui.organizer.outbox_page import OutboxPage
from eventsnap_desktop.ui.organizer.phones_panel import PhonesPanel

CLICK = Qt.MouseButton.LeftButton


@dataclass
class Page:
    """Fits flows/link_ports.PhonePage."""

    is_wanted: bool = True
    is_running: bool = True
    is_own: bool = True
    address: str = "http://192.168.1.20:8473"
    problem: str = ""
    stuck_at: datetime | None = None


Share = Callable[..., ShareToken]


@pytest.fixture
def phone_page() -> Page:
    return Page()


@pytest.fixture
def page(waiting_event: Desk, phone_page: Page, qtbot: QtBot) -> OutboxPage:
    made = OutboxPage(replace(waiting_event, phone_page=phone_page))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show_view(1)
    return made


@pytest.fixture
def share(waiting_event: Desk) -> Share:
    """Make a link of the event."""
    event = waiting_event.current.id
    assert event is not None

    def share(hours: float = 24) -> ShareToken:
        until = datetime.now(UTC) + timedelta(hours=hours)
        return waiting_event.shares.share(event, None, [], "en", until)

    return share


def shown(page: OutboxPage, qtbot: QtBot, count: int) -> PhonesPanel:
    page.show()
    panel = page.phones
    qtbot.waitUntil(lambda: panel.table.rowCount() == count and bool(panel.state.text()))
    return panel


@pytest.mark.parametrize(
    ("how", "word", "sentence"),
    [
        (Page(), "Answered", "this window"),
        (Page(is_own=False), "Answered", "Another EventSnap of this machine"),
        (Page(is_running=False, address=""), "Starts", "in a moment"),
        (Page(is_wanted=False, is_running=False, address=""), "Switched off", "share.enabled"),
        (Page(is_running=False, address="", problem="No port."), "Not answered", "No port."),
    ],
)
def test_it_says_whether_phones_are_answered_where_and_why_not(
    waiting_event: Desk, qtbot: QtBot, how: Page, word: str, sentence: str
) -> None:
    made = OutboxPage(replace(waiting_event, phone_page=how))
    qtbot.addWidget(made)
    made.show_view(1)
    panel = shown(made, qtbot, 0)
    assert panel.state.text() == word
    assert sentence in panel.reason.text()
    assert (panel.address.text(), panel.address.isVisible()) == (how.address, bool(how.address))
    assert not panel.end.isEnabled()
    assert not panel.end_all.isEnabled()


@pytest.mark.parametrize("page_now", [Page(), Page(is_running=False, address="")])
def test_it_says_that_the_page_hung_and_was_started_again(
    waiting_event: Desk, qtbot: QtBot, page_now: Page
) -> None:
    when = datetime(2030, 5, 1, 21, 4, tzinfo=UTC)
    made = OutboxPage(replace(waiting_event, phone_page=replace(page_now, stuck_at=when)))
    qtbot.addWidget(made)
    made.show_view(1)
    panel = shown(made, qtbot, 0)
    time = panel.table.moment(when)
    assert f"At {time} the page did not answer and was started again." in panel.reason.text()


def test_links_are_listed_and_counted_and_come_and_open_live(
    page: OutboxPage, share: Share, waiting_event: Desk, qtbot: QtBot
) -> None:
    share(hours=2)
    panel = shown(page, qtbot, 1)
    assert panel.figures.text().startswith("1 link(s) work, 0 of them opened, the last one until ")
    token = share()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 2)
    cells = [panel.table.index(0, column).data() for column in (KIOSK, PHOTOS, OPENED)]
    assert cells == ["E-mail or print", "0", "Not yet"]

    waiting_event.shares.note_opened(token)  # type: ignore[attr-defined] # as the page does

    qtbot.waitUntil(lambda: panel.table.index(0, OPENED).data() == "Yes")
    assert "2 link(s) work, 1 of them opened" in panel.figures.text()
    assert "Today: 2 link(s) made, 1 of them opened." in panel.figures.text()


def test_one_link_is_ended_and_the_others_go_on(
    page: OutboxPage, share: Share, waiting_event: Desk, qtbot: QtBot
) -> None:
    kept, ended = share(), share()
    panel = shown(page, qtbot, 2)
    heard: list[tuple[str, object]] = []
    page.did.connect(heard.append)
    panel._list.selectRow(0)

    qtbot.mouseClick(panel.end, CLICK)
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1)

    assert heard == [("1 link(s) do not work any more.", None)]
    assert waiting_event.shares.find(ended) is None
    assert waiting_event.shares.find(kept) is not None


def test_all_links_are_ended_after_a_question(
    page: OutboxPage, share: Share, waiting_event: Desk, qtbot: QtBot
) -> None:
    tokens = [share(), share()]
    panel = shown(page, qtbot, 2)

    qtbot.mouseClick(panel.end_all, CLICK)
    [box] = page.findChildren(QMessageBox)
    assert waiting_event.shares.find(tokens[0]) is not None
    button = next(one for one in box.buttons() if one.text() == "End all links")
    qtbot.mouseClick(button, CLICK)

    qtbot.waitUntil(lambda: panel.table.rowCount() == 0)
    assert [waiting_event.shares.find(one) for one in tokens] == [None, None]
    assert panel._stack.currentWidget() is panel._empty
