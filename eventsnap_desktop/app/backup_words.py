"""What `--backup` says: what is in the file, and everything that is not."""

from pathlib import Path
from typing import Any

from eventsnap_desktop.app.talking import say
from eventsnap_desktop.domain.backups import Manifest
from eventsnap_desktop.flows.backup_places import logos, photos_in
from eventsnap_desktop.index.text import from_stored
from eventsnap_desktop.settings.schema import variable


def backup_answer(file: Path, manifest: Manifest, seconds: float) -> dict[str, Any]:
    """Return the JSON object of a backup that was made."""
    around = manifest.surroundings
    folders = photos_in(Path(around.home), manifest.events)
    return {
        "file": str(file),
        "bytes": file.stat().st_size,
        **described(manifest),
        "photos_in_data_folder": [
            {"event": one.event, "folder": str(one.folder), "photos": one.photos} for one in folders
        ],
        "logos": [str(one) for one in logos(manifest.events)],
        "secrets": list(around.secrets),
        "environment": list(around.environment),
        "seconds": round(seconds, 2),
    }


def described(manifest: Manifest) -> dict[str, Any]:
    """Return what a backup says of itself, as JSON."""
    return {
        "made_at": manifest.made_at.isoformat(),
        "program": manifest.surroundings.program,
        "schema": manifest.schema,
        "events": [
            {"event": from_stored(one.code), "photos": one.photos, "faces": one.faces}
            for one in manifest.events
        ],
        "rows": {one.table.name: one.rows for one in manifest.tables},
        "waiting_deliveries": manifest.waiting,
    }


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 face" and "2 faces"; ``many`` where an s is not enough."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def tell_backup(file: Path, manifest: Manifest, seconds: float) -> None:
    """Print it for a person."""
    photos = sum(one.photos for one in manifest.events)
    say(
        f"{file}: the index of {counted(len(manifest.events), 'event')} with "
        f"{counted(photos, 'photo')} and {counted(manifest.faces, 'face')}, "
        f"{file.stat().st_size / 1e6:.1f} MB in {seconds:.1f} seconds."
    )
    say(
        "It holds face vectors, which are biometric data, and guests' addresses: keep it "
        "encrypted, and delete it when it is not needed any more."
    )
    _tell_left_out(manifest)


def _tell_left_out(manifest: Manifest) -> None:
    around = manifest.surroundings
    folders, pictures = photos_in(Path(around.home), manifest.events), logos(manifest.events)
    say("No photo is in it: they stay in their source.")
    if folders:
        say("These photos lie in the data folder itself and would be lost with it. Copy them too:")
    for one in folders:
        say(f"  {one.event}  {one.folder} ({counted(one.photos, 'photo')})")
    if pictures:
        say(f"Not in it, the events' logos: {', '.join(map(str, pictures))}")
    if around.secrets:
        say(f"Not in it, what is secret: {', '.join(around.secrets)}")
    if around.environment:
        names = ", ".join(variable(name) for name in around.environment)
        say(f"Not in it, what is set in the environment: {names}")
