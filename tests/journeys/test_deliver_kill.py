"""Killed at any moment, delivering goes on where it was: prints once, e-mails as good as once."""

import asyncio
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from PIL import Image

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.made_up import encode_all, photo
from tests.contract.index.outbox_rows import change, put_mail, put_print
from tests.fixtures.smtp import MailTrap, serve
from tests.journeys.program import PROGRAM, as_url, environment, run

_OF_EACH, _KILLS, _PHOTOS = 100, 12, 4
_TAKES = 0.05  # seconds that the mail server takes for an e-mail, before it is its own
_PATIENCE = 120  # seconds without an end


class UnhurriedServer(MailTrap):
    """A mail server that takes its time before it takes an e-mail, as real ones do.

    A kill between its answer and our note of it makes a duplicate, which nobody can help; the
    longer the server takes for the rest, the less likely a random kill falls there. The system
    closes a killed program's connection only 1 to 15 ms later (measured), and what a server takes
    from the dead in that time cannot be helped either: here the line breaks with the kill.
    """

    kills = 0

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        before = self.kills
        await asyncio.sleep(_TAKES)
        if self.kills != before:
            return "451 the line broke"
        return await MailTrap.handle_DATA(self, server, session, envelope)

    def identities(self) -> Counter[str]:
        return Counter(str(one.message["Message-ID"]) for one in list(self.taken))


def _photos(index: Index, event: EventId, folder: Path, url: str) -> list[PhotoId]:
    """Put small photos into a folder and an event."""
    listing = [photo(f"{number}.jpg") for number in range(_PHOTOS)]
    for number, one in enumerate(listing):
        colour = (60 * number, 120, 200)
        Image.new("RGB", (600, 400), colour).save(folder / one.key)
    ids = [one.id for one in encode_all(index, event, listing)]
    change(url, "update photo set width = 600, height = 400")
    return ids


def _order_all(url: str, folder: Path, printer: str) -> None:
    with open_index(url) as index:
        event = index.events.create_event("KILL", "Kill", str(folder)).id
        photos = _photos(index, event, folder, url)
        for number in range(_OF_EACH):
            one = [photos[number % _PHOTOS]]
            put_mail(url, event, one, to=[f"guest{number}@example.org"])
            put_print(url, event, one, printer=printer, copies=1)


def _states(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select state, count(*) from outbox group by state").fetchall()
    return dict(rows)


def _sheets(folder: Path) -> dict[str, int]:
    """Return the printed files, each with what tells one writing of it from another."""
    return {file.name: file.stat().st_mtime_ns for file in folder.glob("*.pdf")}


def _kill_when(
    process: "subprocess.Popen[bytes]",
    server: UnhurriedServer,
    done: Callable[[], int],
    target: int,
    delay: float,
) -> bool:
    """Kill the program a moment after so much is done; False when it ended before."""
    deadline = time.monotonic() + _PATIENCE
    while done() < target:
        assert time.monotonic() < deadline, "nothing goes on"
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        return False
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        server.kills += 1
        process.kill()
        process.wait()
        return True
    return False


@pytest.mark.slow
def test_two_hundred_deliveries_survive_kills_at_any_moment(
    short_folder: Path, database_url: str
) -> None:
    photos, tray, home = (short_folder / name for name in ("photos", "tray", "home"))
    for folder in (photos, tray):
        folder.mkdir()
    _order_all(database_url, photos, f"pdf:{tray}")
    chance = random.Random(11)
    targets = sorted(chance.sample(range(1, 2 * _OF_EACH - 10), _KILLS))
    kills, seen = 0, dict[str, int]()

    with serve(UnhurriedServer()) as server:
        assert isinstance(server, UnhurriedServer)
        more = {
            "EVENTSNAP_DATABASE_URL": as_url(database_url),
            "EVENTSNAP_KIOSK_PRINTER": f"pdf:{tray}",
            "EVENTSNAP_MAIL_HOST": server.host,
            "EVENTSNAP_MAIL_PORT": str(server.port),
            "EVENTSNAP_MAIL_SECURITY": "none",
            "EVENTSNAP_MAIL_SENDER": "photos@example.org",
        }
        for target in targets:
            process = subprocess.Popen(
                [str(PROGRAM), "--deliver", "--once"],
                env=environment(home, **more),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
            )
            kills += _kill_when(
                process,
                server,
                lambda: len(server.taken) + len(list(tray.glob("*.pdf"))),
                target,
                chance.uniform(0, 2 * _TAKES),
            )
            seen = {**_sheets(tray), **seen}
        last = run(home, "--deliver", "KILL", "--once", "--json", **more)

    assert last.code == 0, last.err
    assert last.answer["failed"] == 0
    assert _states(database_url) == {"done": 2 * _OF_EACH}
    assert kills >= _KILLS - 1
    sheets, identities = _sheets(tray), server.identities()
    assert len(sheets) == _OF_EACH
    assert seen.items() <= sheets.items()  # none was written a second time
    assert len(identities) == _OF_EACH
    assert identities.total() - _OF_EACH <= 1, identities.most_common(3)
    assert {one.recipients for one in server.taken} == {
        (f"guest{number}@example.org",) for number in range(_OF_EACH)
    }
