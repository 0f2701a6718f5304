"""The frame around the program: make's targets and the scripts that set a machine up."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [ROOT / ".ci/run", ROOT / "packaging/set-up.sh", ROOT / "packaging/system-packages.sh"]
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(
    BASH is None or shutil.which("make") is None, reason="needs bash and make"
)
_NO_SCRIPTS = shutil.ignore_patterns("*.py", "__pycache__", "*.exe", "*.deb")
_FAKE_UV = """
if [ "$1" = --version ]; then echo "uv 99.0.0"; exit; fi
echo "$*" >>{calls}
mkdir -p .venv/bin
printf '#!/bin/sh\\n' >.venv/bin/eventsnap
chmod +x .venv/bin/eventsnap
"""


@pytest.fixture
def fake_programs(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("awk", "cat", "dirname", "env", "printf", "sort", "stat", "tr", "uname", "xargs"):
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return folder


def put(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.unlink(missing_ok=True)  # never through a link to the real program
    file.write_text(f"#!{BASH}\n{body}\n", encoding="utf-8")
    file.chmod(0o755)


def run_script(
    script: str, programs: Path, *arguments: str, windows: str = "0"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BASH), str(ROOT / script), *arguments],
        env={"PATH": str(programs), "HOME": str(programs), "EVENTSNAP_WITH_WINDOWS": windows},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("target", ["install", "cuda", "demo", "test", "lint", "bench", "clean"])
def test_make_knows_the_target(target: str) -> None:
    result = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_read(script: Path) -> None:
    assert os.access(script, os.X_OK)
    subprocess.run([str(BASH), "-n", str(script)], check=True)


def test_the_machine_that_checks_every_push_runs_the_tests() -> None:
    assert "make test" in SCRIPTS[0].read_text(encoding="utf-8")


def test_a_python_that_is_too_old_is_not_taken(fake_programs: Path) -> None:
    put(fake_programs, "python3", "exit 1  # what the version check answers on an old one")

    result = run_script("packaging/set-up.sh", fake_programs)

    assert result.returncode == 1
    assert "no Python 3.11, 3.12 or 3.13 found" in result.stderr


def test_nothing_is_said_where_every_library_is_there(fake_programs: Path) -> None:
    put(fake_programs, "uname", "echo Linux")
    put(fake_programs, "ldconfig", "echo libstdc++.so.6 libgcc_s.so.1 libz.so.1")

    result = run_script("packaging/system-packages.sh", fake_programs)

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_an_ordinary_user_is_told_what_is_missing(fake_programs: Path) -> None:
    put(fake_programs, "uname", "echo Linux")
    put(fake_programs, "ldconfig", "echo libgcc_s.so.1 libz.so.1")
    put(fake_programs, "id", "echo 1000")
    put(fake_programs, "apt-get", "echo called >&2")

    result = run_script("packaging/system-packages.sh", fake_programs)

    assert result.returncode == 1
    assert "this machine lacks: libstdc++.so.6" in result.stderr
    assert "libstdc++6" in result.stderr
    assert "called" not in result.stderr


def test_what_windows_need_is_asked_for_too(fake_programs: Path) -> None:
    put(fake_programs, "uname", "echo Linux")
    put(fake_programs, "ldconfig", "echo libstdc++.so.6 libgcc_s.so.1 libz.so.1")
    put(fake_programs, "id", "echo 1000")

    result = run_script("packaging/system-packages.sh", fake_programs, windows="1")

    assert result.returncode == 1
    assert "libEGL.so.1" in result.stderr
    assert "libxcb-cursor.so.0" in result.stderr


@pytest.mark.skipif(not Path("/etc/debian_version").is_file(), reason="apt is Debian's")
def test_root_on_debian_gets_what_is_missing_installed(fake_programs: Path) -> None:
    put(fake_programs, "uname", "echo Linux")
    put(fake_programs, "ldconfig", "echo libgcc_s.so.1 libz.so.1")
    put(fake_programs, "id", "echo 0")
    put(fake_programs, "apt-get", 'echo "apt-get [$DEBIAN_FRONTEND] $*"')

    result = run_script("packaging/system-packages.sh", fake_programs, "pip:python3-pip")

    calls = [line for line in result.stderr.splitlines() if line.startswith("apt-get")]
    assert result.returncode == 0
    assert "update" in calls[0]
    assert calls[1].startswith("apt-get [noninteractive] install")
    assert calls[1].endswith("libstdc++6 python3-pip")


def test_another_system_than_linux_is_left_alone(fake_programs: Path) -> None:
    put(fake_programs, "uname", "echo Darwin")

    result = run_script("packaging/system-packages.sh", fake_programs)

    assert (result.returncode, result.stderr) == (0, "")


def test_the_libraries_of_a_gpu_are_kept_by_later_runs(tmp_path: Path) -> None:
    checkout, programs, calls = tmp_path / "checkout", tmp_path / "programs", tmp_path / "calls"
    shutil.copytree(ROOT / "packaging", checkout / "packaging", ignore=_NO_SCRIPTS)
    put(checkout / "packaging", "system-packages.sh", "true")
    programs.mkdir()
    put(programs, "uv", _FAKE_UV.format(calls=calls))
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    script = [str(BASH), str(checkout / "packaging/set-up.sh")]
    for given in ([], ["cuda"], []):
        subprocess.run([*script, *given], env=environment, check=True, capture_output=True)

    made = [line for line in calls.read_text(encoding="utf-8").splitlines() if "sync" in line]
    assert ["--extra cuda" in line for line in made] == [False, True, True]
