"""One file of the bundle: where it goes, and where it comes from."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its place inside the bundle with ``/``, and the file it is copied from."""

    place: str
    source: Path

    @property
    def for_pyinstaller(self) -> tuple[str, str, str]:
        """The entry as PyInstaller's tables have it, copied as it is, without being looked into."""
        return (self.place, str(self.source), "DATA")
