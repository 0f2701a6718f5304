"""What `--restore` says: what is there again, and what somebody has to see to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.backup_words import counted, described
from eventsnap_desktop.app.talking import say
from eventsnap_desktop.flows.backup_places import logos
from eventsnap_desktop.flows.restore import Restored
from eventsnap_desktop.settings.schema import variable


def restore_answer(
    file: Path, restored: Restored, beside: Path | None, missing: Sequence[str]
) -> dict[str, Any]:
    """Return the JSON object of a restore.

    ``beside`` is where settings are kept that the folder had others for, ``missing`` names secrets.
    """
    return {
        "file": str(file),
        **described(restored.manifest),
        "rows": dict(restored.rows),
        "events_that_are_over": list(restored.over),
        "waiting_deliveries": restored.waiting,
        "held_deliveries": restored.held,
        "moved_sources": [
            {"event": one.event, "folder": str(one.folder)} for one in restored.moved
        ],
        "settings_kept_beside": None if beside is None else str(beside),
        "missing_logos": [str(one) for one in _missing_logos(restored)],
        "missing_secrets": list(missing),
        "environment": list(restored.manifest.surroundings.environment),
    }


def tell_restored(restored: Restored, beside: Path | None, missing: Sequence[str]) -> None:
    """Print it for a person."""
    manifest, rows = restored.manifest, restored.rows
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    say(
        f"Restored the index of {counted(rows.get('event', 0), 'event')} with "
        f"{counted(rows.get('photo', 0), 'photo')} and {counted(rows.get('face', 0), 'face')}, as "
        f"it was at {made}."
    )
    say("Whoever was erased after that is in it again: erase them again, and delete the backup.")
    for code in restored.over:
        say(f"{code}: its time was over, so it was left out.")
    _tell_deliveries(restored)
    _tell_places(restored)
    if beside is not None:
        say(f"The data folder has settings of its own, which stay; the backup's are in {beside}.")
    if missing:
        names = ", ".join(variable(name) for name in missing)
        say(f"Secrets are in no backup. Set again, or put into the system's keyring: {names}")
    outside = manifest.surroundings.environment
    if outside:
        names = ", ".join(variable(name) for name in outside)
        say(f"These were set in the environment where the backup was made: {names}")


def _tell_deliveries(restored: Restored) -> None:
    held, go_on = restored.held, restored.waiting - restored.held
    if held:
        said = counted(held, "delivery that waited is", "deliveries that waited are")
        say(
            f"{said} held back, because somebody may have made them since: look at the outbox of "
            "each event, cancel those, and let the others go on."
        )
    if go_on:
        say(f"{counted(go_on, 'delivery that waited goes', 'deliveries that waited go')} on.")


def _tell_places(restored: Restored) -> None:
    if restored.moved:
        say(
            "The photos of these events lay in the former data folder, which is not there any more."
        )
        say("Copy them here before anything is encoded, or name another folder with --source:")
    for one in restored.moved:
        say(f"  {one.event}  {one.folder}")
    for path in _missing_logos(restored):
        say(f"The logo {path} is not there.")


def _missing_logos(restored: Restored) -> list[Path]:
    return [path for path in logos(restored.manifest.events) if not path.is_file()]
