"""Small programs that behave like a kiosk: each notes its starts, then lives, hangs or crashes."""

import sys
from dataclasses import dataclass
from pathlib import Path

_BEGIN = """
import os, signal, sys, time
from pathlib import Path
from eventsnap_desktop.app.kiosk_alive import AliveFile, watch_parent
notes, alive = Path(sys.argv[1]), AliveFile(Path(sys.argv[2]))
with notes.open("a") as file:
    file.write(f"{os.getpid()}\\n")
start = len(notes.read_text().splitlines())
"""

LIVE = "while True:\n    alive.touch()\n    time.sleep(0.05)\n"


@dataclass(frozen=True, slots=True)
class Program:
    """A program made of a few lines; ``start`` counts from 1 in it."""

    folder: Path
    body: str

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-c", _BEGIN + self.body, str(self.notes), str(self.alive)]

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    @property
    def alive(self) -> Path:
        return self.folder / "alive"

    @property
    def started(self) -> list[int]:
        """The process numbers of all starts."""
        return [int(line) for line in self.notes.read_text().split()] if self.notes.exists() else []
