"""Writes the licences of a bundle's parts into a folder, with a list of them."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from bundle.parts import Part

INDEX = "THIRD-PARTY.md"

_HEAD = """\
# What is distributed with EventSnap

EventSnap itself is under the MIT licence (`EventSnap/LICENSE`). It comes with these parts of
others, each under its own licence. Qt and PySide6 are used as separate libraries under the LGPL
version 3: the files in the folder `_internal` may be exchanged for others of the same interface.
No model weights are among them.

| Part | Version | Licence | Texts |
|---|---|---|---|
"""


class NoLicenceError(Exception):
    """A part names no licence: it may not be distributed before somebody has looked."""


def write_licences(parts: Sequence[Part], own: Path, folder: Path) -> None:
    """Write all texts and the list into ``folder``; NoLicenceError."""
    without = [part.name for part in parts if not part.is_licensed]
    if without:
        raise NoLicenceError(f"no licence is known of: {', '.join(without)}")
    _copy(own, folder / "EventSnap")
    lines = []
    for part in parts:
        texts = [_copy(text, folder / _folder(part)) for text in part.texts]
        links = ", ".join(f"`{text.relative_to(folder).as_posix()}`" for text in texts)
        licence = part.licence or "see its text"
        lines.append(f"| {part.name} | {part.version} | {licence} | {links} |\n")
    (folder / INDEX).write_text(_HEAD + "".join(lines), encoding="utf-8")


def _copy(text: Path, folder: Path) -> Path:
    """Copy a text; a second one of the same name gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / text.name, 2
    while target.exists() and target.read_bytes() != text.read_bytes():
        target = folder / f"{text.stem}-{number}{text.suffix}"
        number += 1
    shutil.copyfile(text, target)
    return target


def _folder(part: Part) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_.+" else "-" for sign in part.name)
