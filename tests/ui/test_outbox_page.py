"""The outbox page on a real database: looked at, retried, cancelled, held back."""

from collections.abc import Callable

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.deliveries import DeliveryState
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_page import OutboxPage
from eventsnap_desktop.ui.organizer.outbox_table import LAST_ERROR, NEXT_TRY, PHOTOS, STATE

Add = Callable[[str, str], None]
Did = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def event(waiting_event: Desk) -> EventId:
    chosen = waiting_event.current.id
    assert chosen is not None
    return chosen


@pytest.fixture
def add(database_url: str, event: EventId) -> Add:
    def put(kind: str, state: str) -> None:
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "insert into outbox (event_id, kind, payload, state, attempts, next_try_at,"
                " last_error, idempotency_key, created_at) values (%s, %s, %s::jsonb, %s, 2,"
                " now() + interval '5 minutes', %s, gen_random_uuid()::text, clock_timestamp())",
                (event, kind, '{"photos": [1, 2, 3]}', state, "out of paper"),
            )

    return put


@pytest.fixture
def page(waiting_event: Desk, qtbot: QtBot) -> OutboxPage:
    made = OutboxPage(waiting_event)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    return made


def shown(page: OutboxPage, qtbot: QtBot, count: int) -> None:
    page.show()
    qtbot.waitUntil(lambda: page._table.rowCount() == count and page._shown is not None)


def states(desk: Desk, event: EventId) -> list[DeliveryState]:
    return [one.state for one in desk.deliveries.list_deliveries(event, None, 99)]


def did(page: OutboxPage) -> Did:
    heard: Did = []
    page.did.connect(heard.append)
    return heard


def test_an_empty_outbox_says_what_it_is_for(page: OutboxPage, qtbot: QtBot) -> None:
    shown(page, qtbot, 0)

    assert page._stack.currentWidget() is page._empty
    assert "empty" in page._empty.text


def test_deliveries_are_shown_with_their_state_and_error(
    page: OutboxPage, add: Add, qtbot: QtBot
) -> None:
    add("print", "failed")
    add("email", "waiting")
    shown(page, qtbot, 2)
    table = page._table

    first, second = ([table.index(r, c).data() for c in range(7)] for r in range(2))

    assert (first[0], first[STATE], first[PHOTOS]) == ("E-mail", "Waiting", "3")
    assert first[NEXT_TRY] in {"in 4 min", "in 5 min"}
    assert (second[0], second[STATE], second[LAST_ERROR]) == ("Print", "Failed", "out of paper")
    assert [button.text() for button in page._filters.buttons()][:3] == [
        "All  2",
        "Waiting  1",
        "Failed  1",
    ]


def test_a_filter_shows_one_state_only(page: OutboxPage, add: Add, qtbot: QtBot) -> None:
    for state in ("failed", "waiting", "done"):
        add("print", state)
    shown(page, qtbot, 3)

    qtbot.mouseClick(page._filters.button(2), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._table.rowCount() == 1)

    assert page._table.deliveries[0].state is DeliveryState.FAILED


def test_a_failed_delivery_is_tried_again(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("print", "failed")
    shown(page, qtbot, 1)
    heard = did(page)
    assert not page._retry.isEnabled()
    page._view.selectRow(0)

    qtbot.mouseClick(page._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._table.deliveries[0].state is DeliveryState.WAITING)

    assert states(page.desk, event) == [DeliveryState.WAITING]
    assert "1 delivery" in heard[0][0]
    assert [one.id for one in page._view.chosen] == [page._table.deliveries[0].id]


def test_delete_cancels_and_undo_lets_it_wait_again(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("email", "waiting")
    add("email", "done")
    shown(page, qtbot, 2)
    heard = did(page)
    page._view.selectAll()
    page._view.setFocus()

    qtbot.keyClick(page._view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(heard))
    assert states(page.desk, event) == [DeliveryState.DONE, DeliveryState.CANCELLED]
    undo = heard[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert states(page.desk, event) == [DeliveryState.DONE, DeliveryState.WAITING]


def test_all_failed_ones_are_tried_again_at_once(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("email", "failed")
    add("print", "failed")
    add("print", "cancelled")
    shown(page, qtbot, 3)

    qtbot.mouseClick(page._retry_failed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._retry_failed.isHidden)

    assert states(page.desk, event).count(DeliveryState.WAITING) == 2


def test_everything_is_held_back_and_goes_on(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("email", "waiting")
    shown(page, qtbot, 1)

    qtbot.mouseClick(page._pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._on_hold.isVisible)
    assert page.desk.deliveries.counts(event).paused
    assert page._table.index(0, NEXT_TRY).data() == "on hold"
    assert "1 waiting" in page._on_hold.text
    resume = next(b for b in page._on_hold.findChildren(QPushButton) if b.text() == "Resume")
    qtbot.mouseClick(resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._on_hold.isHidden)

    assert not page.desk.deliveries.counts(event).paused


def test_what_another_window_changes_is_seen(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("email", "failed")
    shown(page, qtbot, 1)

    page.desk.deliveries.cancel([page._table.deliveries[0].id])

    qtbot.waitUntil(
        lambda: page._table.deliveries[0].state is DeliveryState.CANCELLED, timeout=10_000
    )


def test_without_an_event_the_page_leads_to_the_events(desk: Desk, qtbot: QtBot) -> None:
    page = OutboxPage(desk)
    qtbot.addWidget(page)
    page.show()

    assert "No event" in page._empty.text
    with qtbot.waitSignal(page.asked) as asked:
        page._empty.acted.emit()
    assert asked.args == ["events"]
