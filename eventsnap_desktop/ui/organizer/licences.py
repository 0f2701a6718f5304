"""Which packages the program uses, and under which licences; reads files, so it is a job's work."""

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_PROGRAM = "eventsnap-desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_CLASSIFIER = "License :: "
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class UsedPackage:
    """One package: its name, version, and licence, "" where it names none."""

    name: str
    version: str
    licence: str


def used_packages() -> tuple[UsedPackage, ...]:
    """Return the packages the program asks for and those they ask for, as far as installed."""
    found: dict[str, UsedPackage] = {}
    waiting, seen = _needs(_PROGRAM), set[str]()
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        seen.add(key)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[key] = UsedPackage(package.name, package.version, _licence(package))
        waiting += _needs(name)
    return tuple(found[key] for key in sorted(found))


def _needs(name: str) -> list[str]:
    try:
        wanted = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    needed = [one for one in wanted if "extra ==" not in one]
    return [match.group() for one in needed if (match := _NAME.match(one))]


def _licence(package: Distribution) -> str:
    """Return the SPDX expression, a short word, or the classifiers, whichever is there first."""
    metadata = package.metadata
    given = [metadata[key] for key in ("License-Expression", "License") if key in metadata]
    short = [one.strip() for one in given if one and len(one.strip()) <= _LONGEST]
    if short and short[0].upper() != "UNKNOWN":
        return short[0]
    classifiers = metadata.get_all("Classifier") or []
    words = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith(_CLASSIFIER)]
    return ", ".join(word for word in words if word != "OSI Approved")
