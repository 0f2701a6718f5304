"""The kiosk as a process on a screen: two guests after each other, and a crash."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import psutil
import psycopg
import pytest
from psycopg import sql

from eventsnap_desktop.index.embedded import embedded_server
from tests.journeys.people import film
from tests.journeys.program import PROGRAM, environment, run

_TOP = Path(__file__).parents[2]
_PERSON, _OTHER = "ellie_sattler", "claire_dearing"
_POSES = {
    _PERSON: (("1.jpg", False), ("2.jpg", False), ("2.jpg", True)),
    _OTHER: (("2.jpg", False), ("1.jpg", False), ("1.jpg", True)),
}
_PHOTOS = ("jp_01*", "jp_02*", "jp_03[2-4]*", "jp_06[23]*")
_ADDRESSES = ("anna.kowalska@posteo.example", "berta.lindholm@posteo.example")
_ON_SCREEN = {
    "QT_QPA_PLATFORM": "xcb",
    "EVENTSNAP_MAIL_HOST": "127.0.0.1",  # nobody listens there
    "EVENTSNAP_MAIL_PORT": "9",
}
_OF_VISITS = {"consent", "session", "outbox", "kiosk"}

_CONSENT = {"id", "event_id", "kiosk", "given_at", "text_version", "language"}

Rows = dict[str, list[dict[str, Any]]]
"""Table to rows, each column to value."""


def _until(condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.05)


def _on(display: str, home: Path) -> dict[str, str]:
    """Return the environment of a kiosk on a screen."""
    return environment(home, DISPLAY=display, **_ON_SCREEN)


class Played:
    """The kiosk with guests in it, as tests/journeys/kiosk_driver.py plays them."""

    def __init__(self, dataset: Path, folder: Path, display: str) -> None:
        self.folder, self.home = folder, folder / "home"
        camera = folder / "camera.avi"
        films = []
        for person, poses in _POSES.items():
            films.append(folder / f"{person}.avi")
            selfies = dataset / "selfies" / person
            film([(selfies / name, mirrored) for name, mirrored in poses], films[-1])
        camera.write_bytes(films[0].read_bytes())
        plan = {
            "arguments": [
                *("--kiosk", "party", f"--camera=file:{camera}", "--windowed", "--kiosk-child"),
                f"--home={self.home}",
            ],
            "camera": str(camera),
            "films": [str(one) for one in films],
            "folder": str(folder),
            "addresses": [one[::-1] for one in _ADDRESSES],
        }
        (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.kiosk_driver", str(folder / "plan.json")],
            cwd=_TOP,
            env=_on(display, self.home),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def after(self, guest: int) -> dict[str, Any]:
        """Return what was seen of a guest, once they have gone."""
        told = self.folder / f"after-{guest}.json"
        _until(
            lambda: told.exists() or self.process.poll() is not None, f"the end of guest {guest}"
        )
        assert told.exists(), self.failure()
        seen: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return seen

    def go_on(self, guest: int) -> None:
        """Let the next one come."""
        (self.folder / f"go-on-{guest}").touch()

    def failure(self) -> str:
        """Return why it ended before its time."""
        seen = self.folder / "seen.json"
        said = self.process.communicate(timeout=20)[1]
        return json.loads(seen.read_text()).get("failure", said) if seen.exists() else said

    def words_on(self, name: str) -> bytes:
        """Return the half of a screen that does not move."""
        screen = cv2.imread(str(self.folder / f"{name}.png"))
        assert screen is not None
        return screen[:, : screen.shape[1] * 2 // 5].tobytes()

    def matched(self, guest: int) -> dict[str, list[str]]:
        """Return what `--match` finds with the guest's own three selfies."""
        files = [self.folder / f"selfie-{guest}-{number}.png" for number in (1, 2, 3)]
        selfies = [word for file in files for word in ("--selfie", file)]
        answer = run(self.home, "--match", "party", *selfies, "--json").answer
        assert all(one["accepted"] for one in answer["selfies"])
        bands: dict[str, list[str]] = {"sure": [], "maybe": []}
        for photo in answer["photos"]:
            bands[photo["band"]].append(photo["key"])
        return {band: sorted(keys) for band, keys in bands.items()}


@pytest.fixture
def played(dataset: Path, short_folder: Path, display: str) -> Iterator[Played]:
    """Return the kiosk of an event that shows both people, with both as its guests."""
    photos = short_folder / "photos"
    photos.mkdir()
    for pattern in _PHOTOS:
        for file in (dataset / "photos").glob(pattern):
            (photos / file.name).write_bytes(file.read_bytes())
    encoded = run(short_folder / "home", "--encode", "party", "--source", photos, "--json")
    assert encoded.code == 0, encoded.err
    one = Played(dataset, short_folder, display)
    yield one
    one.process.kill()
    one.process.communicate()


