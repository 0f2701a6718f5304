"""The part of the self-test with windows: every page and every screen, drawn offscreen.

It runs in a process of its own: where a library of Qt's is missing, Qt ends the whole process.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from eventsnap_desktop.app.kiosk_parts import screen_factories
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.self_test_bench import Bench, open_bench
from eventsnap_desktop.app.self_test_outcomes import Check, Outcome, run_checks
from eventsnap_desktop.app.self_test_views import sample_views
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.delivery.sample_photo import sample_photo
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.look import Look, make_look
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.kiosk.window import KioskWindow, WindowStage
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.pages import PAGES
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets import language
from eventsnap_desktop.ui.widgets.theme import Theme

_SETTLES = 150  # milliseconds until a page has asked for what it shows
_PHOTO = "self-test.jpg"


def check_screens(chosen: Namespace, tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Draw every page and screen on a bench whose database another process runs already."""
    app = QApplication(["eventsnap", "-platform", "offscreen"])
    language.put_on(app, "en")
    folder = None if chosen.home is None else Path(chosen.home)  # by hand: without another process
    with open_bench(chosen, folder) as bench, _desk(app, bench) as desk:
        outcomes = _organizer(desk, bench.folder, tell)
        app.setStyleSheet("")
        return outcomes + _kiosk(app, desk, bench.folder, tell)


def _organizer(desk: Desk, folder: Path, tell: Callable[[Outcome], None]) -> list[Outcome]:
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = OrganizerWindow(desk, memory)
    window.resize(1280, 800)
    window.show()
    checks: list[tuple[str, Check]] = [
        (f"page {name}", partial(_draw_page, window, name)) for name in PAGES
    ]
    outcomes = run_checks(checks, tell)
    window.close()
    return outcomes


def _kiosk(
    app: QApplication, desk: Desk, folder: Path, tell: Callable[[Outcome], None]
) -> list[Outcome]:
    event = desk.current.chosen
    assert event is not None
    owner = QObject()
    pictures = Pictures(event, desk.thumbnails, owner)
    feed = CameraFeed(lambda: open_camera(f"file:{folder / 'photos' / _PHOTO}"), owner)
    languages, branding = SpokenLanguages(app, ("en", "de"), owner), Branding("Self-test")
    factories = screen_factories(pictures, feed, lambda: branding, lambda: languages.current)
    window = KioskWindow(factories, _look, languages, branding, animated=False)
    window.resize(1080, 1920)
    window.show()
    stage, views = WindowStage(window), sample_views(_photo())
    checks: list[tuple[str, Check]] = [
        (
            f"screen {kind.__name__.removesuffix('View').lower()}",
            partial(_draw, window, stage, made),
        )
        for kind in factories
        for made in [views.get(kind)]
    ]
    outcomes = run_checks(checks, tell)
    stage.wipe()
    window.leave()
    return outcomes


def _name(kind: type[object]) -> str:
    return kind.__name__.removesuffix("View").lower()


def _draw_page(window: OrganizerWindow, name: str) -> str:
    window.show_page(name)
    page = window.page(name)
    _wait()
    return _drawn(page)


def _draw(window: KioskWindow, stage: WindowStage, view: object) -> str:
    if view is None:
        raise EventSnapError("The self-test knows nothing that this screen could show")
    stage.wipe()
    stage.show(view)  # type: ignore[arg-type] # one of guest_views
    _wait()
    return _drawn(window)


def _drawn(widget: QWidget) -> str:
    """Say that something was drawn; a page of one colour is none."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    first = image.pixel(0, 0)
    step = 7  # pixels; letters are larger
    if all(
        image.pixel(x, y) == first
        for y in range(0, image.height(), step)
        for x in range(0, image.width(), step)
    ):
        raise EventSnapError("Nothing is drawn")
    return f"drawn, {image.width()} x {image.height()} pixels."


@contextmanager
def _desk(app: QApplication, bench: Bench) -> Iterator[Desk]:
    """Lend a desk with an event of one photo, closed in the right order."""
    photos = bench.folder / "photos"
    photos.mkdir(exist_ok=True)
    sample_photo().resize((900, 600)).save(photos / _PHOTO)
    Theme(app, "light")
    with qasync.QEventLoop(app) as loop:
        index, owner = bench.open_index(), QObject()
        jobs = Jobs(loop, owner)
        works = DeskWorks(bench.program, bench.loaded, index)
        desk = make_desk(works, bench.loaded, index, jobs, owner)
        desk.changes.start()
        event = desk.organizing.add("pages", EventDetails("Pages", str(photos), None, None))
        desk.current.show(desk.organizing.overview(event.id))
        try:
            yield desk
        finally:
            desk.changes.stop()
            jobs.close(20)


def _photo() -> GalleryPhoto:
    return GalleryPhoto(PhotoId(1), _PHOTO, "", datetime.now(UTC), 900, 600)


def _look(accessible: bool) -> Look:
    return make_look("light", "", accessible)


def _wait() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLES, loop.quit)
    loop.exec()
