"""Which printers the machine has, by CUPS or Windows, and why one cannot print at the moment."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eventsnap_desktop.delivery.print_cups import CupsQueue
from eventsnap_desktop.delivery.print_pdf import SCHEME, PdfQueue
from eventsnap_desktop.delivery.print_pool import PrinterName, asked, printer_names
from eventsnap_desktop.delivery.print_queue import PrintQueue
from eventsnap_desktop.delivery.print_windows import WindowsQueue

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


def list_printers(setting: str = "") -> PrinterList:
    """Return the print queues of this machine; never waits long for a print server.

    ``setting`` is the kiosk's printers: a folder among them is listed too, and those of CUPS say by
    IPP what is wrong with them, which lpstat does not.
    """
    found = printers_of_windows(ask) if sys.platform == "win32" else printers_of_cups(ask)
    wanted = [one.name for one in printer_names(setting)]
    devices = {device.name: device for device in found.printers}
    for name in wanted:
        if name.startswith(SCHEME):
            devices[name] = PrinterDevice(name, False, PdfQueue(name).condition().problem)
        elif name in devices and sys.platform != "win32":
            problem = asked(CupsQueue(name)).problem
            devices[name] = replace(devices[name], problem=problem)
    return PrinterList(tuple(devices.values()), "" if devices else found.reason)


def queues_of(setting: str, notes: Path) -> tuple[PrintQueue, ...]:
    """Return the queues that a kiosk's printer means: "Selphy1, Selphy2", "" for the default one.

    ``notes`` is a folder for what has been printed, where the system forgets it.
    """
    names = printer_names(setting)
    if not names:
        default = (one.name for one in list_printers().printers if one.is_default)
        names = tuple(PrinterName(name) for name in default)
    return tuple(_queue(one, notes) for one in names)


def _queue(one: PrinterName, notes: Path) -> PrintQueue:
    if one.name.startswith(SCHEME):
        return PdfQueue(one.name)
    if sys.platform == "win32":
        return WindowsQueue(one.name, notes)
    return CupsQueue(one.name, options=one.options)


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
