"""A kiosk without a screen or a camera: a real database, made-up people, real threads."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np
import psycopg

from eventsnap_desktop.domain.arrays import BgrImage, Embedding
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint, SeenFrame
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.faces import Box, EncodedPicture, EncodedSelfie, Face
from eventsnap_desktop.domain.guests import GalleryPhoto, SessionId, TakeWays
from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.photos import PhotoId, SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes
from eventsnap_desktop.flows.guest_actions import Agree, Start
from eventsnap_desktop.flows.guest_ports import CameraFeed, Looker, PhoneLink, Phones, Running, Work
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.flows.guest_session import GuestSession
from eventsnap_desktop.flows.guest_views import AttractView, ConsentView, GalleryView, View
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON, result_of

LIMITS = Thresholds(sure=0.345, maybe=0.30, grow=0.45)
TEXTS = (ConsentText("en", "We look, {organizer}.", "Everything."), ConsentText("de", "Wir", "Ja"))

R = TypeVar("R")
V = TypeVar("V")


def person(number: int) -> Embedding:
    """Return somebody who is like nobody else."""
    vector = np.zeros(512, np.float32)
    vector[number] = 1
    return vector


def alike(base: Embedding, similarity: float, seed: int) -> Embedding:
    """Return a unit vector of that similarity to ``base``, otherwise pointing anywhere."""
    other = np.random.default_rng(seed).standard_normal(512).astype(np.float32)
    other -= (other @ base) * base
    other /= np.linalg.norm(other)
    mixed = similarity * base + np.sqrt(1 - similarity**2) * other
    return np.asarray(mixed, np.float32)


ANNA, BERT, STRANGER = person(0), person(1), person(2)

PHOTOS = {
    "anna.jpg": [alike(ANNA, 0.8, 1)],
    "both.jpg": [alike(ANNA, 0.7, 2), alike(BERT, 0.7, 3)],
    "bert.jpg": [alike(BERT, 0.8, 4)],
    "perhaps.jpg": [alike(ANNA, 0.33, 5)],
    "stranger.jpg": [alike(STRANGER, 0.8, 6)],
}


def face_of(vector: Embedding, left: float = 100.0) -> Face:
    """Return a face as the encoder would, of this vector."""
    box = Box(left, 50.0, 200.0, 240.0)
    return Face(box, np.zeros((5, 2), np.float32), 0.9, 0.8, vector)


def selfies_of(*people: Embedding) -> CapturedSelfies:
    """Return three selfies of each person."""
    images = tuple(np.zeros((4, 4, 3), np.uint8) for _ in range(3))
    each = tuple(
        tuple(
            EncodedSelfie(
                EncodedPicture(640, 480, (face_of(alike(one, 0.9, seed)),)),
                lambda face: face.embedding,
            )
            for seed in range(3)
        )
        for one in people
    )
    return CapturedSelfies(each, images)


def add_photos(index: Index, event: Event, photos: Mapping[str, Sequence[Embedding]]) -> None:
    """Bring encoded photos into the event: their names and the faces in each."""
    for key in photos:
        index.photos.sync_one(event.id, SourcePhoto(key, "v1", 1000, NOON))
    waiting = index.photos.pending_among(event.id, list(photos), [])
    results = [
        result_of(
            one,
            [face_of(vector, 300.0 * at) for at, vector in enumerate(photos[one.key])],
        )
        for one in waiting
    ]
    index.photos.write(event.id, results)


class Screen:
    """Fits flows/guest_ports.Stage; remembers what was shown."""

    def __init__(self) -> None:
        self.views: list[View] = []
        self.counted: list[int | None] = []
        self.wiped = 0

    def show(self, view: View) -> None:
        self.views.append(view)

    def count_down(self, seconds: int | None) -> None:
        self.counted.append(seconds)

    def wipe(self) -> None:
        self.wiped += 1
        self.views.clear()

    @property
    def now(self) -> View | None:
        return self.views[-1] if self.views else None


class ThreadRunning:
    """A piece of work on a thread."""

    def __init__(self, future: "asyncio.Future[Any]", cancel: Cancel) -> None:
        self._future, self._cancel = future, cancel

    def __await__(self) -> Generator[Any, None, Any]:
        return self._future.__await__()

    def cancel(self) -> None:
        self._cancel.request()


class Threads:
    """Fits flows/guest_ports.Runner."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._cancels: list[Cancel] = []

    def run(
        self, work: Work[R], lane: str, progress: Callable[[Any], None] | None = None
    ) -> Running[R]:
        cancel = Cancel()
        self._cancels.append(cancel)

        def report(news: Any) -> None:
            if progress is not None:
                self._loop.call_soon_threadsafe(progress, news)

        threads = self._lanes.setdefault(lane, ThreadPoolExecutor(1, lane))
        future = self._loop.run_in_executor(threads, work, report, cancel)
        return cast("Running[R]", ThreadRunning(future, cancel))

    def close(self) -> None:
        for cancel in self._cancels:
            cancel.request()
        for threads in self._lanes.values():
            threads.shutdown()


class Camera:
    """Fits flows/guest_ports.CameraFeed; says whether it films."""

    def __init__(self) -> None:
        self.films = 0
        self.filming = False
        self.wiped = 0
        self.problem = ""

    def film(self, cancel: Cancel) -> None:
        self.films += 1
        self.filming = True
        cancel.wait(60)
        self.filming = False

    def newest(self, wait: float) -> BgrImage | None:
        del wait
        return None

    def wipe(self) -> None:
        self.wiped += 1


