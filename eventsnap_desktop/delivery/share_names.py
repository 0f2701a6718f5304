"""Names of files that phones save: none twice, and said in a header."""

from pathlib import PurePosixPath
from urllib.parse import quote


class UniqueNames:
    """Gives each file of one folder a name of its own, also where case does not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """Return the name, with a number behind it where it was given before."""
        path, number, chosen = PurePosixPath(name), 1, name
        while chosen.casefold() in self._taken:
            number += 1
            chosen = f"{path.stem} ({number}){path.suffix}"
        self._taken.add(chosen.casefold())
        return chosen


def attachment(name: str) -> str:
    """Return the header that has a browser save a file by this name (RFC 6266)."""
    plain = "".join(one if " " <= one <= "~" and one not in '"\\%' else "_" for one in name)
    exact = quote(name.encode("utf-8", "replace"), safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"
