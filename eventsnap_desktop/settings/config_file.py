"""The config file: read so that one bad key costs only itself, written wholly or not at all."""

import difflib
import logging
import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.addresses import has_password
from eventsnap_desktop.settings.schema import fields, groups, is_secret, variable

log = logging.getLogger(__name__)

_LARGEST = 2**20


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a config file says: values by full name, a sentence for each key left out."""

    values: dict[str, Any]
    warnings: tuple[str, ...]
    readable: bool = True


def read_config(path: Path) -> FileContent:
    """Read the file; never raises: what cannot be used is left out with a sentence."""
    try:
        if path.stat().st_size > _LARGEST:
            return FileContent({}, (f"{path} is far too large for a settings file.",))
        content = path.read_bytes()
    except FileNotFoundError:
        return FileContent({}, ())
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror}); its settings are not used."
        return FileContent({}, (reason,), readable=False)
    return parse_config(content, path)


def parse_config(content: bytes, path: Path) -> FileContent:
    """Return what a file's bytes say; ``path`` is what sentences call it."""
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        log.debug("the config file is not TOML: %s", type(error).__name__)
        return FileContent({}, (f"{path} is not a settings file (not TOML): {_short(error)}.",))
    return _flattened(table, path)


def write_config(path: Path, values: Mapping[str, Any]) -> None:
    """Replace the file by these values (full name to value) in one step; secrets are left out.

    EventSnapError when it cannot be written; the old file is then untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, config_bytes(values))
    except OSError as error:
        raise EventSnapError(
            f"The settings cannot be saved in {path} ({error.strerror})",
            "Give yourself the right to write there, free disk space, or set another data folder "
            "(EVENTSNAP_HOME).",
        ) from error


def config_bytes(values: Mapping[str, Any]) -> bytes:
    """Return a file's bytes for these values (full name to value); secrets are left out."""
    shown = {name: value for name, value in values.items() if not holds_secret(name, value)}
    return tomli_w.dumps(_nested(shown)).encode()


def keep_backup(path: Path) -> Path:
    """Copy the file beside itself as ``.bak``, or ``.bak2``... where that is taken; return it.

    Only its owner may read the copy, for people do write passwords into such files.
    """
    names = [path.with_name(f"{path.name}.bak{number or ''}") for number in (0, *range(2, 10))]
    free = next((name for name in names if not name.exists()), names[0])
    shutil.copyfile(path, free)
    with suppress(OSError):  # a file system without rights
        free.chmod(0o600)
    return free


def holds_secret(name: str, value: Any) -> bool:
    """Tell whether a value, by its full name, must not stand in a file."""
    if name == "database.url":
        return isinstance(value, str) and has_password(value)
    return is_secret(name) and value is not None


def _replace(path: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _flattened(table: Mapping[str, Any], path: Path) -> FileContent:
    """Return the known fields of a parsed file, and a sentence for every other key."""
    inside = groups()
    given: dict[str, Any] = {}
    warnings: list[str] = []
    for key, value in table.items():
        if key not in inside:
            given[key] = value
        elif isinstance(value, dict):
            given |= {f"{key}.{field}": one for field, one in value.items()}
        else:
            warnings.append(f"{path}: “{key}” should be a table, [{key}]; it is left out.")
    known = {name for name, _ in fields()} - {"home"}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            warnings.append(_unknown(path, name, known))
        elif holds_secret(name, value):
            warnings.append(
                f"{path}: {name} is a secret and does not belong into a file; it is left out. "
                f"Set {variable(name)}, or keep it in the system's keyring "
                f"(keyring set eventsnap {name})."
            )
        else:
            values[name] = value
    return FileContent(values, tuple(warnings))


def _unknown(path: Path, name: str, known: set[str]) -> str:
    if name == "home":
        return (
            f"{path}: the data folder cannot be set in a file that lies in it; "
            "set EVENTSNAP_HOME. It is left out."
        )
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{path}: there is no setting “{name[:80]}”; it is left out.{hint}"


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, value in values.items():
        group, _, field = name.rpartition(".")
        (table.setdefault(group, {}) if group else table)[field] = value
    return table


def _short(error: BaseException) -> str:
    """Return a parser's complaint without what it complains about."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return str(error).splitlines()[0][:120].rstrip(".")
    return "it is not text" if isinstance(error, UnicodeDecodeError) else "it cannot be parsed"
