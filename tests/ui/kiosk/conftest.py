"""A kiosk's window to look at, press and wipe."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.running import RunningKiosk
from tests.ui.kiosk.screen_host import look_for, shown
from tests.ui.kiosk.wall_host import Wall, wall_pictures
from tests.ui.kiosk.window_host import Kiosk, folder_pictures


@pytest.fixture
def folder_photos(jobs: Jobs, tmp_path: Path) -> Iterator[Pictures]:
    """Return the pictures of photos whose keys are paths of files."""
    owner = QObject()
    yield folder_pictures(jobs, tmp_path / "cache", owner)
    jobs.close(20)
    owner.deleteLater()


@pytest.fixture
def make_kiosk(
    qtbot: QtBot, qapp: QApplication, folder_photos: Pictures
) -> Iterator[Callable[..., Kiosk]]:
    """Return how a kiosk is made that is on the screen; further words are those of Kiosk."""
    made: list[Kiosk] = []

    def make(
        languages: tuple[str, ...] = ("en", "de"), size: tuple[int, int] = (1280, 800), **more: Any
    ) -> Kiosk:
        kiosk = Kiosk(qapp, folder_photos, languages, **more)
        made.append(kiosk)
        kiosk.window.resize(*size)
        with qtbot.waitExposed(kiosk.window):
            kiosk.window.show()
        return kiosk

    yield make
    for kiosk in made:
        kiosk.close()


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    """Return a kiosk of 1280x800 that is on the screen."""
    return make_kiosk()


@pytest.fixture
def start_kiosk(
    qtbot: QtBot,
    loop: asyncio.AbstractEventLoop,
    theme: Theme,
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> Iterator[Callable[..., RunningKiosk]]:
    """Return what starts the kiosk of an event on the test's database: (code, camera, **more).

    What is left open at the end is ended, and the organizer's look is put on again.
    """
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", database_url)
    # In a test Qt's loop turns and not asyncio's, which here turns with it: coroutines ask for it.
    asyncio._set_running_loop(loop)
    running: list[RunningKiosk] = []

    def start(code: str, camera: Path, **more: Any) -> RunningKiosk:
        size = more.pop("size", (1280, 800))
        made = RunningKiosk(qtbot, loop, tmp_path / "kiosk-home", code, camera, more, size)
        running.append(made)
        return made

    yield start
    for one in running:
        if one.exit_code is None:
            one.end()
        if isValid(one.program):
            for spoken in one.program.findChildren(SpokenLanguages):
                spoken.quiet()  # a kiosk's process ends with it, a test's does not
    asyncio._set_running_loop(None)
    gc.unfreeze()  # a kiosk freezes what is there when it opens
    theme.choose("light")


@pytest.fixture
def wall(sample_folder: Path) -> Wall:
    """Return where photos of the sample event come from, as many as wanted."""
    return Wall(sample_folder)


@pytest.fixture
def pictures(jobs: Jobs, tmp_path: Path, wall: Wall) -> Pictures:
    """Return the pictures of a wall's photos."""
    return wall_pictures(jobs, tmp_path, wall)


@pytest.fixture
def make_gallery(qtbot: QtBot, pictures: Pictures) -> Callable[..., GalleryScreen]:
    """Return how a gallery is made that is on the screen."""
    kept = []

    def made(size: tuple[int, int] = (1280, 800), *, accessible: bool = False) -> GalleryScreen:
        build = partial(GalleryScreen, pictures=pictures)
        window, screen = shown(qtbot, build, look_for(size, accessible=accessible), size)
        kept.append(window)
        return screen

    return made
