"""A database server that stops, starts, or is killed under the index."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg
import pytest

from eventsnap_desktop.domain.errors import DatabaseAwayError, EventBusyError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.index.database import ANSWER_WITHIN
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.made_up import embedding, encode_all, face, photo, result_of
from tests.fixtures.postgres import RestartableDatabase

T = TypeVar("T")


@pytest.fixture
def restarted(restartable_database: RestartableDatabase) -> Iterator[Index]:
    with open_index(restartable_database.url) as opened:
        yield opened


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.slow
def test_every_call_says_that_the_server_is_away_and_works_when_it_is_back(
    restartable_database: RestartableDatabase, restarted: Index
) -> None:
    event = restarted.events.create_event("wedding", "", "").id
    [one] = encode_all(restarted, event, [photo("a.jpg")])
    calls: list[Callable[[], object]] = [
        lambda: restarted.events.find_event("wedding"),
        lambda: restarted.photos.sync(event, [photo("a.jpg")], 3),
        lambda: restarted.photos.next_pending(event, 5, []),
        lambda: restarted.photos.write(event, [result_of(one, [face(1)])]),
        lambda: restarted.faces.search(event, embedding(0), 0.3),
        lambda: restarted.photos.encoding(event).__enter__(),
    ]
    restartable_database.stop()
    for call in calls:
        began = time.monotonic()
        with pytest.raises(DatabaseAwayError):
            call()
        # Not a measurement: a call that hangs would take minutes.
        assert time.monotonic() - began < ANSWER_WITHIN + 20
    restartable_database.start()
    for call in calls:
        call()
    restarted.photos.end_encoding(event)


def test_a_restart_between_two_calls_goes_unnoticed(
    restartable_database: RestartableDatabase, restarted: Index
) -> None:
    event = restarted.events.create_event("wedding", "", "").id
    encode_all(restarted, event, [photo("a.jpg")])
    restartable_database.stop()
    restartable_database.start()
    assert len(restarted.faces.search(event, embedding(0), -1.0)) == 1


def test_an_event_stays_held_over_a_restart(
    restartable_database: RestartableDatabase, restarted: Index
) -> None:
    event = restarted.events.create_event("wedding", "", "").id
    restarted.photos.sync(event, [photo("a.jpg")], 3)
    with open_index(restartable_database.url) as other, restarted.photos.encoding(event):
        restartable_database.stop()
        restartable_database.start()
        [waiting] = restarted.photos.next_pending(event, 5, [])
        with pytest.raises(EventBusyError):
            other.photos.encoding(event).__enter__()
        restarted.photos.write(event, [result_of(waiting, [face(1)])])
    assert restarted.events.counts(event).encoded == 1


def test_who_lost_the_event_over_a_restart_changes_nothing_any_more(
    restartable_database: RestartableDatabase, restarted: Index
) -> None:
    event = restarted.events.create_event("wedding", "", "").id
    restarted.photos.sync(event, [photo("a.jpg")], 3)
    [waiting] = restarted.photos.next_pending(event, 5, [])
    with restarted.photos.encoding(event):
        restartable_database.stop()
        restartable_database.start()
        with (
            open_index(restartable_database.url) as other,
            other.photos.encoding(event),
            pytest.raises(EventBusyError),
        ):
            restarted.photos.write(event, [result_of(waiting, [face(1)])])
    assert restarted.photos.count_pending(event) == 1


def test_our_own_broken_connection_does_not_keep_us_from_the_event(
    index: Index, database_url: str
) -> None:
    event = index.events.create_event("wedding", "", "").id
    with index.photos.encoding(event):
        lease = index.photos._leases[event]
        # As after a cable was pulled: we know that the connection broke, the server does not.
        unnoticed, lease._connection = lease._connection, None
        assert unnoticed is not None
        index.photos.next_pending(event, 5, [])
        with pytest.raises(psycopg.OperationalError):
            unnoticed.execute("select 1")
        unnoticed.close()


def test_writing_while_the_server_is_killed_again_and_again_loses_and_doubles_nothing(
    restartable_database: RestartableDatabase, restarted: Index
) -> None:
    event = restarted.events.create_event("wedding", "", "").id
    restarted.photos.sync(event, [photo(f"{number:03}.jpg") for number in range(300)], 3)
    stopped = threading.Event()

    def keep_killing() -> None:
        for _ in range(3):
            time.sleep(0.15)
            restartable_database.server.stop_at_once()
            restartable_database.start()
        stopped.set()

    killer = threading.Thread(target=keep_killing)
    killer.start()
    away = 0
    while waiting := patiently(lambda: restarted.photos.next_pending(event, 3, [])):
        results = [result_of(one, [face(int(one.id)), face(int(one.id) + 500)]) for one in waiting]
        try:
            restarted.photos.write(event, results)
        except DatabaseAwayError:
            away += 1
            patiently(lambda batch=results: restarted.photos.write(event, batch))  # type: ignore[misc]
        time.sleep(0.01)
    killer.join()
    assert stopped.is_set()
    counts = patiently(lambda: restarted.events.counts(event))
    assert (counts.encoded, counts.faces) == (300, 600)
    found = patiently(lambda: restarted.faces.search(event, embedding(0), -1.0))
    assert len(found) == 600


def patiently(call: Callable[[], T]) -> T:
    deadline = time.monotonic() + 60
    while True:
        try:
            return call()
        except DatabaseAwayError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


HOLDER = """
import sys, time
from eventsnap_desktop.index.opening import open_index
with open_index(sys.argv[1]) as index, index.photos.encoding(int(sys.argv[2])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_killed_process_frees_its_event_at_once(index: Index, database_url: str) -> None:
    event = index.events.create_event("wedding", "", "").id
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, database_url, str(event)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(EventBusyError):
            index.photos.encoding(event).__enter__()
        holder.kill()
    wait_until(lambda: can_be_encoded(index, event))


def can_be_encoded(index: Index, event: EventId) -> bool:
    try:
        with index.photos.encoding(event):
            return True
    except EventBusyError:
        return False


def test_an_embedded_server_that_was_killed_is_started_again(short_folder: Path) -> None:
    with (
        embedded_server(short_folder) as server,
        open_index(server.url, server.ensure_running) as index,
    ):
        event = index.events.create_event("wedding", "", "").id
        encode_all(index, event, [photo("a.jpg")])
        pid_file = short_folder / "database" / "data" / "postmaster.pid"
        killed = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        os.kill(killed.pid, signal.SIGKILL)
        wait_until(lambda: not killed.is_running() or killed.status() == psutil.STATUS_ZOMBIE)
        found = patiently(lambda: index.faces.search(event, embedding(0), -1.0))
        assert len(found) == 1


def test_a_statement_that_the_server_ends_is_worth_trying_again(
    index: Index, database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as administrator:
        administrator.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    assert patiently(index.events.list_events) == []
