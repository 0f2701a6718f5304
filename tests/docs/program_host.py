"""Runs the program's commands one after another, each in a process of its own that starts at once.

What takes long is loading the libraries, so one process loads them and forks for each command. Its
stdin is a terminal on which somebody says yes.
"""

import importlib
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOADED = ["encode", "match", "faces", "import", "status", "deliver", "erase", "models"]
_SECONDS = 120
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, what it said, and what of it was stdout."""

    code: int
    said: str
    out: str = ""

    @property
    def answer(self) -> Any:
        """The JSON value on the last line of stdout."""
        return json.loads(self.out.strip().splitlines()[-1])


class ProgramHost:
    """The process that forks; ``close`` ends it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.docs.program_host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def run(self, arguments: Sequence[str], env: Mapping[str, str]) -> Ended:
        """Run ``eventsnap`` with these arguments in the world's folder."""
        files = [self._folder / name for name in ("stdout", "stderr")]
        call = {"arguments": arguments, "env": dict(env), "folder": str(self._folder)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, err = (file.read_text(encoding="utf-8", errors="replace") for file in files)
        return Ended(code, out + err, out)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def main() -> int:
    """Load the libraries, then fork for every line of stdin and print the exit code."""
    for name in _LOADED:
        importlib.import_module(f"eventsnap_desktop.app.{name}_mode")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            return _command(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return 0


def _command(call: dict[str, Any]) -> int:
    from eventsnap_desktop.__main__ import main as program

    os.chdir(call["folder"])
    terminal, keyboard = pty.openpty()
    os.write(terminal, b"y\n")
    os.dup2(keyboard, 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.environ.clear()
    os.environ.update(call["env"])
    sys.argv = ["eventsnap", *call["arguments"]]
    signal.alarm(_SECONDS)
    return program()


if __name__ == "__main__":
    raise SystemExit(main())
