"""The config file's part in a backup: what is taken along, and how it is put back."""

from pathlib import Path

from eventsnap_desktop.settings.config_file import (
    config_bytes,
    parse_config,
    read_config,
    write_config,
)
from eventsnap_desktop.settings.schema import CONFIG_FILE

# A restored index lies where it was restored to, not where it was before.
_OF_THE_PLACE = {"database.url", "database.url_in_keyring"}


def config_copy(home: Path) -> bytes:
    """Return what the config file of a data folder sets, without secrets; b"" for nothing."""
    values = read_config(home / CONFIG_FILE).values
    return config_bytes(values) if values else b""


def put_config_back(home: Path, content: bytes) -> Path | None:
    """Write a copy's settings; return where they are kept when the folder has others already.

    The database's address is left out: it is that of the former index. EventSnapError where the
    file cannot be written.
    """
    path = home / CONFIG_FILE
    given = parse_config(content, path).values
    wanted = {name: value for name, value in given.items() if name not in _OF_THE_PLACE}
    there = read_config(path)
    if path.exists() and there.values != wanted:
        beside = path.with_name(f"{path.name}.restored")
        write_config(beside, wanted)
        return beside
    if wanted and not path.exists():
        write_config(path, wanted)
    return None
