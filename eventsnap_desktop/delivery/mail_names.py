"""What the files attached to an e-mail are called: as the photos, with an ending that is true."""

import re
from collections.abc import Iterable

_BAD = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]+")
_LONGEST = 80


def file_names(keys: Iterable[str]) -> list[str]:
    """Return a name for each key: its last part as a JPEG's, numbered where it comes again."""
    names: list[str] = []
    taken: set[str] = set()
    for key in keys:
        stem = _stem(key)
        name, number = f"{stem}.jpg", 2
        while name.lower() in taken:
            name, number = f"{stem} ({number}).jpg", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _stem(key: str) -> str:
    last = key.rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    plain = _BAD.sub("_", stem.encode("utf-8", "replace").decode())
    return plain.strip(" ._")[:_LONGEST] or "photo"
