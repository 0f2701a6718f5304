"""Says what is missing for a window where Qt would only abort the program."""

import os
import re
import socket
import sys
from pathlib import Path

from eventsnap_desktop.domain.errors import EventSnapError

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_ASK_SECONDS = 5.0
_X_DISPLAY = re.compile(r"(?:[a-z]+/)?(?P<host>[^:/]*):(?P<number>\d+)(?:\.\d+)?")
_X_FIRST_PORT = 6000


def check_screen() -> None:
    """Raise EventSnapError where no window can open: no screen, or a library is missing."""
    check_display()
    try:
        import PySide6.QtWidgets  # noqa: F401 - only whether it can be imported
    except ImportError as error:
        raise EventSnapError(
            f"The windows' libraries cannot be loaded ({error})",
            "Install what is missing; on Debian: apt-get install libegl1 libgl1 libxkbcommon0 "
            "libdbus-1-3 libfontconfig1.",
        ) from error


def check_display() -> None:
    """Raise EventSnapError where there is no display server, or none that answers (any more)."""
    if not sys.platform.startswith("linux"):
        return
    given = {name: os.environ[name] for name in _SCREENS if os.environ.get(name)}
    if not given:
        raise EventSnapError(
            "There is no screen here to open a window on",
            "Start it from a desktop; eventsnap --help lists what works without a screen.",
        )
    platform = given.pop("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return  # drawn into memory, or straight on the hardware
    if given and not any(_answers(name, value) for name, value in given.items()):
        raise EventSnapError(
            f"The screen “{next(iter(given.values()))}” does not answer",
            "Start it from the desktop that runs now.",
        )


def _answers(name: str, value: str) -> bool:
    if name == "WAYLAND_DISPLAY":
        folder = os.environ.get("XDG_RUNTIME_DIR", "")
        return _listens(str(Path(folder) / value))
    display = _X_DISPLAY.fullmatch(value)
    if display is None:
        return True  # a way of naming it that only Qt knows
    number = int(display["number"])
    if display["host"] in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _listens("\0" + path) or _listens(path)
    try:
        address = (display["host"], _X_FIRST_PORT + number)
        socket.create_connection(address, timeout=_ASK_SECONDS).close()
    except OSError:
        return False
    return True


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(_ASK_SECONDS)
        try:
            asking.connect(path)
        except OSError:
            return False
    return True
