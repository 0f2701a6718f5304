"""The find page on a real event: selfies in, photos out, export, erasing, forgetting."""

from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.erase_dialog import EraseDialog
from eventsnap_desktop.ui.organizer.export_dialog import ExportDialog
from eventsnap_desktop.ui.organizer.find_page import FindPage
from eventsnap_desktop.ui.organizer.webcam_dialog import WebcamDialog

WAIT = 30_000
T = TypeVar("T")


@pytest.fixture
def page(sample_event: Desk, qtbot: QtBot) -> FindPage:
    made = FindPage(sample_event)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    return made


@pytest.fixture
def found(page: FindPage, selfie_file: Path, qtbot: QtBot) -> FindPage:
    page.add_files([selfie_file])
    wait_for_photos(page, qtbot)
    return page


def wait_for_photos(page: FindPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.gallery.sure.matches.views), timeout=WAIT)


def verdicts(page: FindPage) -> list[str]:
    return [tile.verdict.text() for tile in page.tray.tiles]


def test_without_a_selfie_the_page_asks_for_one(page: FindPage) -> None:
    assert "Whom do you look for?" in page.empty.text
    assert not page.export.isEnabled()
    assert not page.erase.isEnabled()


def test_a_selfie_finds_the_persons_photos_in_two_groups(found: FindPage) -> None:
    sure, maybe = found.gallery.sure.matches.views, found.gallery.maybe.matches.views

    assert verdicts(found) == ["Used"]
    assert {view.match.band for view in sure} == {Band.SURE}
    assert {view.match.band for view in maybe} <= {Band.MAYBE}
    assert f"{len(sure)} sure" in found.summary.text()
    likeness = [view.match.similarity for view in sure]
    assert likeness == sorted(likeness, reverse=True)


def test_thumbnails_come(found: FindPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.thumbnails.memory_bytes > 0, timeout=WAIT)


def test_newest_first_orders_by_time(found: FindPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(found.orders.button(1), Qt.MouseButton.LeftButton)

    times = [view.row.time for view in found.gallery.sure.matches.views]
    assert times == sorted(times, reverse=True)


def test_a_picture_without_a_face_is_refused_with_a_reason(page: FindPage, qtbot: QtBot) -> None:
    grey = QImage(400, 400, QImage.Format.Format_RGB32)
    grey.fill(Qt.GlobalColor.gray)
    mime = QMimeData()
    mime.setImageData(grey)
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.mouseClick(page.tray.paste, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "None of the selfies" in page.empty.text, timeout=WAIT)

    assert verdicts(page)[0].startswith("Not used: ")
    assert not page.export.isEnabled()


def test_selfies_can_be_dropped_and_pasted_as_files(
    page: FindPage, selfie_file: Path, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(selfie_file))])
    page.tray.drop.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    wait_for_photos(page, qtbot)
    page.paste(mime)
    qtbot.waitUntil(lambda: verdicts(page) == ["Used", "Used"], timeout=WAIT)


def test_a_picture_dropped_beside_the_zone_is_a_selfie_and_never_imported(
    page: FindPage, selfie_file: Path, qtbot: QtBot
) -> None:
    around = Around()
    qtbot.addWidget(around)
    page.setParent(around)
    page.show()
    around.show()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(selfie_file))])
    place, copy = QPoint(page.width() - 40, page.height() - 40), Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, mime, button, key)
    QApplication.sendEvent(page.gallery.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(place), copy, mime, button, key))
    qtbot.waitUntil(lambda: verdicts(page) == ["Used"], timeout=WAIT)

    assert around.dropped == 0
    page.setParent(None)


