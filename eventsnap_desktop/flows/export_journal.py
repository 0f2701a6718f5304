"""What an export has written into a folder, in a file beside the photos until all are there."""

import json
from hashlib import blake2b
from pathlib import Path

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.flows.export_names import safe_path

JOURNAL = ".eventsnap-export"
DIGEST_BYTES = 16


def photo_digest(photo: PhotoRow, variant: str) -> bytes:
    """Return what stands for one photo as it was when it was exported, made in one way."""
    said = json.dumps([photo.key, photo.etag, variant])
    return blake2b(said.encode(), digest_size=DIGEST_BYTES).digest()


class ExportJournal:
    """One line a photo: what it was, how many bytes were written, under which name.

    A name stands in it only when the file is on the disk as a whole. Lines that are torn or odd are
    passed over: the photo is then looked at as any other. OSError when it cannot be written.
    """

    def __init__(self, folder: Path, variant: str) -> None:
        self._folder, self._variant = folder, variant
        self._file = folder / JOURNAL
        self._written = self._read()

    def written_as(self, photo: PhotoRow) -> str | None:
        """Return the name a photo was written under, None when its file is not there."""
        name, size = self._written.get(photo_digest(photo, self._variant).hex(), ("", -1))
        if not name or name != safe_path(name):  # anybody may have written the journal
            return None
        path = self._folder / name
        return name if path.is_file() and path.stat().st_size == size else None

    def add(self, photo: PhotoRow, name: str, size: int) -> None:
        """Note that a photo was written."""
        line = f"{photo_digest(photo, self._variant).hex()} {size} {name}\n"
        with self._file.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)

    def remove(self) -> None:
        """Leave nothing behind: all photos are there."""
        self._file.unlink(missing_ok=True)

    def _read(self) -> dict[str, tuple[str, int]]:
        if not self._file.is_file():
            return {}
        found = {}
        for line in self._file.read_text("utf-8", "replace").split("\n"):
            digest, _, rest = line.partition(" ")
            size, _, name = rest.partition(" ")
            if size.isascii() and size.isdigit():
                found[digest] = name, int(size)
        return found
