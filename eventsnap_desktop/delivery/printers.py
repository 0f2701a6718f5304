"""Which printers the machine has, by CUPS or Windows, and why one cannot print at the moment."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)

_SECONDS = 10.0
_STATE = re.compile(r"printer (\S+) (.*)")
_DEFAULT = re.compile(r"system default destination: (\S+)")

_WINDOWS_COMMAND = (
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
    "$d = (Get-CimInstance Win32_Printer -Filter 'Default=True').Name; "
    "@(Get-Printer | Select-Object Name, @{n='State';e={[string]$_.PrinterStatus}}, "
    "@{n='Default';e={$_.Name -eq $d}}) | ConvertTo-Json"
)


@dataclass(frozen=True, slots=True)
class PrinterDevice:
    """One print queue; ``problem`` says why it does not print now, or is ""."""

    name: str
    is_default: bool
    problem: str


@dataclass(frozen=True, slots=True)
class PrinterList:
    """The printers, and why there are none or "" when there are some."""

    printers: tuple[PrinterDevice, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said: its output and complaints, or why it could not be asked."""

    output: str
    complaint: str


Ask = Callable[[Sequence[str]], Answer]


def list_printers() -> PrinterList:
    """Return the print queues of this machine; never waits long for a print server."""
    if sys.platform == "win32":
        return printers_of_windows(ask)
    return printers_of_cups(ask)


def printers_of_cups(ask: Ask) -> PrinterList:
    """Return CUPS's queues, also those it found in the network by itself."""
    # In English whatever the user's language is: the answer is for people, not for programs.
    names = ask(["env", "LC_ALL=C", "lpstat", "-e"])
    states = ask(["env", "LC_ALL=C", "lpstat", "-p", "-d"])
    default = next((found[1] for found in _DEFAULT.finditer(states.output)), None)
    problems = _problems(states.output)
    known = dict.fromkeys([*names.output.split(), *problems])
    printers = tuple(PrinterDevice(name, name == default, problems.get(name, "")) for name in known)
    return PrinterList(printers, "" if printers else _why_none(names, states))


def printers_of_windows(ask: Ask) -> PrinterList:
    """Return the printers Windows lists."""
    said = ask(["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_COMMAND])
    try:
        found = json.loads(said.output) if said.output.strip() else []
    except ValueError:
        return PrinterList((), "Windows's list of printers cannot be read")
    entries = found if isinstance(found, list) else [found]
    printers = tuple(_of_windows(entry) for entry in entries if isinstance(entry, dict))
    reason = said.complaint or "no printer is set up in Windows"
    return PrinterList(printers, "" if printers else reason)


def ask(command: Sequence[str]) -> Answer:
    """Run a program for at most ten seconds; raises nothing."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer("", "the print server did not answer in time")
    except OSError as error:
        return Answer("", f"the print server cannot be asked ({error.strerror})")
    missing = done.returncode == 127  # what env says where there is no such program
    complaint = "CUPS is not installed (no lpstat)" if missing else done.stderr.strip()
    return Answer(done.stdout, complaint)


def _problems(listing: str) -> dict[str, str]:
    """Return every queue of ``lpstat -p`` with what is wrong with it, "" when nothing is."""
    problems: dict[str, str] = {}
    name = ""
    for line in listing.splitlines():
        if found := _STATE.match(line):
            name, said = found[1], found[2]
            problems[name] = "it is paused" if said.startswith("disabled") else ""
        elif name and line[:1].isspace() and problems[name] and line.strip():
            # The reason stands below: "Paused", "out of paper".
            problems[name] = f"it is paused ({line.strip()})"
    return problems


def _why_none(names: Answer, states: Answer) -> str:
    complaint = (names.complaint or states.complaint).removeprefix("lpstat: ")
    if not complaint or "no destinations" in complaint.lower():
        return "no printer is set up in CUPS"
    if "not running" in complaint or "refused" in complaint or "Bad file" in complaint:
        return "CUPS is installed but does not run"
    return complaint.splitlines()[0][:200]


def _of_windows(entry: dict[str, Any]) -> PrinterDevice:
    state = str(entry.get("State") or "")
    fine = state in {"", "Normal", "Idle", "Printing", "Processing", "Busy", "WarmingUp"}
    problem = "" if fine else f"Windows says: {state}"
    return PrinterDevice(str(entry.get("Name") or ""), entry.get("Default") is True, problem)
