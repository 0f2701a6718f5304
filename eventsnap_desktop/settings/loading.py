"""Loads the settings: arguments before environment before config file before defaults."""

import difflib
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource, SettingsError

from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.settings.config_file import (
    holds_secret,
    keep_backup,
    read_config,
    write_config,
)
from eventsnap_desktop.settings.schema import (
    CONFIG_FILE,
    ENVIRONMENT_PREFIX,
    Settings,
    fields,
    groups,
    variable,
)
from eventsnap_desktop.settings.schema import (
    default_home as default_home,  # noqa: PLC0414 - passed on
)

log = logging.getLogger(__name__)

# Of the tests and of the installer; all others with our prefix are taken for settings.
_NOT_SETTINGS = (f"{ENVIRONMENT_PREFIX}TEST_", f"{ENVIRONMENT_PREFIX}WITH_")


class Origin(StrEnum):
    """Where a value comes from."""

    ARGUMENT = "argument"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, where each value comes from (by full name), and what to tell the user."""

    settings: Settings
    origins: Mapping[str, Origin]
    warnings: tuple[str, ...]

    @property
    def file(self) -> Path:
        """The config file, whether it is there or not."""
        return self.settings.home / CONFIG_FILE


@dataclass(frozen=True, slots=True)
class _Given:
    value: Any
    origin: Origin


def load_settings(arguments: Mapping[str, Any]) -> LoadedSettings:
    """Load the settings; ``arguments`` is nested like the file: ``{"model": {"pack": "lite"}}``.

    An argument of None counts as not given. A wrong argument or environment variable raises
    UsageError naming it. A broken config file is survived key by key: every key that cannot be used
    gets a sentence in ``warnings``, the file is kept as ``config.toml.bak`` and cleaned.
    """
    given = _from_environment() | _from_arguments(arguments)
    home = _home(given.get("home"))
    path = home / CONFIG_FILE
    content = read_config(path)
    merged = {name: _Given(value, Origin.FILE) for name, value in content.values.items()} | given
    settings, dropped = _validated(merged, home)
    warnings = [*content.warnings, *(f"{path}: {sentence}" for sentence in dropped.values())]
    if warnings and content.readable:
        kept = {name: one for name, one in content.values.items() if name not in dropped}
        warnings.append(_set_aside(path, kept))
    warnings += _unknown_variables()
    origins = {
        name: merged[name].origin if name in merged and name not in dropped else Origin.DEFAULT
        for name, _ in fields()
    }
    return LoadedSettings(settings, origins, tuple(warnings))


def save_settings(home: Path, changes: Mapping[str, Any]) -> None:
    """Write changed values (full name to value, None for "as by default") into the config file.

    Raises UsageError for a value that cannot be used or a secret (those go into the keyring,
    ``secrets.store_secret``), EventSnapError when the file cannot be written. What else the file
    says stays.
    """
    for name, value in changes.items():
        if holds_secret(name, value):
            raise UsageError(
                f"{name} is a secret and is not written into a file",
                f"Keep it in the system's keyring, or set {variable(name)}.",
            )
    path = home / CONFIG_FILE
    old = read_config(path)
    if old.warnings and old.readable and path.exists():
        _set_aside(path, old.values)
    values = {**old.values, **changes}
    values = {name: value for name, value in values.items() if value is not None}
    _validated({name: _Given(value, Origin.ARGUMENT) for name, value in values.items()}, home)
    write_config(path, values)


def _from_arguments(arguments: Mapping[str, Any]) -> dict[str, _Given]:
    given = {}
    for key, value in arguments.items():
        inside = value.items() if isinstance(value, Mapping) else [("", value)]
        for field, one in inside:
            if one is not None:
                name = f"{key}.{field}" if field else key
                given[name] = _Given(one, Origin.ARGUMENT)
    return given


def _from_environment() -> dict[str, _Given]:
    try:
        nested = EnvSettingsSource(Settings)()
    except SettingsError as error:
        inside = [variable(name) for name in groups() if variable(name) in os.environ]
        raise UsageError(
            f"The environment variable {' or '.join(inside)} cannot be used",
            "Set its fields one by one, as in EVENTSNAP_STORAGE_ENDPOINT.",
        ) from error
    known = {name for name, _ in fields()}
    given = _from_arguments(nested)
    return {
        name: _Given(one.value, Origin.ENVIRONMENT) for name, one in given.items() if name in known
    }


def _unknown_variables() -> list[str]:
    """Return a sentence for every variable that looks like a setting and is none: a typo."""
    known = [variable(name) for name, _ in fields()]
    warnings = []
    for name in sorted(os.environ):
        upper = name.upper()
        ours = upper.startswith(ENVIRONMENT_PREFIX) and not upper.startswith(_NOT_SETTINGS)
        if ours and upper not in known:
            near = difflib.get_close_matches(upper, known, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            warnings.append(f"The environment variable {name} is not a setting.{hint}")
    return warnings


def _home(given: _Given | None) -> Path:
    """Return the data folder as an absolute path."""
    if given is None:
        return default_home()
    where = _place("home", given)
    text = os.fspath(given.value) if isinstance(given.value, (str, os.PathLike)) else ""
    if not text or "\0" in text:
        raise UsageError(f"{where} cannot be used as the data folder", "Name a folder.")
    try:
        home = Path(text).expanduser().absolute()
        if home.exists() and not home.is_dir():
            raise UsageError(f"{where} is a file, not a folder: {home}", "Name a folder.")
    except (OSError, RuntimeError) as error:
        raise UsageError(
            f"{where} cannot be used as the data folder", "Name a folder you may read and write."
        ) from error
    return home


def _validated(merged: dict[str, _Given], home: Path) -> tuple[Settings, dict[str, str]]:
    """Return the settings and what of the file had to be dropped, each with its sentence."""
    dropped: dict[str, str] = {}
    while True:
        nested: dict[str, Any] = {"home": home}
        for name, one in merged.items():
            group, _, field = name.rpartition(".")
            if name not in dropped and name != "home":
                (nested.setdefault(group, {}) if group else nested)[field] = one.value
        try:
            return Settings(**nested), dropped
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False, include_context=False)
            found = _complaints(details, merged, dropped)
            if not found:
                raise
            for name, complaint in found.items():
                if merged[name].origin is not Origin.FILE:
                    raise UsageError(
                        f"{_place(name, merged[name])} cannot be used: {complaint}",
                        "See docs/settings.md for what it may be.",
                    ) from error
                dropped[name] = f"{name} cannot be used ({complaint}); its default is."


def _complaints(
    details: Iterable[ErrorDetails], merged: Mapping[str, _Given], dropped: Mapping[str, str]
) -> dict[str, str]:
    """Return the fields at fault; where a whole group is, those of it that come from the file."""
    found: dict[str, str] = {}
    for one in details:
        path = [str(part) for part in one["loc"][:2]]
        exact, group = ".".join(path), path[0]
        names = [name for name in (exact, group) if name in merged and name not in dropped][:1]
        if not names:
            inside = [n for n in merged if n.startswith(f"{group}.") and n not in dropped]
            names = [n for n in inside if merged[n].origin is Origin.FILE] or inside
        said = one["msg"].removeprefix("Value error, ")
        found |= {name: said[:1].lower() + said[1:] for name in names if name not in found}
    return found


def _place(name: str, given: _Given) -> str:
    """Return how the user knows a value."""
    if given.origin is Origin.ENVIRONMENT:
        return variable(name)
    return f"The argument for {name}" if given.origin is Origin.ARGUMENT else name


def _set_aside(path: Path, kept: Mapping[str, Any]) -> str:
    """Keep the broken file, write what of it can be used, and return a sentence about that."""
    try:
        backup = keep_backup(path)
        write_config(path, kept)
    except (OSError, EventSnapError) as error:
        log.debug("the config file was not cleaned: %s", type(error).__name__)
        return f"{path} could not be cleaned and stays as it is."
    return f"The file as it was is kept as {backup}."
