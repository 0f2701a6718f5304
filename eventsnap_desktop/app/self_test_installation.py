"""The self-test's checks of what was installed: modules, resources, licences, certificates."""

import pkgutil
import platform
import ssl
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import eventsnap_desktop
from eventsnap_desktop import __version__
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.index.schema import known_migrations

_QT = {"PySide6", "shiboken6", "qasync"}
_INSTALL = "Install the program again."

RESOURCES = (
    "consent/de.md",
    "consent/en.md",
    "fonts/Inter-Bold.otf",
    "fonts/Inter-Regular.otf",
    "fonts/OFL.txt",
    "icons/eventsnap.svg",
    "mail/de.toml",
    "mail/en.toml",
    "mail/layout.html",
    "share/page.css",
    "share/page.html",
    "share/page.js",
    "translations/eventsnap_de.qm",
    "translations/eventsnap_en.qm",
)
"""Files without which something looks wrong or does not work, one of each kind."""


def check_program() -> str:
    """Say which program runs where."""
    kind = "installed as a frozen program" if is_frozen() else "run by Python"
    return f"EventSnap {__version__}, Python {platform.python_version()}, {kind}, on {_system()}."


def check_modules() -> str:
    """Import every module of the package that this platform can."""
    names, left_out = list(_modules()), []
    for name in names:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if not has_windows() and str(error.name).partition(".")[0] in _QT:
                left_out.append(name)
                continue
            raise EventSnapError(f"{name} misses {error.name}", _INSTALL) from error
    without = f" {len(left_out)} of windows were left out: Qt is not installed." if left_out else ""
    return f"{len(names) - len(left_out)} modules can be imported.{without}"


def check_resources(folder: Path) -> str:
    """Look that the program's own files are there and not empty."""
    missing = [name for name in RESOURCES if not _is_full(folder / name)]
    if missing:
        raise EventSnapError(f"Missing in {folder}: {', '.join(missing)}", _INSTALL)
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    schema = known_migrations()[-1].number
    return f"{files} resource files are there; the database's schema is number {schema}."


def check_licences() -> str:
    """Look that the licences of what is distributed with us are there."""
    if not is_frozen():
        from eventsnap_desktop.ui.organizer.licences import used_packages

        return f"Python's packages name their own licences; {len(used_packages())} are used."
    folder = licences_folder()
    index = folder / "THIRD-PARTY.md"
    if not _is_full(index):
        raise EventSnapError(f"The list of licences is missing in {folder}", _INSTALL)
    parts = [line for line in index.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    texts = [path for path in folder.rglob("*") if path.is_file() and path != index]
    empty = [path.name for path in texts if not _is_full(path)]
    if empty or not texts:
        raise EventSnapError(f"Licence texts are missing or empty in {folder}: {empty}", _INSTALL)
    return f"{len(parts) - 1} parts are listed, {len(texts)} licence texts are in {folder}."


def check_certificates() -> str:
    """Look that mail and photo storage can tell a true server from a false one."""
    context = ssl.create_default_context()
    known = len(context.get_ca_certs())
    paths = ssl.get_default_verify_paths()
    # A folder of certificates is read when one is needed, so nothing is loaded yet.
    folder = Path(paths.capath) if paths.capath else None
    if not known and not (folder is not None and any(folder.iterdir())):
        raise EventSnapError(
            "This machine has no certificates of authorities, so mail and storage over TLS fail",
            "Install the system's package ca-certificates.",
        )
    place = paths.cafile or paths.capath or "the system's store"
    return f"{known or 'Many'} certificates of authorities are known, from {place}."


def check_keyring() -> str:
    """Say where secrets would be kept; a machine without a keyring is no failure."""
    import keyring

    backend = type(keyring.get_keyring())
    if backend.__module__.endswith(".fail"):
        return "No keyring is here: secrets come from the environment or a service's file."
    return f"Secrets are kept by {backend.__module__}.{backend.__qualname__}."


def is_frozen() -> bool:
    """Tell whether this is the program that an installer brought."""
    return bool(getattr(sys, "frozen", False))


def has_windows() -> bool:
    """Tell whether Qt is installed: without it, all commands work but those with a window."""
    return find_spec("PySide6") is not None


def licences_folder() -> Path:
    """Return where the frozen program's licences are: beside it, on macOS with the resources."""
    beside = Path(sys.executable).parent / "licenses"
    return beside if beside.is_dir() else Path(getattr(sys, "_MEIPASS", "")) / "licenses"


def _modules() -> Iterator[str]:
    prefix = f"{eventsnap_desktop.__name__}."
    for found in pkgutil.walk_packages(eventsnap_desktop.__path__, prefix, onerror=_ignore):
        yield found.name


def _ignore(_: str) -> None:
    """Go on: a package that cannot be imported fails when its turn comes."""


def _is_full(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _system() -> str:
    return f"{platform.system()} {platform.release()} ({platform.machine()})"
