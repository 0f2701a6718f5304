"""The verdict of `--status`: a sentence for everything that somebody has to look after."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eventsnap_desktop.app.status_answer import all_events, one_event
from eventsnap_desktop.app.status_look import DatabaseLook, PackLook, StatusLook, ask_sources
from eventsnap_desktop.app.status_verdict import lasting, problems
from eventsnap_desktop.app.status_words import lines_of_all, lines_of_one
from eventsnap_desktop.domain.errors import DatabaseAwayError, SourceAwayError
from eventsnap_desktop.domain.events import Event, EventCounts, EventId
from eventsnap_desktop.domain.health import EventHealth, IndexHealth, OutboxHealth
from eventsnap_desktop.domain.kiosks import KioskState, KioskStatus
from eventsnap_desktop.domain.photos import FailedPhoto

NOW = datetime(2026, 6, 20, 22, 30, tzinfo=UTC)
EVENT = Event(EventId(1), "PARTY", "Party", "minio://photos/party", "5" * 64, NOW, None)
COUNTS = EventCounts(pending=0, encoded=40, failed=0, gone=0, without_faces=6, faces=78)
QUIET = OutboxHealth(waiting=0, later=0, failed=0, paused=False, oldest_at=None)
HEALTHY = EventHealth(EVENT, False, COUNTS, NOW - timedelta(minutes=3), True, QUIET, (), ())
KIOSK = KioskStatus("tent", "PARTY", KioskState.IDLE, "", NOW, NOW - timedelta(seconds=3))


def seen(one: EventHealth = HEALTHY, **more: Any) -> StatusLook:
    index = IndexHealth(NOW, "17.6", "0.8.6", 4, (one,))
    look = StatusLook(
        now=NOW,
        code="PARTY",
        home=Path("home"),
        database=DatabaseLook(False, "venue:5432/eventsnap", None, index=index),
        sources={"minio://photos/party": ""},
        free_bytes=80 * 10**9,
        packs=(PackLook("lite", ""),),
    )
    return replace(look, **more)


def test_a_system_that_works_has_no_problem() -> None:
    assert problems(seen(replace(HEALTHY, kiosks=(KIOSK,)))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"counts": replace(COUNTS, pending=1), "encoding": False},
            "PARTY: 1 photo to be encoded, and nothing encodes",
        ),
        ({"outbox": replace(QUIET, failed=2)}, "PARTY: 2 deliveries could not be made"),
        (
            {"outbox": replace(QUIET, waiting=3, oldest_at=NOW - timedelta(hours=2))},
            "PARTY: 3 deliveries waiting, the oldest for 2 hours",
        ),
        (
            {"kiosks": (replace(KIOSK, heartbeat_at=NOW - timedelta(minutes=5)),)},
            "PARTY: the kiosk “tent” has not been heard of for 5 minutes",
        ),
        (
            {"kiosks": (replace(KIOSK, state=KioskState.CAMERA_LOST),)},
            "PARTY: the kiosk “tent” has lost its camera",
        ),
        (
            {"event": replace(EVENT, keep_until=NOW - timedelta(days=20))},
            "PARTY: it was to be kept until 2026-05-31 and is still there",
        ),
    ],
)
def test_each_thing_to_be_looked_after_has_its_sentence(change: dict[str, Any], said: str) -> None:
    assert problems(seen(replace(HEALTHY, **change))) == [said]


@pytest.mark.parametrize(
    "change",
    [
        {"counts": replace(COUNTS, pending=900)},
        {"counts": replace(COUNTS, failed=5)},
        {"outbox": replace(QUIET, waiting=3, oldest_at=NOW - timedelta(minutes=2))},
        {"outbox": replace(QUIET, waiting=3, oldest_at=NOW - timedelta(hours=2), paused=True)},
        {"outbox": replace(QUIET, later=7)},
        {
            "kiosks": (
                replace(KIOSK, state=KioskState.STOPPED, heartbeat_at=NOW - timedelta(hours=3)),
            )
        },
        {"archived": True, "encoding": False, "counts": replace(COUNTS, pending=3)},
    ],
)
def test_what_is_as_it_should_be_alarms_nobody(change: dict[str, Any]) -> None:
    assert problems(seen(replace(HEALTHY, **change))) == []


def test_the_machine_is_judged_as_well() -> None:
    look = seen(
        sources={"minio://photos/party": "The photo storage at venue:9000 does not answer"},
        free_bytes=400_000_000,
        packs=(PackLook("lite", "The model pack lite is not on this machine"),),
    )

    assert problems(look) == [
        "Only 0.4 GB are free where the data folder home is",
        "The model pack lite is not on this machine",
        "PARTY: its photos cannot be reached: the photo storage at venue:9000 does not answer",
    ]


@pytest.mark.parametrize(
    ("database", "said"),
    [
        (
            DatabaseLook(False, "venue/x", None, problem=DatabaseAwayError("It does not answer")),
            "Database venue/x: It does not answer",
        ),
        (DatabaseLook(True, "home/database", False), "does not run: no window"),
        (DatabaseLook(True, "home/database", False, is_made=False), "is not there yet"),
    ],
)
def test_a_database_that_cannot_be_read_is_the_problem(database: DatabaseLook, said: str) -> None:
    look = seen(database=database, sources={}, packs=())

    assert [said in sentence for sentence in problems(look)] == [True]
    answer = json.loads(json.dumps(one_event(look)))
    assert (answer["healthy"], answer["database"]["reachable"]) == (False, False)
    assert "encoded" not in answer  # no figure is better than a made-up one


def test_the_answer_keeps_what_scripts_know_and_adds_what_monitors_need() -> None:
    outbox = OutboxHealth(2, 1, 0, False, NOW - timedelta(seconds=90))
    failed = (FailedPhoto("a.jpg", "it is broken"),)
    one = replace(HEALTHY, outbox=outbox, kiosks=(KIOSK,), failed_photos=failed)

    answer = json.loads(json.dumps(one_event(seen(one))))

    assert {"event", "name", "source", "model_pack", "created_at", "keep_until"} < set(answer)
    assert {"pending", "encoded", "failed", "gone", "without_faces", "faces"} < set(answer)
    assert answer["failed_photos"] == [{"key": "a.jpg", "reason": "it is broken"}]
    assert (answer["healthy"], answer["problems"]) == (True, [])
    assert answer["deliveries"]["oldest_seconds"] == 90
    assert answer["kiosks"][0]["heartbeat_seconds"] == 3
    assert answer["last_encoded_at"] == "2026-06-20T22:27:00+00:00"
    (same,) = all_events(seen(one))["events"]
    assert same == {key: answer[key] for key in same}


def test_people_read_sentences() -> None:
    outbox = OutboxHealth(2, 1, 0, False, NOW - timedelta(seconds=90))
    one = replace(HEALTHY, outbox=outbox, kiosks=(KIOSK,), counts=replace(COUNTS, pending=2))

    assert list(lines_of_one(seen(one))) == [
        "PARTY  minio://photos/party",
        "  40 photos encoded (6 without a face), 78 faces, 2 waiting, 0 failed, 0 gone",
        "  the last photo was encoded 3 minutes ago, being encoded now",
        "  deliveries: 2 waiting, 0 failed, 1 when there are new photos",
        "  kiosk tent: idle, heard of 3 seconds ago",
        "Database at venue:5432/eventsnap: PostgreSQL 17.6, pgvector 0.8.6",
        "Data folder home: 80.0 GB free",
        "All is well.",
    ]
    wrong = list(lines_of_all(seen(replace(one, encoding=False))))
    assert wrong[-2:] == [
        "To be looked after:",
        "  PARTY: 2 photos to be encoded, and nothing encodes",
    ]


def test_an_event_that_is_not_there_is_a_problem() -> None:
    index = IndexHealth(NOW, "17.6", "0.8.6", 4, ())
    look = seen(database=DatabaseLook(False, "venue", None, index=index), code="NOPE")

    assert problems(look) == ["There is no event “NOPE”"]
    assert problems(replace(look, code=None)) == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 seconds"), (1, "1 second"), (119, "1 minute"), (7200, "2 hours"), (90_000, "1 day")],
)
def test_spans_are_said_as_people_say_them(seconds: int, said: str) -> None:
    assert lasting(timedelta(seconds=seconds)) == said


@contextmanager
def _silent_source() -> Iterator[threading.Event]:
    end = threading.Event()
    yield end
    end.set()
    time.sleep(0.05)


def test_a_source_that_stays_silent_holds_nobody_up() -> None:
    with _silent_source() as end:

        def check(uri: str) -> None:
            if uri == "silent":
                end.wait(30)
            if uri == "away":
                raise SourceAwayError("It does not answer")

        answers = ask_sources(["good", "silent", "away"], check, seconds=0.2)

    assert answers == {
        "good": "",
        "silent": "No answer within 0.2 seconds",
        "away": "It does not answer",
    }


@pytest.mark.parametrize(
    ("days", "waiting", "said"),
    [
        (3.5, 0, "PARTY: in 3 days (2026-06-24)"),
        (6.9, 2, "PARTY: in 6 days (2026-06-27), 2 deliveries were not made yet"),
        (-0.5, 0, "PARTY: overdue (2026-06-20)"),
    ],
)
def test_an_event_in_its_last_week_is_told_of_and_alarms_nobody(
    days: float, waiting: int, said: str
) -> None:
    event = replace(EVENT, keep_until=NOW + timedelta(days=days))
    look = seen(replace(HEALTHY, event=event, outbox=replace(QUIET, later=waiting)))

    lines = list(lines_of_one(look))
    assert lines[-3:] == ["Deleted by itself on its day, photos stay:", f"  {said}", "All is well."]
    (one,) = json.loads(json.dumps(one_event(look)))["expiring"]
    assert (one["event"], one["overdue"], one["deliveries_waiting"]) == ("PARTY", days < 0, waiting)


@pytest.mark.parametrize("days", [None, 7.1, 400])
def test_an_event_that_is_kept_longer_is_not_told_of(days: float | None) -> None:
    keep = None if days is None else NOW + timedelta(days=days)
    look = seen(replace(HEALTHY, event=replace(EVENT, keep_until=keep)))

    assert one_event(look)["expiring"] == []
    assert "Deleted by itself" not in "\n".join(lines_of_all(look))


def test_an_event_that_nothing_deletes_on_its_day_is_a_problem_and_told_of() -> None:
    look = seen(replace(HEALTHY, event=replace(EVENT, keep_until=NOW - timedelta(days=3))))

    assert problems(look) == ["PARTY: it was to be kept until 2026-06-17 and is still there"]
    assert "  PARTY: overdue (2026-06-17)" in lines_of_all(look)
