"""A printer of Windows, by PowerShell and .NET's own printing; written by the book, not tried yet.

Windows forgets a print once it is out. So a note of each sheet is kept in a folder: *begun* before
it is handed over, *handed* after. Only where this program ended between the two may a sheet come
twice; the spooler is asked for it first.
"""

import json
import logging
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eventsnap_desktop.delivery.print_layout import DPI, paper_pixels
from eventsnap_desktop.delivery.print_queue import Condition, Handed, PrintState, Recall, Sheet
from eventsnap_desktop.delivery.print_render import jpeg, upright_paper
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError

log = logging.getLogger(__name__)

_SECONDS = 60.0
_NO_SUCH_PRINTER = 3

# In units of 1/100 inch. The nearest paper is taken and the sheet put in its middle at its real
# size, so that its bleed reaches beyond the paper, or fills the larger page of a photo printer.
_PRINT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Drawing
$d = New-Object System.Drawing.Printing.PrintDocument
$d.PrinterSettings.PrinterName = {printer}
if (-not $d.PrinterSettings.IsValid) {{ exit 3 }}
$d.DocumentName = {title}
$d.PrinterSettings.Copies = {copies}
$d.PrintController = New-Object System.Drawing.Printing.StandardPrintController
$best = 1e9
foreach ($p in $d.PrinterSettings.PaperSizes) {{
  $away = [Math]::Max([Math]::Abs($p.Width - {width}), [Math]::Abs($p.Height - {height}))
  if ($away -lt $best) {{ $best = $away; $d.DefaultPageSettings.PaperSize = $p }}
}}
$d.DefaultPageSettings.Landscape = $false
$d.OriginAtMargins = $false
$image = [Drawing.Image]::FromFile({file})
$d.add_PrintPage({{
  param($sender, $e)
  $w = $e.PageBounds.Width; $h = $e.PageBounds.Height
  $scale = [Math]::Max(100 / {dpi}, [Math]::Max($w / $image.Width, $h / $image.Height))
  $iw = $image.Width * $scale; $ih = $image.Height * $scale
  $x = ($w - $iw) / 2 - $e.PageSettings.HardMarginX
  $y = ($h - $ih) / 2 - $e.PageSettings.HardMarginY
  $e.Graphics.DrawImage($image, [single]$x, [single]$y, [single]$iw, [single]$ih)
  $e.HasMorePages = $false
}})
$d.Print()
$image.Dispose()
"""
_JOBS = (
    "@(Get-PrintJob -PrinterName {printer} | Select-Object Id, DocumentName, "
    "@{{n='State';e={{[string]$_.JobStatus}}}}) | ConvertTo-Json"
)
_STATE = (
    "Get-Printer -Name {printer} | Select-Object JobCount, "
    "@{{n='State';e={{[string]$_.PrinterStatus}}}} | ConvertTo-Json"
)
_CANCEL = "Remove-PrintJob -PrinterName {printer} -ID {number}"
_UTF8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "

_FINE = {"", "Normal", "Idle", "Printing", "Processing", "Busy", "WarmingUp"}
_WORDS = {
    "PaperOut": "it is out of paper",
    "PaperJam": "paper is jammed",
    "PaperProblem": "it has a problem with its paper",
    "DoorOpen": "its door is open",
    "NoToner": "its ribbon or ink is used up",
    "TonerLow": "",
    "Paused": "it is paused",
    "Offline": "it is switched off or not connected",
    "NotAvailable": "it is switched off or not connected",
    "OutputBinFull": "its output is full",
    "UserIntervention": "it needs somebody",
    "Error": "it has an error",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What PowerShell printed, and its exit code."""

    output: str
    code: int


Run = Callable[[str], Said]


