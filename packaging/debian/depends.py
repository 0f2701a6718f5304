"""Prints what a frozen program needs of Debian's packages, for the field Depends of the .deb.

    .venv/bin/python packaging/debian/depends.py dist/eventsnap

Read from the ELF files themselves: every library that one of them is linked to and that is not
inside the folder is looked up in this machine's packages, and the newest version of the C library
that a symbol asks for becomes the least version of it.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[([^\]]+)\]")
_GLIBC = re.compile(r"Name: GLIBC_([0-9.]+)")
_ANSWER = re.compile(r"^([^\s:]+)(?::\w+)?: ", re.MULTILINE)
_FILES_A_CALL = 200
_NOT_WANTED = (
    # The graphics card's own, which the program does without where they are not there.
    *("libcuda.", "libcudart.", "libcublas", "libcudnn", "libcufft.", "libcurand.", "libnv"),
    # Asked for by a library for C programs with SQL in them; the built-in database has none.
    "libpgtypes.",
    "libpq.",
)

DATA_PACKAGES = (
    "adduser",
    "ca-certificates",  # mail servers and downloads
    "fontconfig-config",
    "fonts-dejavu-core | fonts-noto-core",
    "libx11-data",  # dead keys and compose
    "xkb-data",
)
"""What is opened by name: no ELF file tells of it."""


class UnknownLibraryError(Exception):
    """A library that belongs to none of this machine's packages."""


def elf_files(folder: Path) -> list[Path]:
    """Return the ELF files below a folder, each once."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and _is_elf(path)
    ]


def depends(folder: Path) -> list[str]:
    """Return the packages with their least versions, sorted; UnknownLibraryError when one lacks."""
    files = elf_files(folder)
    inside = {path.name for path in folder.rglob("*")}
    needed = {
        name
        for text in _readelf("-d", files)
        for name in _NEEDED.findall(text)
        if name not in inside and not name.startswith(_NOT_WANTED)
    }
    glibc = [version for text in _readelf("-V", files) for version in _GLIBC.findall(text)]
    newest = max(glibc, key=_as_numbers, default="")
    packages = {package_of(name) for name in needed}
    return sorted(_with_version(one, newest) for one in packages.union(DATA_PACKAGES))


def package_of(soname: str) -> str:
    """Return the installed package that owns a library of this machine."""
    for path in _places(soname):
        said = subprocess.run(
            ["dpkg-query", "--search", str(path)], capture_output=True, text=True, check=False
        )
        if found := _ANSWER.search(said.stdout):
            return found[1]
    raise UnknownLibraryError(f"no installed package owns {soname}, which the program needs")


def _places(soname: str) -> Iterator[Path]:
    """Return where the library may lie as its package calls it: /lib may be a link to /usr/lib."""
    cache = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
    ).stdout
    for line in cache.splitlines():
        name, _, place = line.strip().partition(" ")
        if name == soname and " => " in place:
            path = Path(place.split(" => ")[1])
            yield from (path, Path("/usr") / path.relative_to("/"))
            yield Path("/") / path.resolve().relative_to("/usr") if _below_usr(path) else path


def _below_usr(path: Path) -> bool:
    return path.resolve().is_relative_to("/usr")


def _with_version(package: str, glibc: str) -> str:
    return f"libc6 (>= {glibc})" if package == "libc6" and glibc else package


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _readelf(option: str, files: list[Path]) -> Iterator[str]:
    for part in _parts(files):
        command = ["readelf", "--wide", option, *map(str, part)]
        done = subprocess.run(command, capture_output=True, check=False, errors="replace")
        yield done.stdout


def _parts(files: list[Path]) -> Iterable[list[Path]]:
    return (files[at : at + _FILES_A_CALL] for at in range(0, len(files), _FILES_A_CALL))


def main() -> int:
    """Read the command line; return 1 when a library is unknown here."""
    reading = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reading.add_argument("folder", type=Path)
    try:
        sys.stdout.write(", ".join(depends(reading.parse_args().folder)) + "\n")
    except UnknownLibraryError as error:
        sys.stderr.write(f"depends: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
