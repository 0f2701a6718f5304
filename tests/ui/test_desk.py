"""The desk is real: an event is encoded, and what changes in the database is heard."""

from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.ui.organizer.desk import Desk


def test_the_sample_event_is_encoded(sample_event: Desk) -> None:
    overview = sample_event.current.overview

    assert overview is not None
    assert overview.counts.pending == 0
    assert overview.counts.faces > 20


def test_changes_of_an_event_are_heard(waiting_event: Desk, qtbot: QtBot) -> None:
    heard: list[Notice] = []
    waiting_event.changes.changed.connect(heard.extend)
    event = waiting_event.current.id
    assert event is not None
    qtbot.waitUntil(lambda: bool(heard) or _archive(waiting_event))

    assert any(one.subject is Subject.EVENTS for one in heard)


def test_a_thumbnail_is_small_and_upright(waiting_event: Desk) -> None:
    event = waiting_event.current.chosen
    assert event is not None

    data = waiting_event.works.thumbnail(event, "IMG_2001.jpg", 320)

    assert data.startswith(b"\xff\xd8")
    assert len(data) < 100_000


def _archive(desk: Desk) -> bool:
    event = desk.current.id
    assert event is not None
    desk.organizing.set_archived(event, True)
    desk.organizing.set_archived(event, False)
    return False
