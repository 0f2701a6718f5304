"""Which cameras the machine has, found out without filming: no stream starts, no light goes on."""

import json
import logging
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_SECONDS = 15.0

# Of linux/videodev2.h: VIDIOC_QUERYCAP is _IOR('V', 0, struct v4l2_capability), 104 bytes.
_QUERYCAP = 0x80685600
_CAPABILITY = struct.Struct("16s32s32s6I")
_VIDEO_CAPTURE, _VIDEO_CAPTURE_MPLANE, _DEVICE_CAPS = 0x1, 0x1000, 0x80000000

_WINDOWS_COMMAND = (
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
    "Get-CimInstance Win32_PnPEntity -Filter \"PNPClass='Camera' OR PNPClass='Image'\" | "
    "Where-Object Status -eq 'OK' | Select-Object Name | ConvertTo-Json"
)

Run = Callable[[Sequence[str]], str | None]
"""Runs a program and returns what it printed, or None when it is missing, fails or takes long."""


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """One camera: what ``--camera`` takes, its name, and what is in the way of using it or "".

    ``number`` is None where the system tells names only.
    """

    number: int | None
    name: str
    problem: str


def list_cameras() -> list[CameraDevice]:
    """Return the cameras of this machine; asking takes seconds on Windows and macOS."""
    system: str = sys.platform  # a plain text, so that mypy looks at all three ways
    if system == "linux":
        return list_linux(Path("/sys/class/video4linux"), Path("/dev"), ask_driver)
    return named_by_windows(_run) if system == "win32" else named_by_macos(_run)


def list_linux(
    classes: Path, devices: Path, ask: Callable[[Path], tuple[str, bool]]
) -> list[CameraDevice]:
    """Return the devices that can capture; ``ask`` returns a device's name and whether it can.

    A webcam has several devices of which one captures. One that may not be opened is listed with
    what to do; one that vanished meanwhile is not.
    """
    cameras = []
    for entry in sorted(classes.glob("video*"), key=_number):
        device = devices / entry.name
        try:
            name, captures = ask(device)
        except PermissionError:
            problem = f"{device} may not be opened: add this user to the group “video”"
            cameras.append(CameraDevice(_number(entry), _name_in(entry), problem))
        except OSError as error:
            log.debug("%s cannot be asked: %s", device, error)
        else:
            if captures:
                cameras.append(CameraDevice(_number(entry), name or _name_in(entry), ""))
    return cameras


def ask_driver(device: Path) -> tuple[str, bool]:
    """Ask a V4L2 driver for the device's name and whether it captures pictures; OSError."""
    import fcntl

    handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    try:
        answer = fcntl.ioctl(handle, _QUERYCAP, bytes(_CAPABILITY.size))
    finally:
        os.close(handle)
    return capability(answer)


def capability(answer: bytes) -> tuple[str, bool]:
    """Read a ``struct v4l2_capability``: the card's name, and whether this device captures."""
    _, card, _, _, whole, of_device, *_ = _CAPABILITY.unpack(answer)
    bits = of_device if whole & _DEVICE_CAPS else whole
    name = card.split(b"\0", 1)[0].decode(errors="replace").strip()
    return name, bool(bits & (_VIDEO_CAPTURE | _VIDEO_CAPTURE_MPLANE))


def named_by_windows(run: Run) -> list[CameraDevice]:
    """Return the cameras Windows lists, by name."""
    said = run(["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_COMMAND])
    found = _parsed(said)
    entries = found if isinstance(found, list) else [found]
    return [_named(entry.get("Name")) for entry in entries if isinstance(entry, dict)]


def named_by_macos(run: Run) -> list[CameraDevice]:
    """Return the cameras macOS lists, by name."""
    found = _parsed(run(["system_profiler", "SPCameraDataType", "-json"]))
    entries = found.get("SPCameraDataType", []) if isinstance(found, dict) else []
    return [_named(entry.get("_name")) for entry in entries if isinstance(entry, dict)]


def _named(name: Any) -> CameraDevice:
    return CameraDevice(None, str(name or "a camera without a name"), "")


def _parsed(said: str | None) -> Any:
    try:
        return json.loads(said) if said else None
    except ValueError:
        log.info("the system's list of cameras cannot be read")
        return None


def _number(entry: Path) -> int:
    digits = entry.name.removeprefix("video")
    return int(digits) if digits.isdigit() else -1


def _name_in(entry: Path) -> str:
    try:
        return (entry / "name").read_text(errors="replace").strip() or entry.name
    except OSError:
        return entry.name


def _run(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("the system cannot be asked for its cameras: %s", type(error).__name__)
        return None
    return done.stdout
