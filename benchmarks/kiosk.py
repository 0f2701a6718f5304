"""Measures the kiosk: from the third selfie to the first photo, the preview, and new photos live.

    python -m benchmarks.kiosk [--faces 100000] [--visits 12] [--seconds 20] [--arrivals 12]
                               [--only visits preview live] [--quick]

The kiosk's whole program runs in this process, offscreen unless QT_QPA_PLATFORM says otherwise:
real models, the built-in database in a temporary folder, a video as the camera (the guest of the
sample event), and 24-megapixel photos of that guest among made-up faces of others. An encode, where
there is one, is the program's `--encode` in another process on the same machine.
"""

import argparse
import os
import tempfile
from asyncio import AbstractEventLoop
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync

from benchmarks import kiosk_live, kiosk_preview, kiosk_visits
from benchmarks.kiosk_encode import encoding, storage
from benchmarks.kiosk_live import Put
from benchmarks.kiosk_room import Kiosk, fill, load, make_guest, settings, until
from benchmarks.memory import link_event
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.window_loop import make_application
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.index.opening import Index

SIZES = ((1280, 800), (1920, 1080))
PHOTOS = 40  # that show the guest
BACKLOG = 3000  # photos of 24 megapixels: more than an encode gets through meanwhile


class Bench:
    """One run: a data folder, the guest, and what is measured of them."""

    def __init__(
        self, loop: AbstractEventLoop, folder: Path, index: Index, chosen: argparse.Namespace
    ) -> None:
        self._loop, self._folder, self._index, self._chosen = loop, folder, index, chosen
        self._home = folder / "home"
        self._guest = make_guest(folder, 4 if chosen.quick else 12)
        self._backlog = link_event(self._guest.others, folder / "backlog", BACKLOG)
        photos = link_event(self._guest.photos, folder / "party", PHOTOS)
        fill(Program(settings(self._home).settings), index, "party", photos, chosen.faces)

    async def run(self) -> None:
        """Measure what was chosen."""
        for name in self._chosen.only:
            await {"visits": self.visits, "preview": self.preview, "live": self.live}[name]()

    async def visits(self) -> None:
        """Print how long guests wait for their first photo."""
        kiosk = await self._kiosk("party", SIZES[1])
        faces = f"{self._chosen.faces:,} faces"
        for what, cold in (("no picture was shown before", True), ("all were", False)):
            found = await kiosk_visits.waits(kiosk, self._chosen.visits, cold)
            kiosk_visits.tell(f"{faces}, {what}; {load()}", found)
        await kiosk.close()

    async def preview(self) -> None:
        """Print what a guest sees of themselves, idle and while an encode runs."""
        print(f"\n{kiosk_preview.HEAD}")
        for size in SIZES:
            kiosk = await self._kiosk("party", size)
            where, seconds = f"{size[0]}x{size[1]}", self._chosen.seconds
            idle = await kiosk_preview.seen_in(kiosk, seconds)
            print(idle.line(f"{where}, idle; {load()}"))
            with encoding(self._home, "busy", self._backlog):
                await self._until_encoded("busy", 10)
                busy = await kiosk_preview.seen_in(kiosk, seconds)
            print(busy.line(f"{where}, encoding; {load()}"))
            print(f"{where}: {busy.rate / idle.rate:.2f} of the idle rate during an encode")
            await kiosk.close()

    async def live(self) -> None:
        """Print how soon new photos are seen: from a folder, behind a backlog, from a bucket."""
        print(f"\n{kiosk_live.HEAD}")
        first = self._guest.photos[:4]
        for code, folder in (("folder", self._folder / "live"), ("backlog", self._backlog)):
            folder.mkdir(exist_ok=True)
            await self._live(code, str(folder), first, kiosk_live.into_folder(folder))
        with kiosk_live.s3_server(self._folder / "s3") as server, storage(server.connection):
            server.client().make_bucket("party")
            put = kiosk_live.into_bucket(server, "party")
            await self._live("bucket", "minio://party", first, put)

    async def _live(self, code: str, source: str, first: list[Path], put: Put) -> None:
        for file in first:
            put(file, file.name)
        with encoding(self._home, code, source, "--watch"):
            await self._until_encoded(code, len(first))
            kiosk = await self._kiosk(code, SIZES[1])
            found = await kiosk_live.arrivals(kiosk, self._guest.photos, put, self._chosen.arrivals)
            await kiosk.close()
        print(kiosk_live.line(f"{code}; {load()}", found))

    async def _kiosk(self, code: str, size: tuple[int, int]) -> Kiosk:
        kiosk = Kiosk(self._loop, self._home, code, self._guest.video, size)
        await kiosk.open()
        return kiosk

    async def _until_encoded(self, code: str, count: int) -> None:
        def encoded() -> bool:
            try:
                event = self._index.events.find_event(code)
            except UnknownEventError:
                return False
            return self._index.guests.glance(event.id).photos >= count

        await until(encoded)


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    everything = ["visits", "preview", "live"]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--visits", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each look at the preview")
    parser.add_argument("--arrivals", type=int, default=12)
    parser.add_argument("--only", nargs="+", choices=everything, default=everything)
    parser.add_argument("--quick", action="store_true", help="10,000 faces, and few of all")
    args = parser.parse_args()
    if args.quick:
        args.faces, args.visits, args.seconds, args.arrivals = 10_000, 2, 4.0, 2
    return args


def main() -> None:
    chosen = arguments()
    app = make_application()
    with ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="eventsnap-kiosk-"))
        loop = stack.enter_context(qasync.QEventLoop(app))
        home = Path(name) / "home"
        index = stack.enter_context(Program(settings(home).settings).open_index())
        loop.run_until_complete(Bench(loop, Path(name), index, chosen).run())


if __name__ == "__main__":
    main()
