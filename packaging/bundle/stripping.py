"""Python's own libraries without their debugging symbols, where they were built with them."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bundle.needed_libraries import Row


def strip_python(rows: Iterable[Row], folder: Path) -> list[Row]:
    """Return the rows with Python's libraries replaced by stripped copies in ``folder``.

    Only these: wheels' libraries were rewritten after linking and do not survive it, and the
    system's are stripped already.
    """
    program = shutil.which("strip") if sys.platform == "linux" else None
    if program is None:
        return list(rows)
    folder.mkdir(parents=True, exist_ok=True)
    return [_stripped(row, folder, program) if _is_pythons(row) else row for row in rows]


def _is_pythons(row: Row) -> bool:
    return row[2] != "SYMLINK" and Path(row[1]).is_relative_to(Path(sys.base_prefix) / "lib")


def _stripped(row: Row, folder: Path, program: str) -> Row:
    copy = folder / Path(row[1]).name
    done = subprocess.run(
        [program, "--strip-unneeded", "-o", str(copy), row[1]], check=False, capture_output=True
    )
    return (row[0], str(copy), row[2]) if done.returncode == 0 else row
