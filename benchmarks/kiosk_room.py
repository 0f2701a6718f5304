"""A kiosk to measure: an event with photos of a guest, the program in this process, a driver."""

import os
import shutil
import time
from asyncio import AbstractEventLoop, sleep
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from benchmarks.event_photos import make_photos
from benchmarks.labelled_event import encode_file
from benchmarks.search import FACES_A_PHOTO, crowd, faces_of
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_options import KioskOptions
from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.photos import PendingPhoto, PhotoResult, SourcePhoto
from eventsnap_desktop.flows.guest_actions import Action, Agree, Start
from eventsnap_desktop.flows.guest_views import AttractView, ConsentView, View
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import LoadedSettings, load_settings
from eventsnap_desktop.ui.kiosk.window import KioskWindow

V = TypeVar("V")

MADE_UP = "made-up/"
"""What the keys of photos begin with that exist in the database only."""

_PATIENCE = 180.0  # seconds that anything may take
_BATCH = 500
_WIDTH, _HEIGHT, _FPS, _SECONDS = 1280, 720, 25, 4


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody as a camera sees them, and photos of 24 megapixels with and without them."""

    video: Path
    photos: list[Path]
    others: list[Path]


def make_guest(folder: Path, photos: int) -> Guest:
    """Write the sample event's guest into a folder: a video, and so many photos of each kind."""
    sample, without = folder / "sample", folder / "without"
    without.mkdir(parents=True)
    for one in make_sample_event(sample):
        if not one.shows_guest:
            (sample / one.key).rename(without / one.key)
    selfie, video = folder / "selfie.jpg", folder / "guest.avi"
    make_selfie(selfie)
    _film(selfie, video)
    shows = make_photos(sample, folder / "24", photos)
    return Guest(video, shows, make_photos(without, folder / "24-others", photos))


def _film(selfie: Path, video: Path) -> None:
    """Write a video of 1280x720, as a webcam's, of the selfie swaying a little."""
    picture = cv2.imread(str(selfie))
    if picture is None:
        raise SystemExit(f"{selfie} cannot be read")
    scale = _HEIGHT / picture.shape[0]
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), _FPS, (_WIDTH, _HEIGHT))
    for number in range(_FPS * _SECONDS):
        sway = 6 * np.sin(2 * np.pi * number / (_FPS * _SECONDS))
        left = (_WIDTH - picture.shape[1] * scale) / 2 + sway
        place = np.array([[scale, 0, left], [0, scale, 0]], np.float32)
        frame = cv2.warpAffine(picture, place, (_WIDTH, _HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        writer.write(frame)
    writer.release()


def fill(program: Program, index: Index, code: str, folder: Path, faces: int) -> Event:
    """Write an event as an encode does: a folder's real photos, and made-up faces of others."""
    event = index.events.create_event(code, code, folder.as_uri())
    vision = program.open_vision()
    index.events.claim_model_pack(event.id, vision.pack.digest)
    rows, _ = crowd(faces)
    now = datetime.now(UTC)
    count = -(-len(rows) // FACES_A_PHOTO)
    made_up = (SourcePhoto(f"{MADE_UP}{n}.jpg", "", 1, now) for n in range(count))
    real = list(program.open_source(event.source).list_photos())
    index.photos.sync(event.id, [*real, *made_up], 3)
    known: dict[int, EncodedPicture] = {}

    def encoded(photo: PendingPhoto) -> EncodedPicture:
        if photo.key.startswith(MADE_UP):
            first = int(photo.key.removeprefix(MADE_UP).removesuffix(".jpg")) * FACES_A_PHOTO
            return EncodedPicture(6000, 4000, faces_of(rows[first : first + FACES_A_PHOTO]))
        file = folder / photo.key
        inode = file.stat().st_ino  # a link to a photo that was seen before is not encoded again
        if inode not in known:
            known[inode] = encode_file(file, vision.encoder)[1]
        return known[inode]

    while waiting := index.photos.next_pending(event.id, _BATCH, []):
        results = [PhotoResult(photo, "digest", None, encoded(photo), None) for photo in waiting]
        index.photos.write(event.id, results)
    return event


class Kiosk:
    """One kiosk in this process, and what a guest does at it."""

    def __init__(
        self, loop: AbstractEventLoop, home: Path, code: str, video: Path, size: tuple[int, int]
    ) -> None:
        self._home = home
        options = KioskOptions("bench", AliveFile(home / "alive"), windowed=True)
        loaded = settings(home, kiosk={"camera": f"file:{video}", "name": "bench"})
        self.program = KioskSession(loop, loaded, code, options)
        self._size = size
        self._exit_code: int | None = None
        self.program.ended.connect(self._on_ended)

    async def open(self) -> None:
        """Open it; returns when a guest can begin."""
        opened: list[bool] = []
        self.program.ready.connect(lambda: opened.append(True))
        self.program.start()
        await until(lambda: bool(opened) or self._exit_code is not None)
        if not opened:
            raise SystemExit("the kiosk could not be opened")
        self.window.resize(*self._size)

    async def close(self) -> None:
        """End it as the system does."""
        self.program.end()
        await until(lambda: self._exit_code is not None)
        self.program.deleteLater()

    @property
    def window(self) -> KioskWindow:
        """The kiosk's window."""
        assert self.program.window is not None
        return self.program.window

    @property
    def view(self) -> View | None:
        """What is shown."""
        return self.window.place.view

    def act(self, action: Action) -> None:
        """Do what a guest does."""
        self.window.acted.emit(action)

    async def until(self, kind: type[V], fits: Callable[[V], bool] = lambda _: True) -> V:
        """Wait until such a view is shown and return it."""
        found: list[V] = []

        def shown() -> bool:
            view = self.view
            if isinstance(view, kind) and fits(view):
                found.append(view)
            return bool(found)

        await until(shown)
        return found[-1]

    async def begin(self) -> None:
        """Lead a guest from the first screen to the camera."""
        await self.until(AttractView, lambda view: view.glance is not None)
        self.act(Start())
        await self.until(ConsentView)
        self.act(Agree("en"))

    def forget_thumbnails(self) -> None:
        """Have every picture decoded from its photo again."""
        shutil.rmtree(self._home / "cache" / "thumbnails", ignore_errors=True)

    def _on_ended(self, code: int) -> None:
        self._exit_code = code


def settings(home: Path, **more: object) -> LoadedSettings:
    """Return the settings of a data folder, with the model pack that is always there."""
    return load_settings({"home": home, "model": {"pack": "lite", "provider": "cpu"}, **more})


async def until(condition: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    """Wait for something without holding up the window."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"it did not happen in {seconds:.0f} seconds")
        await sleep(0.02)


def load() -> str:
    """Return how busy the machine is, to stand beside figures."""
    one, five, _ = os.getloadavg()
    return f"load {one:.1f} (5 minutes: {five:.1f}) on {os.cpu_count()} cores"
