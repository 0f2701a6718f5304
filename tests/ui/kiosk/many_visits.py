"""Visits one after the other through the whole program, and what grows meanwhile.

python -m tests.ui.kiosk.many_visits --visits 2000
"""

import argparse
import asyncio
import gc
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TypeVar

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication

from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.app.sample_event import make_selfie
from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.flows.guest_actions import Action, Agree, Choose, Finish, Start, Take
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    ConsentView,
    GalleryView,
    MailView,
    OrderedView,
    ThanksView,
)
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from tests.contract.flows.guests import alike, person
from tests.ui.kiosk.made_up_event import MadeUpGuests, let_in, make_event
from tests.ui.kiosk.program_host import own_index, run_program

log = logging.getLogger(__name__)

V = TypeVar("V")

GUESTS, PHOTOS_EACH = 8, 6
MAIL: dict[str, object] = {"mail": {"host": "127.0.0.1"}}
_PATIENCE = 60.0  # seconds that a screen may take on a busy machine


def photos_of(who: int) -> set[str]:
    """Return the photos of a guest, who is in no other guest's photo."""
    return {f"guest{who}-{number}.jpg" for number in range(PHOTOS_EACH)}


def photos_of_all() -> dict[str, Sequence[Embedding]]:
    """Return the photos of all guests, and who is in them."""
    return {
        key: [alike(person(who), 0.8, 100 * who + number)]
        for who in range(GUESTS)
        for number, key in enumerate(sorted(photos_of(who)))
    }


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the process holds; ``memory`` in bytes, ``objects`` are Python's."""

    memory: int
    threads: int
    files: int
    windows: int
    qt_objects: int
    objects: int
    tasks: int

    def __str__(self) -> str:
        """Return it in a line."""
        return (
            f"{self.memory / 2**20:.1f} MB, {self.threads} threads, {self.files} files, "
            f"{self.windows} windows, {self.qt_objects} Qt objects, {self.objects} objects, "
            f"{self.tasks} tasks"
        )


def footprint(program: KioskSession) -> Footprint:
    """Measure, after everything that may go has gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    process, app = psutil.Process(), QApplication.instance()
    assert isinstance(app, QApplication)
    assert program.window is not None
    of_window, of_program = program.window.findChildren(QObject), program.findChildren(QObject)
    return Footprint(
        memory=process.memory_info().rss,
        threads=process.num_threads(),
        files=process.num_fds(),
        windows=len(app.topLevelWidgets()),
        qt_objects=len(of_window) + len(of_program) + len(app.findChildren(QObject)),
        objects=len(gc.get_objects()),
        tasks=len(asyncio.all_tasks(program._jobs._loop)),
    )


class Visits:
    """Leads guests through the program; every visit is a little different, by the seed."""

    def __init__(self, program: KioskSession, guests: MadeUpGuests, seed: int = 1) -> None:
        self._program, self._guests = program, guests
        self._chance = random.Random(seed)

    async def rest(self) -> None:
        """Wait until nobody is there."""
        await self._until(AttractView, lambda view: view.glance is not None)

    async def one(self, number: int) -> None:
        """Have one guest come, look at their photos and leave."""
        who, chance = number % GUESTS, self._chance
        self._guests.expect(person(who))
        await self.rest()
        if chance.random() < 0.2:
            self._press("Deutsch" if chance.random() < 0.5 else "Larger and lower")
        self._act(Start())
        await self._until(ConsentView)
        self._act(Agree("en"))
        gallery = await self._until(GalleryView, lambda view: view.ways.email)
        assert {one.key for one in gallery.photos} == photos_of(who)
        if chance.random() < 0.3:
            await self._look_closely(gallery)
        if chance.random() < 0.2:
            await self._send(gallery)
        self._act(Finish())
        await self._until(ThanksView)
        self._act(Finish())

    async def _look_closely(self, gallery: GalleryView) -> None:
        screen = self._screen
        assert isinstance(screen, GalleryScreen)
        screen.grid.opened.emit(gallery.photos[0].id)
        await asyncio.sleep(0.02)
        screen.photo_view.stage.go(1)
        await asyncio.sleep(0.02)
        screen.photo_view.close_view()

    async def _send(self, gallery: GalleryView) -> None:
        self._act(Choose((gallery.photos[0].id,), True))
        self._act(Take(DeliveryKind.EMAIL))
        await self._until(MailView)
        screen = self._screen
        assert isinstance(screen, MailScreen)
        screen.field.setText("guest@example.org")
        screen.send.click()
        await self._until(OrderedView)
        self._act(Finish())
        # A visit ends here, too: by the word after the order.

    @property
    def _screen(self) -> QObject | None:
        assert self._program.window is not None
        return self._program.window.place.screen_now

    def _act(self, action: Action) -> None:
        assert self._program.window is not None
        self._program.window.acted.emit(action)

    def _press(self, words: str) -> None:
        assert self._program.window is not None
        for button in self._program.window.findChildren(QAbstractButton):
            if words in button.text() and button.isVisible():
                button.click()

    async def _until(self, kind: type[V], fits: Callable[[V], bool] = lambda _: True) -> V:
        end = monotonic() + _PATIENCE
        while monotonic() < end:
            window = self._program.window
            view = window.place.view if window is not None else None
            if isinstance(view, kind) and fits(view):
                return view
            await asyncio.sleep(0.002)
        raise AssertionError(f"no {kind.__name__}, but {view}")


async def _measure(program: KioskSession, guests: MadeUpGuests, count: int, warm: int) -> None:
    visits, begin = Visits(program, guests), monotonic()
    for number in range(count + 1):
        if number % warm == 0:
            await visits.rest()
            seconds = (monotonic() - begin) / max(1, number)
            log.info("%5d visits: %s; %.0f ms each", number, footprint(program), seconds * 1000)
        if number < count:
            await visits.one(number)


def main() -> None:
    """Run so many visits and print what the process holds every now and then."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    chosen = argparse.ArgumentParser(description=main.__doc__)
    chosen.add_argument("--visits", type=int, default=2000)
    chosen.add_argument("--every", type=int, default=200)
    given = chosen.parse_args()
    with pytest.MonkeyPatch.context() as monkeypatch, own_index() as (index, folder):
        guests = let_in(monkeypatch)
        make_event(index, folder / "photos", photos_of_all())
        selfie = folder / "selfie.jpg"
        make_selfie(selfie)
        act = partial(_measure, guests=guests, count=given.visits, warm=given.every)
        code = run_program("party", folder / "home", selfie, act, MAIL)
        log.info("exit code %d", code)


if __name__ == "__main__":
    main()
