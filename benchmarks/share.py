"""Measures the share page with many phones at once: errors, waiting times, memory of the server.

    python benchmarks/share.py [--phones 100] [--each 12] [--photos 60] [--seconds 30]
                               [--source FOLDER] [--quick]

The server is the program's own, in a process of its own: built-in database, an event of PHOTOS
24-megapixel photos in a folder (made of those of FOLDER, or of what a package ships), a link with
EACH photos for every phone. All phones open their page within a second, load its pictures six at a
time as browsers do, open three large ones, ask for news every five seconds; every tenth saves all
as a ZIP, every fifth one photo. Meanwhile the server's process runs a 5 ms timer in its main
thread: how late it is says what a kiosk's preview in the same process would suffer.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import findall
from threading import Event as Flag
from threading import Thread
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import numpy as np
import psutil

from benchmarks.event_photos import HEIGHT, WIDTH, make_photos, shipped_pictures
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.photos import PhotoResult
from eventsnap_desktop.flows.phone_links import outgoing
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.storage.folder import FolderSource

_EVERY = 0.005  # seconds of the timer in the server's process
_PAIRS = dict[str, list[float]]


def serve(folder: Path, phones: int, each: int) -> None:
    """Be the server: print its address and links, then every lateness asked for on stdin."""
    loaded = load_settings({"home": folder / "home", "share": {"host": "127.0.0.1"}})
    program = Program(loaded.settings)
    with program.open_index() as index:
        source = FolderSource(folder / "photos")
        event = index.events.create_event("party", "Summer party", source.uri)
        index.photos.sync(event.id, list(source.list_photos()), 3)
        waiting = index.photos.next_pending(event.id, 100_000, [])
        now, picture = datetime.now(UTC), EncodedPicture(WIDTH, HEIGHT, ())
        results = [PhotoResult(one, one.key, now, picture, None) for one in waiting]
        index.photos.write(event.id, results)
        photos = outgoing(index.guests.photos(event.id, [one.id for one in waiting]))
        until, chance = now + timedelta(hours=1), random.Random(1)
        tokens = [
            index.shares.share(event.id, None, chance.sample(photos, each), "en", until)
            for _ in range(phones)
        ]
        sharing = Sharing(program, index, Path(__file__).resolve().parents[1] / "resources")
        sharing.start()
        print(json.dumps([sharing.link(token) for token in tokens]), flush=True)
        _tell_lateness()
        sharing.stop()


def _tell_lateness() -> None:
    """Run the timer in this thread; print how late it was at every line on stdin, until its end."""
    asked, ended = Flag(), Flag()

    def listen() -> None:
        for _ in sys.stdin:
            asked.set()
        ended.set()

    Thread(target=listen, daemon=True).start()
    late: list[float] = []
    while not ended.is_set():
        before = perf_counter()
        sleep(_EVERY)
        late.append(1000 * max(0.0, perf_counter() - before - _EVERY))
        if asked.is_set():
            asked.clear()
            print(json.dumps(_percentiles(late)), flush=True)
            late.clear()


def _percentiles(late: list[float]) -> list[float]:
    return [float(np.percentile(late, one)) for one in (50, 99, 100)]


class Phones:
    """All phones, and how long each kind of answer took."""

    def __init__(self, links: list[str], seconds: float) -> None:
        self._links, self._seconds = links, seconds
        self.took: _PAIRS = defaultdict(list)
        self.first_bytes: list[float] = []
        self.errors: Counter[str] = Counter()
        self.bytes = self.again = 0

    async def run(self) -> None:
        """Let all phones do what they do at once."""
        await asyncio.gather(*(self._phone(at, link) for at, link in enumerate(self._links)))

    async def _phone(self, number: int, link: str) -> None:
        await asyncio.sleep(random.Random(number).random())
        end = perf_counter() + self._seconds
        limits = httpx.Limits(max_connections=6)
        async with httpx.AsyncClient(limits=limits, timeout=120) as client:
            page = (await self._get(client, "page", link)).decode()
            base = link.rpartition("/")[0]
            files = ["../share/page.css", "../share/page.js"]
            small = findall(r'<img src="([^"]+)"', page)
            await asyncio.gather(
                *(self._get(client, "page's files", f"{base}/{one}") for one in files),
                *(self._get(client, "small picture", f"{base}/{one}") for one in small),
            )
            for one in small[:3]:
                large = one.replace("size=small", "size=large")
                await self._get(client, "large picture", f"{base}/{large}")
            if number % 5 == 0:
                full = small[0].replace("size=small", "size=full")
                await self._get(client, "saved photo", f"{base}/{full}")
            if number % 10 == 0:
                await self._zip(client, f"{link}/all.zip")
            while perf_counter() < end:
                await asyncio.sleep(5)
                await self._get(client, "news", f"{link}/photos.json")

    async def _get(self, client: httpx.AsyncClient, kind: str, address: str) -> bytes:
        begun = perf_counter()
        try:
            answer = await client.get(address)
        except httpx.RemoteProtocolError:  # ended before it was asked on: browsers ask again too
            answer = await client.get(address)
            self.again += 1
        except httpx.HTTPError as error:
            self.errors[f"{kind}: {type(error).__name__}"] += 1
            return b""
        self.took[kind].append(perf_counter() - begun)
        self.bytes += len(answer.content)
        if answer.status_code != 200:
            self.errors[f"{kind}: {answer.status_code}"] += 1
        return answer.content

    async def _zip(self, client: httpx.AsyncClient, address: str) -> None:
        begun, first = perf_counter(), 0.0
        try:
            async with client.stream("GET", address) as answer:
                async for piece in answer.aiter_raw():
                    first = first or perf_counter() - begun
                    self.bytes += len(piece)
        except httpx.HTTPError as error:
            self.errors[f"ZIP: {type(error).__name__}"] += 1
            return
        self.first_bytes.append(first)
        self.took["ZIP, whole"].append(perf_counter() - begun)


def watch_memory(process: int, stop: Flag, seen: list[float]) -> None:
    """Note a process's memory in megabytes ten times a second."""
    while not stop.wait(0.1):
        seen.append(psutil.Process(process).memory_info().rss / 2**20)


