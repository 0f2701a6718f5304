"""What goes wrong at an event while a guest stands there: camera, database, storage, photos."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.coaching import Hint
from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.errors import DatabaseAwayError
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.guests import Order, SessionId
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.flows.guest_actions import Back
from eventsnap_desktop.flows.guest_ports import GuestDesk
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.flows.guest_views import (
    AddressProblem,
    AttractView,
    AwayView,
    CaptureView,
    ConsentView,
    GalleryView,
    MailView,
    OrderedView,
)
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.ui.kiosk.capture_screen import CaptureScreen
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
from eventsnap_desktop.ui.organizer.desk import Desk
from tests.contract.flows.guests import ANNA, PHOTOS, alike, records
from tests.fixtures.postgres import RestartableDatabase
from tests.ui.kiosk.made_up_event import (
    MadeUpGuests,
    add_pictures,
    change_parts,
    let_in,
    make_event,
)
from tests.ui.kiosk.running import PATIENCE, RunningKiosk, keys
from tests.ui.kiosk.window_host import Kiosk

Start = Callable[..., RunningKiosk]

ANNAS = {"anna.jpg", "both.jpg"}
MAIL = {"host": "127.0.0.1"}


@pytest.fixture
def guests(monkeypatch: pytest.MonkeyPatch) -> MadeUpGuests:
    """Return who comes to the kiosk; expect one before their camera's screen."""
    return let_in(monkeypatch)


@pytest.fixture
def camera(selfie_file: Path, tmp_path: Path) -> Path:
    """Return a camera of one's own that can be pulled out: moved away."""
    return Path(shutil.copy(selfie_file, tmp_path / "camera.jpg"))


@pytest.fixture
def own_index(
    restartable_database: RestartableDatabase, monkeypatch: pytest.MonkeyPatch, start_kiosk: Start
) -> Iterator[Index]:
    """Return the index of a server that the test may stop; kiosks use it too."""
    del start_kiosk  # it names a database as well, but before
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", restartable_database.url)
    monkeypatch.setattr("eventsnap_desktop.index.database.ANSWER_WITHIN", 2.0)
    with open_index(restartable_database.url) as opened:
        yield opened


def words(kiosk: RunningKiosk) -> str:
    """Return what is to be read on the screen."""
    labels = kiosk.screen.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def says(kiosk: RunningKiosk, index: Index, event: Event, state: KioskState) -> str:
    """Wait until the organizer sees the kiosk like this; return the sentence for the staff."""
    found: list[str] = []

    def seen() -> bool:
        [status] = index.kiosks.kiosks(event.id)
        if status.state is state:
            found.append(status.detail)
        return bool(found)

    kiosk.qtbot.waitUntil(seen, timeout=PATIENCE)
    return found[0]


def go_to_photos(kiosk: RunningKiosk, guests: MadeUpGuests) -> GalleryView:
    guests.expect(ANNA)
    kiosk.begin()
    return kiosk.until(GalleryView)


