"""Measures the share page with many phones at once: errors, waiting times, memory of the server.

    python benchmarks/share.py [--phones 100] [--each 12] [--photos 60] [--seconds 30]
                               [--source FOLDER] [--quick]

The server is the program's own, as a kiosk starts it: a process beside, built-in database, an event
of PHOTOS 24-megapixel photos in a folder (made of those of FOLDER, or of what a package ships), a
link with EACH photos for every phone, which do what benchmarks/phones.py says. Meanwhile the
process that started the server runs a 5 ms timer in its main thread. What a kiosk's guest notices
of all this is measured by benchmarks/kiosk_phones.py.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil

from benchmarks.event_photos import HEIGHT, WIDTH, make_photos, shipped_pictures
from benchmarks.phones import Phones
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.photos import PhotoResult
from eventsnap_desktop.flows.phone_links import outgoing
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.storage.folder import FolderSource

_EVERY = 0.005  # seconds of the timer in the server's process


def serve(folder: Path, phones: int, each: int) -> None:
    """Be a kiosk: print the links and the page's process, then lateness when asked on stdin."""
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
        sharing = Sharing(program)
        sharing.start()
        links = [sharing.link(token) for token in tokens]
        print(json.dumps({"process": sharing.process_id, "links": links}), flush=True)
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
        told = json.loads(server.stdout.readline())
        links, page = told["links"], int(told["process"])
        sleep(3)
        idle = _lateness(server)
        stop, memory = Flag(), [psutil.Process(page).memory_info().rss / 2**20]
        watching = Thread(target=watch_memory, args=(page, stop, memory))
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
