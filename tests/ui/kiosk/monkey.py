"""A monkey at the whole kiosk, with camera and storage that come and go, for some minutes.

python -m tests.ui.kiosk.monkey --minutes 10 --seed 1
"""

import argparse
import asyncio
import logging
import random
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.app.window_loop import log_bug
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from tests.contract.flows.guests import alike, person
from tests.ui.kiosk.crowd import Crowd, settings_with_pin, with_crowd
from tests.ui.kiosk.made_up_event import add_pictures, change_parts
from tests.ui.kiosk.many_visits import GUESTS, MAIL, footprint, photos_of_all
from tests.ui.kiosk.monkey_play import Faults, Monkey
from tests.ui.kiosk.program_host import own_index, run_program

log = logging.getLogger(__name__)


class Place:
    """What happens around a kiosk: camera and photos come and go, new photos are encoded."""

    def __init__(self, index: Index, folder: Path, seed: int) -> None:
        self._index, self._folder = index, folder
        self._chance, self._added = random.Random(seed), 0
        self.camera, self.photos = folder / "selfie.jpg", folder / "photos"

    def prepare(self) -> None:
        """Make an event of real photos, which are encoded, and of made-up guests' ones."""
        make_selfie(self.camera)
        make_sample_event(self.photos)
        event = self._index.events.create_event("party", "Summer party", str(self.photos))
        self._index.organizing.set_kiosk_settings(event.id, settings_with_pin())
        loaded = load_settings({"home": self._folder / "home", "model": {"pack": "lite"}})
        works = DeskWorks(Program(loaded.settings), loaded, self._index)
        works.encode(event, False, lambda _: None, Cancel())
        self._event = self._index.events.find_event("party")
        add_pictures(self._index, event, self.photos, photos_of_all())

    def move_camera(self) -> None:
        """Pull the camera out, and put it back a little later."""
        self._move(self.camera)

    def move_photos(self) -> None:
        """Take the storage away, and bring it back a little later."""
        self._move(self.photos)

    def add_photo(self) -> None:
        """Have one more photo of somebody encoded."""
        if not self.photos.exists():
            return
        self._added += 1
        who = self._chance.randrange(GUESTS)
        key = f"guest{who}-more{self._added}.jpg"
        vector = alike(person(who), self._chance.choice((0.33, 0.8)), 5000 + self._added)
        add_pictures(self._index, self._event, self.photos, {key: [vector]})

    def _move(self, place: Path) -> None:
        away = place.with_name(f"away-{place.name}")
        if place.exists():
            place.rename(away)
            QTimer.singleShot(self._chance.randrange(6000), lambda: away.rename(place))


async def _play(
    program: KioskSession, place: Place, crowd: Crowd, seed: int, minutes: float
) -> None:
    monkey = Monkey(program, crowd, seed)
    monkey.may_also(place.move_camera, 6)
    monkey.may_also(place.move_photos, 6)
    monkey.may_also(place.add_photo, 8)
    done = asyncio.get_running_loop().create_future()
    monkey.done.connect(lambda: done.set_result(None))
    monkey.play(minutes * 60)
    while not done.done():
        await asyncio.wait({done}, timeout=60)
        log.warning("%d visits, %d acts", monkey.visits, monkey.did.total())
        if program.window is not None:
            log.warning("%s", footprint(program))
    for counted in (monkey.did, monkey.seen, crowd.came):
        log.warning("%s", dict(counted.most_common()))
    await asyncio.sleep(3)
    if program.window is not None:
        log.warning("open: %s", program.window.isVisible())
        log.warning("full screen: %s", program.window.isFullScreen())
    log.warning("%d problems: %s", len(monkey.problems), monkey.problems)


def main() -> None:
    """Play for some minutes; exit code 1 where anything was logged as an error."""
    chosen = argparse.ArgumentParser(description=main.__doc__)
    chosen.add_argument("--minutes", type=float, default=10)
    chosen.add_argument("--seed", type=int, default=1)
    given = chosen.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    faults = Faults()
    logging.getLogger().addHandler(faults)
    sys.excepthook = log_bug
    crowd = Crowd(given.seed, real=0.3)
    with pytest.MonkeyPatch.context() as monkeypatch, own_index() as (index, folder):
        change_parts(monkeypatch, partial(with_crowd, crowd))
        place = Place(index, folder, given.seed)
        place.prepare()
        act = partial(_play, place=place, crowd=crowd, seed=given.seed, minutes=given.minutes)
        code = run_program("party", folder / "home", place.camera, act, MAIL)
    log.warning("seed %d, exit code %d, %d errors", given.seed, code, len(faults.said))
    sys.exit(1 if faults.said or code else 0)


if __name__ == "__main__":
    main()
