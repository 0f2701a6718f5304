"""Walks a folder of any depth file by file, without loops and without clutter."""

import os
import stat as modes
from collections.abc import Callable, Iterator
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


def walk(
    root: Path,
    with_folders: bool = False,
    on_skipped: Callable[[str, str], None] | None = None,
) -> Iterator[FoundFile]:
    """Stream the regular files below ``root``, without clutter.

    Links to files inside are followed, links to folders and to the outside never. What is deleted
    meanwhile is left out. A folder that cannot be read raises OSError, unless ``on_skipped`` is
    there to be told the path and the reason of whatever is left out ("" for clutter). Memory is
    that of the folders yet to come, not of the files.
    """
    real_root = root.resolve()
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if is_clutter(entry.name):
                        _tell(on_skipped, name, "")
                        continue
                    is_folder = entry.is_dir(follow_symlinks=False)
                    if is_folder:
                        waiting.append((folder / entry.name, f"{name}/"))
                    if not is_folder or with_folders:
                        yield from _found(entry, name, real_root, on_skipped)
        except (FileNotFoundError, NotADirectoryError):
            if folder == root:
                raise
        except OSError as error:
            if on_skipped is None:
                raise
            on_skipped(prefix or str(root), f"The folder cannot be read ({error.strerror})")


def _found(
    entry: os.DirEntry[str],
    name: str,
    real_root: Path,
    on_skipped: Callable[[str, str], None] | None,
) -> Iterator[FoundFile]:
    try:
        if entry.is_symlink() and not _leads_to_file_inside(entry, real_root):
            _tell(on_skipped, name, "It is a link to a folder or out of the folder")
            return
        status = entry.stat()
    except (FileNotFoundError, NotADirectoryError, RuntimeError):
        return  # deleted meanwhile, or a link to nowhere or in a circle
    if modes.S_ISREG(status.st_mode) or modes.S_ISDIR(status.st_mode):
        yield FoundFile(key_of_name(name), Path(entry.path), status)


def _leads_to_file_inside(entry: os.DirEntry[str], real_root: Path) -> bool:
    target = Path(entry.path).resolve(strict=True)
    return target.is_relative_to(real_root) and target.is_file()


def _tell(on_skipped: Callable[[str, str], None] | None, name: str, reason: str) -> None:
    if on_skipped is not None:
        on_skipped(key_of_name(name), reason)
