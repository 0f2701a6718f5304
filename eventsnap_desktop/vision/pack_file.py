"""Reads the ``pack.toml`` of a model pack of the user's own."""

import re
import tomllib
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.domain.matches import Thresholds

PACK_FILE = "pack.toml"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_LICENCE = (
    "The model pack “{name}” does not say under which licence it may be used: make sure that you "
    "may."
)
_KEYS = {
    "name",
    "detector",
    "recognizer",
    "detector_sha256",
    "recognizer_sha256",
    "licence",
    "thresholds",
}


@dataclass(frozen=True, slots=True)
class PackFile:
    """What a ``pack.toml`` says; the digests are hex or None where it gives none."""

    name: str
    detector: Path
    recognizer: Path
    detector_sha256: str | None
    recognizer_sha256: str | None
    thresholds: Thresholds
    licence: str


def read_pack_file(folder: Path, reserved: Container[str]) -> PackFile:
    """Read ``folder/pack.toml``; ModelPackError naming what is wrong with it.

    ``reserved`` are names that packs of the user's own must not have.
    """
    path = folder / PACK_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ModelPackError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ModelPackError(
            f"{path} is not TOML ({error})", "docs/models.md shows how to write one."
        ) from error
    for key in table.keys() - _KEYS:
        raise _wrong(path, f"does not know “{key}”")
    name = _text(table, "name", path, folder.resolve().name)
    if not _NAME.fullmatch(name) or name in reserved or name == "auto":
        raise _wrong(path, f"cannot have the name “{name}”")
    return PackFile(
        name,
        _model_file(table, "detector", path),
        _model_file(table, "recognizer", path),
        _digest(table, "detector_sha256", path),
        _digest(table, "recognizer_sha256", path),
        _thresholds(table.get("thresholds"), path),
        _text(table, "licence", path, _NO_LICENCE.format(name=name)),
    )


def _text(table: dict[str, Any], key: str, path: Path, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(path, f"needs a text for “{key}”")
    return value.strip()


def _model_file(table: dict[str, Any], key: str, path: Path) -> Path:
    name = _text(table, key, path, "\0")
    # A plain name, so that a pack from somewhere else cannot point out of its folder.
    if Path(name).name != name or "\0" in name or "\\" in name:
        raise _wrong(path, f"needs the name of a file beside it for “{key}”")
    file = path.with_name(name)
    if not file.is_file():
        raise ModelPackError(f"{path} names {name}, which is not there", "Put the file beside it.")
    return file


def _digest(table: dict[str, Any], key: str, path: Path) -> str | None:
    if key not in table:
        return None
    value = _text(table, key, path, "").lower()
    if not _SHA256.fullmatch(value):
        raise _wrong(path, f"needs 64 hexadecimal digits for “{key}”")
    return value


def _thresholds(given: Any, path: Path) -> Thresholds:
    names = ("sure", "maybe", "grow")
    table = given if isinstance(given, dict) else {}
    values = [table.get(name) for name in names]
    fits = all(
        isinstance(v, (int, float)) and not isinstance(v, bool) and 0 < v <= 1 for v in values
    )
    if not fits or set(table) != set(names) or table["maybe"] > table["sure"]:
        raise _wrong(
            path,
            "needs [thresholds] with sure, maybe and grow, each over 0 and at most 1, and maybe "
            "not over sure",
        )
    return Thresholds(float(table["sure"]), float(table["maybe"]), float(table["grow"]))


def _wrong(path: Path, what: str) -> ModelPackError:
    return ModelPackError(f"{path} {what}", "docs/models.md shows how to write one.")
