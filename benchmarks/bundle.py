"""Measures the frozen program's size and start against a bare bundle of PySide6 and onnxruntime.

    python -m benchmarks.bundle [--bundle dist/eventsnap] [--bare FOLDER] [--rounds 5]

The bare bundle is what PyInstaller makes by itself of a program that opens an empty window and
imports onnxruntime; it is built first (a minute or two), or taken from FOLDER. Both are started in
turns without a screen, from the first call to a window that is shown; ours opens its built-in
database meanwhile. The first start of each, which reads everything from the disk, is told apart.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep

BARE = """\
import sys

import onnxruntime
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication(sys.argv)
label = QLabel(" ".join(onnxruntime.get_available_providers()))
label.show()
print("shown", flush=True)
QTimer.singleShot(0, app.quit)
app.exec()
"""
_PATIENCE = 120.0  # seconds
_LOOKS_EVERY = 0.01
_OPEN = "the window is open"


def main() -> None:
    """Build the bare bundle, then measure both."""
    args = arguments()
    with tempfile.TemporaryDirectory(prefix="eventsnap-bundle-") as made:
        folder = Path(made)
        bare = args.bare or build_bare(folder)
        environment = bare_environment(folder)
        tell("size", megabytes(args.bundle), megabytes(bare), "MB")
        programs: dict[str, Callable[[], float]] = {
            "--version": lambda: timed([str(args.bundle / "eventsnap"), "--version"], environment),
            "window": lambda: until_open(args.bundle / "eventsnap", folder / "home", environment),
            "bare": lambda: timed([str(bare / "bare")], environment),
        }
        firsts = {name: start() for name, start in programs.items()}
        times = in_turns(programs, args.rounds)
        tell("first start to a window", firsts["window"], firsts["bare"], "s")
        tell("start to a window", times["window"], times["bare"], "s")
        tell("start of --version", times["--version"], times["bare"], "s")
        print(f"load of this machine: {os.getloadavg()[0]:.1f}")


def build_bare(folder: Path) -> Path:
    """Return the folder of a new bare bundle."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    subprocess.run(
        [
            str(Path(sys.executable).parent / "pyinstaller"),
            *("--noconfirm", "--log-level", "ERROR"),
            *("--distpath", str(folder / "dist"), "--workpath", str(folder / "build")),
            *("--specpath", str(folder), str(script)),
        ],
        check=True,
    )
    return folder / "dist" / "bare"


def bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment without this machine's Python and screen."""
    return {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "EVENTSNAP_HOME": str(folder / "home"),
    }


def megabytes(folder: Path) -> float:
    """Return the bytes of a folder's files, links not followed, in millions."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 1e6


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds a program takes from its start to its first word."""
    begun = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        if not process.stdout.readline():
            raise SystemExit(f"{command[0]} said nothing")
        return perf_counter() - begun


def until_open(program: Path, home: Path, environment: dict[str, str]) -> float:
    """Return the seconds until the organizer's window says in its log that it is open."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").touch()  # it is set up: no assistant
    log = home / "logs" / "eventsnap.log"
    before = said(log)
    begun = perf_counter()
    process = subprocess.Popen([str(program)], env=environment, stderr=subprocess.DEVNULL)
    try:
        while said(log) == before:
            if perf_counter() - begun > _PATIENCE or process.poll() is not None:
                raise SystemExit("the window did not open")
            sleep(_LOOKS_EVERY)
        return perf_counter() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def said(log: Path) -> int:
    """Return how often the log tells of an open window."""
    return log.read_text(encoding="utf-8").count(_OPEN) if log.exists() else 0


def in_turns(programs: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each program, started in turns."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, start in programs.items():
            times[name].append(start())
    return {name: statistics.median(found) for name, found in times.items()}


def tell(what: str, ours: float, bare: float, unit: str) -> None:
    """Print one figure of both."""
    print(
        f"{what:<24} {ours:8.2f} {unit:<2}   bare {bare:8.2f} {unit:<2}   {ours / bare:5.2f} times"
    )


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--bundle", type=Path, default=Path("dist/eventsnap"))
    parser.add_argument("--bare", type=Path, help="a bare bundle that was built before")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
