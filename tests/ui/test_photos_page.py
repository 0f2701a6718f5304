"""The photos page: filters, search, hiding with undo, retrying, live changes, found photos."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoKind, PhotoRow
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.photo_filters import moment_format
from eventsnap_desktop.ui.organizer.photo_toolbar import PhotoToolbar, Selection
from eventsnap_desktop.ui.organizer.photos_page import PhotosPage
from eventsnap_desktop.ui.organizer.results_strip import ResultsStrip
from eventsnap_desktop.ui.widgets.theme import Theme


def shown(desk: Desk, qtbot: QtBot) -> PhotosPage:
    """Return the page with all photos of the chosen event listed and fetched."""
    page = PhotosPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: len(ids(page)) > 0 and row_at(page, 0) is not None)
    page.grid.setFocus()
    return page


def ids(page: PhotosPage) -> NDArray[np.int64]:
    return page.grid.photos.ids


def row_at(page: PhotosPage, place: int) -> PhotoRow | None:
    return page.grid.photos.row_at(place)


def hidden(desk: Desk) -> list[int]:
    event = desk.current.id
    assert event is not None
    found: list[int] = desk.browsing.list_ids(event, PhotoFilter(PhotoKind.HIDDEN)).tolist()
    return found


def event_id(desk: Desk) -> EventId:
    assert desk.current.id is not None
    return desk.current.id


def add_broken(desk: Desk, photos_folder: Path) -> None:
    """Have one photo of the event fail."""
    (photos_folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")
    event = desk.current.chosen
    assert event is not None
    desk.works.encode(event, False, lambda _: None, Cancel())
    desk.current.show(desk.organizing.overview(event.id))


def test_what_cannot_be_done_yet_says_what_is_missing(qtbot: QtBot, theme: Theme) -> None:
    view = QWidget()
    toolbar = PhotoToolbar(view)
    qtbot.addWidget(view)
    qtbot.addWidget(toolbar)
    none, one = Selection(0, 0, [], "photos", 0), Selection(1, 1, [], "photos", 0)

    toolbar.show_state(none)

    for made in (toolbar.hide_photos, toolbar.folder):
        assert (made.isEnabled(), made.toolTip()) == (False, "Select photos first")

    toolbar.show_state(one)

    assert toolbar.hide_photos.toolTip() == "Hide from every gallery, or show again (H)"
    assert toolbar.folder.toolTip() == "Open the folder this photo is in"


def test_all_photos_are_listed_newest_first(sample_event: Desk, qtbot: QtBot) -> None:
    page = shown(sample_event, qtbot)

    every = sample_event.browsing.list_ids(event_id(sample_event), PhotoFilter())
    assert ids(page).tolist() == every.tolist()


def test_a_filter_and_a_search_narrow_the_list(sample_event: Desk, qtbot: QtBot) -> None:
    page = shown(sample_event, qtbot)
    every = len(ids(page))

    page.filters.choose(PhotoKind.WITH_FACES)
    qtbot.waitUntil(lambda: 0 < len(ids(page)) <= every)
    page.filters.choose(PhotoKind.ALL)
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = page.filters.findChild(QLineEdit)
    assert isinstance(search, QLineEdit)
    search.setFocus()
    qtbot.keyClicks(search, "2001")

    qtbot.waitUntil(lambda: len(ids(page)) == 1)
    row = row_at(page, 0)
    assert row is not None
    assert "2001" in row.key


def test_a_filter_without_photos_offers_all(sample_event: Desk, qtbot: QtBot) -> None:
    page = shown(sample_event, qtbot)

    page.filters.choose(PhotoKind.HIDDEN)
    qtbot.waitUntil(lambda: len(ids(page)) == 0)
    assert page.empty.isVisible()
    page.empty.acted.emit()

    qtbot.waitUntil(lambda: len(ids(page)) > 0)


def test_h_hides_the_selection_and_undo_shows_it_again(sample_event: Desk, qtbot: QtBot) -> None:
    page = shown(sample_event, qtbot)
    page.grid.make_current(0)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = page.grid.chosen().tolist()

    with qtbot.waitSignal(page.did) as blocker:
        qtbot.keyClick(page.grid, Qt.Key.Key_H)

    assert len(chosen) == 2
    assert sorted(hidden(sample_event)) == sorted(chosen)
    said, undo = blocker.args[0]
    assert "2" in said
    undo()
    qtbot.waitUntil(lambda: not hidden(sample_event))


def approved(desk: Desk) -> list[int]:
    event = event_id(desk)
    found: list[int] = desk.browsing.list_ids(event, PhotoFilter(PhotoKind.SLIDESHOW)).tolist()
    return found


def test_k_shows_the_selection_on_the_kiosks_first_screen_and_undo_takes_it_off(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    page.grid.make_current(0)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = page.grid.chosen().tolist()

    with qtbot.waitSignal(page.did) as blocker:
        qtbot.keyClick(page.grid, Qt.Key.Key_K)

    assert sorted(approved(sample_event)) == sorted(chosen)
    assert not hidden(sample_event)
    said, undo = blocker.args[0]
    assert "2" in said
    undo()
    qtbot.waitUntil(lambda: not approved(sample_event))


def test_an_approved_photo_is_marked_counted_and_not_approved_again(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    page.grid.make_current(1)
    action = page.toolbar.slideshow_action
    assert action.text() == "Show on the kiosks’ first screen"
    plain = page.grid.grab().toImage()

    with qtbot.waitSignal(page.did):
        action.trigger()

    chosen = int(ids(page)[1])
    qtbot.waitUntil(lambda: action.text().startswith("Do not show"))
    row = row_at(page, 1)
    assert row is not None
    assert "first screen" in page.grid.photos.describe(row)
    assert page.grid.grab().toImage() != plain
    page.filters.choose(PhotoKind.SLIDESHOW)
    qtbot.waitUntil(lambda: ids(page).tolist() == [chosen])
    page.grid.make_current(0)
    with qtbot.waitSignal(page.did) as blocker:
        action.trigger()
    assert "not shown" in blocker.args[0][0]
    qtbot.waitUntil(lambda: len(ids(page)) == 0)


def test_ctrl_a_takes_all_and_hiding_them_leaves_the_selection(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)

    qtbot.keyClick(page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.did):
        page.toolbar.hide_photos.click()

    assert len(hidden(sample_event)) == len(ids(page))
    assert len(page.grid.chosen()) == len(ids(page))
    first = PhotoId(int(ids(page)[0]))
    qtbot.waitUntil(lambda: _is_hidden(page, first))
    assert page.toolbar.hide_photos.text() == "Show again"


def test_a_failed_photo_says_why_and_can_be_tried_again(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    add_broken(sample_event, photos_folder)
    page = shown(sample_event, qtbot)
    page.filters.choose(PhotoKind.FAILED)
    qtbot.waitUntil(lambda: len(ids(page)) == 1 and row_at(page, 0) is not None)
    row = row_at(page, 0)
    assert row is not None
    assert row.state is PhotoState.FAILED
    assert row.failure

    asked: list[str] = []
    page.asked.connect(asked.append)
    with qtbot.waitSignal(page.did):
        page.toolbar.retry_all.click()

    pending = sample_event.browsing.list_ids(event_id(sample_event), PhotoFilter(PhotoKind.PENDING))
    assert pending.tolist() == [row.id]
    assert page.banner.isVisible()
    page.banner.acted.emit()
    assert asked == ["encode"]


def test_new_photos_appear_and_the_selection_stays(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    before = ids(page).tolist()
    page.grid.choose(np.array(before[3:5], np.int64))

    add_broken(sample_event, photos_folder)

    qtbot.waitUntil(lambda: len(ids(page)) == len(before) + 1)
    assert page.grid.chosen().tolist() == before[3:5]


def test_the_place_is_kept_when_photos_come_in_above(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    page.resize(500, 420)
    bar = page.grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(200)
    first = page.grid.first_seen()

    add_broken(sample_event, photos_folder)
    qtbot.waitUntil(lambda: row_of(page, "broken.jpg") is not None)

    assert page.grid.first_seen()[1] == first[1]
    assert first[0] in ids(page)[list(page.grid.seen())].tolist()


def test_found_photos_are_listed_in_their_order_until_one_goes_back(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    every = ids(page).tolist()

    page.show_photos([PhotoId(every[4]), PhotoId(every[1])], "Two photos")
    qtbot.waitUntil(lambda: ids(page).tolist() == [every[4], every[1]])
    assert page.results.text == "Two photos"
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: ids(page).tolist() == every)
    assert not page.results.isVisible()


class Opener(QObject):
    """Takes the place of the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_the_folder_of_a_photo_is_opened(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    page.grid.make_current(0)
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type] # a name  # type: ignore[arg-type]
    try:
        page.toolbar.folder.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")

    assert opener.opened == [str(photos_folder)]


