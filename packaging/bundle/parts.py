"""The parts of others that a bundle is made of, found by the files that went into it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from os.path import normpath
from pathlib import Path

TEXTS = Path(__file__).parents[1] / "licenses"
"""Licence texts that the packages themselves do not bring along."""

_TEXT = re.compile(r"(licen[cs]e|copying|notice|thirdpartynotices|copyright)", re.IGNORECASE)
_NO_TEXT = {".py", ".pyc", ".pyi", ".pem", ".so", ".json", ".html"}
_CLASSIFIER = "License :: "
_FACTS = {"METADATA", "entry_points.txt"}

_KNOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    # Their wheels name the licence but hold no text, or do not even name it.
    "flatbuffers": ("Apache-2.0", ("Apache-2.0.txt",)),
    "insightface": ("MIT (two sample pictures only)", ()),
    "pyside6-essentials": ("LGPL-3.0-only", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    "shiboken6": ("LGPL-3.0-only", ("LGPL-3.0.txt", "GPL-3.0.txt")),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, version, licence ("" where it names none), and licence texts.

    ``metadata`` are the files that say the same to a program, for Python's packages.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    metadata: tuple[Path, ...] = ()

    @property
    def is_licensed(self) -> bool:
        """Whether somebody who gets the bundle can find out what holds for this part."""
        return bool(self.texts or self.licence)


def python_parts(sources: Iterable[Path], of: Iterable[Distribution] | None = None) -> list[Part]:
    """Return the distributions that these files come from, by name."""
    by_file: dict[str, Distribution] = {}
    for one in distributions() if of is None else of:
        for file in one.files or ():
            by_file[normpath(str(one.locate_file(file)))] = one
    used = {}
    for source in sources:
        found = by_file.get(normpath(source))
        if found is not None:
            used[_key(found.name)] = found
    return [part_of(used[name]) for name in sorted(used)]


def part_of(distribution: Distribution) -> Part:
    """Return a distribution with its licence and the texts it brings along."""
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if _TEXT.search(file.name) and file.suffix not in _NO_TEXT
    ]
    licence, more = _KNOWN.get(_key(distribution.name), (_licence(distribution), ()))
    every = tuple(dict.fromkeys([*sorted(texts), *(TEXTS / name for name in more)]))
    facts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if file.name in _FACTS and file.parent.suffix == ".dist-info"
    ]
    return Part(distribution.name, distribution.version, licence, every, tuple(facts))


def system_parts(sources: Iterable[Path]) -> list[Part]:
    """Return the system's packages that these libraries come from; none where dpkg is not."""
    program = shutil.which("dpkg-query")
    names = {
        package
        for source in sources
        if program is not None and _is_systems(source)
        for package in _packages(program, source)
    }
    return [_debian_part(name) for name in sorted(names)]


def other_parts() -> list[Part]:
    """Return what no package manager knows of: Python, the database, the letters."""
    python = Path(sys.base_prefix)
    texts = sorted(python.glob("lib/python3*/LICENSE.txt")) or sorted(python.glob("LICENSE*"))
    version = ".".join(str(number) for number in sys.version_info[:3])
    fonts = TEXTS.parents[1] / "resources" / "fonts" / "OFL.txt"
    return [
        Part("Python", version, "PSF-2.0", tuple(texts)),
        Part("PostgreSQL and pgvector", "", "PostgreSQL", (TEXTS / "PostgreSQL.txt",)),
        Part("Inter (fonts)", "", "OFL-1.1", (fonts,)),
    ]


def _packages(program: str, source: Path) -> list[str]:
    # Since the merge of /lib into /usr/lib, packages still list their files at either place.
    for path in (source, source.resolve(), Path(str(source).removeprefix("/usr"))):
        done = subprocess.run(
            [program, "--search", str(path)], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return [line.partition(":")[0] for line in done.stdout.splitlines()]
    return []


def _debian_part(name: str) -> Part:
    done = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Version}", name],
        capture_output=True,
        text=True,
        check=False,
    )
    text = Path("/usr/share/doc") / name / "copyright"
    return Part(name, done.stdout, "", (text,) if text.is_file() else ())


def _is_systems(source: Path) -> bool:
    return source.is_absolute() and source.parts[1] in {"lib", "lib64", "usr"}


def _licence(distribution: Distribution) -> str:
    metadata = distribution.metadata
    for key in ("License-Expression", "License"):
        given = (metadata.get_all(key) or [""])[0]
        if given and "\n" not in given and given.upper() != "UNKNOWN":
            return str(given)
    classifiers = metadata.get_all("Classifier") or []
    words = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith(_CLASSIFIER)]
    return ", ".join(word for word in words if word != "OSI Approved")


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
