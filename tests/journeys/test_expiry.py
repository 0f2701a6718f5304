"""Events end by their date: on the command line, and in programs that run on without a window."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eventsnap_desktop.app.sample_event import make_sample_event
from eventsnap_desktop.flows.expire import announce
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.ui.bridge.picture_files import PictureFiles
from tests.contract.flows.expiring import add_event, announced, in_days
from tests.journeys.program import run, start


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("expiry") / "photos"
    make_sample_event(folder)
    for file in sorted(folder.iterdir())[4:]:
        file.unlink()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def opened(home: Path) -> Iterator[tuple[Index, str]]:
    with embedded_server(home) as server, open_index(server.url) as index:
        yield index, server.url


def end(home: Path, code: str, days: float = -1) -> None:
    """Give an event a day, and have it announced long enough before now."""
    with opened(home) as (index, url):
        event = index.events.find_event(code)
        details = index.organizing.details(event.id)
        index.organizing.change(event.id, replace(details, keep_until=in_days(days)))
        announce(index.expiry)
        announced(url)


def await_(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)


def receipts(home: Path) -> list[Any]:
    files = sorted((home / "receipts").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def test_delete_expired_takes_what_is_over_and_leaves_the_rest(home: Path, photos: Path) -> None:
    for code in ("OVER", "STAYS"):
        run(home, "--encode", code, "--source", photos)
    end(home, "OVER")
    with opened(home) as (index, _):
        add_event(index, "SOON", in_days(3))
    PictureFiles(home / "cache" / "thumbnails").write("OVER", "a.jpg", b"small")

    asked = run(home, "--delete-expired")
    assert (asked.code, "OVER: its day was" in asked.err) == (130, True)
    assert run(home, "--status", "OVER").code == 0

    done = run(home, "--delete-expired", "--yes", "--json")

    assert done.code == 0, done.err
    [deleted] = done.answer["deleted"]
    assert (deleted["event"], deleted["deleted"]["encoded"]) == ("OVER", 4)
    assert deleted["deleted"]["faces"] > 0
    assert [one["event"] for one in done.answer["coming"]] == ["SOON"]
    assert receipts(home) == [deleted]
    assert PictureFiles(home / "cache" / "thumbnails").read("OVER", "a.jpg") is None
    assert len(list(photos.iterdir())) == 4
    left = run(home, "--status", "--json").answer
    assert sorted(one["event"] for one in left["events"]) == ["SOON", "STAYS"]
    again = run(home, "--delete-expired")
    assert (again.code, again.out.splitlines()[-1]) == (0, "There is nothing to delete.")


def test_without_a_database_none_is_made(home: Path) -> None:
    done = run(home, "--delete-expired", "--json")

    assert (done.code, done.answer) == (0, {"deleted": [], "failed": [], "coming": []})
    assert not (home / "database").exists()


def test_an_event_that_is_encoded_is_kept_for_now_and_said_so(home: Path, photos: Path) -> None:
    run(home, "--encode", "OVER", "--source", photos)
    end(home, "OVER")
    with opened(home) as (index, _), index.photos.encoding(index.events.find_event("OVER").id):
        done = run(home, "--delete-expired", "--yes", "--json")

    assert done.code == 3
    assert [one["event"] for one in done.answer["failed"]] == ["OVER"]
    assert "is being encoded" in done.answer["failed"][0]["reason"]


def test_a_service_that_delivers_deletes_what_is_over(home: Path, photos: Path) -> None:
    run(home, "--encode", "OVER", "--source", photos)
    end(home, "OVER")

    process = start(home, "--deliver")
    try:
        await_(lambda: bool(receipts(home)))
    finally:
        process.terminate()
        assert process.wait(60) == 0

    assert run(home, "--status", "OVER").code == 1


def test_a_service_that_is_started_after_the_day_deletes_and_does_not_begin_anew(
    home: Path, photos: Path
) -> None:
    run(home, "--encode", "OVER", "--source", photos)
    with opened(home) as (index, _):
        add_event(index, "OTHER", None)
    end(home, "OVER", days=0.00001)
    assert run(home, "--encode", "OVER", "--source", photos).code == 0  # it saw the day

    again = run(home, "--encode", "OVER", "--source", photos, "--watch")

    assert (again.code, "is not begun anew by itself" in again.err) == (2, True)
    assert "OVER: its day" in again.err
    assert [one["event"] for one in receipts(home)] == ["OVER"]
    left = run(home, "--status", "--json").answer
    assert [one["event"] for one in left["events"]] == ["OTHER"]
