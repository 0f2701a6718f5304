"""Runs the installed program as its user does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

PROGRAM = Path(sys.executable).parent / "eventsnap"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """The JSON object on the last line of stdout."""
        return json.loads(self.out.strip().splitlines()[-1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment with a data folder of its own and nothing else set."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("EVENTSNAP_")}
    return {**kept, "EVENTSNAP_HOME": str(home), "PYTHONFAULTHANDLER": "1", **more}


def as_url(address: str) -> str:
    """Return a database's address as the settings want it; it says where the socket is."""
    parts = conninfo_to_dict(address)
    query = f"?host={parts['host']}&port={parts['port']}"
    return f"postgresql://{parts['user']}@/{parts['dbname']}{query}"


def run(home: Path, *arguments: object, **more: str) -> Ended:
    """Run the program to its end."""
    done = subprocess.run(
        [str(PROGRAM), *map(str, arguments)],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=240,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def start(home: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    """Start the program and leave it running."""
    return subprocess.Popen(
        [str(PROGRAM), *map(str, arguments)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
