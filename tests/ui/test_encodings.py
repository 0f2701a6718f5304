"""An encode is held and ended at the next photo; a server away is tried again while watching."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import DatabaseAwayError, SourceRefusedError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.organizer.coverage_page import CoveragePage
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.encode_page import EncodePage
from eventsnap_desktop.ui.organizer.encodings import Encodings, Phase

PATIENCE = 60_000


@pytest.fixture
def encodings(waiting_event: Desk) -> Encodings:
    return Encodings(waiting_event, waiting_event.current)


@pytest.fixture
def event(waiting_event: Desk) -> Event:
    chosen = waiting_event.current.chosen
    assert chosen is not None
    return chosen


def test_a_stop_keeps_what_is_written_and_ends(
    encodings: Encodings, event: Event, waiting_event: Desk, qtbot: QtBot
) -> None:
    encodings.start(event, True)
    assert encodings.is_busy
    qtbot.waitUntil(lambda: _done(encodings) > 0, timeout=PATIENCE)

    encodings.stop()

    assert encodings.state.phase is Phase.STOPPING
    qtbot.waitUntil(lambda: encodings.state.phase is Phase.IDLE, timeout=PATIENCE)
    report = encodings.state.report
    assert report is not None
    assert report.cancelled
    assert waiting_event.events.counts(event.id).encoded == report.encoded > 0


def test_a_stop_while_it_pauses_ends_it(encodings: Encodings, event: Event, qtbot: QtBot) -> None:
    encodings.start(event, False)
    encodings.pause()
    encodings.stop()

    qtbot.waitUntil(lambda: encodings.state.phase is Phase.IDLE, timeout=PATIENCE)


def test_another_start_leaves_a_running_encode_alone(
    encodings: Encodings, event: Event, qtbot: QtBot
) -> None:
    encodings.start(event, False)
    encodings.start(event, True)

    assert not encodings.state.watching
    qtbot.waitUntil(lambda: encodings.state.phase is Phase.IDLE, timeout=PATIENCE)


def test_a_server_away_is_tried_again_with_growing_pauses_while_watching(
    encodings: Encodings, event: Event, qtbot: QtBot
) -> None:
    encodings.start(event, True)

    waits = []
    for _ in range(3):  # as the lane tells it when the flow's own patience is at its end
        encodings._on_failed(DatabaseAwayError("The database does not answer"))
        assert encodings.state.phase is Phase.RETRYING
        assert encodings._retry.isActive()
        waits.append(encodings.state.retry_in)
        encodings._show(type(encodings.state)(Phase.RUNNING, event, True))
    assert waits == [5, 10, 20]

    encodings._on_failed(DatabaseAwayError("The database does not answer"))
    encodings.stop()
    assert not encodings._retry.isActive()
    assert encodings.state.phase is Phase.IDLE


def test_what_waiting_cannot_help_is_not_tried_again(
    encodings: Encodings, event: Event, photos_folder: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(photos_folder)

    encodings.start(event, True)

    qtbot.waitUntil(
        lambda: encodings.state.phase in {Phase.FAILED, Phase.RETRYING}, timeout=PATIENCE
    )
    tried_again = encodings.state.phase is Phase.RETRYING
    assert tried_again is not isinstance(encodings.state.error, SourceRefusedError)
    encodings.stop()


def test_a_page_shows_nothing_of_the_event_before(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    page = EncodePage(sample_event, Encodings(sample_event, sample_event.current))
    coverage = CoveragePage(sample_event)
    for one in (page, coverage):
        qtbot.addWidget(one)
        with qtbot.waitExposed(one):
            one.show()
    qtbot.waitUntil(lambda: "s" in page._lag.figure and coverage._served.figure == "0")

    for one in (page, coverage):
        one.hide()
    sample_event.current.show(_other(sample_event))

    assert page._lag.figure == coverage._served.figure == "–"
    for one in (page, coverage):
        one.show()
    qtbot.waitUntil(lambda: coverage._served.figure == "0", timeout=PATIENCE)
    assert coverage._lag.figure == "–"
    assert page._photos.figure == "0"


def _other(desk: Desk) -> EventOverview:
    event = desk.events.create_event("other", "Other", "")
    return desk.organizing.overview(event.id)


def _done(encodings: Encodings) -> int:
    progress = encodings.state.progress
    return progress.done if progress is not None else 0
