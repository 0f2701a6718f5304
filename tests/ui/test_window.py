"""The organizer's window as a whole: pages, a server that goes and comes, closing."""

import asyncio
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.index.opening import open_index
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.fixtures.postgres import RestartableDatabase

PAGES = (
    "events",
    "photos",
    "encode",
    "find",
    "coverage",
    "kiosks",
    "outbox",
    "settings",
    "log",
    "help",
)
PATIENCE = 60_000


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def opened(desk: Desk, memory: QSettings, qtbot: QtBot) -> OrganizerWindow:
    window = OrganizerWindow(desk, memory)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def window(sample_event: Desk, memory: QSettings, qtbot: QtBot) -> Iterator[OrganizerWindow]:
    made = opened(sample_event, memory, qtbot)
    made._on_event(sample_event.current.overview)
    yield made
    made.encodings.stop()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_every_page_can_be_seen_and_nothing_is_cut_off(
    window: OrganizerWindow, theme: Theme, qtbot: QtBot, dark: bool, size: tuple[int, int]
) -> None:
    theme.choose("dark" if dark else "light")
    window.resize(*size)
    try:
        for name in PAGES:
            window.show_page(name)
            page = window.page(name)
            qtbot.waitUntil(page.isVisible)
            QApplication.processEvents()
            assert page.title
            for button in page.findChildren(QPushButton):
                if (
                    button.isVisible()
                    and button.window() is window
                    and not button.visibleRegion().isEmpty()
                ):
                    assert button.width() + 1 >= button.minimumSizeHint().width(), button.text()
            assert not window.grab().isNull()
    finally:
        theme.choose("light")