def _rows(home: Path) -> Rows:
    """Return every row of every table of ours."""
    with embedded_server(home) as server, psycopg.connect(server.url) as connection:
        tables = connection.execute(
            "select relname from pg_class"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchall()
        asked = sql.SQL("select to_jsonb(t) from {} t order by t::text")
        return {
            name: [row[0] for row in connection.execute(asked.format(sql.Identifier(name)))]
            for (name,) in tables
        }


def _values(told: object) -> Iterator[object]:
    """Yield every number and text of a row."""
    if isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _values(one)
    else:
        yield told


def _places_of(address: str, rows: Rows) -> set[str]:
    return {
        f"{table}.{column}"
        for table, there in rows.items()
        for row in there
        for column, value in row.items()
        if address in json.dumps(value)
    }


@pytest.mark.dataset
@pytest.mark.slow
def test_two_guests_get_their_own_photos_and_leave_nothing_behind(played: Played) -> None:
    before = _rows(played.home)

    first = played.after(1)
    played.go_on(1)
    matched = played.matched(1)
    second = played.after(2)
    after = _rows(played.home)
    played.go_on(2)

    assert matched["sure"]
    assert {band: first[band] for band in matched} == matched
    matched = played.matched(2)
    assert matched["sure"]
    assert {band: second[band] for band in matched} == matched
    assert not set(first["sure"]) & set(second["sure"])
    assert not first["filmed before consent"]
    assert not second["filmed before consent"]
    for seen in (first, second):
        there = set(seen["there"])  # what was searched for can be found while it is there
        assert {"the template: array (512,)", "the address: on a AddressField"} <= there
        assert {"an object: Knowledge", "a screen: MailScreen"} <= there
        assert not any(one.startswith("a picture: array") for one in there)  # no selfie
        assert seen["left"] == []
    assert second["of the former"] == []
    assert played.words_on("attract-after-1") == played.words_on("attract-before")
    _, said = played.process.communicate(timeout=30)
    assert played.process.returncode == 0, said
    assert "Traceback" not in said
    _assert_nothing_of_a_face_is_stored(before, after)
    assert [_places_of(one, after) for one in _ADDRESSES] == [{"outbox.payload"}] * 2
    for log in (played.home / "logs").iterdir():
        assert not any(one in log.read_text(encoding="utf-8") for one in _ADDRESSES)


def _assert_nothing_of_a_face_is_stored(before: Rows, after: Rows) -> None:
    assert {table for table in after if after[table] != before[table]} == _OF_VISITS
    new = [row for table in _OF_VISITS for row in after[table]]
    for value in (value for row in new for value in _values(row)):
        assert not isinstance(value, float)
        assert not isinstance(value, str) or len(value) < 100
    assert [set(row) for row in after["consent"]] == [_CONSENT] * 2
    outcomes = [(row["outcome"], row["matches"] > 0) for row in after["session"]]
    assert outcomes == [("finished", True)] * 2


def _wait_for_opening(home: Path, times: int, kiosk: "subprocess.Popen[str]") -> int:
    """Wait until it has opened so many times; return the number of the process that it guards."""
    folder = home / "logs"

    def opened() -> bool:
        assert kiosk.poll() is None, kiosk.communicate()[1]
        return _logged(folder, "the kiosk is open") == times

    _until(opened, f"opening {times}")
    [child] = psutil.Process(kiosk.pid).children()
    return child.pid


def _logged(folder: Path, words: str) -> int:
    return sum(one.read_text(encoding="utf-8").count(words) for one in folder.glob("kiosk-*.log"))


def _those_of(home: Path) -> list[psutil.Process]:
    """Return the programs that were started for this data folder."""
    return [
        one
        for one in psutil.process_iter(["cmdline"])
        if any(str(home) in word for word in one.info["cmdline"] or ())
    ]


def test_after_a_crash_it_opens_again_and_ends_when_told_to(
    group_picture: Path, short_folder: Path, display: str
) -> None:
    home, photos = short_folder / "home", short_folder / "photos"
    photos.mkdir()
    (photos / "group.jpg").write_bytes(group_picture.read_bytes())
    assert run(home, "--encode", "party", "--source", photos).code == 0
    camera = f"file:{group_picture}"

    with subprocess.Popen(
        [str(PROGRAM), f"--home={home}", "--kiosk", "party", "--camera", camera, "--windowed"],
        env=_on(display, home),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as kiosk:
        crashed = _wait_for_opening(home, 1, kiosk)
        os.kill(crashed, signal.SIGSEGV)
        again = _wait_for_opening(home, 2, kiosk)
        kiosk.send_signal(signal.SIGTERM)
        _, said = kiosk.communicate(timeout=50)

    assert kiosk.returncode == 0, said
    assert again != crashed
    assert "Segmentation fault" in said
    assert not _those_of(home)
    [row] = _rows(home)["kiosk"]
    assert row["state"] == "stopped"
