"""Measures what a guest sees of themselves at the kiosk while a hundred phones save their photos.

    python -m benchmarks.kiosk_phones [--phones 100] [--each 12] [--seconds 30] [--rounds 2]
                                      [--quick]

The kiosk's whole program runs in this process as in benchmarks/kiosk.py, and answers phones as it
does at an event. The phones are another process at the lowest priority on the same machine: what
they take of its processors a real phone would not, so the figures are worse than at an event,
never better. 24-megapixel photos, none looked at before.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import httpx
import qasync

from benchmarks import kiosk_preview
from benchmarks.kiosk_room import Guest, Kiosk, fill, load, make_guest, settings, until
from benchmarks.memory import link_event
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.window_loop import make_application
from eventsnap_desktop.flows.phone_links import outgoing
from eventsnap_desktop.index.opening import Index

PHOTOS = 40
PORT = 18673
SIZE = (1280, 800)


def links(index: Index, code: str, phones: int, each: int) -> list[str]:
    """Return a link for every phone, to photos that can be read."""
    event = index.events.find_event(code)
    found = [index.browsing.find(event.id, f"IMG_{number:06}.jpg") for number in range(PHOTOS)]
    ids = [row.id for row in found if row is not None]
    photos = outgoing(index.guests.photos(event.id, ids))
    until, chance = datetime.now(UTC) + timedelta(hours=1), random.Random(1)
    return [
        f"http://127.0.0.1:{PORT}/g/"
        + index.shares.share(event.id, None, chance.sample(photos, each), "en", until)
        for _ in range(phones)
    ]


@contextmanager
def phones_at(addresses: list[str], seconds: float) -> Iterator[None]:
    """Have phones open these links meanwhile; say at the end what came of it."""
    command = [sys.executable, "-m", "benchmarks.phones", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as phones:
        assert phones.stdin is not None
        phones.stdin.write(json.dumps(addresses))
        phones.stdin.close()
        yield


def is_answered() -> bool:
    """Whether the kiosk answers phones."""
    try:
        return httpx.get(f"http://127.0.0.1:{PORT}/robots.txt").status_code == 200
    except httpx.HTTPError:
        return False


async def run(
    loop: AbstractEventLoop,
    home: Path,
    guest: Guest,
    index: Index,
    chosen: argparse.Namespace,
) -> None:
    """Measure idle and with phones, in turns."""
    print(kiosk_preview.HEAD, flush=True)
    for _ in range(chosen.rounds):
        kiosk = Kiosk(loop, home, "party", guest.video, SIZE)
        await kiosk.open()
        await until(is_answered)
        idle = await kiosk_preview.seen_in(kiosk, chosen.seconds)
        print(idle.line(f"idle; {load()}"), flush=True)
        with phones_at(links(index, "party", chosen.phones, chosen.each), chosen.seconds):
            busy = await kiosk_preview.seen_in(kiosk, chosen.seconds)
            print(busy.line(f"{chosen.phones} phones; {load()}"), flush=True)
        await kiosk.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--each", type=int, default=12, help="photos of each phone's link")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each look at the preview")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="a small run")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.phones, chosen.each, chosen.seconds, chosen.rounds = 10, 4, 5.0, 1
    os.environ["EVENTSNAP_SHARE_HOST"] = "127.0.0.1"
    os.environ["EVENTSNAP_SHARE_PORT"] = str(PORT)
    app = make_application()
    with ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="eventsnap-kiosk-"))
        folder, home = Path(name), Path(name) / "home"
        loop = stack.enter_context(qasync.QEventLoop(app))
        index = stack.enter_context(Program(settings(home).settings).open_index())
        guest = make_guest(folder, 12)
        photos = link_event(guest.photos, folder / "party", PHOTOS)
        fill(Program(settings(home).settings), index, "party", photos, 1000)
        loop.run_until_complete(run(loop, home, guest, index, chosen))


if __name__ == "__main__":
    main()
