"""The outbox page on a real database: looked at, retried, cancelled, held back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.deliveries import Delivery, DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.delivery_details import OutboxDay
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_details import masked
from eventsnap_desktop.ui.organizer.outbox_page import OutboxPage
from eventsnap_desktop.ui.organizer.outbox_table import PHOTOS, STANDING, STATE
from eventsnap_desktop.ui.organizer.outbox_words import OutboxWords

Add = Callable[..., None]
Did = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def event(waiting_event: Desk) -> EventId:
    chosen = waiting_event.current.id
    assert chosen is not None
    return chosen


@pytest.fixture
def add(database_url: str, event: EventId) -> Add:
    def put(kind: str, state: str, detail: str = "", **payload: object) -> None:
        wish = json.dumps({"photos": [1, 2, 3], **payload})
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "insert into outbox (event_id, kind, payload, state, attempts, next_try_at,"
                " last_error, idempotency_key, created_at, detail) values (%s, %s, %s::jsonb, %s,"
                " 2, now() + interval '5 minutes', %s, gen_random_uuid()::text, clock_timestamp(),"
                " %s)",
                (event, kind, wish, state, "out of paper", detail),
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

    first, second = ([table.index(r, c).data() for c in range(5)] for r in range(2))

    assert (first[0], first[STATE], first[PHOTOS]) == ("E-mail", "Waiting", "3")
    assert first[STANDING].startswith("out of paper: tries again at ")
    assert (second[0], second[STATE], second[STANDING]) == ("Print", "Failed", "out of paper")
    assert [button.text() for button in page.bar.states.buttons()][:3] == [
        "All  2",
        "Waiting  1",
        "Failed  1",
    ]


def test_a_filter_shows_one_state_only(page: OutboxPage, add: Add, qtbot: QtBot) -> None:
    for state in ("failed", "waiting", "done"):
        add("print", state)
    shown(page, qtbot, 3)

    qtbot.mouseClick(page.bar.states.button(2), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._table.rowCount() == 1)

    assert page._table.deliveries[0].state is DeliveryState.FAILED


def test_a_failed_delivery_is_tried_again(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("print", "failed")
    shown(page, qtbot, 1)
    heard = did(page)
    assert not page.bar.retry.isEnabled()
    page._view.selectRow(0)

    qtbot.mouseClick(page.bar.retry, Qt.MouseButton.LeftButton)
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
    assert page._table.index(0, STANDING).data() == "On hold"
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

    qtbot.waitUntil(lambda: page._table.deliveries[0].state is DeliveryState.CANCELLED)


def test_without_an_event_the_page_leads_to_the_events(desk: Desk, qtbot: QtBot) -> None:
    page = OutboxPage(desk)
    qtbot.addWidget(page)
    page.show()

    assert "No event" in page._empty.text
    with qtbot.waitSignal(page.asked) as asked:
        page._empty.acted.emit()
    assert asked.args == ["events"]


def select(page: OutboxPage, qtbot: QtBot, row: int = 0) -> None:
    page._view.selectRow(row)
    qtbot.waitUntil(page.details.isVisible)


def test_a_kind_and_a_state_are_filtered_together(page: OutboxPage, add: Add, qtbot: QtBot) -> None:
    for kind, state in (("print", "failed"), ("email", "failed"), ("email", "waiting")):
        add(kind, state)
    shown(page, qtbot, 3)

    page.bar.kinds.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page._table.rowCount() == 2)
    assert page.bar.states.button(2).text() == "Failed  1"
    qtbot.mouseClick(page.bar.states.button(3), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._empty.isVisible)
    assert "Nothing here" in page._empty.text
    page._empty.acted.emit()

    qtbot.waitUntil(lambda: page._table.rowCount() == 3)


def test_what_is_being_made_says_how_far_it_is(page: OutboxPage, add: Add, qtbot: QtBot) -> None:
    add("print", "waiting", "printing, about 40 seconds")
    shown(page, qtbot, 1)

    assert page._table.index(0, STATE).data() == "In work"
    assert page._table.index(0, STANDING).data() == "Printing, about 40 seconds"


def test_a_mail_is_looked_at_closely_with_its_addresses_masked(
    page: OutboxPage, add: Add, qtbot: QtBot
) -> None:
    add("email", "failed", to=["anna@gmial.com", "ben@example.org"])
    add("email", "done", to=["carla@example.org"])
    shown(page, qtbot, 2)
    assert page.details.isHidden()

    select(page, qtbot, 1)
    assert page.details.addresses.text() == "a***@gmial.com\nb***@example.org"
    assert "3 photo(s) of it are hidden or gone" in page.details._missing.text()
    qtbot.mouseClick(page.details.show_addresses, Qt.MouseButton.LeftButton)
    assert page.details.addresses.text() == "anna@gmial.com\nben@example.org"
    page._view.selectRow(0)
    qtbot.waitUntil(lambda: page.details.addresses.text() == "c***@example.org")

    page.hide()
    assert page.details.addresses.text() == ""
    assert page.details.view is None


def test_a_mail_goes_to_a_corrected_address(
    page: OutboxPage, add: Add, event: EventId, qtbot: QtBot
) -> None:
    add("email", "failed", to=["anna@gmial.com"])
    shown(page, qtbot, 1)
    heard = did(page)
    select(page, qtbot)

    qtbot.mouseClick(page.details.correct, Qt.MouseButton.LeftButton)
    dialog = page._address
    assert dialog is not None
    line = dialog.lines[0]
    assert line.meant.text() == "Did you mean anna@gmail.com?"
    line.field.setText("anna@")
    assert not dialog.send.isEnabled()
    line.field.setText("anna@gmial.com")
    qtbot.mouseClick(line.meant, Qt.MouseButton.LeftButton)
    assert line.field.text() == "anna@gmail.com"
    qtbot.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(heard))

    found = page.desk.deliveries.details(page._table.deliveries[0].id)
    assert found is not None
    assert found.addresses == ("anna@gmail.com",)
    assert states(page.desk, event) == [DeliveryState.WAITING]


def test_the_photos_of_a_delivery_are_seen(
    sample_event: Desk, add: Add, event: EventId, qtbot: QtBot
) -> None:
    photos = sample_event.browsing.list_ids(event, PhotoFilter())[:14].tolist()
    add("print", "waiting", photos=photos, copies=2, printer="DNP")
    page = OutboxPage(sample_event)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    shown(page, qtbot, 1)

    select(page, qtbot)

    assert len(page.details.photos.rows) == 12
    assert page.details.addresses.text() == "DNP, 2 copy(s)"
    assert page.details._missing.isHidden()
    assert page.details.correct.isHidden()


def test_mails_that_wait_without_a_server_are_told(
    page: OutboxPage, add: Add, database_url: str, qtbot: QtBot
) -> None:
    add("email", "waiting", to=["anna@example.org"])
    shown(page, qtbot, 1)
    assert page._no_server.isHidden()
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set next_try_at = now()")
    qtbot.waitUntil(page._no_server.isVisible)

    assert "1 e-mail" in page._no_server.text
    with qtbot.waitSignal(page.asked) as asked:
        page._no_server.acted.emit()
    assert asked.args == ["settings"]


def test_the_day_is_counted(page: OutboxPage, add: Add, database_url: str, qtbot: QtBot) -> None:
    add("email", "done", to=["anna@example.org"])
    with psycopg.connect(database_url) as connection:
        connection.execute("update outbox set done_at = now()")
    shown(page, qtbot, 1)

    assert page._day.text() == "Today: 1 e-mail(s), 0 printed sheet(s), 0 phone link(s)"


NOW = datetime(2026, 6, 1, 21, 30, tzinfo=UTC)


def delivery(state: DeliveryState = DeliveryState.WAITING, **changes: object) -> Delivery:
    values: dict[str, object] = {
        "id": DeliveryId(1),
        "kind": DeliveryKind.EMAIL,
        "state": state,
        "photos": 3,
        "attempts": 0,
        "created_at": NOW,
        "next_try_at": NOW,
        "last_error": None,
        **changes,
    }
    return Delivery(**values)  # type: ignore[arg-type]


def test_how_a_delivery_stands_is_said_in_one_sentence(page: OutboxPage) -> None:
    words = OutboxWords(page)
    later = NOW + timedelta(minutes=10)
    away = "The mail server does not answer."

    assert words.standing(delivery(), False, NOW) == "Is next"
    assert words.standing(delivery(), True, NOW) == "On hold"
    assert words.standing(delivery(next_try_at=later), False, NOW).startswith("Is tried at ")
    waits = words.standing(delivery(next_try_at=later, last_error=away), False, NOW)
    assert waits.startswith("The mail server does not answer: tries again at ")
    now = words.standing(delivery(last_error=away), False, NOW)
    assert now == "The mail server does not answer: tries again now"
    assert "new photos" in words.standing(delivery(photos=0), False, NOW)
    in_work = delivery(detail="Sending e-mail 2 of 3")
    assert words.standing(in_work, False, NOW) == "Sending e-mail 2 of 3"
    assert words.standing(delivery(detail="DNP: no paper"), True, NOW) == "DNP: no paper"
    done = delivery(DeliveryState.DONE, last_error=away)
    assert words.standing(done, False, NOW) == "–"
    assert words.day(OutboxDay()) == ""


@pytest.mark.parametrize(
    ("address", "seen"),
    [("anna@example.org", "a***@example.org"), ("x", "x***"), ("@b.de", "***@b.de")],
)
def test_an_address_is_masked(address: str, seen: str) -> None:
    assert masked(address) == seen
