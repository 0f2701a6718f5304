"""Imports go into the event they were dropped on, are told of file by file, and can be stopped."""

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.encode_page import EncodePage
from eventsnap_desktop.ui.organizer.encodings import Encodings
from eventsnap_desktop.ui.organizer.import_panel import ImportPanel

PATIENCE = 60_000


@pytest.fixture
def card(sample_folder: Path, tmp_path: Path) -> Path:
    made = tmp_path / "card"
    made.mkdir()
    for name in ("IMG_2001.jpg", "IMG_2002.jpg", "IMG_2003.jpg"):
        shutil.copyfile(sample_folder / name, made / f"card_{name}")
    return made


@pytest.fixture
def panel(waiting_event: Desk, qtbot: QtBot) -> ImportPanel:
    made = ImportPanel(waiting_event)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose_another(desk: Desk, source: Path | None) -> None:
    details = EventDetails("Other", str(source or ""), datetime(2030, 1, 1, tzinfo=UTC), None)
    event = desk.organizing.add("other", details)
    desk.current.show(desk.organizing.overview(event.id))


def test_what_waits_goes_into_the_event_it_was_dropped_on(
    panel: ImportPanel,
    waiting_event: Desk,
    card: Path,
    photos_folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    panel.import_paths([card / "card_IMG_2001.jpg"])
    panel.import_paths([card / "card_IMG_2002.jpg"])
    choose_another(waiting_event, other)
    panel.import_paths([card / "card_IMG_2003.jpg"])

    qtbot.waitUntil(lambda: panel._job is None and not panel._waiting, timeout=PATIENCE)

    assert [file.name for file in other.iterdir()] == ["card_IMG_2003.jpg"]
    arrived = {file.name for file in photos_folder.glob("card_*")}
    assert arrived == {"card_IMG_2001.jpg", "card_IMG_2002.jpg"}


def test_every_file_that_was_not_taken_is_listed_with_its_reason(
    panel: ImportPanel, card: Path, photos_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (card / "notes.txt").write_text("no picture")
    shutil.copyfile(card / "card_IMG_2001.jpg", photos_folder / "card_IMG_2002.jpg")
    archive = shutil.make_archive(str(tmp_path / "card"), "zip", card)
    panel.import_paths([Path(archive)])
    qtbot.waitUntil(lambda: bool(panel.result), timeout=PATIENCE)

    panel._result.acted.emit()

    lines = [panel._details.item(n).text() for n in range(panel._details.count())]
    assert panel._details.isVisible()
    assert any(line.startswith("Left out: not a picture") for line in lines)
    assert any("card_IMG_2002 (2).jpg" in line for line in lines)
    assert panel.result.startswith("3 photo")


def test_a_second_import_of_the_same_adds_nothing(
    panel: ImportPanel, card: Path, qtbot: QtBot
) -> None:
    panel.import_paths([card])
    qtbot.waitUntil(lambda: bool(panel.result), timeout=PATIENCE)
    panel.import_paths([card])

    qtbot.waitUntil(lambda: "3 were there already" in panel.result, timeout=PATIENCE)
    assert panel.result.startswith("0 photo")


def test_a_stopped_import_says_so_and_drops_what_waits(
    panel: ImportPanel, waiting_event: Desk, card: Path, photos_folder: Path, qtbot: QtBot
) -> None:
    hold = threading.Event()
    waiting_event.jobs.call(hold.wait, owner=panel, lane="import")
    panel.import_paths([card])
    panel.import_paths([card / "card_IMG_2001.jpg"])

    qtbot.mouseClick(panel._cancel, Qt.MouseButton.LeftButton)
    hold.set()

    qtbot.waitUntil(lambda: panel._job is None, timeout=PATIENCE)
    assert not panel._waiting
    assert not panel._progress.isVisible()
    assert "stopped before it began" in panel.result
    assert not list(photos_folder.glob("**/card_*"))


def test_without_an_event_or_a_source_it_says_what_to_do(
    desk: Desk, card: Path, qtbot: QtBot
) -> None:
    panel = ImportPanel(desk)
    qtbot.addWidget(panel)

    panel.import_paths([card])
    assert "Choose an event" in panel.result
    choose_another(desk, None)
    panel.import_paths([card])
    assert "no photo source" in panel.result


def test_an_import_is_offered_to_be_encoded_only_for_its_own_event(
    waiting_event: Desk, card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = EncodePage(waiting_event, Encodings(waiting_event, waiting_event.current))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.import_paths([card])
    qtbot.waitUntil(lambda: "3 new photo" in page.banner.text, timeout=PATIENCE)
    assert page.banner.isVisible()

    choose_another(waiting_event, tmp_path)

    assert not page.banner.isVisible()
    assert page._offer is None