class Around(QWidget):
    """A window that takes every drop, as the organizer's does."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped = 0
        self.setAcceptDrops(True)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        self.dropped += 1


def test_no_more_than_five_selfies_are_taken(
    page: FindPage, selfie_file: Path, qtbot: QtBot
) -> None:
    page.add_files([selfie_file] * 7)
    qtbot.waitUntil(lambda: verdicts(page) == ["Used"] * 5, timeout=WAIT)

    assert "Five selfies" in page.banner.text
    assert not page.tray.files.isEnabled()


def test_thresholds_are_moved_with_live_counts_and_reset(found: FindPage, qtbot: QtBot) -> None:
    before = len(found.gallery.sure.matches.views)
    found.sliders.sure.setValue(98)

    assert len(found.gallery.sure.matches.views) < before
    assert found.sliders.sure_count.text().startswith(str(len(found.gallery.sure.matches.views)))
    maybe = len(found.gallery.maybe.matches.views)
    assert maybe > 0
    found.sliders.maybe.setValue(97)
    assert len(found.gallery.maybe.matches.views) < maybe

    qtbot.mouseClick(found.sliders.reset, Qt.MouseButton.LeftButton)
    assert len(found.gallery.sure.matches.views) == before


def test_a_slider_pushes_the_other(found: FindPage) -> None:
    found.sliders.maybe.setValue(80)
    assert found.sliders.sure.value() == 80
    found.sliders.sure.setValue(30)
    assert found.sliders.maybe.value() == 30


def test_thresholds_are_kept_in_the_settings(found: FindPage, desk: Desk, qtbot: QtBot) -> None:
    found.sliders.sure.setValue(61)
    found.sliders.maybe.setValue(42)
    with qtbot.waitSignal(found.did, timeout=WAIT):
        qtbot.mouseClick(found.sliders.keep, Qt.MouseButton.LeftButton)

    match = load_settings({"home": desk.settings.settings.home}).settings.match
    assert (match.sure, match.maybe) == (0.61, 0.42)


def test_the_query_is_told_and_taken_back(page: FindPage, selfie_file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.query_changed, timeout=WAIT) as told:
        page.add_files([selfie_file])
    assert isinstance(told.args[0], QueryTemplate)
    with qtbot.waitSignal(page.query_changed) as taken:
        qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert taken.args == [None]
    assert not page.tray.tiles
    assert not page.gallery.sure.matches.views


def test_a_double_click_and_enter_open_a_photo(found: FindPage, qtbot: QtBot) -> None:
    grid = found.gallery.sure
    first = grid.matches.views[0].row.id
    place = grid.visualRect(grid.matches.index(0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(found.photo_wanted) as opened:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert opened.args == [first]
    grid.setFocus()
    with qtbot.waitSignal(found.photo_wanted):
        qtbot.keyClick(grid, Qt.Key.Key_Return)


def test_a_photo_hidden_elsewhere_leaves_and_comes_back(
    found: FindPage, desk: Desk, qtbot: QtBot
) -> None:
    before = len(found.gallery.sure.matches.views)
    event = desk.current.id
    assert event is not None
    photo = found.gallery.sure.matches.views[0].row.id
    desk.browsing.set_hidden(event, [photo], True)
    qtbot.waitUntil(lambda: len(found.gallery.sure.matches.views) == before - 1, timeout=WAIT)
    desk.browsing.set_hidden(event, [photo], False)
    qtbot.waitUntil(lambda: len(found.gallery.sure.matches.views) == before, timeout=WAIT)


def test_another_pack_is_told(
    page: FindPage, desk: Desk, database_url: str, selfie_file: Path, qtbot: QtBot
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update event set model_pack = 'another'")
    page.add_files([selfie_file])
    qtbot.waitUntil(lambda: "another model pack" in page.banner.text, timeout=WAIT)
    assert verdicts(page) == ["Not looked at yet"]


def test_another_event_forgets_the_person(found: FindPage, desk: Desk) -> None:
    desk.current.show(None)
    assert not found.tray.tiles
    assert not found.gallery.sure.matches.views
    assert "No event" in found.empty.text


@pytest.mark.parametrize("as_zip", [False, True])
def test_photos_are_exported(found: FindPage, tmp_path: Path, qtbot: QtBot, as_zip: bool) -> None:
    qtbot.mouseClick(found.export, Qt.MouseButton.LeftButton)
    dialog = child(found, ExportDialog)
    dialog.to_zip.setChecked(as_zip)
    place = tmp_path / ("guest.zip" if as_zip else "guest")
    dialog.place.setText(str(place))
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=WAIT)

    assert dialog.report is not None
    assert dialog.report.exported == len(found.gallery.sure.matches.views)
    assert "exported" in dialog.banner.text
    assert place.is_file() if as_zip else len(list(place.iterdir())) == dialog.report.exported
    dialog.close()


def test_a_zip_is_not_replaced_unasked(found: FindPage, tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "guest.zip"
    place.write_bytes(b"old")
    qtbot.mouseClick(found.export, Qt.MouseButton.LeftButton)
    dialog = child(found, ExportDialog)
    dialog.to_zip.setChecked(True)
    dialog.place.setText(str(place))
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert "already" in dialog.banner.text
    assert place.read_bytes() == b"old"
    dialog.banner.acted.emit()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=WAIT)
    assert place.stat().st_size > 3
    dialog.close()


def test_a_person_is_erased_with_a_receipt(found: FindPage, desk: Desk, qtbot: QtBot) -> None:
    event = desk.current.id
    assert event is not None
    hidden = found.gallery.sure.matches.views[0].row.id
    sure = len(found.gallery.sure.matches.views)
    desk.browsing.set_hidden(event, [hidden], True)
    before = desk.every_face.count_faces(event)
    qtbot.mouseClick(found.erase, Qt.MouseButton.LeftButton)
    dialog = child(found, EraseDialog)
    qtbot.waitUntil(dialog.sure.isEnabled, timeout=WAIT)
    assert f"{sure} face" in dialog.heading.text()
    assert not dialog.erase.isEnabled()
    dialog.sure.setChecked(True)
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.receipt.isVisible, timeout=WAIT)

    assert desk.every_face.count_faces(event) == before - sure
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert f"Faces deleted: {sure}" in QGuiApplication.clipboard().text()
    assert not found.tray.tiles
    dialog.close()


def test_a_selfie_is_taken_with_the_camera(page: FindPage, selfie_file: Path, qtbot: QtBot) -> None:
    page.camera = f"file:{selfie_file}"
    qtbot.mouseClick(page.tray.webcam, Qt.MouseButton.LeftButton)
    dialog = child(page, WebcamDialog)
    qtbot.waitUntil(dialog.shutter.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.shutter, Qt.MouseButton.LeftButton)
    wait_for_photos(page, qtbot)
    assert verdicts(page) == ["Used"]


def test_an_absent_camera_is_told_and_escape_closes(page: FindPage, qtbot: QtBot) -> None:
    page.camera = "99"
    qtbot.mouseClick(page.tray.webcam, Qt.MouseButton.LeftButton)
    dialog = child(page, WebcamDialog)
    qtbot.waitUntil(lambda: "no camera" in dialog.picture.accessibleName(), timeout=WAIT)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def child(page: FindPage, kind: type[T]) -> T:
    dialogs = [one for one in page.children() if isinstance(one, kind)]
    assert len(dialogs) == 1
    return dialogs[0]
