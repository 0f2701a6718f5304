"""Kiosks that report to a real database."""

import psycopg
import pytest

from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.index.opening import Index


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def age(url: str, interval: str) -> None:
    """Have every kiosk begin and be heard of that much earlier."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "update kiosk set started_at = started_at - %(age)s::interval,"
            " heartbeat_at = heartbeat_at - %(age)s::interval",
            {"age": interval},
        )


def test_the_last_word_of_each_kiosk_is_kept(index: Index, event: EventId) -> None:
    other = index.events.create_event("other", "", "").id
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    index.kiosks.report("bar", event, KioskState.PRINTER_PROBLEM, "Paper \x00 is out")
    index.kiosks.report("bar", other, KioskState.STOPPED, "")
    index.kiosks.report("tent", event, KioskState.IN_SESSION, "")
    bar, tent = index.kiosks.kiosks(event)
    assert (bar.name, bar.event_code, bar.state) == ("bar", "wedding", KioskState.PRINTER_PROBLEM)
    assert bar.detail == "Paper \x00 is out"
    assert (tent.name, tent.state, tent.detail) == ("tent", KioskState.IN_SESSION, "")
    assert tent.heartbeat_at > tent.started_at
    every = index.kiosks.kiosks(None)
    assert [(one.name, one.event_code) for one in every] == [
        ("bar", "other"),
        ("bar", "wedding"),
        ("tent", "wedding"),
    ]


@pytest.mark.parametrize("state", KioskState)
def test_every_state_can_be_reported(index: Index, event: EventId, state: KioskState) -> None:
    index.kiosks.report("tent", event, state, "")
    assert [one.state for one in index.kiosks.kiosks(event)] == [state]


def test_kiosks_that_are_silent_for_a_day_are_left_out_until_they_report(
    index: Index, event: EventId, database_url: str
) -> None:
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    age(database_url, "23 hours 59 minutes")
    assert len(index.kiosks.kiosks(event)) == 1
    age(database_url, "2 minutes")
    assert index.kiosks.kiosks(event) == index.kiosks.kiosks(None) == []
    index.kiosks.report("tent", event, KioskState.IDLE, "")
    assert len(index.kiosks.kiosks(event)) == 1


def test_a_kiosk_that_had_stopped_or_was_silent_for_long_has_started_anew(
    index: Index, event: EventId, database_url: str
) -> None:
    def started() -> bool:
        """Report and return whether the kiosk started anew by that."""
        index.kiosks.report("tent", event, KioskState.IDLE, "")
        [one] = index.kiosks.kiosks(event)
        return one.started_at == one.heartbeat_at

    assert started()
    assert not started()
    age(database_url, "5 minutes")
    assert not started()
    age(database_url, "61 minutes")
    assert started()
    index.kiosks.report("tent", event, KioskState.STOPPED, "")
    [stopped] = index.kiosks.kiosks(event)
    assert stopped.started_at < stopped.heartbeat_at
    assert started()


def test_a_kiosk_of_a_deleted_event_is_told_so_and_vanishes_with_it(
    index: Index, event: EventId
) -> None:
    stays = index.events.create_event("stays", "", "").id
    for one in (event, stays):
        index.kiosks.report("tent", one, KioskState.IDLE, "")
    index.events.delete_event(event)
    assert [one.event_code for one in index.kiosks.kiosks(None)] == ["stays"]
    with pytest.raises(UnknownEventError):
        index.kiosks.report("tent", event, KioskState.IDLE, "")
