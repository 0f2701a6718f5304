"""A venue's own servers: prepared by our files, used with no more rights than those give."""

import io
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from tests.fixtures.minio_build import minio_binary
from tests.fixtures.own_servers import OwnPostgres, run_storage_script
from tests.fixtures.s3 import S3Server
from tests.journeys.program import PROGRAM, Ended, environment, run

SECRET = "secret-of-the-program"


@dataclass(frozen=True, slots=True)
class Venue:
    """Photos and a selfie, a data folder, and what the program is told of the servers."""

    folder: Path
    variables: dict[str, str]
    storage: S3Server

    def run(self, *arguments: object) -> Ended:
        """Run the program with the rights that the scripts gave it."""
        return run(self.folder / "home", *arguments, **self.variables)


@pytest.fixture(scope="module")
def venue(own_postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """Return both servers after their scripts, with photos imported and encoded."""
    binary = minio_binary()
    if binary is None:
        pytest.skip("there is no MinIO on this machine")
    own_postgres.prepare(SECRET)
    storage = S3Server("minio", binary, tmp_path_factory.mktemp("venue-minio"))
    storage.start()
    administrator = storage.connection
    done = run_storage_script(
        administrator.endpoint,
        STORAGE_ADMIN_USER=administrator.access_key,
        STORAGE_ADMIN_PASSWORD=administrator.secret_key,
        STORAGE_ACCESS_KEY="venue",
        STORAGE_SECRET_KEY=SECRET,
    )
    assert done.code == 0, done.err
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-test-"))
    make_sample_event(folder / "photos")
    make_selfie(folder / "selfie.jpg")
    variables = {
        "EVENTSNAP_DATABASE_URL": own_postgres.url("eventsnap", SECRET, "eventsnap"),
        "EVENTSNAP_STORAGE_ENDPOINT": administrator.endpoint,
        "EVENTSNAP_STORAGE_ACCESS_KEY": "venue",
        "EVENTSNAP_STORAGE_SECRET_KEY": SECRET,
    }
    yield Venue(folder, variables, storage)
    storage.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_an_event_from_import_to_match(venue: Venue) -> None:
    place = ["--source", "minio://photos/party"]
    imported = venue.run("--import", "PARTY", venue.folder / "photos", *place, "--json")
    encoded = venue.run("--encode", "PARTY", "--json")
    matched = venue.run("--match", "PARTY", "--selfie", venue.folder / "selfie.jpg", "--json")

    assert (imported.code, encoded.code, matched.code) == (0, 0, 0), imported.err + encoded.err
    assert imported.answer["added"] == encoded.answer["encoded"] > 10
    assert [photo for photo in matched.answer["photos"] if photo["band"] == "sure"]
    status = venue.run("--status", "PARTY", "--json").answer
    assert (status["healthy"], status["problems"]) == (True, [])
    assert (status["source_reachable"], status["encoding"]) == (True, False)
    assert status["database"]["where"].endswith("/eventsnap")
    assert not (venue.folder / "home" / "database").exists()


def test_photos_that_arrive_are_encoded_while_it_watches(venue: Venue) -> None:
    process = subprocess.Popen(
        [str(PROGRAM), "--encode", "LIVE", "--source", "minio://photos/live", "--watch"],
        env=environment(venue.folder / "home", **venue.variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(lambda: _status(venue).get("encoding", False))
        photo = next(iter(sorted((venue.folder / "photos").iterdir()))).read_bytes()
        client = venue.storage.client()
        client.put_object("photos", "live/new.jpg", io.BytesIO(photo), len(photo))
        _wait(lambda: _status(venue).get("encoded") == 1)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)

    assert code == 0
    assert not _status(venue)["encoding"]


def test_another_bucket_is_refused_with_a_sentence(venue: Venue) -> None:
    venue.storage.client().make_bucket("private")

    done = venue.run("--encode", "SPY", "--source", "minio://private")

    assert done.code == 1
    assert "No right to use the bucket “private”" in done.err


def test_a_monitor_hears_of_each_server_that_is_away(venue: Venue) -> None:
    venue.run("--encode", "PARTY", "--source", "minio://photos/party", "--json")
    nowhere = {"EVENTSNAP_DATABASE_URL": "postgresql://eventsnap:x@127.0.0.1:9/eventsnap"}
    lost = run(venue.folder / "home", "--status", "--json", **{**venue.variables, **nowhere})
    venue.storage.stop()
    try:
        blind = venue.run("--status", "PARTY", "--json")
    finally:
        venue.storage.start()

    assert (lost.code, lost.answer["database"]["reachable"]) == (1, False)
    assert lost.answer["problems"][0].startswith("Database 127.0.0.1:9/eventsnap: ")
    assert SECRET not in lost.out + lost.err + blind.out + blind.err
    assert (blind.code, blind.answer["healthy"], blind.answer["source_reachable"]) == (
        0,
        *[False] * 2,
    )
    assert "its photos cannot be reached" in blind.answer["problems"][0]


def _status(venue: Venue) -> "dict[str, object]":
    answer = venue.run("--status", "LIVE", "--json").answer
    assert isinstance(answer, dict)
    return answer


def _wait(condition: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
