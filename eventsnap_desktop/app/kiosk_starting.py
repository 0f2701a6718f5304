"""How a kiosk is called, and how a window starts one that outlives it."""

import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from eventsnap_desktop.domain.errors import EventSnapError

_MOST_SAID = 1_000_000  # bytes kept of what former starts said
_LOOK_EVERY = 0.05
_OURS = "eventsnap: "

# CREATE_NEW_PROCESS_GROUP | DETACHED_PROCESS; 0 is what POSIX wants.
_WINDOWS_FLAGS = 0x0000_0208 if sys.platform == "win32" else 0


def program() -> list[str]:
    """Return how this very program is started again, also when it is a frozen one."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "eventsnap_desktop"]


def kiosk_command(  # what the command line takes, in its order
    event_code: str,
    home: Path,
    *,
    camera: str | None = None,
    windowed: bool = False,
    screen: int | None = None,
    model_pack: str | None = None,
    guarded_as: str | None = None,
) -> list[str]:
    """Return the call of a kiosk; ``guarded_as`` is the name of one that a supervisor starts."""
    command = [*program(), "--kiosk", event_code, f"--home={home}"]
    if camera is not None:
        command.append(f"--camera={camera}")
    if windowed:
        command.append("--windowed")
    if screen is not None:
        command.append(f"--screen={screen + 1}")
    if model_pack is not None:
        command.append(f"--model-pack={model_pack}")
    if guarded_as is not None:
        command.append(f"--kiosk-child={guarded_as}")
    return command


def start_detached(command: list[str], said: Path, seconds: float) -> "subprocess.Popen[bytes]":
    """Start a program that lives on without us; what it says goes into the file ``said``.

    Return it after ``seconds``, or when it has ended well before; who keeps it and polls it now and
    then leaves no zombie. Raises EventSnapError with its last sentence when it fails before.
    """
    try:
        said.parent.mkdir(parents=True, exist_ok=True)
        if said.exists() and said.stat().st_size > _MOST_SAID:
            said.unlink()
        with said.open("ab") as into:
            begin = into.tell()
            process = _started(command, into)
    except OSError as error:
        raise EventSnapError(f"The kiosk cannot be started ({error.strerror})") from error
    deadline = time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > deadline:
            return process
        time.sleep(_LOOK_EVERY)
    if process.returncode != 0:
        with said.open("rb") as file:
            file.seek(begin)
            raise EventSnapError(_sentence(file.read().decode(errors="replace"), said))
    return process


def _started(command: list[str], said: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
        creationflags=_WINDOWS_FLAGS,
    )


def _sentence(text: str, said: Path) -> str:
    """Return the program's own last sentence, or what to look at where it did not say one."""
    ours = [line.removeprefix(_OURS) for line in text.splitlines() if line.startswith(_OURS)]
    return ours[-1] if ours else f"The kiosk ended at once. See {said} for what it said."