def test_pages_are_reached_by_keys(window: OrganizerWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    for number, name in enumerate(PAGES[:9], 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window._stack.currentWidget() is window.page(name)


def test_tab_stops_in_the_list_of_pages_at_the_one_that_is_seen(window: OrganizerWindow) -> None:
    for name in ("photos", "settings", "events"):
        window.show_page(name)

        stops = [
            one.objectName()
            for one in window._rail.findChildren(QPushButton)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert stops == [name]


def test_what_is_dropped_on_any_page_is_imported(
    window: OrganizerWindow, photos_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    (card / "IMG_9001.jpg").write_bytes((photos_folder / "IMG_2003.jpg").read_bytes())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(card / "IMG_9001.jpg"))])
    window.show_page("photos")

    window.dropEvent(
        QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    qtbot.waitUntil((photos_folder / "IMG_9001.jpg").exists, timeout=PATIENCE)
    assert window._stack.currentWidget() is window.page("encode")


def test_size_and_event_are_remembered(sample_event: Desk, memory: QSettings, qtbot: QtBot) -> None:
    window = opened(sample_event, memory, qtbot)
    window.resize(1400, 900)
    window.close()

    assert memory.value("window/event") == "party"
    assert memory.value("window/geometry") is not None


def add_events(desk: Desk, folder: Path, *codes: str) -> None:
    for code in codes:
        desk.organizing.add(code, EventDetails(code.title(), str(folder), None, None))


def code_of_current(desk: Desk) -> str:
    return desk.current.chosen.code if desk.current.chosen is not None else ""


@pytest.mark.parametrize(
    ("used", "begins_with"),
    [("first", "first"), ("", "third"), ("archived", "third"), ("deleted", "third")],
)
def test_the_window_begins_with_the_event_used_last_or_the_newest(
    desk: Desk, memory: QSettings, photos_folder: Path, qtbot: QtBot, used: str, begins_with: str
) -> None:
    add_events(desk, photos_folder, "first", "second", "third", "archived")
    archived = desk.events.find_event("archived")
    desk.organizing.set_archived(archived.id, True)
    memory.setValue("window/event", used)

    window = opened(desk, memory, qtbot)

    qtbot.waitUntil(lambda: code_of_current(desk) != "", timeout=PATIENCE)
    assert code_of_current(desk) == begins_with
    assert memory.value("window/event") == begins_with
    assert window._stack.currentWidget() is window.page("events")


def test_a_code_that_is_the_name_is_said_once(
    desk: Desk, memory: QSettings, photos_folder: Path, qtbot: QtBot
) -> None:
    event = desk.organizing.add("party", EventDetails("party", str(photos_folder), None, None))
    desk.current.show(desk.organizing.overview(event.id))

    window = opened(desk, memory, qtbot)

    said = [one.text() for one in window._rail.findChildren(QLabel) if one.isVisible()]
    assert said.count("party") == 1


def test_without_an_event_the_window_waits_for_the_first(
    desk: Desk, memory: QSettings, photos_folder: Path, qtbot: QtBot
) -> None:
    window = opened(desk, memory, qtbot)
    add_events(desk, photos_folder, "party")
    event = desk.events.find_event("party")

    desk.current.show(desk.organizing.overview(event.id))

    assert window.windowTitle() == "Party – EventSnap"
    assert memory.value("window/event") == "party"


def test_an_event_that_somebody_deletes_leaves_the_window(
    window: OrganizerWindow, qtbot: QtBot
) -> None:
    desk = window.desk
    event = desk.current.id
    assert event is not None
    window.show_page("photos")

    desk.events.delete_event(event)

    qtbot.waitUntil(lambda: desk.current.overview is None, timeout=PATIENCE)
    assert window._stack.currentWidget() is window.page("events")


def test_closing_during_an_encode_asks_once_and_stops_within_two_seconds(
    waiting_event: Desk, memory: QSettings, qtbot: QtBot
) -> None:
    window = opened(waiting_event, memory, qtbot)
    event = waiting_event.current.chosen
    assert event is not None
    asked: list[str] = []

    def answer(text: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(text)
        next(one for one in box.buttons() if one.text() == text).click()

    window.encodings.start(event, True)
    qtbot.waitUntil(lambda: _done(window) > 0, timeout=PATIENCE)
    QTimer.singleShot(200, lambda: answer("Keep encoding"))
    assert not window.close()
    assert window.encodings.is_busy

    QTimer.singleShot(200, lambda: answer("Stop and close"))
    begin = monotonic()
    assert window.close()

    assert monotonic() - begin < 2.2 + 5 * _slowness()
    assert asked == ["Keep encoding", "Stop and close"]
    counts = waiting_event.events.counts(event.id)
    assert counts.encoded > 0
    assert counts.pending + counts.encoded + counts.failed > 10


def test_who_is_told_to_end_closes_without_a_question_and_with_one_open(
    waiting_event: Desk, memory: QSettings, qtbot: QtBot
) -> None:
    window = opened(waiting_event, memory, qtbot)
    event = waiting_event.current.chosen
    assert event is not None
    window.encodings.start(event, True)
    qtbot.waitUntil(lambda: _done(window) > 0, timeout=PATIENCE)

    def told_to_end() -> None:
        assert isinstance(QApplication.activeModalWidget(), QMessageBox)
        window.close_at_once()

    QTimer.singleShot(200, told_to_end)
    with qtbot.waitSignal(window.closed):
        assert window.close()  # asks, and is told to end meanwhile

    assert not window.isVisible()
    assert waiting_event.jobs.working == ()


def test_a_database_that_goes_and_comes_is_said_and_nothing_freezes(
    restartable_database: RestartableDatabase,
    loop: asyncio.AbstractEventLoop,
    theme: Theme,
    memory: QSettings,
    photos_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", restartable_database.url)
    loaded = load_settings({"home": tmp_path / "home", "model": {"pack": "lite"}})
    with open_index(restartable_database.url) as index:
        jobs, owner = Jobs(loop), QObject()
        works = DeskWorks(Program(loaded.settings), loaded, index)
        desk = make_desk(works, loaded, index, jobs, owner)
        desk.changes.start()
        event = desk.organizing.add("party", EventDetails("Party", str(photos_folder), None, None))
        desk.current.show(desk.organizing.overview(event.id))
        window = opened(desk, memory, qtbot)
        window.show_page("photos")
        window.encodings.start(event, False)
        qtbot.waitUntil(lambda: _done(window) > 0, timeout=PATIENCE)

        stopping = threading.Thread(target=restartable_database.stop)
        stopping.start()
        qtbot.waitUntil(window._banner.isVisible, timeout=PATIENCE)
        assert "database" in window._banner.text
        late = _longest_gap(qtbot, 1500)
        stopping.join()
        restartable_database.start()

        qtbot.waitUntil(lambda: not window._banner.isVisible(), timeout=PATIENCE)
        qtbot.waitUntil(lambda: not window.encodings.is_busy, timeout=PATIENCE)
        counts = desk.events.counts(event.id)
        window.close()
        owner.deleteLater()
    assert counts.pending == 0
    assert counts.encoded > 10
    assert late < 1.0  # seconds without a turn of the window's loop; frozen would be the whole time


def test_a_folder_that_goes_and_comes_costs_no_photo(
    window: OrganizerWindow, photos_folder: Path, qtbot: QtBot
) -> None:
    event = window.desk.current.chosen
    assert event is not None
    before = window.desk.events.counts(event.id)
    away = photos_folder.with_name("away")
    photos_folder.rename(away)
    window.encodings.start(event, False)
    qtbot.waitUntil(lambda: not window.encodings.is_busy, timeout=PATIENCE)
    assert window.encodings.state.error is not None

    away.rename(photos_folder)
    window.encodings.start(event, False)

    qtbot.waitUntil(lambda: window.encodings.state.report is not None, timeout=PATIENCE)
    assert window.desk.events.counts(event.id) == before


def _done(window: OrganizerWindow) -> int:
    progress = window.encodings.state.progress
    return progress.done if progress is not None else 0


def _slowness() -> float:
    """Return how much longer than usual this machine needs just now, in seconds."""
    begin = monotonic()
    sum(range(2_000_000))
    return monotonic() - begin


def _longest_gap(qtbot: QtBot, milliseconds: int) -> float:
    """Return the longest time between two turns of the event loop, in seconds."""
    turns = [monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(monotonic()))
    timer.start(10)
    qtbot.wait(milliseconds)
    timer.stop()
    return max(b - a for a, b in pairwise(turns))
