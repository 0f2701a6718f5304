"""A real desk for the organizer's pages: real database, folder source, models and threads."""

import asyncio
import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import qasync
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.widgets.theme import Theme

PATIENCE = 60_000
"""Milliseconds in which what a test waits for must have come: a busy machine is no fault."""


class PatientBot(QtBot):
    """Waits longer than pytest-qt does, where a test waits for something to happen."""

    def waitUntil(  # noqa: N802 # the name is pytest-qt's
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE
    ) -> None:
        """Wait until ``callback`` returns neither False nor raises AssertionError."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **how: Any) -> Any:  # noqa: N802
        """Wait until ``signal`` is emitted."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return pytest-qt's robot with our patience."""
    del qapp  # must live before a robot does
    return PatientBot(request)


@pytest.fixture(autouse=True)
def garbage_dies_on_this_thread() -> Iterator[None]:
    """Let Python collect between tests only: widgets that die on a worker's thread crash Qt.

    See eventsnap_desktop/ui/bridge/collecting.py.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_language_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test whose windows leave their language on the application for others."""
    yield
    count = QApplication.translate("DoctorView", "%n problem(s) to be solved", "", 2)
    if count != "2 problem(s) to be solved":
        pytest.fail(f"a language is left on the application: “{count}”")


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Return the program's look, put on the tests' application."""
    return Theme(qapp, "light")


@pytest.fixture(scope="session")
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Return an event loop that runs whenever Qt's does."""
    made = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(made)
    yield made
    asyncio.set_event_loop(None)
    made.close()


@pytest.fixture
def jobs(qtbot: QtBot, loop: asyncio.AbstractEventLoop, theme: Theme) -> Iterator[Jobs]:
    """Return the jobs of one window; afterwards every thread must have ended."""
    made = Jobs(loop)
    yield made
    assert made.close(20)
    assert not [thread for thread in made.findChildren(QThread) if thread.isRunning()]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample event's photos; copy it before changing anything in it."""
    folder = tmp_path_factory.mktemp("sample") / "photos"
    make_sample_event(folder)
    return folder


@pytest.fixture(scope="session")
def selfie_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a selfie of a person who is in some of the sample photos."""
    file = tmp_path_factory.mktemp("selfie") / "selfie.jpg"
    make_selfie(file)
    return file


@pytest.fixture
def photos_folder(sample_folder: Path, tmp_path: Path) -> Path:
    """Return a folder of one's own with the sample photos (hard links: quick, no space)."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for file in sample_folder.iterdir():
        os.link(file, folder / file.name)
    return folder


@pytest.fixture
def desk(
    jobs: Jobs, index: Index, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """Return a desk on an empty database; no event is chosen."""
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", database_url)
    home = tmp_path / "home"
    loaded = load_settings({"home": home, "model": {"pack": "lite"}})
    owner = QObject()
    made = make_desk(DeskWorks(Program(loaded.settings), loaded, index), loaded, index, jobs, owner)
    made.changes.start()
    yield made
    made.changes.stop()
    jobs.close(20)
    owner.deleteLater()


@pytest.fixture
def waiting_event(desk: Desk, photos_folder: Path) -> Desk:
    """Return the desk with an event of the sample photos chosen; none is encoded yet."""
    details = EventDetails(
        "Summer party", str(photos_folder), datetime(2030, 1, 1, tzinfo=UTC), None
    )
    event = desk.organizing.add("party", details)
    desk.current.show(desk.organizing.overview(event.id))
    return desk


@pytest.fixture
def sample_event(waiting_event: Desk) -> Desk:
    """Return the desk with the event of the sample photos chosen and encoded."""
    event = waiting_event.current.chosen
    assert event is not None
    waiting_event.works.encode(event, False, lambda _: None, Cancel())
    waiting_event.current.show(waiting_event.organizing.overview(event.id))
    return waiting_event
