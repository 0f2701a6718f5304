"""What the page's own process and the program that started it tell each other, a line each.

Down the pipe goes one line, with the settings; secrets go this way only, never by a command line,
the environment or a file. Up come reports, and what is to be logged.
"""

import json
import logging
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from eventsnap_desktop.delivery.share_address import is_address
from eventsnap_desktop.settings.schema import Settings, ShareSettings
from eventsnap_desktop.settings.secrets import reveal

_PASSED_ON = ("database.url", "storage.access_key", "storage.secret_key")


@dataclass(frozen=True, slots=True)
class ShareReport:
    """How phones are answered: by whom, on which port, or why not.

    ``is_own``: by the process that reports; else by another program of ours on this machine.
    """

    port: int = 0
    is_own: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ShareOrder:
    """What to serve: by which settings, under which name, and on which port before all."""

    settings: Settings
    name: str
    port: int = 0


class Pipe(Protocol):
    """Where lines go to."""

    def write(self, text: str, /) -> object:
        """Take text."""

    def flush(self) -> None:
        """Pass on what was taken."""


def order_line(order: ShareOrder) -> str:
    """Return an order as a line; it holds secrets."""
    told = order.settings.model_dump(mode="json")
    told["mail"]["password"] = None
    told["database"]["url_in_keyring"] = False
    for name in _PASSED_ON:
        group, _, field = name.partition(".")
        told[group][field] = reveal(order.settings, name)
    return json.dumps({"settings": told, "name": order.name, "port": order.port}) + "\n"


def read_order(line: str) -> ShareOrder:
    """Return what a line orders; ValueError when it is none."""
    told = json.loads(line)
    if not isinstance(told, dict) or not {"settings", "name", "port"} <= told.keys():
        raise ValueError("no order")
    return ShareOrder(Settings(**told["settings"]), str(told["name"]), int(told["port"]))


def report_line(report: ShareReport) -> str:
    """Return a report as a line."""
    return json.dumps({"report": asdict(report)}) + "\n"


def read_line(line: str) -> ShareReport | None:
    """Return what a line reports; what it wants to be logged is logged. Others are left out."""
    try:
        told = json.loads(line)
        if "log" in told:
            logging.getLogger(str(told["name"])).log(int(told["log"]), "%s", told["text"])
            return None
        given: dict[str, Any] = told["report"]
        return ShareReport(int(given["port"]), bool(given["is_own"]), str(given["problem"]))
    except (ValueError, KeyError, TypeError):  # a library printed something
        return None


def served_at(share: ShareSettings) -> tuple[str, str]:
    """Return the address that is listened on, "" for every one, and ``http`` or ``https``."""
    host = share.host if is_address(share.host) else ""
    return host, "https" if share.certificate else "http"


class PipeLog(logging.Handler):
    """Sends what is logged up the pipe: two processes never write one log file."""

    def __init__(self, pipe: Pipe) -> None:
        super().__init__()
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        """Send one entry; called with the handler's lock held."""
        try:
            text = record.getMessage()
            if record.exc_info:
                text += "\n" + logging.Formatter().formatException(record.exc_info)
            told = {"log": record.levelno, "name": record.name, "text": text}
            self._pipe.write(json.dumps(told) + "\n")
            self._pipe.flush()
        except (OSError, ValueError):  # nobody listens any more: this process ends in a moment
            pass
