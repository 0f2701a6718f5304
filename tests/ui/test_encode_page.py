"""The encode page encodes for real: started, held, gone on with, stopped, and told what failed."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.encode_page import EncodePage
from eventsnap_desktop.ui.organizer.encode_panel import EncodePanel
from eventsnap_desktop.ui.organizer.encodings import EncodeState, Encodings, Phase

PATIENCE = 60_000


@pytest.fixture
def page(waiting_event: Desk, qtbot: QtBot) -> EncodePage:
    made = EncodePage(waiting_event, Encodings(waiting_event, waiting_event.current))
    qtbot.addWidget(made)
    made.resize(1060, 760)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(qtbot: QtBot, ground: QWidget, text: str) -> None:
    [found] = [
        one for one in ground.findChildren(QPushButton) if one.text() == text and one.isVisible()
    ]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def phase(page: EncodePage) -> Phase:
    return page._encodings.state.phase


def test_an_event_is_encoded_and_the_page_says_so(page: EncodePage, qtbot: QtBot) -> None:
    states: list[EncodeState] = []
    page._encodings.changed.connect(states.append)
    event = page.desk.current.id
    assert event is not None

    press(qtbot, page, "Encode now")

    qtbot.waitUntil(lambda: phase(page) is Phase.IDLE, timeout=PATIENCE)
    report = page._encodings.state.report
    assert report is not None
    assert report.encoded == report.found > 10
    page.desk.current.show(page.desk.organizing.overview(event))
    assert f"All {report.found} photo(s) are encoded" in page._panel.text
    assert page._photos.figure == str(report.found)
    qtbot.waitUntil(lambda: page._device.figure == "CPU")
    assert any(state.progress is not None and state.progress.done for state in states)


def test_a_pause_keeps_what_is_done_and_going_on_does_the_rest(
    page: EncodePage, qtbot: QtBot
) -> None:
    press(qtbot, page, "Encode now")
    qtbot.waitUntil(lambda: _done(page) > 0, timeout=PATIENCE)
    press(qtbot, page, "Pause")
    qtbot.waitUntil(lambda: phase(page) is Phase.PAUSED, timeout=PATIENCE)
    event = page.desk.current.id
    assert event is not None
    before = page.desk.events.counts(event)

    press(qtbot, page, "Resume")

    qtbot.waitUntil(lambda: phase(page) is Phase.IDLE, timeout=PATIENCE)
    after = page.desk.events.counts(event)
    report = page._encodings.state.report
    assert report is not None
    assert before.encoded > 0
    assert (after.pending, after.encoded) == (0, before.encoded + report.encoded)


def test_a_watched_folder_is_a_hot_folder(
    page: EncodePage, photos_folder: Path, qtbot: QtBot
) -> None:
    event = page.desk.current.id
    assert event is not None
    press(qtbot, page, "Watch this folder")
    qtbot.waitUntil(
        lambda: page.desk.events.counts(event).pending == 0 < _done(page), timeout=PATIENCE
    )
    encoded = page.desk.events.counts(event).encoded

    shutil.copyfile(photos_folder / "IMG_2001.jpg", photos_folder / "new.jpg")

    qtbot.waitUntil(lambda: page.desk.events.counts(event).encoded == encoded + 1, timeout=PATIENCE)
    press(qtbot, page, "Stop")
    qtbot.waitUntil(lambda: phase(page) is Phase.IDLE, timeout=PATIENCE)


def test_failed_photos_are_told_by_reason_and_tried_again(
    page: EncodePage, photos_folder: Path, qtbot: QtBot
) -> None:
    (photos_folder / "broken.jpg").write_bytes(b"not a picture at all")
    (photos_folder / "empty.jpg").write_bytes(b"")
    press(qtbot, page, "Encode now")
    qtbot.waitUntil(lambda: phase(page) is Phase.IDLE, timeout=PATIENCE)
    qtbot.waitUntil(page._failures.isVisible, timeout=PATIENCE)

    press(qtbot, page._failures, "Try all again")

    qtbot.waitUntil(lambda: "2 " in page.banner.text, timeout=PATIENCE)
    event = page.desk.current.id
    assert event is not None
    assert page.desk.events.counts(event).pending == 2


def test_what_is_dropped_is_imported_with_a_report(
    page: EncodePage, photos_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    shutil.copyfile(photos_folder / "IMG_2002.jpg", card / "fresh.jpg")
    (card / "notes.txt").write_text("no picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(card))])
    drop = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    page._import._zone.dropEvent(drop)

    qtbot.waitUntil(lambda: bool(page._import.result), timeout=PATIENCE)
    assert page._import.result.startswith("1 photo")
    assert "1 left out" in page._import.result
    assert list(photos_folder.rglob("fresh.jpg"))
    assert "to be encoded" in page.banner.text


def test_a_source_that_cannot_be_read_is_not_taken(page: EncodePage, qtbot: QtBot) -> None:
    before = page.desk.current.overview
    page.change_source("/nowhere/at-all")

    qtbot.waitUntil(lambda: bool(page.banner.text), timeout=PATIENCE)
    assert page.desk.current.overview == before


def test_a_server_that_stays_away_is_tried_again_only_while_watching(
    waiting_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    encodings = Encodings(waiting_event, waiting_event.current)
    event = waiting_event.current.chosen
    assert event is not None
    shutil.rmtree(photos_folder)

    encodings.start(event, False)

    qtbot.waitUntil(lambda: encodings.state.phase is Phase.FAILED, timeout=PATIENCE)
    assert encodings.state.error is not None


def test_why_it_stopped_stands_out(waiting_event: Desk, photos_folder: Path, qtbot: QtBot) -> None:
    panel = EncodePanel()
    qtbot.addWidget(panel)
    overview = waiting_event.current.overview
    assert overview is not None
    away = SourceRefusedError(f"There is no folder {photos_folder}")
    panel.show_event(overview)
    assert panel._note.property("role") == "faint"

    panel.show_state(EncodeState(event=overview.event, phase=Phase.FAILED, error=away))

    assert str(away) in panel.text
    assert panel._note.property("role") == "danger"


def _done(page: EncodePage) -> int:
    progress = page._encodings.state.progress
    return progress.done if progress is not None else 0
