"""A backup's manifest as JSON, read back only where it is one of ours."""

import json

from pydantic import TypeAdapter, ValidationError

from eventsnap_desktop.domain.backups import FORMAT, Manifest
from eventsnap_desktop.domain.errors import EventSnapError

_MANIFEST = TypeAdapter(Manifest)


def manifest_to_json(manifest: Manifest) -> bytes:
    """Return the manifest as it stands in the file."""
    return _MANIFEST.dump_json(manifest, indent=1)


def manifest_from_json(content: bytes) -> Manifest:
    """Return the manifest; EventSnapError for a newer format and for what is none."""
    try:
        found = json.loads(content)
        number = found["format"] if isinstance(found, dict) else None
    except (ValueError, KeyError, RecursionError):
        number = None
    if type(number) is not int or number < 1:
        raise EventSnapError("This is not a backup of EventSnap", "Choose another file.")
    if number > FORMAT:
        raise newer_backup(f"its format is {number}, ours {FORMAT}")
    try:
        return _MANIFEST.validate_json(content)
    except ValidationError as error:
        # Not chained: the library's message repeats what stands there.
        raise damaged(f"its list of contents is wrong, {error.error_count()} times") from None


def newer_backup(how: str) -> EventSnapError:
    """Return the error for a backup that a newer program made."""
    return EventSnapError(
        f"The backup was made by a newer EventSnap ({how})",
        "Update this program; nothing was changed.",
    )


def damaged(what: str) -> EventSnapError:
    """Return the error for a backup that is not whole."""
    return EventSnapError(
        f"The backup is damaged: {what}",
        "Nothing was changed. Fetch the file again from where it is kept, or use an older backup.",
    )
