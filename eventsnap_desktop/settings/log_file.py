"""The log of a program with a window: a rotating file, and the newest lines in memory to look at.

The file lies in ``logs`` of the data folder: at most five of one megabyte. Our own modules are
recorded from INFO on, whatever is printed, so that a problem of the evening can be looked into.
"""

import logging
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FOLDER, _FILE = "logs", "eventsnap.log"
_FILE_BYTES, _OLD_FILES = 1_000_000, 4
_LINES_IN_MEMORY = 5_000
_PACKAGE = "eventsnap_desktop"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LINE = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) (\S+): (.*)"
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry. ``at`` is local time, ``level`` a name of logging, ``text`` may hold newlines."""

    at: datetime
    level: str
    name: str
    text: str


class RecentLog(logging.Handler):
    """Keeps the newest entries; any thread may log, any thread may read."""

    def __init__(self, most: int = _LINES_IN_MEMORY) -> None:
        super().__init__()
        self._lines: deque[LogLine] = deque(maxlen=most)
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one entry; called by logging with the handler's lock held."""
        try:
            text = record.getMessage()
            if record.exc_info:
                text += "\n" + logging.Formatter().formatException(record.exc_info)
            at = datetime.fromtimestamp(record.created).astimezone()
            self._lines.append(LogLine(at, record.levelname, record.name, text))
            self._count += 1
        except Exception:  # noqa: BLE001 - logging's own way with what goes wrong in a handler
            self.handleError(record)

    def since(self, number: int) -> tuple[int, list[LogLine]]:
        """Return how many entries there were ever, and those after the first ``number``."""
        self.acquire()
        try:
            fresh = max(0, min(self._count - number, len(self._lines)))
            return self._count, list(islice(self._lines, len(self._lines) - fresh, None))
        finally:
            self.release()


class RunningLog:
    """The log of one run; ``stop`` puts everything back as it was."""

    def __init__(self, home: Path, level: str, file: str = _FILE) -> None:
        self._root, self._ours = logging.getLogger(), logging.getLogger(_PACKAGE)
        self._old_level = self._ours.level
        self._quietened = [one for one in self._root.handlers if one.level == logging.NOTSET]
        for one in self._quietened:
            one.setLevel(level)
        self._ours.setLevel(min(logging.INFO, logging.getLevelName(level)))
        self.recent = RecentLog()
        self._handlers: list[logging.Handler] = [self.recent]
        self.problem = ""
        try:
            self._handlers.append(_file_handler(log_folder(home) / file))
        except OSError as error:
            self.problem = f"The log cannot be written into {log_folder(home)} ({error.strerror})."
        for handler in self._handlers:
            self._root.addHandler(handler)
        if self.problem:
            logging.getLogger(__name__).warning("%s", self.problem)

    def stop(self) -> None:
        """Log no more, and close the file."""
        for handler in self._handlers:
            self._root.removeHandler(handler)
            handler.close()
        for one in self._quietened:
            one.setLevel(logging.NOTSET)
        self._ours.setLevel(self._old_level)


def start_log(home: Path, level: str, file: str = _FILE) -> RunningLog:
    """Begin to log into the data folder; what was printed from ``level`` on still is, no more.

    Each program that runs at the same time needs a ``file`` of its own: they would rotate each
    other's away. Where the file cannot be written the newest lines are kept in memory all the same.
    """
    return RunningLog(home, level, file)


def recent_log() -> RecentLog | None:
    """Return the newest lines of this run, None where no log was started."""
    handlers = logging.getLogger().handlers
    return next((one for one in handlers if isinstance(one, RecentLog)), None)


def log_folder(home: Path) -> Path:
    """Return the folder of the log files, whether it is there or not."""
    return home / _FOLDER


def read_log(home: Path, most: int = _LINES_IN_MEMORY) -> list[LogLine]:
    """Return the newest entries of the files, oldest first; none when there are no files."""
    files = [log_folder(home) / _FILE, log_folder(home) / f"{_FILE}.1"]
    found: list[LogLine] = []
    for path in files:
        try:
            content = path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            continue
        found = parse_log(content.splitlines()) + found
        if len(found) >= most:
            break
    return found[-most:]


def parse_log(lines: Iterable[str]) -> list[LogLine]:
    """Return the entries of a log file; lines that begin none belong to the one before."""
    found: list[LogLine] = []
    for line in lines:
        begin = _LINE.fullmatch(line)
        if begin is not None:
            at = datetime.strptime(begin[1], "%Y-%m-%d %H:%M:%S").astimezone()
            found.append(LogLine(at, begin[2], begin[3], begin[4]))
        elif found:
            last = found[-1]
            found[-1] = LogLine(last.at, last.level, last.name, f"{last.text}\n{line}")
    return found


def _file_handler(path: Path) -> RotatingFileHandler:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler
