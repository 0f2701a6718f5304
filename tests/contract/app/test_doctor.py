"""The doctor on real servers: databases, S3, and the whole command."""

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from eventsnap_desktop.app.command_line import run
from eventsnap_desktop.app.doctor_services import check_database, check_storage
from eventsnap_desktop.app.findings import Finding, Level, is_usable, look
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.loading import load_settings
from tests.fixtures.s3 import S3Place

SECRET = "correct-horse-battery"


def database(arguments: dict[str, Any]) -> list[Finding]:
    settings = load_settings(arguments).settings
    return look("database", lambda: check_database(settings))


def storage(home: Path, **values: str) -> list[Finding]:
    settings = load_settings({"home": home, "storage": values}).settings
    return look("photo storage", lambda: check_storage(settings))


def servers_below(folder: Path) -> list[psutil.Process]:
    """Return the PostgreSQL processes whose data lies below a folder."""
    found = []
    for process in psutil.process_iter(["name", "cwd"]):
        place = Path(process.info["cwd"] or "/")
        if "postgres" in (process.info["name"] or "") and folder in place.parents:
            found.append(process)
    return found


def test_a_built_in_database_that_was_not_made_yet_is_tried_and_leaves_nothing(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = short_folder / "t"
    trial.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(trial))

    (finding,) = database({"home": short_folder / "home"})

    assert finding.level is Level.OK
    assert "PostgreSQL" in finding.said
    assert not (short_folder / "home").exists()
    assert list(trial.iterdir()) == []
    assert servers_below(short_folder) == []


def test_a_built_in_database_in_use_is_looked_at_and_stopped_again(short_folder: Path) -> None:
    photos = short_folder / "photos"
    photos.mkdir()
    with embedded_server(short_folder) as server, open_index(server.url) as index:
        index.events.create_event("party", "Party", str(photos))
        index.events.create_event("lost", "Lost", str(short_folder / "not-there"))

    by_topic = [(one.topic, one.level) for one in database({"home": short_folder})]

    assert by_topic[0] == ("database", Level.OK)
    assert sorted(by_topic[1:]) == [("event source", Level.OK), ("event source", Level.WARNING)]
    assert list(photos.iterdir()) == []
    assert servers_below(short_folder) == []


def test_a_database_of_ones_own_is_looked_at_without_being_changed(
    empty_database_url: str, tmp_path: Path
) -> None:
    given = {"home": tmp_path, "database": {"url": empty_database_url}}

    for _ in range(2):
        (finding,) = database(given)
        assert finding.level is Level.OK
        assert "schema 0, brought to" in finding.said


def test_a_database_with_events_is_current(index: Index, database_url: str, tmp_path: Path) -> None:
    index.events.create_event("party", "Party", str(tmp_path))

    found = database({"home": tmp_path, "database": {"url": database_url}})

    assert [finding.topic for finding in found] == ["database", "event source"]
    assert is_usable(found)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/events",
        f"postgresql://me:{SECRET}/x@127.0.0.1:1/events",
        f"nonsense {SECRET}",
    ],
)
def test_a_database_that_cannot_be_used_is_a_problem_without_its_password(
    tmp_path: Path, url: str
) -> None:
    (finding,) = database({"home": tmp_path, "database": {"url": url}})

    assert finding.level is Level.PROBLEM
    assert finding.advice or "answer" in finding.said
    assert SECRET not in str(finding)


def test_without_an_s3_server_photos_come_from_folders(tmp_path: Path) -> None:
    (finding,) = storage(tmp_path)

    assert finding.level is Level.OK
    assert "folders" in finding.said


def test_an_s3_server_that_answers_is_fine(s3: S3Place, tmp_path: Path) -> None:
    there = s3.connection
    buckets = {bucket.name for bucket in s3.server.client().list_buckets()}

    (finding,) = storage(
        tmp_path,
        endpoint=there.endpoint,
        access_key=there.access_key,
        secret_key=there.secret_key,
    )

    assert finding.level is Level.OK, finding
    assert urlsplit(there.endpoint).netloc in finding.said
    assert {bucket.name for bucket in s3.server.client().list_buckets()} == buckets


def test_wrong_keys_and_a_server_that_is_away_are_problems(s3: S3Place, tmp_path: Path) -> None:
    there = s3.connection
    wrong = storage(
        tmp_path, endpoint=there.endpoint, access_key=there.access_key, secret_key=SECRET
    )
    unknown = storage(
        tmp_path, endpoint=there.endpoint, access_key="nobody-knows", secret_key=SECRET
    )
    missing = storage(tmp_path, endpoint=there.endpoint)
    away = storage(tmp_path, endpoint="http://127.0.0.1:1", access_key="nobody", secret_key=SECRET)

    for findings in (wrong, unknown, missing, away):
        assert not is_usable(findings), findings
        assert SECRET not in str(findings)


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_the_whole_command_shows_no_secret_and_tells_problems_by_its_exit_code(
    short_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", f"postgresql://me:{SECRET}@127.0.0.1:1/events")
    monkeypatch.setenv("EVENTSNAP_STORAGE_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("EVENTSNAP_STORAGE_ACCESS_KEY", f"{SECRET}-access")
    monkeypatch.setenv("EVENTSNAP_STORAGE_SECRET_KEY", SECRET)
    monkeypatch.setenv("EVENTSNAP_LOG_LEVEL", "DEBUG")

    assert run(["--doctor", "--home", str(short_folder), *arguments]) == 1

    said = capsys.readouterr()
    assert SECRET not in said.out + said.err
    if arguments:
        answer = json.loads(said.out.splitlines()[-1])
        problems = {one["topic"] for one in answer["findings"] if one["level"] == "problem"}
        assert problems == {"database", "photo storage"}
        assert answer["usable"] is False
    else:
        assert "Something has to be done first." in said.out


def test_a_fresh_machine_can_be_used(
    short_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = short_folder / "home"

    assert run(["--doctor", "--json", "--home", str(home)]) == 0

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["usable"] is True
    topics = {one["topic"] for one in answer["findings"]}
    assert topics >= {
        "program",
        "packages",
        "onnxruntime",
        "GPU",
        "inference",
        "model pack",
        "settings",
        "data folder",
        "disk",
        "database",
        "photo storage",
        "camera",
        "printer",
    }
    assert not home.exists()
