"""Signals of the system end a window's program where nothing is half done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import asyncio, importlib, os, sys, threading
import qasync
from eventsnap_desktop.app.end_wish import end_wished, leave_at_once
from eventsnap_desktop.app.window_loop import make_application, run_loop
from eventsnap_desktop.ui.bridge.jobs import Jobs

sys.path.insert(0, sys.argv[1])
app = make_application()
loop = qasync.QEventLoop(app)
jobs = Jobs(loop)

def end():
    print("ended in time" if jobs.close(5) else "threads are left", flush=True)
    loop.stop()

"""

TERMINATED_AMID_AN_IMPORT = """
sys.worker_asks = threading.Event()
sys.begun = threading.Event()

def work():
    sys.begun.wait()
    sys.worker_asks.set()
    importlib.import_module("slow")

def start():
    jobs.call(work, owner=jobs, lane="pictures")
    importlib.import_module("slow")
    print("imported", flush=True)

with end_wished() as wish:
    run_loop(loop, start, end, wish)
if jobs.working:
    leave_at_once(9)
"""

SLOW = """
import os, signal, sys

sys.begun.set()
sys.worker_asks.wait()
os.kill(os.getpid(), signal.SIGTERM)
"""

TERMINATED_BEFORE_THE_START = """
import signal

with end_wished() as wish:
    os.kill(os.getpid(), signal.SIGTERM)
    run_loop(loop, lambda: print("started", flush=True), end, wish)
"""

BESIDE_WORK_THAT_DOES_NOT_END = """
import signal

def start():
    jobs.call(threading.Event().wait, owner=jobs)
    os.kill(os.getpid(), signal.SIGTERM)

with end_wished() as wish:
    run_loop(loop, start, end, wish)
assert jobs.working
leave_at_once(0)
"""


def run(folder: Path, body: str) -> tuple[int, list[str], str]:
    """Run a window's program; return its exit code, the lines it said, and its complaints."""
    (folder / "slow.py").write_text(SLOW)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM + body, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return ran.returncode, ran.stdout.split("\n")[:-1], ran.stderr


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no SIGTERM to send")


def test_who_is_told_to_end_amid_an_import_ends_that_first(tmp_path: Path) -> None:
    """A worker waits for the same import: to wait for the worker there would be for ever."""
    assert run(tmp_path, TERMINATED_AMID_AN_IMPORT) == (0, ["imported", "ended in time"], "")


def test_who_is_told_to_end_before_the_start_starts_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, TERMINATED_BEFORE_THE_START) == (0, [], "")


def test_work_that_does_not_end_is_no_reason_to_crash(tmp_path: Path) -> None:
    code, said, complaints = run(tmp_path, BESIDE_WORK_THAT_DOES_NOT_END)

    assert (code, said) == (0, ["threads are left"])
    assert "QThread" not in complaints
