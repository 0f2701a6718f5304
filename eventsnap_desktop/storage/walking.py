"""Walks a folder of any depth file by file, without loops and without clutter."""

import os
import stat as modes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eventsnap_desktop.storage.file_names import key_of_name
from eventsnap_desktop.storage.names import is_clutter


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file below a folder: its key, its path, its status with links followed."""

    key: str
    path: Path
    status: os.stat_result


def walk(root: Path, with_folders: bool = False, with_clutter: bool = False) -> Iterator[FoundFile]:
    """Stream the regular files below ``root``, of clutter only when it is asked for.

    Links to files inside are followed, links to folders and to the outside never. What is deleted
    meanwhile is left out; a folder that cannot be read raises OSError. Memory is that of one
    path for each level and folder yet to come, not of the files.
    """
    real_root = root.resolve()
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            entries = os.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            if folder == root:
                raise
            continue  # deleted since its parent was read
        with entries:
            for entry in entries:
                if is_clutter(entry.name) and not with_clutter:
                    continue
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((folder / entry.name, f"{name}/"))
                    if not with_folders:
                        continue
                status = _status(entry, real_root, with_folders)
                if status is not None:
                    yield FoundFile(key_of_name(name), Path(entry.path), status)


def _status(entry: os.DirEntry[str], real_root: Path, with_folders: bool) -> os.stat_result | None:
    try:
        if entry.is_symlink() and not _inside(entry, real_root):
            return None
        status = entry.stat()
    except (FileNotFoundError, NotADirectoryError, RuntimeError):
        return None  # deleted meanwhile, or a link to nowhere or in a circle
    if modes.S_ISDIR(status.st_mode):
        return status if with_folders else None
    return status if modes.S_ISREG(status.st_mode) else None


def _inside(entry: os.DirEntry[str], real_root: Path) -> bool:
    return Path(entry.path).resolve(strict=True).is_relative_to(real_root)
