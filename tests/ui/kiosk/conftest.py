"""A kiosk's window to look at, press and wipe."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.pictures import Pictures
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
