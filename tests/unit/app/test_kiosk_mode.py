"""The kiosk's processes: the guarded one with a made-up session, and the supervisor around it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import psutil
import pytest
from PIL import Image

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_lock import KioskFiles
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.loading import load_settings

if TYPE_CHECKING:
    from eventsnap_desktop.index.opening import Index

COMMAND = [sys.executable, "-m", "eventsnap_desktop", "--kiosk", "party"]

# A session that needs no database. Python itself loads it when it starts: also the guarded program,
# which the supervisor starts.
SITE = """
import sys, types

def session(module):
    from PySide6.QtCore import QObject, QTimer, Signal
    import json, os
    from pathlib import Path

    class KioskSession(QObject):
        ended = Signal(int)
        working = ()
        def __init__(self, loop, loaded, event_code, options):
            super().__init__()
            self.options, self.kiosk = options, loaded.settings.kiosk
            self.home, self.code = loaded.settings.home, event_code
            self.timer = QTimer(self)
            self.timer.timeout.connect(options.alive.touch)
        def start(self):
            seen = {"event": self.code, "name": self.options.name, "camera": self.kiosk.camera,
                    "screen": self.options.screen, "windowed": self.options.windowed,
                    "process": os.getpid(), "parent": os.getppid()}
            with (self.home / "seen").open("a") as file:
                file.write(json.dumps(seen) + "\\n")
            do = (self.home / "do").read_text() if (self.home / "do").exists() else ""
            exec(do)
            self.options.alive.touch()
            self.timer.start(100)
        def end(self):
            (self.home / "gentle").touch()
            self.ended.emit(0)
    module.KioskSession = KioskSession

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name != "eventsnap_desktop.app.kiosk_session":
            return None
        import importlib.machinery
        return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        session(module)

sys.meta_path.insert(0, Finder())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SITE)
    (tmp_path / "home").mkdir()
    Image.new("L", (8, 8)).save(tmp_path / "picture.png")
    return tmp_path / "home"


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("EVENTSNAP_")}
    return {
        **kept,
        "EVENTSNAP_HOME": str(home),
        "EVENTSNAP_KIOSK_NAME": "Entrance",
        "PYTHONPATH": str(home.parent / "site"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home: Path, *arguments: str) -> tuple[int, str]:
    with start(home, *arguments) as program:
        _, said = program.communicate(timeout=120)
    return program.returncode, said


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        threading.Event().wait(0.05)


def is_up(home: Path) -> bool:
    return AliveFile(KioskFiles(home, "Entrance").alive).stamp() > 0


def starts(home: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (home / "seen").read_text().splitlines()]


@pytest.fixture
def kiosk(home: Path) -> Iterator["subprocess.Popen[str]"]:
    with start(home) as program:
        wait_for(lambda: is_up(home) or program.poll() is not None)
        yield program
        if program.poll() is None:
            program.kill()


def test_the_session_gets_what_was_chosen(home: Path) -> None:
    (home / "do").write_text("self.ended.emit(0)")
    picture = f"file:{home.parent / 'picture.png'}"

    code, said = run(home, "--camera", picture, "--windowed", "--screen", "1")

    assert (code, said) == (0, "")
    (seen,) = starts(home)
    assert {key: seen[key] for key in ("event", "name", "camera", "screen", "windowed")} == {
        "event": "party",
        "name": "Entrance",
        "camera": picture,
        "screen": 0,
        "windowed": True,
    }
    logs = {path.name for path in (home / "logs").iterdir()}
    assert logs == {"kiosk-Entrance.log", "kiosk-Entrance-supervisor.log"}


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--camera", "nonsense"], 2, "“nonsense” is no camera"),
        (["--camera", "file:nothing.mp4"], 1, "There is no file nothing.mp4"),
        (["--screen", "7"], 2, "There is no screen 7 here"),
    ],
)
def test_what_cannot_start_is_said_once(
    arguments: list[str], code: int, sentence: str, home: Path
) -> None:
    ended, said = run(home, *arguments)

    assert ended == code
    assert said.count(sentence) == 1
    assert "Traceback" not in said
    assert not (home / "seen").exists()


def test_a_session_that_crashes_comes_back_and_one_that_wants_a_restart_too(home: Path) -> None:
    (home / "do").write_text(
        "import os, signal\nself.options.alive.touch()\n"
        "number = len((self.home / 'seen').read_text().splitlines())\n"
        "if number == 1: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "self.ended.emit(75 if number == 2 else 0)\n"
    )

    code, said = run(home)

    assert code == 0
    assert len(starts(home)) == 3
    assert "SIGSEGV" in said
    assert "a restart is wanted" in said


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_gently_by_a_signal(
    number: int, code: int, home: Path, kiosk: "subprocess.Popen[str]"
) -> None:
    kiosk.send_signal(number)
    _, said = kiosk.communicate(timeout=60)

    assert (kiosk.returncode, said) == (code, "")
    assert (home / "gentle").exists()


def test_a_second_start_says_so_and_disturbs_nobody(
    home: Path, kiosk: "subprocess.Popen[str]"
) -> None:
    code, said = run(home)

    assert code == 1
    assert "The kiosk “Entrance” runs already" in said
    assert kiosk.poll() is None
    assert len(starts(home)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_it_ends_gently_when_its_supervisor_was_killed(
    home: Path, kiosk: "subprocess.Popen[str]"
) -> None:
    (seen,) = starts(home)
    child = psutil.Process(int(str(seen["process"])))
    kiosk.kill()

    wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    assert (home / "gentle").exists()


def test_one_that_the_organizers_window_started_lives_on_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    loaded = load_settings({"home": home})
    works = DeskWorks(Program(loaded.settings), loaded, cast("Index", None))

    works.start_kiosk("party", 0, True)

    wait_for(lambda: is_up(home))
    (guard,) = works._kiosks
    (seen,) = starts(home)
    assert (seen["parent"], seen["screen"], seen["windowed"]) == (guard.pid, 0, True)
    if sys.platform != "win32":
        assert os.getsid(guard.pid) != os.getsid(0)
    with pytest.raises(EventSnapError, match="runs already"):
        works.start_kiosk("party", 0, True)
    guard.terminate()
    assert guard.wait(60) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at the kernel's limits")
def test_a_crash_leaves_no_dump_of_guests_faces(home: Path, kiosk: "subprocess.Popen[str]") -> None:
    (seen,) = starts(home)
    limits = Path(f"/proc/{seen['process']}/limits").read_text()

    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[4:6] == ["0", "0"]
