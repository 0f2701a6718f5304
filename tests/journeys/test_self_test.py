"""`--self-test` as a technician calls it: here unfrozen, with a built-in database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "eventsnap"


def self_test(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if "EVENTSNAP" not in name}
    return subprocess.run(
        [str(PROGRAM), "--self-test", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.mark.slow
def test_every_part_of_this_installation_works(tmp_path: Path) -> None:
    done = self_test(tmp_path / "home", "--json", "--model-pack", "lite")

    answer = json.loads(done.stdout.splitlines()[-1])
    assert [one for one in answer["checks"] if not one["ok"]] == []
    assert (done.returncode, answer["ok"], done.stderr) == (0, True, "")
    names = {one["name"] for one in answer["checks"]}
    assert {"database", "phones", "page events", "page help", "screen gallery"} <= names
    assert len(names) == len(answer["checks"]) >= 40
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_a_failure_is_told_by_the_exit_code_and_named_at_the_end(tmp_path: Path) -> None:
    done = self_test(tmp_path / "home", "--model-pack", "seed")

    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("1 of ")
    assert done.stdout.splitlines()[-1].endswith("checks failed: model pack.")
    assert "--models seed" in " ".join(done.stdout.split())
