"""Guest after guest at one kiosk, and one guest of very many photos."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.flows.guest_views import GalleryView, MailView
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from tests.contract.flows.guests import person
from tests.ui.kiosk.made_up_event import add_many, let_in, make_event
from tests.ui.kiosk.many_visits import MAIL, Visits, footprint, photos_of_all
from tests.ui.kiosk.running import PATIENCE, RunningKiosk

WARM, MORE = 14, 18
MANY = 5000


async def several(visits: Visits, numbers: range) -> None:
    for number in numbers:
        await visits.one(number)
    await visits.rest()


def test_nothing_grows_with_the_number_of_visits(
    index: Index,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Callable[..., RunningKiosk],
    monkeypatch: pytest.MonkeyPatch,
    loop: asyncio.AbstractEventLoop,
) -> None:
    make_event(index, tmp_path / "photos", photos_of_all())
    guests = let_in(monkeypatch)
    kiosk = start_kiosk("party", selfie_file, **MAIL)
    visits = Visits(kiosk.program, guests)

    def run(numbers: range) -> None:
        task = loop.create_task(several(visits, numbers))
        kiosk.qtbot.waitUntil(task.done, timeout=2 * PATIENCE)
        task.result()

    run(range(WARM))
    before = footprint(kiosk.program)
    run(range(WARM, WARM + MORE))
    after = footprint(kiosk.program)

    assert (after.threads, after.files) == (before.threads, before.files)
    assert (after.windows, after.qt_objects, after.tasks) == (
        before.windows,
        before.qt_objects,
        before.tasks,
    )
    assert after.objects - before.objects < 8 * MORE  # what is cached by photo comes to its end
    assert after.memory - before.memory < 2**20 * MORE


@pytest.fixture
def large_event(index: Index, tmp_path: Path) -> Event:
    """Return an event of one guest with very many photos."""
    event = make_event(index, tmp_path / "photos", {})
    add_many(index, event, tmp_path / "photos", MANY, 0)
    index.organizing.set_kiosk_settings(event.id, KioskSettings(photos_a_mail=50))
    return event


def test_a_guest_of_5000_photos_sees_chooses_and_is_told_what_is_too_much(
    large_event: Event,
    selfie_file: Path,
    start_kiosk: Callable[..., RunningKiosk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guests = let_in(monkeypatch)
    guests.expect(person(0))
    kiosk = start_kiosk(large_event.code, selfie_file, **MAIL)
    memory = psutil.Process().memory_info().rss
    kiosk.begin()
    gallery = kiosk.until(GalleryView, lambda view: view.ways.email)
    assert len(gallery.photos) == MANY
    screen, pictures = kiosk.screen, kiosk.program._pictures
    assert isinstance(screen, GalleryScreen)
    assert pictures is not None

    bar = screen.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = gallery.photos[-1]
    kiosk.qtbot.waitUntil(lambda: pictures.get(last, 640) is not None, timeout=PATIENCE)
    kiosk.press("Choose all")
    kiosk.until(GalleryView, lambda view: len(view.chosen) == MANY)
    kiosk.press("E-mail")
    kiosk.until(MailView)
    mail = kiosk.screen
    assert isinstance(mail, MailScreen)
    assert "At most 50 photos" in mail.status.text()
    assert not mail.send.isEnabled()
    kiosk.press("Back")
    kiosk.until(GalleryView)
    grown = psutil.Process().memory_info().rss - memory
    assert grown < 600 * 2**20  # 256 MB of pictures, 128 MB of cells, and what Qt needs