class NoLooker:
    """Stands where nobody looks: selfies are made up."""

    def look(self, image: BgrImage) -> SeenFrame:
        raise AssertionError(f"nobody looks at {image.shape}")

    def encode(self, image: BgrImage) -> EncodedSelfie:
        raise AssertionError(f"nobody looks at {image.shape}")


@dataclass
class MachineWays:
    """Fits flows/guest_ports.Ways."""

    now: TakeWays = field(default_factory=lambda: TakeWays(email=True, print=True))

    def ways(self, settings: KioskSettings) -> TakeWays:
        del settings
        return self.now


class Kiosk:
    """A session that serves, and what its guests do."""

    def __init__(self, index: Index, event: Event) -> None:
        self.index, self.event = index, event
        self.screen, self.camera, self.ways = Screen(), Camera(), MachineWays()
        self.guests: list[CapturedSelfies] = []
        self._former = self._of((CaptureProgress, GalleryView))  # what other tests hold
        self.waits_for_selfies = False
        self.phones: Phones | None = None
        self._loop = asyncio.get_running_loop()
        self._threads = Threads(self._loop)
        parts = KioskParts(
            event=event,
            kiosk="tent",
            desk=index.guests,
            faces=index.faces,
            looker=NoLooker(),
            feed=self.camera,
            ways=self.ways,
            runner=self._threads,
            thresholds=LIMITS,
            own_texts=TEXTS,
            printer=lambda: "selphy",
            machine="the tent's",
            capture=self._capture,
            phones=self,
        )
        self.session = GuestSession(parts, self.screen)
        self._serving = self._loop.create_task(self.session.serve())

    def _capture(
        self,
        feed: CameraFeed,
        looker: Looker,
        wishes: CaptureWishes,
        report: Callable[[CaptureProgress], None],
        cancel: Cancel,
    ) -> CapturedSelfies:
        del feed, looker, wishes
        report(CaptureProgress(Hint.GOOD, people=1))
        while self.waits_for_selfies:
            cancel.wait(0.01)
            cancel.raise_if_requested()
        return self.guests.pop(0)

    async def until(self, kind: type[V], fits: Callable[[V], bool] = lambda _: True) -> V:
        """Wait until such a view is shown and return it."""

        async def shown() -> V:
            while True:
                now = self.screen.now
                if isinstance(now, kind) and fits(now):
                    return now
                if self._serving.done():
                    self._serving.result()
                await asyncio.sleep(0.005)

        try:
            return await asyncio.wait_for(shown(), 20)
        except TimeoutError:
            raise AssertionError(f"no {kind.__name__}, but {self.screen.now}") from None

    async def begin(self, *people: Embedding) -> None:
        """Lead a guest, or several together, to their photos."""
        self.guests.append(selfies_of(*people))
        await self.until(AttractView, lambda view: view.glance is not None)
        self.session.act(Start())
        await self.until(ConsentView)
        self.session.act(Agree("de"))

    async def begin_after_consent(self, *people: Embedding) -> None:
        """Go on from the consent, which is shown."""
        self.guests.append(selfies_of(*people))
        self.session.act(Agree("en"))

    def open(
        self,
        event_id: EventId,
        session: SessionId | None,
        photos: Sequence[GalleryPhoto],
        language: str,
    ) -> PhoneLink:
        """Fit flows/guest_ports.Phones by those a test has set."""
        assert self.phones is not None
        return self.phones.open(event_id, session, photos, language)

    def show(self, link: PhoneLink, photos: Sequence[GalleryPhoto]) -> None:
        """Fit flows/guest_ports.Phones."""
        assert self.phones is not None
        self.phones.show(link, photos)

    @staticmethod
    async def breathe() -> None:
        """Let others go on for a moment."""
        await asyncio.sleep(0.005)

    async def camera_rests(self) -> None:
        """Wait until the camera does not film any more."""
        while self.camera.filming:
            await asyncio.sleep(0.005)

    async def forgets(self, *kinds: type) -> None:
        """Wait until there is no object of these kinds: what still runs may hold some."""
        for _ in range(500):
            gc.collect()
            left = [one for one in self._of(kinds) if not any(one is old for old in self._former)]
            if not left:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(left)} objects are left, such as {type(left[0]).__name__}")

    @staticmethod
    def _of(kinds: tuple[type, ...]) -> list[object]:
        return [one for one in gc.get_objects() if isinstance(one, kinds)]

    async def look_again(self) -> None:
        """Wait until the first screen looked at the event anew."""
        shown = len(self.screen.views)
        self.session.hear(Notice(Subject.EVERYTHING))
        while len(self.screen.views) == shown:
            await asyncio.sleep(0.005)

    @staticmethod
    def selfies_of(*people: Embedding) -> CapturedSelfies:
        """Return selfies of one more guest."""
        return selfies_of(*people)

    def id_of(self, key: str) -> PhotoId:
        found = self.index.browsing.find(self.event.id, key)
        assert found is not None
        return found.id

    async def close(self) -> None:
        self._serving.cancel()
        await asyncio.gather(self._serving, return_exceptions=True)
        self._threads.close()


def serve(
    index: Index, event: Event, act: Callable[[Kiosk], Awaitable[None]], **limits: Any
) -> None:
    """Run what happens at a kiosk; ``limits`` are of KioskSettings."""
    if limits:
        index.organizing.set_kiosk_settings(event.id, KioskSettings(**limits))

    async def run() -> None:
        kiosk = Kiosk(index, event)
        try:
            await act(kiosk)
        finally:
            await kiosk.close()

    asyncio.run(run())


def keys(photos: tuple[GalleryPhoto, ...]) -> set[str]:
    return {photo.key for photo in photos}


def records(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()
