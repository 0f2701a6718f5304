"""Remembers the port that phones were last answered on: links that are out name it."""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

log = logging.getLogger(__name__)

FILE = "phone-ports.json"
"""In the data folder: for each database that was served, the port wanted and the port had."""

_REMEMBERED = timedelta(days=31)  # a link lasts for hours or days
_MOST = 50


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


class PortMemory:
    """One file, which several programs with the same data folder may write."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = now_utc) -> None:
        self._file, self._clock = home / FILE, clock

    def recall(self, name: str, wanted: int) -> int:
        """Return the port that was had for the database of a name, 0 where none is known.

        Where another port is wanted now than then, somebody decided so, and links end.
        """
        entry = self._entries().get(name)
        if entry is None or entry["wanted"] != wanted:
            return 0
        return int(entry["port"])

    def note(self, name: str, wanted: int, port: int) -> None:
        """Remember a port; a file that cannot be written is no reason to answer no phone."""
        entries = self._entries()
        entries.pop(name, None)
        kept = dict(list(entries.items())[-_MOST + 1 :])
        kept[name] = {"wanted": wanted, "port": port, "at": self._clock().isoformat()}
        half = self._file.with_name(f".{FILE}-{uuid4().hex[:8]}")
        try:
            half.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
            half.replace(self._file)
        except OSError as error:
            log.info("the port for phones is not remembered: %s", error.strerror)
            with suppress(OSError):
                half.unlink()

    def _entries(self) -> dict[str, dict[str, Any]]:
        """Return what is remembered and still counts; anything odd in the file is left out."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        entries = found.items() if isinstance(found, dict) else ()
        return {name: entry for name, entry in entries if self._counts(entry)}

    def _counts(self, entry: object) -> bool:
        if not isinstance(entry, dict):
            return False
        wanted, port, at = (entry.get(name) for name in ("wanted", "port", "at"))
        if type(wanted) is not int or type(port) is not int or not 0 < port < 65_536:
            return False
        try:
            return self._clock() - datetime.fromisoformat(str(at)) < _REMEMBERED
        except (ValueError, TypeError):
            return False
