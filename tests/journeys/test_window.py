"""The organizer's window as a process of its own: on a screen, without one, and told to end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "eventsnap_desktop"]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        and not name.startswith("EVENTSNAP_")
    }
    return {**kept, "EVENTSNAP_HOME": str(home), **more}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a data folder that was set up before: the assistant does not come."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text('[window]\nlanguage = "de"\n', encoding="utf-8")
    return folder


def await_window(home: Path, program: "subprocess.Popen[str]") -> None:
    log = home / "logs" / "eventsnap.log"
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if log.is_file() and "the window is open" in log.read_text(encoding="utf-8"):
            return
        assert program.poll() is None, program.communicate()[1]
        time.sleep(0.1)
    pytest.fail("no window came")


def await_file(file: Path, program: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and not file.exists():
        assert program.poll() is None, program.communicate()[1]
        time.sleep(0.02)


def test_the_window_opens_on_a_screen_and_ends_when_told_to(home: Path, display: str) -> None:
    with subprocess.Popen(
        COMMAND,
        env=environment(home, DISPLAY=display),
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        await_window(home, program)
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=60)

    assert program.returncode == 0, said
    assert "Traceback" not in said
    assert "QThread" not in said
    assert (home / "window.ini").is_file()
    assert not list((home / "database").glob("**/postmaster.pid"))


def test_told_to_end_while_it_opens_it_ends_in_order(home: Path, display: str) -> None:
    with subprocess.Popen(
        COMMAND,
        env=environment(home, DISPLAY=display),
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        await_file(home / "logs" / "eventsnap.log", program)
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=120)

    assert (program.returncode, said) == (0, "")
    assert not list((home / "database").glob("**/postmaster.pid"))


def test_without_a_screen_it_says_so(home: Path) -> None:
    ran = subprocess.run(
        COMMAND, env=environment(home), capture_output=True, text=True, check=False, timeout=60
    )

    assert ran.returncode == 1
    assert "no screen" in ran.stderr
    assert "Traceback" not in ran.stderr
