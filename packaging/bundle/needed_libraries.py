"""Which of the collected libraries are still needed once something is left out."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

Row = tuple[str, str, str]
"""A row of PyInstaller's tables: place in the bundle, source, kind."""


class MissingLibraryError(Exception):
    """Something that stays needs what was left out."""


def keep_needed(
    rows: Iterable[Row], is_left_out: Callable[[str], bool], needs: Callable[[str], set[str]]
) -> list[Row]:
    """Return the rows without those left out, and without libraries that only these needed.

    ``needs`` returns the file names of the libraries that a file is linked to. Raises
    MissingLibraryError when a file that stays is linked to one that was left out: it would be found
    on this machine perhaps, and miss on the next.
    """
    by_name = {_name(row[0]): row for row in rows if row[2] != "SYMLINK"}
    graph = {name: needs(row[1]) & by_name.keys() for name, row in by_name.items()}
    out = {name for name, row in by_name.items() if is_left_out(row[0])}
    doubtful = _reached(out, graph) - out
    certain = by_name.keys() - out - doubtful
    kept = _reached(certain, graph)
    wrong = sorted(f"{name} needs {one}" for name in kept - out for one in graph[name] & out)
    if wrong:
        raise MissingLibraryError(f"what stays needs what was left out: {'; '.join(wrong)}")
    return [row for row in rows if _stays(row, kept)]


def _stays(row: Row, kept: set[str]) -> bool:
    # A link at the top leads to the library's own place.
    return _name(row[1] if row[2] == "SYMLINK" else row[0]) in kept


def _reached(begin: Iterable[str], graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name]
    return seen


def _name(place: str) -> str:
    return PurePosixPath(place.replace("\\", "/")).name
