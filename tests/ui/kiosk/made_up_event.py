"""An event of made-up people and pictures, and selfies that are there when they are wanted."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from eventsnap_desktop.app import kiosk_session
from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.photos import SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes
from eventsnap_desktop.flows.guest_ports import CameraFeed, Looker
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.index.opening import Index
from tests.contract.flows.guests import add_photos, alike, face_of, person, selfies_of
from tests.contract.index.made_up import NOON, result_of

Change = Callable[[KioskParts], KioskParts]


class MadeUpGuests:
    """Fits flows/guest_service.Capture: the camera films, but who stands there was said before."""

    def __init__(self) -> None:
        self._coming: deque[tuple[Embedding, ...]] = deque()

    def expect(self, *people: Embedding) -> None:
        """Have this guest, or several together, be the next one whose selfies are taken."""
        self._coming.append(people)

    def __call__(
        self,
        feed: CameraFeed,
        looker: Looker,
        wishes: CaptureWishes,
        report: Callable[[CaptureProgress], None],
        cancel: Cancel,
    ) -> CapturedSelfies:
        """Return the selfies of who is expected; wait until somebody is."""
        del feed, looker, wishes
        report(CaptureProgress(Hint.GOOD, people=1))
        while not self._coming:
            cancel.wait(0.01)
            cancel.raise_if_requested()
        return selfies_of(*self._coming.popleft())


def change_parts(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """Have the kiosk's program work with other parts than it makes; no mail or print leaves it."""
    made: Callable[..., KioskParts] = vars(kiosk_session)["kiosk_parts"]

    def changed(*given: Any) -> KioskParts:
        return change(made(*given))

    monkeypatch.setattr(kiosk_session, "kiosk_parts", changed)
    monkeypatch.setattr(kiosk_session, "start_delivering", lambda *_: None)


def let_in(monkeypatch: pytest.MonkeyPatch) -> MadeUpGuests:
    """Have guests be made up in kiosks that are started from now on."""
    guests = MadeUpGuests()
    change_parts(monkeypatch, lambda parts: replace(parts, capture=guests))
    return guests


def make_event(index: Index, folder: Path, photos: Mapping[str, Sequence[Embedding]]) -> Event:
    """Return an event of encoded photos, each a picture in ``folder`` with these faces."""
    folder.mkdir()
    event = index.events.create_event("party", "Summer party", str(folder))
    add_pictures(index, event, folder, photos)
    return event


def add_pictures(
    index: Index, event: Event, folder: Path, photos: Mapping[str, Sequence[Embedding]]
) -> None:
    """Bring photos into a folder and the event."""
    for number, key in enumerate(photos):
        paint(folder / key, number)
    add_photos(index, event, dict(photos))


def add_many(index: Index, event: Event, folder: Path, count: int, who: int) -> None:
    """Bring many photos of one person into an event without photos: one picture, many names."""
    first = folder / f"many{who}.jpg"
    paint(first, who)
    keys = [f"many{who}-{number:05}.jpg" for number in range(count)]
    for key in keys:
        (folder / key).hardlink_to(first)
    listing = [
        SourcePhoto(key, "v1", 1000, NOON + timedelta(seconds=at)) for at, key in enumerate(keys)
    ]
    index.photos.sync(event.id, listing, 3)
    waiting = index.photos.pending_among(event.id, keys, [])
    base = person(who)
    results = [
        result_of(one, [face_of(alike(base, 0.6 + 0.3 * at / count, at))])
        for at, one in enumerate(waiting)
    ]
    index.photos.write(event.id, results)


def paint(file: Path, number: int) -> None:
    """Write a small picture that differs from its neighbours."""
    colour = (40 * number % 256, 90 + 50 * number % 160, 200 - 30 * number % 200)
    Image.new("RGB", (600, 400), colour).save(file)
