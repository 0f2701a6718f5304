"""Exports from the photos and events pages, as they are seen; erased people are in none."""

from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.outgoing import OutputSettings
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.erase_dialog import EraseDialog
from eventsnap_desktop.ui.organizer.events_page import EventsPage
from eventsnap_desktop.ui.organizer.export_dialog import ExportChoice, ExportDialog
from eventsnap_desktop.ui.organizer.find_page import FindPage
from eventsnap_desktop.ui.organizer.photos_page import PhotosPage

WAIT = 30_000
CLICK = Qt.MouseButton.LeftButton
T = TypeVar("T", bound=QWidget)


def opened(desk: Desk, qtbot: QtBot, choice: ExportChoice) -> ExportDialog:
    event = desk.current.chosen
    assert event is not None
    dialog = ExportDialog(desk, event, choice)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    return dialog


def ids(desk: Desk, count: int) -> tuple[PhotoId, ...]:
    assert desk.current.id is not None
    found = desk.browsing.list_ids(desk.current.id, PhotoFilter())
    return tuple(PhotoId(one) for one in found[:count].tolist())


def export(dialog: ExportDialog, qtbot: QtBot, place: Path) -> None:
    dialog.place.setText(str(place))
    qtbot.mouseClick(dialog.start, CLICK)
    qtbot.waitUntil(lambda: dialog.report is not None or dialog.banner.isVisible(), timeout=WAIT)


def child(parent: QWidget, kind: type[T]) -> T:
    found = parent.findChild(kind)
    assert found is not None
    return found


def test_a_whole_event_is_exported_byte_for_byte(
    sample_event: Desk, photos_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = PhotosPage(sample_event)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    qtbot.waitUntil(page.toolbar.export.isEnabled, timeout=WAIT)

    qtbot.mouseClick(page.toolbar.export, CLICK)
    dialog = child(page, ExportDialog)
    assert dialog.form.originals.isChecked()
    export(dialog, qtbot, tmp_path / "out")

    expected = {path.name: path.read_bytes() for path in photos_folder.iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == expected
    assert f"{len(expected)} photo(s) exported" in dialog.banner.text
    dialog.close()


def test_hidden_photos_come_along_only_when_asked_for(
    sample_event: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    event = sample_event.current.id
    assert event is not None
    every = ids(sample_event, 99)
    sample_event.browsing.set_hidden(event, every[:2], True)
    dialog = opened(sample_event, qtbot, ExportChoice(event=len(every)))
    qtbot.waitUntil(lambda: f"{len(every) - 2} photo(s)" in dialog.form.room, timeout=WAIT)
    dialog.form.hidden_too.click()
    qtbot.waitUntil(lambda: f"{len(every)} photo(s)" in dialog.form.room, timeout=WAIT)
    dialog.form.hidden_too.click()

    export(dialog, qtbot, tmp_path / "out")

    assert dialog.report is not None
    assert dialog.report.exported == len(every) - 2


def test_a_person_gets_photos_as_guests_do(
    sample_event: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    event = sample_event.current.id
    assert event is not None
    settings = OutputSettings(watermark="Studio", frame="#00ff00", longer_side=500)
    sample_event.organizing.set_output_settings(event, settings)
    dialog = opened(sample_event, qtbot, ExportChoice(sure=ids(sample_event, 2)))
    assert dialog.form.for_guests.isChecked()
    dialog.form.side.setValue(300)

    export(dialog, qtbot, tmp_path / "out")

    made = [Image.open(path).convert("RGB") for path in (tmp_path / "out").iterdir()]
    assert [max(one.size) for one in made] == [300, 300]
    assert all(one.getpixel((1, 1))[1] > 200 for one in made)  # type: ignore[index]


def test_a_zip_keeps_folders_where_that_is_wanted(
    sample_event: Desk, photos_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(sample_event, qtbot, ExportChoice(event=len(ids(sample_event, 99))))
    dialog.to_zip.click()
    dialog.form.folders.click()
    export(dialog, qtbot, tmp_path / "all.zip")

    with ZipFile(tmp_path / "all.zip") as archive:
        assert sorted(archive.namelist()) == sorted(path.name for path in photos_folder.iterdir())
        assert archive.testzip() is None


def test_a_place_that_cannot_be_written_is_told(
    sample_event: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_bytes(b"")
    dialog = opened(sample_event, qtbot, ExportChoice(event=3))

    export(dialog, qtbot, tmp_path / "file" / "below")

    assert "cannot be written" in dialog.banner.text
    assert dialog.start.isVisible()
    assert dialog.form.isEnabled()


def test_the_card_of_an_event_offers_its_photos(
    sample_event: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The offscreen platform warns of menus that grab the keyboard.
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    page = EventsPage(sample_event)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    qtbot.waitUntil(lambda: bool(page._cards), timeout=WAIT)
    overview = sample_event.current.overview
    assert overview is not None

    page._on_menu(overview.event.id, page.rect().center())
    menu = child(page, QMenu)
    next(one for one in menu.actions() if "Export" in one.text()).trigger()
    menu.close()

    assert child(page, ExportDialog).form.count == overview.counts.encoded
    child(page, ExportDialog).close()


def test_an_erased_person_is_neither_found_nor_exported(
    sample_event: Desk, selfie_file: Path, qtbot: QtBot
) -> None:
    event = sample_event.current.id
    assert event is not None
    page = FindPage(sample_event)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    page.add_files([selfie_file])
    qtbot.waitUntil(lambda: bool(page.gallery.sure.matches.views), timeout=WAIT)
    photos = {view.row.id for view in page.gallery.sure.matches.views}
    qtbot.mouseClick(page.erase, CLICK)
    dialog = child(page, EraseDialog)
    qtbot.waitUntil(dialog.sure.isEnabled, timeout=WAIT)
    dialog.sure.setChecked(True)
    qtbot.mouseClick(dialog.erase, CLICK)
    qtbot.waitUntil(dialog.receipt.isVisible, timeout=WAIT)
    dialog.close()

    page.add_files([selfie_file])
    qtbot.waitUntil(page.export.isEnabled, timeout=WAIT)
    assert not photos & {view.row.id for view in page.gallery.sure.matches.views}
    qtbot.mouseClick(page.export, CLICK)
    offered = child(page, ExportDialog)
    assert offered.form.count == len(page.gallery.sure.matches.views)
    offered.close()
    # The photos stay, for the others in them.
    assert photos <= set(ids(sample_event, 999))