def test_a_camera_that_is_pulled_out_costs_no_selfie(
    sample_event: Desk,
    index: Index,
    camera: Path,
    start_kiosk: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eventsnap_desktop.matching.coaching._PATIENCE", 1.0)
    event = sample_event.current.chosen
    assert event is not None
    away = camera.with_name("away.jpg")
    kiosk = start_kiosk(event.code, camera)
    kiosk.begin()
    kiosk.until(CaptureView, lambda view: view.progress.taken > 0)
    camera.rename(away)

    lost = kiosk.until(CaptureView, lambda view: view.progress.hint is Hint.CAMERA_LOST)
    kept = lost.progress.taken
    assert 0 < kept == len(lost.progress.selfies)
    screen = kiosk.screen
    assert isinstance(screen, CaptureScreen)
    kiosk.qtbot.waitUntil(lambda: screen.preview.is_lost)
    assert "reconnected" in screen.preview.accessibleDescription()
    detail = says(kiosk, index, event, KioskState.CAMERA_LOST)
    assert "camera.jpg" in detail

    away.rename(camera)
    back = kiosk.until(CaptureView, lambda view: view.progress.hint is not Hint.CAMERA_LOST)
    assert back.progress.taken >= kept
    assert not screen.preview.is_lost
    kiosk.until(GalleryView)
    says(kiosk, index, event, KioskState.IN_SESSION)


def test_a_camera_that_is_not_there_yet_is_waited_for_and_can_be_left(
    index: Index, camera: Path, tmp_path: Path, start_kiosk: Start
) -> None:
    make_event(index, tmp_path / "photos", PHOTOS)
    away = camera.with_name("away.jpg")
    kiosk = start_kiosk("party", camera)
    camera.rename(away)
    kiosk.begin()
    kiosk.until(CaptureView, lambda view: view.progress.hint is Hint.CAMERA_LOST)
    assert kiosk.program.session is not None
    assert "camera.jpg" in kiosk.program.session.problem
    away.rename(camera)
    kiosk.until(CaptureView, lambda view: view.progress.people > 0)

    camera.rename(away)
    kiosk.until(CaptureView, lambda view: view.progress.hint is Hint.CAMERA_LOST)
    kiosk.press("Back")
    kiosk.until(AttractView)
    assert kiosk.program.session.state is KioskState.IDLE


def test_a_database_away_at_the_first_screens_is_waited_for(
    own_index: Index,
    restartable_database: RestartableDatabase,
    guests: MadeUpGuests,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
) -> None:
    make_event(own_index, tmp_path / "photos", PHOTOS)
    kiosk = start_kiosk("party", selfie_file)
    session = kiosk.program.session
    assert session is not None
    kiosk.until(AttractView, lambda view: view.glance is not None)

    restartable_database.stop()
    kiosk.until(AttractView, lambda view: view.glance is None)
    assert "right back" in words(kiosk)
    assert session.state is KioskState.WAITING
    assert "database" in session.problem
    restartable_database.start()
    kiosk.until(AttractView, lambda view: view.glance is not None)
    assert session.problem == ""

    kiosk.press("Find my photos")
    kiosk.until(ConsentView)
    restartable_database.stop()
    kiosk.press("Yes, find my photos")
    kiosk.until(AwayView)
    assert "goes on by itself" in words(kiosk)
    assert session.state is KioskState.WAITING
    guests.expect(ANNA)
    restartable_database.start()
    assert keys(kiosk.until(GalleryView).photos) == ANNAS
    visits = "select consent_id is not null, ended_at is null from session"
    assert records(restartable_database.url, visits) == [(True, True)]


def test_a_database_away_in_the_gallery_takes_no_photo_and_loses_no_order(
    own_index: Index,
    restartable_database: RestartableDatabase,
    guests: MadeUpGuests,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
) -> None:
    folder = tmp_path / "photos"
    event = make_event(own_index, folder, PHOTOS)
    kiosk = start_kiosk("party", selfie_file, mail=MAIL)
    go_to_photos(kiosk, guests)
    kiosk.until(GalleryView, lambda view: view.ways.email)

    restartable_database.stop()
    offline = kiosk.until(GalleryView, lambda view: view.offline)
    assert keys(offline.photos) == ANNAS
    kiosk.press("E-mail")
    kiosk.until(MailView)
    screen = kiosk.screen
    assert isinstance(screen, MailScreen)
    screen.field.setText("anna@example.org")
    screen.send.click()
    kiosk.until(MailView, lambda view: view.problem is AddressProblem.NOT_STORED)
    assert screen.field.text() == "anna@example.org"
    assert "try again" in words(kiosk)

    restartable_database.start()
    screen.send.click()
    kiosk.until(OrderedView, lambda view: len(view.deliveries) == 1)
    kiosk.act(Back())
    add_pictures(own_index, event, folder, {"new.jpg": [alike(ANNA, 0.8, 9)]})
    live = kiosk.until(GalleryView, lambda view: len(view.photos) == 3)
    assert not live.offline
    assert keys(live.photos) == ANNAS | {"new.jpg"}
    assert says(kiosk, own_index, event, KioskState.IN_SESSION) == ""
    [count] = records(restartable_database.url, "select count(*) from outbox")
    assert count == (1,)


class ForgetfulDesk:
    """A desk whose database breaks right after it has stored an order: nobody hears that it did."""

    def __init__(self, desk: GuestDesk) -> None:
        self._desk, self._breaks = desk, 2

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)

    def order(self, event_id: EventId, session: SessionId, order: Order) -> DeliveryId:
        stored = self._desk.order(event_id, session, order)
        if self._breaks:
            self._breaks -= 1
            raise DatabaseAwayError("The database does not answer")
        return stored


