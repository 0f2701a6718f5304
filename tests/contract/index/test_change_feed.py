"""Hearing of changes: by whom they were made, over restarts, and until no longer wanted."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.change_feed import ChangeFeed
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.made_up import encode_all, photo
from tests.fixtures.postgres import RestartableDatabase

EVERYTHING = Notice(Subject.EVERYTHING)


class Listener:
    """Collects what a feed tells, on a thread of its own."""

    def __init__(self, feed: ChangeFeed) -> None:
        self.notices: list[Notice] = []
        self.states: list[bool] = []
        self.cancel = Cancel()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(feed,), daemon=True)
        self._thread.start()

    def await_states(self, *states: bool) -> None:
        """Wait until these were told."""
        self._await(lambda: self.states == list(states))

    def await_notices(self, notices: Sequence[Notice]) -> None:
        """Wait until just these were told since the last time, in any order, and forget them."""
        self._await(lambda: len(self.notices) >= len(notices))
        assert sorted(map(repr, self.notices)) == sorted(map(repr, notices))
        self.notices.clear()

    def end(self) -> float:
        """Wish for the end; return the seconds that it took."""
        began = time.monotonic()
        self.cancel.request()
        self._thread.join(30)
        assert not self._thread.is_alive()
        return time.monotonic() - began

    def _await(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 60), (self.states, self.notices)

    def _listen(self, feed: ChangeFeed) -> None:
        feed.listen(self._on_notice, self._on_state, self.cancel)

    def _on_notice(self, notice: Notice) -> None:
        with self._changed:
            self.notices.append(notice)
            self._changed.notify_all()

    def _on_state(self, there: bool) -> None:
        with self._changed:
            self.states.append(there)
            self._changed.notify_all()


@contextmanager
def listening(feed: ChangeFeed) -> Iterator[Listener]:
    listener = Listener(feed)
    try:
        yield listener
    finally:
        listener.end()


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


@pytest.fixture
def heard(index: Index, event: EventId) -> Iterator[Listener]:
    with listening(index.changes) as listener:
        listener.await_states(True)
        yield listener


def told(subject: Subject, event: EventId) -> list[Notice]:
    return [Notice(subject, event)]


def test_changes_of_events_are_heard_of(index: Index, event: EventId, heard: Listener) -> None:
    made = index.organizing.add("party", EventDetails("", "", None, None)).id
    heard.await_notices(told(Subject.EVENTS, made))
    changes: list[Callable[[], None]] = [
        lambda: index.organizing.change(event, EventDetails("New", "", None, None)),
        lambda: index.organizing.set_archived(event, True),
        lambda: index.organizing.set_kiosk_settings(event, KioskSettings(greeting="Hi")),
        lambda: index.events.claim_model_pack(event, "a" * 64),
    ]
    for change in changes:
        change()
        heard.await_notices(told(Subject.EVENTS, event))


def test_changes_of_photos_are_heard_of_once_and_with_their_ids(
    index: Index, event: EventId, heard: Listener
) -> None:
    [one] = encode_all(index, event, [photo("a.jpg")], faces=3)
    listed, encoded = Notice(Subject.PHOTOS, event), Notice(Subject.PHOTOS, event, (one.id,))
    heard.await_notices([listed, encoded])
    index.browsing.set_hidden(event, [one.id], True)
    heard.await_notices([Notice(Subject.PHOTOS, event, (one.id,))])


def test_every_heartbeat_of_a_kiosk_is_heard_of(
    index: Index, event: EventId, heard: Listener
) -> None:
    for _ in range(3):
        index.kiosks.report("tent", event, KioskState.IDLE, "")
        heard.await_notices(told(Subject.KIOSKS, event))


def test_changes_by_any_program_are_heard_of_once_a_statement_and_event(
    index: Index, event: EventId, heard: Listener, database_url: str
) -> None:
    other = index.events.create_event("other", "", "").id
    heard.await_notices(told(Subject.EVENTS, other))
    both = told(Subject.OUTBOX, event) + told(Subject.OUTBOX, other)
    with psycopg.connect(database_url, autocommit=True) as program:
        program.execute(
            "insert into outbox (event_id, kind, payload, idempotency_key)"
            " select id, 'print', '{}', id || '-' || n from event, generate_series(1, 100) n"
        )
        heard.await_notices(both)
        program.execute("update outbox set attempts = 1")
        heard.await_notices(both)
        program.execute("delete from outbox where event_id = %s", (other,))
        heard.await_notices(told(Subject.OUTBOX, other))
        program.execute("update outbox set attempts = 1 where false")
        program.execute("insert into session (event_id, kiosk) values (%s, 'tent')", (event,))
        heard.await_notices(told(Subject.SESSIONS, event))
        program.execute("update session set matches = 3")
        heard.await_notices(told(Subject.SESSIONS, event))
    index.deliveries.cancel([DeliveryId(1)])
    heard.await_notices(told(Subject.OUTBOX, event))


def test_an_event_that_is_deleted_with_all_it_has_is_heard_of(
    index: Index, event: EventId, heard: Listener, database_url: str
) -> None:
    [one] = encode_all(index, event, [photo("a.jpg")])
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    with psycopg.connect(database_url, autocommit=True) as program:
        program.execute("insert into session (event_id, kiosk) values (%s, 'tent')", (event,))
        program.execute(
            "insert into outbox (event_id, session_id, kind, payload, idempotency_key)"
            " select event_id, id, 'print', '{}', 'x' from session"
        )
        made = (Subject.KIOSKS, Subject.SESSIONS, Subject.OUTBOX)
        heard.await_notices(
            [Notice(subject, event) for subject in (*made, Subject.PHOTOS)]
            + [Notice(Subject.PHOTOS, event, (one.id,))]
        )
        index.events.delete_event(event)
        heard.await_notices(
            [
                Notice(subject, event)
                for subject in (Subject.EVENTS, Subject.KIOSKS, Subject.OUTBOX, Subject.SESSIONS)
            ]
        )
        rows = program.execute(
            "select (select count(*) from kiosk), (select count(*) from outbox),"
            " (select count(*) from session), (select count(*) from photo)"
        ).fetchone()
    assert rows == (0, 0, 0, 0)


def test_what_somebody_else_says_on_our_channel_is_ignored(
    event: EventId, heard: Listener, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "eventsnap_desktop.index.change_feed")
    with psycopg.connect(database_url, autocommit=True) as other:
        for payload in ("", "secret", '{"event": "7"}', f'{{"event": {event}, "photos": [7]}}'):
            other.execute("select pg_notify('eventsnap', %s)", (payload,))
    heard.await_notices([Notice(Subject.PHOTOS, event, (PhotoId(7),))])
    assert "6 characters is none of ours" in caplog.text
    assert "secret" not in caplog.text


def test_listening_ends_soon_after_the_wish(heard: Listener) -> None:
    # Twice the promise, because the machine may be busy.
    assert heard.end() < 0.5
    assert heard.states == [True]


@pytest.mark.slow
def test_a_restart_is_told_of_and_changes_are_heard_of_again(
    restartable_database: RestartableDatabase,
) -> None:
    with (
        open_index(restartable_database.url) as index,
        listening(index.changes) as listener,
    ):
        listener.await_states(True)
        for number in range(1, 3):
            restartable_database.stop()
            listener.await_states(True, *[False, True] * (number - 1), False)
            restartable_database.start()
            listener.await_states(True, *[False, True] * number)
            listener.await_notices([EVERYTHING])
            made = index.events.create_event(f"wedding{number}", "", "").id
            listener.await_notices(told(Subject.EVENTS, made))


@pytest.mark.slow
def test_listening_brings_an_embedded_server_back(
    restartable_database: RestartableDatabase,
) -> None:
    server = restartable_database.server
    with (
        open_index(restartable_database.url, server.ensure_running) as index,
        listening(index.changes) as listener,
    ):
        listener.await_states(True)
        server.stop_at_once()
        listener.await_states(True, False, True)
        listener.await_notices([EVERYTHING])


def test_a_connection_that_the_server_ends_is_replaced(
    heard: Listener, event: EventId, database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as administrator:
        administrator.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and query = 'listen eventsnap'"
        )
    heard.await_states(True, False, True)
    heard.await_notices([EVERYTHING])


def test_a_server_that_is_away_from_the_beginning_is_told_of_and_the_wish_to_stop_is_seen(
    short_folder: Path,
) -> None:
    feed = ChangeFeed(Database(f"postgresql://x@/y?host={short_folder}"))
    listener = Listener(feed)
    listener.await_states(False)
    assert listener.end() < 0.5
    assert listener.notices == []


def test_a_server_that_says_nothing_does_not_keep_anybody_waiting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        listener = Listener(ChangeFeed(Database(f"postgresql://x@127.0.0.1:{port}/y")))
        connection, _ = silent.accept()
        with connection:
            assert listener.end() < 0.5
    assert listener.states == []
