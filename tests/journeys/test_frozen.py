"""The frozen program, where EVENTSNAP_TEST_BUNDLE names its folder: copied away, tried as it is."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsnap_desktop.vision.packs import find_pack

BUNDLE = os.environ.get("EVENTSNAP_TEST_BUNDLE", "")
pytestmark = [
    pytest.mark.skipif(not BUNDLE, reason="no frozen program is named (EVENTSNAP_TEST_BUNDLE)"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy in another folder, whose name is not a plain one."""
    folder = tmp_path_factory.mktemp("else where") / "event snap"
    shutil.copytree(BUNDLE, folder, symlinks=True)
    yield folder / "eventsnap"
    shutil.rmtree(folder)


@pytest.fixture
def home(short_folder: Path) -> Path:
    """A data folder with the pack `lite`, handed over as from a stick."""
    return short_folder / "home"


def run(
    program: Path, home: Path, *arguments: str, path: str = "/usr/bin:/bin"
) -> "subprocess.CompletedProcess[str]":
    """Run it without anything of this machine's Python."""
    return subprocess.run(
        [str(program), *arguments],
        env={"HOME": str(home.parent), "PATH": path, "EVENTSNAP_HOME": str(home)},
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def hand_over_lite(program: Path, home: Path) -> None:
    folder = find_pack("lite", home / "models").detector.parent
    done = run(program, home, "--models", str(folder), "--accept-model-license")
    assert (done.returncode, done.stdout) == (0, "The model pack lite is ready.\n")


def test_it_holds_no_model(program: Path) -> None:
    assert list(program.parent.rglob("*.onnx")) == []


def test_no_link_leads_nowhere(program: Path) -> None:
    links = [path for path in program.parent.rglob("*") if path.is_symlink()]

    assert [path for path in links if not path.exists()] == []


def test_without_a_pack_it_says_how_to_get_one(program: Path, home: Path) -> None:
    done = run(program, home, "--demo")

    assert done.returncode == 1
    assert "--models lite --accept-model-license" in done.stderr
    assert not (home.parent / "demo" / "photos").exists()


def test_its_self_test_passes(program: Path, home: Path) -> None:
    hand_over_lite(program, home)

    done = run(program, home, "--self-test", "--model-pack", "lite", "--json")

    answer = json.loads(done.stdout.splitlines()[-1])
    assert [one for one in answer["checks"] if not one["ok"]] == []
    assert done.returncode == 0


def test_its_demo_finds_everybody(program: Path, home: Path) -> None:
    hand_over_lite(program, home)

    done = run(program, home, "--demo")

    assert done.returncode == 0, done.stderr
    assert "photos of the guest were found" in done.stdout


def test_programs_that_it_starts_do_not_get_its_libraries(program: Path, home: Path) -> None:
    tools, said = home.parent / "tools", home.parent / "said"
    tools.mkdir()
    tool = tools / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\nenv > {said}\n")
    tool.chmod(0o755)

    run(program, home, "--doctor", path=f"{tools}:/usr/bin:/bin")

    assert "PATH=" in said.read_text()
    assert "LD_LIBRARY_PATH" not in said.read_text()
    assert "QT_PLUGIN_PATH" not in said.read_text()
