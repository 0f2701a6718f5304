"""What the embedded server is told: where it listens, how much memory it takes, what is safe."""

import os
import socket
import sys
import tempfile
from pathlib import Path

import psutil

from eventsnap_desktop.index.server_programs import ServerUser

SETTINGS_FILE = "eventsnap.conf"

# The path of a Unix socket fits into 108 bytes on Linux, 104 on a Mac, with the closing zero.
_LONGEST_SOCKET = 103
SOCKET_NAME = ".s.PGSQL.5432"
_MEGABYTE = 2**20


def render_settings(listening: dict[str, str]) -> bytes:
    """Return the settings file; ``listening`` is what ``choose_listening`` gave."""
    settings = {
        **listening,
        "max_connections": "60",
        "shared_buffers": f"{_buffer_megabytes()}MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        # What was answered is on the disk: photos that count as encoded stay so.
        "synchronous_commit": "on",
        "fsync": "on",
        "full_page_writes": "on",
        # Costs more than it saves in queries of some 20 ms.
        "jit": "off",
        "max_parallel_workers_per_gather": str(min(8, os.cpu_count() or 2)),
        "max_parallel_workers": str(min(8, os.cpu_count() or 2)),
        "timezone": "UTC",
        # Statements and details hold keys and addresses, which are personal data.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
        "log_timezone": "UTC",
    }
    lines = [b"%s = '%s'\n" % (k.encode(), os.fsencode(_quoted(v))) for k, v in settings.items()]
    return b"# Written by EventSnap at every start; changes are lost.\n" + b"".join(lines)


def choose_listening(data: Path, user: ServerUser | None, before: dict[str, str]) -> dict[str, str]:
    """Return where to listen: at a Unix socket that only the owner reaches, on Windows at a port.

    ``before`` is where it listened the last time, kept where possible so that others find it.
    """
    if sys.platform == "win32":
        port = before.get("port") or str(_free_port())
        return {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
    folder = _socket_folder(data, user, before.get("unix_socket_directories", ""))
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": folder,
        "unix_socket_permissions": "0700",
    }


def read_listening(data: Path) -> dict[str, str]:
    """Return where the server listened the last time it was started; empty if never."""
    try:
        text = os.fsdecode((data / SETTINGS_FILE).read_bytes())
    except FileNotFoundError:
        return {}
    pairs = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    found = {name: value.strip()[1:-1].replace("''", "'") for name, value in pairs}
    return {name: found[name] for name in ("unix_socket_directories", "port") if name in found}


def _buffer_megabytes() -> int:
    """Return a quarter of the memory, at most 4 GB.

    A scan of a table larger than a quarter of the buffers goes by a ring of 256 kB and copies
    every page from the system again (PostgreSQL, src/backend/access/heap/heapam.c, initscan):
    100,000 faces take 137 MB. Memory is taken only as it is used.
    """
    return max(128, min(4096, psutil.virtual_memory().total // 4 // _MEGABYTE))


def _socket_folder(data: Path, user: ServerUser | None, before: str) -> str:
    # libpq and the server's own setting split at commas; quotes are not worth their escaping.
    plain = not set(',"\\\n') & set(str(data))
    if plain and len(os.fsencode(data / SOCKET_NAME)) <= _LONGEST_SOCKET:
        return str(data)
    if before and Path(before) != data and Path(before).is_dir() and _is_private(before, user):
        return before
    base = tempfile.gettempdir()
    if len(os.fsencode(base)) > 60:
        base = "/tmp"  # noqa: S108 - mkdtemp makes a folder there that is ours alone
    folder = tempfile.mkdtemp(prefix="eventsnap-", dir=base)
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    return folder


def _is_private(folder: str, user: ServerUser | None) -> bool:
    status = os.lstat(folder)
    owner = os.geteuid() if user is None else user.uid
    return status.st_uid == owner and not status.st_mode & 0o077


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
