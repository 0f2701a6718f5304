"""The command line refuses what does not fit together, and says what there is."""

import sys
from pathlib import Path

import pytest

from eventsnap_desktop.app.command_line import run


@pytest.mark.parametrize(
    "arguments",
    [
        ["--camera", "0"],
        ["--camera", ""],
        ["--windowed"],
        ["--screen", "1"],
        ["--kiosk-child"],
        ["--encode", "party", "--camera", "0"],
        ["--doctor", "--windowed"],
        ["--kiosk", "party", "--watch"],
        ["--kiosk", "party", "--source", "photos"],
        ["--kiosk", "party", "--selfie", "me.jpg"],
        ["--kiosk", "party", "--yes"],
        ["--kiosk", "party", "photo.jpg"],
        ["--kiosk", "party", "--demo"],
        ["--kiosk", "party", "--screen", "0"],
        ["--kiosk", "party", "--screen", "one"],
        ["--kiosk", "../party"],
        ["--kiosk"],
        ["--once"],
        ["--encode", "party", "--once"],
        ["--kiosk", "party", "--other-machines"],
        ["--deliver", "party", "--watch"],
        ["--deliver", "../party"],
        ["--deliver", "party", "--kiosk", "party"],
        ["--encode", ""],
        ["--match", "", "--selfie", "me.jpg"],
        ["--import", "", "photo.jpg"],
        ["--erase", "", "--selfie", "me.jpg", "--yes"],
        ["--delete", "", "--yes"],
        ["--kiosk", ""],
        ["--encode", "party", "--source", ""],
        ["--encode", "party", "--home", ""],
        ["--encode", "party", "--model-pack", ""],
        ["--match", "party", "--selfie", ""],
        ["--import", "party", ""],
        ["--faces", ""],
        ["--backup", ""],
        ["--restore", ""],
    ],
    ids=repr,
)
def test_options_that_do_not_belong_together_are_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2

    said = capsys.readouterr().err
    assert "eventsnap:" in said
    assert "Traceback" not in said


def test_the_help_shows_the_kiosk_but_not_what_only_its_supervisor_uses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--help"]) == 0

    shown = capsys.readouterr().out
    for option in ("--kiosk EVENT", "--camera CAMERA", "--windowed", "--screen N"):
        assert option in shown
    assert "kiosk-child" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="nobody removes a folder that is in use there")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--encode", "party", "--source", "photos"],
        ["--match", "party", "--selfie", "me.jpg"],
        ["--import", "party", "photos"],
        ["--backup", "kept"],
        ["--restore", "kept"],
        ["--faces", "me.jpg"],
        ["--status", "--home", "data"],
    ],
    ids=" ".join,
)
def test_a_path_in_a_folder_that_was_removed_is_wrong_usage(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert run(arguments) == 2

    assert "started in is not there any more. Change to another one" in capsys.readouterr().err
