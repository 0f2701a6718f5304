"""`--models` lists, checks, fetches and imports; scripts get one object."""

import json
from pathlib import Path

import pytest

from eventsnap_desktop.app.command_line import run
from eventsnap_desktop.app.models_mode import models
from eventsnap_desktop.domain.errors import LicenceNotAcceptedError
from tests.contract.packs.pack_server import Behaviour, serving
from tests.contract.packs.small_release import BUFFALO, FILES, PACKS, R50, release, zipped


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_the_list_names_every_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--models", "--home", str(tmp_path)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["lite", "present"],
        ["standard", "missing"],
        ["seed", "missing"],
    ]
    assert list(tmp_path.iterdir()) == []


def test_scripts_get_the_list_as_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--models", "--json", "--home", str(tmp_path)]) == 0

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["ready"] == []
    assert [pack["state"] for pack in answer["packs"]] == ["present", "missing", "missing"]
    assert len(answer["packs"][0]["digest"]) == 64


def test_the_licence_of_lite_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--models", "lite", "--home", str(tmp_path)]

    assert run(command) == 0
    assert "non-commercial" in capsys.readouterr().err
    assert run(command) == 0
    assert capsys.readouterr().err == ""


def test_standard_is_not_fetched_without_its_licence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--models", "standard", "--home", str(tmp_path)]) == 1

    assert "--accept-model-license" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_pack_nobody_knows_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--models", "best", "--home", str(tmp_path)]) == 1

    assert "There is no model pack “best”" in capsys.readouterr().err


def test_a_pack_is_fetched_and_said_to_be_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Behaviour(dict(FILES))) as base:
        assert models("standard", True, False, tmp_path, release(base)) == 0

    said = capsys.readouterr()
    assert "The model pack standard is ready." in said.out
    assert base in said.err
    assert "research" not in said.err  # it was accepted, so it need not be told


def test_a_fetch_for_a_script_ends_with_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Behaviour(dict(FILES))) as base:
        assert models("seed", True, True, tmp_path, release(base)) == 0

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["ready"] == ["seed"]
    assert {pack["name"]: pack["state"] for pack in answer["packs"]}["seed"] == "present"


def test_a_file_from_a_stick_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "buffalo.zip").write_bytes(BUFFALO)
    home = tmp_path / "home"
    with pytest.raises(LicenceNotAcceptedError):
        models(str(tmp_path / "buffalo.zip"), False, False, home, release(""))

    assert models(str(tmp_path / "buffalo.zip"), True, False, home, release("")) == 0
    assert "The model pack standard is ready." in capsys.readouterr().out


def test_half_a_pack_is_told_apart_from_a_whole_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "half.zip").write_bytes(zipped({"r50.onnx": R50}))

    assert models(str(tmp_path / "half.zip"), True, False, tmp_path, release("")) == 0

    said = capsys.readouterr().out
    assert "another part of their pack is still missing" in said
    assert "standard" in said


def test_the_packs_of_the_tests_are_shaped_like_the_real_ones() -> None:
    assert list(PACKS) == ["lite", "standard", "seed"]