def measure(folder: Path, chosen: argparse.Namespace) -> int:
    """Run server and phones; print the table and return the exit code."""
    command = [sys.executable, __file__, "--serve", str(folder)]
    command += ["--phones", str(chosen.phones), "--each", str(chosen.each)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        links = json.loads(server.stdout.readline())
        sleep(3)
        idle = _lateness(server)
        stop, memory = Flag(), [psutil.Process(server.pid).memory_info().rss / 2**20]
        watching = Thread(target=watch_memory, args=(server.pid, stop, memory))
        watching.start()
        phones, begun = Phones(links, chosen.seconds), perf_counter()
        asyncio.run(phones.run())
        seconds = perf_counter() - begun
        busy = _lateness(server)
        stop.set()
        watching.join()
        server.stdin.close()
    _report(phones, seconds, memory, idle, busy)
    return 1 if phones.errors else 0


def _lateness(server: "subprocess.Popen[str]") -> list[float]:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write("\n")
    server.stdin.flush()
    return [float(one) for one in json.loads(server.stdout.readline())]


def _report(
    phones: Phones, seconds: float, memory: list[float], idle: list[float], busy: list[float]
) -> None:
    print(f"{'':<18}{'answers':>8}{'median':>9}{'95 %':>9}{'longest':>9}   seconds")
    rows = {**phones.took, "ZIP, first byte": phones.first_bytes}
    for kind, took in rows.items():
        if took:
            at = np.percentile(took, (50, 95, 100))
            print(f"{kind:<18}{len(took):>8}{at[0]:>9.3f}{at[1]:>9.3f}{at[2]:>9.3f}")
    count = sum(len(took) for took in phones.took.values())
    print(f"{count} answers, {phones.bytes / 2**20:.0f} MB in {seconds:.0f} s")
    print(f"errors: {dict(phones.errors) or 'none'}; asked again: {phones.again}")
    print(f"memory of the server: {memory[0]:.0f} MB before, {max(memory):.0f} MB at most")
    for name, late in (("idle", idle), ("busy", busy)):
        print(
            f"5 ms timer beside it, {name}: late by {late[0]:.1f} ms median, {late[1]:.1f} ms at "
            f"99 %, {late[2]:.0f} ms at most"
        )


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--each", type=int, default=12, help="photos of each phone's link")
    parser.add_argument("--photos", type=int, default=60, help="photos of the event")
    parser.add_argument("--seconds", type=float, default=30, help="how long a phone stays")
    parser.add_argument("--source", type=Path, help="a folder of pictures to make photos of")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="a small run")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.phones, chosen.each, chosen.photos, chosen.seconds = 10, 4, 8, 6
    if chosen.serve is not None:
        serve(chosen.serve, chosen.phones, chosen.each)
        return 0
    with tempfile.TemporaryDirectory(prefix="eventsnap-share-") as name:
        folder = Path(name)
        source = chosen.source or shipped_pictures(folder / "shipped")
        make_photos(source, folder / "photos", chosen.photos)
        return measure(folder, chosen)


if __name__ == "__main__":
    raise SystemExit(main())
