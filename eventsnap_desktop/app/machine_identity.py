"""What tells this machine from others that deliver out of the same database."""

import hashlib
import logging
import platform
import re
import sys
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

log = logging.getLogger(__name__)

FILE = "machine-id"
"""In the data folder: an identity that somebody chose, or that of a machine without one."""

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_APPLE = ("ioreg", "-rd1", "-c", "IOPlatformExpertDevice")
_APPLE_ID = re.compile(r'"IOPlatformUUID"\s*=\s*"([0-9A-Fa-f-]+)"')
_OURS = b"EventSnap prints"
_LONGEST = 200


def machine_identity(home: Path) -> str:
    """Return the same for every process of this machine, whoever runs it; not what it is made of.

    The system's own identity must not be handed on (machine-id(5)), so it is a digest. A file in
    the data folder takes its place: of machines that were copied from one disk, each needs one.
    """
    found = _chosen(home) or _of_system() or _made(home)
    return hashlib.blake2b(found.encode(), digest_size=16, key=_OURS).hexdigest()


def _chosen(home: Path) -> str:
    with suppress(OSError, ValueError):
        return (home / FILE).read_text("utf-8").strip()[:_LONGEST]
    return ""


def _made(home: Path) -> str:
    """Write an identity into the data folder and return what is there then."""
    half = home / f".{FILE}-{uuid4().hex[:8]}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        half.write_text(f"{uuid4().hex}\n", "utf-8")
        with suppress(FileExistsError):
            (home / FILE).hardlink_to(half)  # there as a whole, and only the first one's
        half.unlink()
    except OSError as error:
        log.warning("this machine's identity is its name only: %s", error.strerror)
    return _chosen(home) or platform.node()


def _of_system() -> str:
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_apple()
    for file in _LINUX:
        with suppress(OSError, ValueError):
            if found := file.read_text("ascii").strip():
                return found
    return ""


def _of_windows() -> str:
    if sys.platform == "win32":
        import winreg

        # Also a 32-bit program has to read the one that all others read.
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with suppress(OSError):
            place = winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, access
            )
            with place:
                return str(winreg.QueryValueEx(place, "MachineGuid")[0])
    return ""


def _of_apple() -> str:
    from eventsnap_desktop.delivery.printers import ask

    found = _APPLE_ID.search(ask(_APPLE).output)
    return found[1] if found else ""