def test_without_an_event_the_page_leads_to_the_events(desk: Desk, qtbot: QtBot) -> None:
    page = PhotosPage(desk)
    qtbot.addWidget(page)
    page.show()
    asked: list[str] = []
    page.asked.connect(asked.append)

    page.empty.acted.emit()

    assert asked == ["events"]


@pytest.mark.parametrize("place", [0, 3])
def test_enter_opens_a_photo_and_escape_comes_back(
    sample_event: Desk, qtbot: QtBot, place: int
) -> None:
    page = shown(sample_event, qtbot)
    page.grid.make_current(place)

    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.viewer.photo == ids(page)[place]
    qtbot.keyClick(page.viewer.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(page.viewer.canvas, Qt.Key.Key_Escape)

    assert not page.viewer.isVisible()
    assert page.grid.current_place == place + 1


def _is_hidden(page: PhotosPage, photo: PhotoId) -> bool:
    row = page.grid.photos.known(photo)
    return row is not None and row.hidden


def row_of(page: PhotosPage, key: str) -> PhotoRow | None:
    rows = [row_at(page, place) for place in range(len(ids(page)))]
    return next((row for row in rows if row is not None and row.key == key), None)


def test_the_strip_says_what_an_explanation_is_for(qtbot: QtBot) -> None:
    strip = ResultsStrip()
    qtbot.addWidget(strip)

    strip.show_state("", "the person on the selfies")
    said = [one.text() for one in strip.findChildren(QLabel) if one.isVisible()]
    assert "Open a photo to see why this person is found in it or not" in said

    strip.show_state("12 photos of this person", "the person on the selfies")
    said = [one.text() for one in strip.findChildren(QLabel) if one.isVisible()]
    assert said == ["12 photos of this person", "Explaining: the person on the selfies"]


def test_a_range_of_time_begins_with_all_photos_of_the_event(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    every = len(ids(page))
    filters = page._filters
    choice = filters._when

    choice.setCurrentIndex(choice.count() - 1)
    with qtbot.waitSignal(filters.changed):
        choice.activated.emit(choice.count() - 1)

    now = datetime.now(UTC)
    wanted = filters.wanted(now)
    event = sample_event.current.id
    assert event is not None
    assert wanted.since is not None
    assert len(sample_event.browsing.list_ids(event, wanted)) == every


@pytest.mark.parametrize(
    ("place", "written"),
    [("de_DE", "dd.MM.yyyy HH:mm"), ("en_GB", "dd/MM/yyyy HH:mm")],
)
def test_a_moment_is_typed_as_the_place_writes_it_with_the_whole_year(
    place: str, written: str
) -> None:
    assert moment_format(QLocale(place)) == written
