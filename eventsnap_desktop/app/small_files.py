"""The small files of a data folder that a backup holds, and how they are put back."""

from collections.abc import Mapping
from pathlib import Path

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.config_copy import config_copy, put_config_back
from eventsnap_desktop.settings.schema import CONFIG_FILE
from eventsnap_desktop.vision.pack_licences import LICENCES_FILE

# Only ever added to: licences that were acknowledged, Message-IDs that a mail server has taken.
_GROWING = (LICENCES_FILE, "delivered/e-mails")


def files_to_keep(home: Path) -> dict[str, bytes]:
    """Return those files that are there, by their name; EventSnapError where one cannot be read."""
    files = {CONFIG_FILE: config_copy(home)}
    for name in _GROWING:
        try:
            files[name] = (home / name).read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise EventSnapError(
                f"{home / name} cannot be read ({error.strerror})", "Give yourself the right to."
            ) from error
    return {name: content for name, content in files.items() if content}


def put_files_back(home: Path, files: Mapping[str, bytes]) -> Path | None:
    """Write those files; return where the settings are kept when the folder has others already.

    May be repeated. Other names than those of ``files_to_keep`` are left out. EventSnapError.
    """
    beside = put_config_back(home, files[CONFIG_FILE]) if CONFIG_FILE in files else None
    for name in _GROWING:
        if name in files:
            _add(home / name, files[name])
    return beside


def _add(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.seek(0)
            if content not in file.read():
                file.write(content)
    except OSError as error:
        raise EventSnapError(
            f"{path} cannot be written ({error.strerror})",
            "Give yourself the right to write there.",
        ) from error
