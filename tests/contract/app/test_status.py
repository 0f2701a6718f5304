"""`--status` on the built-in database: what it starts, what it leaves alone, what it answers."""

import json
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


def test_the_option_belongs_to_this_command_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--models", "--no-start"]) == 2
    assert "--no-start does not go with this command" in capsys.readouterr().err
