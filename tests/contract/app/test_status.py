"""`--status` on the built-in database: what it starts, what it leaves alone, what it answers."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from eventsnap_desktop.app.command_line import run
from eventsnap_desktop.index.embedded import EmbeddedServer, embedded_server
from eventsnap_desktop.index.opening import open_index


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVENTSNAP_DATABASE_URL", raising=False)


@pytest.fixture
def home(short_folder: Path) -> Path:
    """Return a data folder with the event PARTY in it; its database does not run."""
    with embedded_server(short_folder) as server, open_index(server.url) as index:
        index.events.create_event("PARTY", "Party", "")
    return short_folder


def ask(
    capsys: pytest.CaptureFixture[str], home: Path, *arguments: str
) -> tuple[int, dict[str, Any], str]:
    code = run(["--status", *arguments, "--json", "--home", str(home)])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_a_database_that_stands_is_left_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, said = ask(capsys, home, "PARTY", "--no-start")

    assert (code, answer["healthy"], answer["database"]["running"]) == (1, False, False)
    assert "does not run" in answer["problems"][0]
    assert "without --no-start it starts for this" in said
    assert not EmbeddedServer(home).is_running


def test_a_database_that_runs_is_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded_server(home):
        code, answer, _ = ask(capsys, home, "PARTY", "--no-start")

    assert (code, answer["healthy"], answer["problems"]) == (0, True, [])
    assert (answer["event"], answer["database"]["running"]) == ("PARTY", True)


def test_without_the_option_it_starts_for_the_answer_and_stops_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer, _ = ask(capsys, home)

    assert (code, [event["event"] for event in answer["events"]]) == (0, ["PARTY"])
    assert not EmbeddedServer(home).is_running


def test_an_event_that_is_not_there_is_an_answer_and_an_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer, said = ask(capsys, home, "NOPE")

    assert (code, answer["problems"]) == (1, ["There is no event “NOPE”"])
    assert answer["database"]["reachable"]
    assert "There is no event “NOPE”" in said


@pytest.mark.parametrize("option", [[], ["--no-start"]])
def test_where_nothing_is_nothing_is_made(
    short_folder: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    code, answer, _ = ask(capsys, short_folder / "new", *option)

    assert (code, answer["events"], answer["healthy"]) == (0, [], False)
    assert "is not there yet" in answer["problems"][0]
    assert not (short_folder / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_database_of_another_user_is_part_of_the_answer(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = ["--backup", str(home / "kept.backup"), "--yes", "--home", str(home)]
    assert ask(capsys, home)[0] == run(backup) == 0  # all modules are there from now on
    data, user = home / "database" / "data", os.geteuid()
    rights, theirs = home.stat().st_mode, data.stat().st_mode
    home.chmod(0o777)
    data.chmod(0)
    if user == 0:
        os.seteuid(65534)  # nobody; root may look into every folder
    try:
        capsys.readouterr()
        code, answer, said = ask(capsys, home)
        kept = run(backup)
    finally:
        os.seteuid(user)
        data.chmod(theirs)
        home.chmod(rights)

    assert (code, answer["database"]["reachable"]) == (1, False)
    assert "cannot be read (Permission denied)" in answer["problems"][0]
    assert said.startswith("eventsnap: The data folder")
    assert kept == 1
    assert "cannot be read (Permission denied)" in capsys.readouterr().err


def test_the_option_belongs_to_this_command_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--models", "--no-start"]) == 2
    assert "--no-start does not go with this command" in capsys.readouterr().err
