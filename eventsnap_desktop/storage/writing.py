"""Writes a new file so that it is there whole or not at all, and never over another."""

import errno
import os
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from eventsnap_desktop.domain.errors import PhotoUnreadableError

_BLOCK = 1 << 20


def write_new_file(root: Path, path: Path, content: BinaryIO, size: int | None) -> None:
    """Write ``content`` to ``path`` below ``root``; FileExistsError when something has that name.

    The bytes go to a hidden file beside it, to the disk, and then get their name in one step.
    """
    _make_folders(root, path.parent)
    hidden = path.parent / f".eventsnap-{uuid4().hex}.part"
    try:
        with hidden.open("xb") as file:
            written = 0
            while block := content.read(_BLOCK):
                file.write(block)
                written += len(block)
            file.flush()
            os.fsync(file.fileno())
        if size is not None and written != size:
            raise PhotoUnreadableError(f"The file ended after {written} of {size} bytes")
        _give_name(hidden, path)
    finally:
        hidden.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _make_folders(root: Path, folder: Path) -> None:
    """Create the folders below ``root``, which itself must be there: a stick may be out."""
    if not root.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(root))
    for part in [*reversed([up for up in folder.parents if root in up.parents]), folder]:
        if part != root:
            part.mkdir(exist_ok=True)  # FileExistsError when a file has the name


def _give_name(hidden: Path, path: Path) -> None:
    try:
        os.link(hidden, path)  # fails when the name is taken, unlike a rename
    except FileExistsError:
        raise
    except OSError:
        # FAT cards and some shares know no hard links; between look and rename another
        # program could take the name, which is accepted there.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        hidden.rename(path)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk where the system can (not on Windows, not on all shares)."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        return
