"""A printer for venues without one: a PDF a sheet in a folder, to be printed somewhere else."""

import io
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from eventsnap_desktop.delivery.print_layout import DPI
from eventsnap_desktop.delivery.print_queue import Condition, Handed, PrintState, Recall, Sheet
from eventsnap_desktop.delivery.print_render import trimmed
from eventsnap_desktop.domain.outgoing import NotNowError

SCHEME = "pdf:"
"""What the name of such a printer begins with; the folder follows."""

_QUALITY = 95
_A_SHEET = 10 * 2**20  # bytes: more than the largest one with several copies
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")


class PdfQueue:
    """Fits print_queue.PrintQueue. A sheet's file is named by its title: twice is once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._folder = Path(name.removeprefix(SCHEME)).expanduser()

    @property
    def name(self) -> str:
        """The printer's name, as it is set: ``pdf:FOLDER``."""
        return self._name

    @property
    def is_here(self) -> bool:
        """Whether the folder is one of this machine and user; its disk may be full."""
        return not self._problem_of_folder()

    def condition(self) -> Condition:
        """Return whether a sheet can be written; the folder is made where only it is missing."""
        problem = self._problem_of_folder()
        if not problem:
            with suppress(OSError):
                is_full = shutil.disk_usage(self._folder).free < _A_SHEET
                problem = "its disk is full" if is_full else ""
        return Condition(problem=problem)

    def _problem_of_folder(self) -> str:
        if not self._folder.is_absolute():
            return "its folder has to be a whole path"
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
        if not self._folder.is_dir():
            return "its folder is not there"
        return "" if os.access(self._folder, os.W_OK) else "its folder cannot be written into"

    def find(self, title: str) -> Handed | None:
        """Return the sheet of this title if its file is there."""
        return self._done(title) if self._file(title).exists() else None

    def hand_over(self, sheet: Sheet) -> Handed:
        """Write a sheet's file, whole or not at all; NotNowError."""
        problem = self.condition().problem
        if problem:
            raise NotNowError(f"{self._name}: {problem}")
        if self.find(sheet.title) is None:
            self._write(self._file(sheet.title), pdf(sheet))
        return self._done(sheet.title)

    def look(self, handed: Handed) -> Handed:
        """Return the same: a file is there or it is not."""
        return handed

    def take_back(self, handed: Handed) -> bool:
        """Return False: what was written stays."""
        del handed
        return False

    def recall(self, title: str) -> Recall:
        """Return whether there is such a file: what was written stays."""
        return Recall.OUT if self._file(title).exists() else Recall.NOTHING

    def help_along(self) -> None:
        """Do nothing: only a person can bring a folder back."""

    def _done(self, title: str) -> Handed:
        return Handed(title, self._name, 0, PrintState.DONE)

    def _file(self, title: str) -> Path:
        return self._folder / f"{_NOT_IN_NAMES.sub('_', title)}.pdf"

    def _write(self, file: Path, data: bytes) -> None:
        half = file.with_name(f".{file.stem}-{uuid4().hex[:8]}.part")
        try:
            with half.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            half.replace(file)
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            raise NotNowError(f"{self._name}: it cannot be written ({error.strerror})") from error


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF of the paper's exact size, with a page for each copy."""
    page = trimmed(sheet.page)
    out = io.BytesIO()
    page.save(
        out,
        "PDF",
        resolution=DPI,
        quality=_QUALITY,
        save_all=True,
        append_images=[page] * (sheet.copies - 1),
        title="",
        producer="EventSnap",
    )
    return out.getvalue()