class WindowsQueue:
    """Fits print_queue.PrintQueue. ``notes`` is a folder that stays; several may share it."""

    def __init__(self, name: str, notes: Path, run: Run | None = None) -> None:
        self._name, self._notes, self._run = name, notes, run or power_shell

    @property
    def name(self) -> str:
        """What Windows calls it."""
        return self._name

    def condition(self) -> Condition:
        """Return how it is now."""
        said = self._run(_STATE.format(printer=quoted(self._name)))
        found = _entries(said.output)
        if said.code or not found:
            return Condition(problem="it is no longer set up")
        states = [one.strip() for one in str(found[0].get("State") or "").split(",")]
        bad = [_WORDS.get(one, f"Windows says: {one}") for one in states if one not in _FINE]
        waiting = found[0].get("JobCount")
        problem = ", ".join(one for one in bad if one)
        return Condition(problem, "", waiting if isinstance(waiting, int) else 0)

    def find(self, title: str) -> Handed | None:
        """Return the sheet of this title if the spooler has it or it was handed over before."""
        job = self._job(title)
        if job is not None:
            return job
        done = Handed(title, self._name, 0, PrintState.DONE)
        return done if self._note(title, "handed").exists() else None

    def hand_over(self, sheet: Sheet) -> Handed:
        """Hand a sheet over; NotNowError, NeverError."""
        known = self.find(sheet.title)
        if known is not None:
            return known
        self._write_note(sheet.title, "begun")
        with tempfile.TemporaryDirectory(prefix="eventsnap-") as folder:
            file = Path(folder) / "page.jpg"
            file.write_bytes(jpeg(upright_paper(sheet.page)))
            width, height = paper_pixels(sheet.layout)
            said = self._run(
                _PRINT.format(
                    printer=quoted(self._name),
                    title=quoted(sheet.title),
                    copies=sheet.copies,
                    width=width * 100 // DPI,
                    height=height * 100 // DPI,
                    dpi=DPI,
                    file=quoted(str(file)),
                )
            )
        if said.code == _NO_SUCH_PRINTER:
            raise NotNowError(f"{self._name}: it is no longer set up")
        if said.code:
            raise NeverError(f"{self._name}: Windows did not print the sheet")
        self._write_note(sheet.title, "handed")
        waiting = Handed(sheet.title, self._name, 0, PrintState.WAITING)
        return self._job(sheet.title) or waiting

    def look(self, handed: Handed) -> Handed:
        """Return where a sheet stands now: out, when the spooler has it no more."""
        return self._job(handed.title) or replace(handed, state=PrintState.DONE)

    def take_back(self, handed: Handed) -> bool:
        """Cancel a sheet that is not being printed; True when it surely is not printed any more."""
        job = self._job(handed.title)
        if job is None or job.state is PrintState.PRINTING:
            return False
        self._run(_CANCEL.format(printer=quoted(self._name), number=job.number))
        if self._job(handed.title) is not None:
            return False
        self._note(handed.title, "handed").unlink(missing_ok=True)
        return True

    def recall(self, title: str) -> Recall:
        """Cancel the sheet of this title."""
        found = self.find(title)
        if found is None:
            return Recall.NOTHING
        return Recall.BACK if self.take_back(found) else Recall.OUT

    def help_along(self) -> None:
        """Do nothing: Windows goes on by itself after a refill."""

    def _job(self, title: str) -> Handed | None:
        said = self._run(_JOBS.format(printer=quoted(self._name)))
        for one in _entries(said.output):
            number = one.get("Id")
            if one.get("DocumentName") == title and isinstance(number, int):
                is_printing = "Printing" in str(one.get("State"))
                state = PrintState.PRINTING if is_printing else PrintState.WAITING
                return Handed(title, self._name, number, state)
        return None

    def _note(self, title: str, what: str) -> Path:
        return self._notes / f"{title}.{what}"

    def _write_note(self, title: str, what: str) -> None:
        try:
            self._notes.mkdir(parents=True, exist_ok=True)
            self._note(title, what).touch()
        except OSError as error:
            raise NotNowError(f"It cannot be noted what was printed ({error.strerror})") from error


def quoted(text: str) -> str:
    """Return a text as PowerShell reads it literally, whatever is in it."""
    # Curly quotes end a text there as straight ones do.
    for quote in "'\u2018\u2019\u201a\u201b":
        text = text.replace(quote, quote * 2)
    return f"'{text}'"


def power_shell(script: str) -> Said:
    """Run a script; NotNowError when Windows does not answer."""
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", _UTF8 + script]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotNowError("Windows's print spooler did not answer in time") from error
    except OSError as error:
        raise NotNowError(f"Nothing can be printed here ({error.strerror})") from error
    if done.returncode:
        log.debug("PowerShell ended with %s", done.returncode)
    return Said(done.stdout, done.returncode)


def _entries(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text) if text.strip() else []
    except ValueError:
        return []
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if isinstance(one, dict)]
