"""How soon a photo that is put into the source is seen in an open gallery."""

import shutil
import sys
from asyncio import sleep
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.kiosk_marks import Marks
from benchmarks.kiosk_room import Kiosk, until
from eventsnap_desktop.flows.guest_actions import Finish
from eventsnap_desktop.flows.guest_views import AttractView, GalleryView
from tests.fixtures.s3 import S3Server

Put = Callable[[Path, str], None]
"""Puts a file into the source under a key; returns when it is there."""

_PAUSE = 0.7  # seconds between two arrivals, so that none meets the other in one listing


@dataclass(frozen=True, slots=True)
class Arrival:
    """Seconds from a photo's arrival to the gallery's view, and to its being seen."""

    shown: float
    seen: float


async def arrivals(kiosk: Kiosk, photos: list[Path], put: Put, count: int) -> list[Arrival]:
    """Open the guest's gallery and put photos into the source one by one."""
    marks = Marks()
    with marks.noting():
        await kiosk.begin()
        await kiosk.until(GalleryView)
        await until(lambda: bool(marks.seen))
        found = []
        for number in range(count):
            await sleep(_PAUSE + number / count)  # at any moment between two listings
            file = photos[number % len(photos)]
            found.append(await _arrival(kiosk, marks, file, f"NEW_{number:03}{file.suffix}", put))
            kiosk.window.touched.emit()
        kiosk.act(Finish())
        await kiosk.until(AttractView)
    return found


async def _arrival(kiosk: Kiosk, marks: Marks, file: Path, key: str, put: Put) -> Arrival:
    put(file, key)
    arrived = perf_counter()

    def has_it(view: GalleryView) -> bool:
        return any(one.key == key for one in view.photos)

    view = await kiosk.until(GalleryView, has_it)
    shown = perf_counter()
    [photo] = [one.id for one in view.photos if one.key == key]
    await until(lambda: photo in marks.seen)
    return Arrival(shown - arrived, marks.seen[photo] - arrived)


@contextmanager
def s3_server(folder: Path) -> Iterator[S3Server]:
    """Run a real S3 server: SeaweedFS, from its wheel. It sends no notifications."""
    server = S3Server("seaweedfs", Path(sys.executable).parent / "weed", folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def into_folder(folder: Path) -> Put:
    """Return how a photo is copied into a folder."""

    def put(file: Path, key: str) -> None:
        shutil.copyfile(file, folder / key)

    return put


def into_bucket(server: S3Server, bucket: str) -> Put:
    """Return how a photo is put into a bucket."""
    client = server.client()

    def put(file: Path, key: str) -> None:
        client.fput_object(bucket, key, str(file))

    return put


def line(what: str, found: list[Arrival]) -> str:
    """Return a row of the table."""
    shown, seen = [one.shown for one in found], [one.seen for one in found]
    late = sum(one > 2 for one in seen)
    return (
        f"{what:<50} {median(shown):>7.2f} {max(shown):>8.2f} {median(seen):>7.2f} "
        f"{max(seen):>8.2f} {late:>4} of {len(seen)}"
    )


HEAD = (
    f"{'':<50} {'in the gallery, s':^16} {'seen, s':^16} {'over 2 s':>10}\n"
    f"{'source':<50} {'median':>7} {'longest':>8} {'median':>7} {'longest':>8}"
)
