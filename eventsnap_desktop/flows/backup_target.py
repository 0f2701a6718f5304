"""The file a backup is written to: there as a whole, or not at all."""

import errno
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

from eventsnap_desktop.domain.errors import EventSnapError, UsageError

log = logging.getLogger(__name__)

_FULL = {
    errno.ENOSPC: "there is no space left",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file system takes no file so large",
}


@contextmanager
def new_file(target: Path, replace: bool) -> Iterator[IO[bytes]]:
    """Lend a file that becomes ``target`` when the block ends well; only its owner may read it.

    UsageError where there is such a file already and ``replace`` is not set, EventSnapError where
    it cannot be written. After an error nothing is left; what a killed program left is removed by
    the next that writes there.
    """
    _check(target, replace)
    with _sentences(target):
        _remove_left(target)
        path = target.with_name(f".{target.name}.{os.getpid()}.partial")
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        try:
            with os.fdopen(number, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _check(target, replace)
            path.replace(target)
            _sync_folder(target.parent)
        finally:
            path.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)  # of Windows, where text is the default


def _check(target: Path, replace: bool) -> None:
    if target.is_dir():
        raise UsageError(f"{target} is a folder", "Name a file in it.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}", "Make it, or name another place.")
    if not replace and (target.exists() or target.is_symlink()):
        raise UsageError(
            f"There is a file {target} already", "Name another one, or replace it with --yes."
        )


@contextmanager
def _sentences(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise EventSnapError(
                f"The backup cannot be written to {target.parent}: {_FULL[error.errno]}",
                "Nothing was kept of it. Free space, or name another place.",
            ) from error
        raise EventSnapError(
            f"The backup cannot be written to {target} ({error.strerror})",
            "Name a place where you may write, and check the drive.",
        ) from error


def _remove_left(target: Path) -> None:
    """Remove what programs left that were killed while they wrote this file."""
    name = re.compile(rf"\.{re.escape(target.name)}\.(\d{{1,10}})\.partial")
    for path in target.parent.iterdir():
        found = name.fullmatch(path.name)
        if found and (int(found[1]) == os.getpid() or not psutil.pid_exists(int(found[1]))):
            log.info("removing half a backup that a killed program left")
            with suppress(OSError):
                path.unlink()


def _sync_folder(folder: Path) -> None:
    """Have the new name outlive a power cut, where the system can do that."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network file systems cannot
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