def test_an_order_that_was_stored_unheard_is_not_doubled(
    index: Index,
    database_url: str,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_event(index, tmp_path / "photos", PHOTOS)
    guests = let_in(monkeypatch)

    def forgetful(parts: KioskParts) -> KioskParts:
        return replace(parts, desk=cast("GuestDesk", ForgetfulDesk(parts.desk)))

    change_parts(monkeypatch, forgetful)
    kiosk = start_kiosk("party", selfie_file, mail=MAIL)
    go_to_photos(kiosk, guests)
    kiosk.until(GalleryView, lambda view: view.ways.email)
    kiosk.press("E-mail")
    kiosk.until(MailView)
    screen = kiosk.screen
    assert isinstance(screen, MailScreen)
    screen.field.setText("anna@example.org")
    for _ in range(2):
        screen.send.click()
        kiosk.until(MailView, lambda view: view.busy)
        kiosk.until(MailView, lambda view: view.problem is AddressProblem.NOT_STORED)
    screen.send.click()

    assert len(kiosk.until(OrderedView).deliveries) == 1
    assert records(database_url, "select count(*) from outbox") == [(1,)]


def test_a_window_that_something_made_smaller_or_hid_is_full_again(
    make_kiosk: Callable[..., Kiosk], qtbot: QtBot
) -> None:
    window = make_kiosk().window
    window.open_full()
    for change in (window.showNormal, window.showMinimized, window.hide):
        change()
        qtbot.waitUntil(lambda: window.isVisible() and window.isFullScreen())
        assert window.geometry() == window.screen().geometry()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pictures that failed be tried again soon."""
    monkeypatch.setattr("eventsnap_desktop.ui.kiosk.pictures._TRY_AGAIN_AFTER", 250)


def pictures_of(kiosk: RunningKiosk) -> Pictures:
    pictures = kiosk.program._pictures
    assert pictures is not None
    return pictures


def test_a_storage_that_is_away_shows_calm_places_until_it_is_back(
    index: Index,
    guests: MadeUpGuests,
    impatient: None,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
) -> None:
    folder = tmp_path / "photos"
    make_event(index, folder, PHOTOS)
    kiosk = start_kiosk("party", selfie_file)
    away = folder.with_name("away")
    folder.rename(away)

    gallery = go_to_photos(kiosk, guests)
    pictures, shown = pictures_of(kiosk), (*gallery.photos, *gallery.maybe)
    kiosk.qtbot.waitUntil(
        lambda: all(pictures.failed(one, SMALL) for one in shown), timeout=PATIENCE
    )
    assert not kiosk.window.grab().isNull()
    away.rename(folder)
    kiosk.qtbot.waitUntil(lambda: all(pictures.get(one, SMALL) for one in shown), timeout=PATIENCE)
    assert not any(pictures.failed(one, SMALL) for one in shown)


def test_a_photo_opened_while_the_storage_is_away_becomes_sharp_when_it_is_back(
    index: Index,
    guests: MadeUpGuests,
    impatient: None,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
) -> None:
    folder = tmp_path / "photos"
    make_event(index, folder, PHOTOS)
    kiosk = start_kiosk("party", selfie_file)
    photo, *_ = go_to_photos(kiosk, guests).photos
    pictures, screen = pictures_of(kiosk), kiosk.screen
    assert isinstance(screen, GalleryScreen)
    kiosk.qtbot.waitUntil(lambda: pictures.get(photo, SMALL) is not None, timeout=PATIENCE)
    away = folder.with_name("away")
    folder.rename(away)
    screen.grid.opened.emit(photo.id)
    kiosk.qtbot.waitUntil(lambda: pictures.failed(photo, LARGE) is not None, timeout=PATIENCE)
    assert screen.photo_view.is_open
    assert not kiosk.window.grab().isNull()

    away.rename(folder)
    kiosk.qtbot.waitUntil(lambda: pictures.get(photo, LARGE) is not None, timeout=PATIENCE)


def test_a_photo_that_cannot_be_read_has_a_calm_place_and_the_others_are_shown(
    index: Index,
    guests: MadeUpGuests,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Start,
) -> None:
    folder = tmp_path / "photos"
    make_event(index, folder, PHOTOS)
    (folder / "both.jpg").write_bytes(b"no picture any more" * 100)
    kiosk = start_kiosk("party", selfie_file)
    gallery = go_to_photos(kiosk, guests)
    broken, good = sorted(gallery.photos, key=lambda one: one.key, reverse=True)
    pictures, screen = pictures_of(kiosk), kiosk.screen
    assert isinstance(screen, GalleryScreen)
    kiosk.qtbot.waitUntil(lambda: pictures.get(good, SMALL) is not None, timeout=PATIENCE)
    kiosk.qtbot.waitUntil(lambda: pictures.failed(broken, SMALL) is not None, timeout=PATIENCE)

    screen.grid.opened.emit(broken.id)
    kiosk.qtbot.waitUntil(lambda: pictures.failed(broken, LARGE) is not None, timeout=PATIENCE)
    assert screen.photo_view.photo == broken.id
    assert not kiosk.window.grab().isNull()
    screen.photo_view.stage.go(1)
    screen.photo_view.stage.go(-1)
    kiosk.qtbot.waitUntil(lambda: screen.photo_view.photo == good.id, timeout=PATIENCE)
    screen.photo_view.close_view()
    kiosk.press("Choose all")
    kiosk.until(GalleryView, lambda view: view.chosen == {good.id})
