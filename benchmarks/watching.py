"""Measures how soon a new photo is searchable while `--encode --watch` works on a backlog.

    python benchmarks/watching.py [--photos FOLDER] [--backlog 3000] [--arrivals 10] [--quick]

A folder is filled with a backlog, the program started, and new photos put in one by one while it
runs; printed is the time from the end of each photo's writing until its row says `encoded`.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg

from benchmarks.event_photos import make_photos, shipped_pictures
from benchmarks.memory import PROGRAM, link_event
from eventsnap_desktop.index.embedded import embedded_server

_STATE = "select count(*) filter (where state = 'encoded'), count(*) from photo"
_ARRIVED = "select 1 from photo where key = %s and state = 'encoded'"


def latencies(photos: list[Path], folder: Path, arrivals: int) -> tuple[list[float], int]:
    """Return the seconds from arrival to `encoded`, and what was left of the backlog then."""
    home = folder / "home"
    event = folder / "event"
    env = {**os.environ, "EVENTSNAP_HOME": str(home), "EVENTSNAP_MODEL_PROVIDER": "cpu"}
    command = [str(PROGRAM), "--encode", "WATCH", "--source", str(event), "--watch", "--json"]
    with embedded_server(home) as server:
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        try:
            with psycopg.connect(server.url, autocommit=True) as database:
                return _measure(database, photos, event, arrivals)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _measure(
    database: psycopg.Connection[tuple[int, ...]], photos: list[Path], event: Path, arrivals: int
) -> tuple[list[float], int]:
    _wait(lambda: _count(database)[0] > 20)
    seconds = []
    for number in range(arrivals):
        key = f"NEW_{number:03}{photos[number % len(photos)].suffix}"
        shutil.copyfile(photos[number % len(photos)], event / key)
        arrived = time.perf_counter()
        _wait(partial(_is_encoded, database, key))
        seconds.append(time.perf_counter() - arrived)
    encoded, everything = _count(database)
    return seconds, everything - encoded


def _is_encoded(database: psycopg.Connection[tuple[int, ...]], key: str) -> bool:
    return database.execute(_ARRIVED, [key]).fetchone() is not None


def _count(database: psycopg.Connection[tuple[int, ...]]) -> tuple[int, ...]:
    try:
        return database.execute(_STATE).fetchone() or (0, 0)
    except psycopg.errors.UndefinedTable:
        return (0, 0)


def _wait(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("it did not happen in two minutes")
        time.sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--backlog", type=int, default=3000)
    parser.add_argument("--arrivals", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="a backlog of 200, two arrivals")
    args = parser.parse_args()
    backlog, arrivals = (200, 2) if args.quick else (args.backlog, args.arrivals)
    with tempfile.TemporaryDirectory(prefix="eventsnap-watch-") as name:
        folder = Path(name)
        if args.photos:
            photos = sorted(args.photos.iterdir())
        else:
            photos = make_photos(shipped_pictures(folder), folder / "24", 10)
        link_event(photos, folder / "event", backlog)
        seconds, left = latencies(photos, folder, arrivals)
    print(f"{arrivals} photos arrived during a backlog of {backlog} ({left} left at the end)")
    print(f"searchable after: median {median(seconds):.2f} s, longest {max(seconds):.2f} s")


if __name__ == "__main__":
    main()
