"""`eventsnap --demo` from an empty folder to a gallery, as a stranger runs it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

COMMAND = Path(sys.executable).with_name("eventsnap")


def run_demo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # A user's own servers and data must neither be needed nor touched.
    own = {name: value for name, value in os.environ.items() if not name.startswith("EVENTSNAP_")}
    own["EVENTSNAP_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    own["EVENTSNAP_HOME"] = str(folder / "must-stay-untouched")
    return subprocess.run(
        [COMMAND, "--demo", *arguments],
        cwd=folder,
        env=own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("a stranger's folder")
    result = run_demo(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder, result.stdout, result.stderr


pytestmark = pytest.mark.slow


def test_the_table_names_every_photo_and_finds_exactly_the_guests(
    demo: tuple[Path, str, str],
) -> None:
    folder, output, _ = demo
    rows = re.findall(r"^(IMG_\d+\.\w+) +(-|-?\d\.\d{3}) +(sure|maybe|-) +(yes|no) ", output, re.M)

    assert {row[0] for row in rows} == {file.name for file in (folder / "demo/photos").iterdir()}
    assert len(rows) >= 25
    assert {row[2] for row in rows if row[3] == "yes"} <= {"sure", "maybe"}
    assert "sure" not in {row[2] for row in rows if row[3] == "no"}
    assert "MISSED" not in output
    assert "WRONG" not in output


def test_it_says_that_the_selfie_was_made_and_where_the_results_are(
    demo: tuple[Path, str, str],
) -> None:
    folder, output, errors = demo

    assert "The selfie was made for this demo" in errors
    assert str(folder / "demo/gallery.html") in output
    assert str(folder / "demo/contact-sheet.png") in output


def test_gallery_and_contact_sheet_are_there_and_whole(demo: tuple[Path, str, str]) -> None:
    folder, _, _ = demo
    page = (folder / "demo/gallery.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)

    assert len(links) == len(list((folder / "demo/photos").iterdir()))
    assert all((folder / "demo" / link).is_file() for link in links)
    with Image.open(folder / "demo/contact-sheet.png") as sheet:
        sheet.load()
        assert min(sheet.size) > 900


def test_everything_stays_in_the_folder_demo(demo: tuple[Path, str, str]) -> None:
    folder, _, _ = demo

    assert [entry.name for entry in folder.iterdir()] == ["demo"]


def test_a_second_run_encodes_nothing_and_answers_the_same(demo: tuple[Path, str, str]) -> None:
    folder, first, _ = demo

    result = run_demo(folder, "--json")

    answer: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    assert result.returncode == 0, result.stderr
    assert (answer["missed"], answer["wrong"]) == (0, 0)
    assert answer["encode"]["encoded"] == 0
    assert answer["encode"]["skipped"] == answer["encode"]["found"] == len(answer["photos"])
    before = dict(re.findall(r"^(IMG_\d+\.\w+) +(-?\d\.\d{3}) ", first, re.M))
    now = {one["key"]: one["similarity"] for one in answer["photos"] if one["similarity"]}
    assert now == pytest.approx({key: float(text) for key, text in before.items()}, abs=0.001)


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("in the way")

    result = run_demo(tmp_path)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert str(tmp_path / "demo") in result.stderr
