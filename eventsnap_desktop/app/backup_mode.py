"""`--backup` and `--restore`: an installation's data in one file, and back."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from eventsnap_desktop import __version__
from eventsnap_desktop.app.backup_bar import BackupBar
from eventsnap_desktop.app.backup_words import backup_answer, tell_backup
from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.encode_mode import stopped_by_signals
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.index_address import index_address, is_made
from eventsnap_desktop.app.small_files import files_to_keep
from eventsnap_desktop.app.talking import say_json
from eventsnap_desktop.domain.backups import BackupProgress, Manifest, Surroundings
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.backup import make_backup
from eventsnap_desktop.index.snapshot import Snapshot, no_index, open_snapshot
from eventsnap_desktop.settings.loading import LoadedSettings, Origin
from eventsnap_desktop.settings.schema import Settings, fields, is_secret
from eventsnap_desktop.settings.secrets import reveal


def run_backup_mode(chosen: Namespace) -> int:
    """Write or read a backup; return 0, or 130 when it was stopped."""
    if chosen.restore is not None:
        from eventsnap_desktop.app.restore_mode import run_restore

        return run_restore(chosen)
    loaded = settings_for(chosen)
    target, cancel, began = chosen.backup.absolute(), Cancel(), monotonic()
    with stopped_by_signals(cancel), BackupBar(quiet=chosen.json) as bar:
        manifest = back_up(target, loaded, bar.show, cancel, replace=chosen.yes)
    seconds = monotonic() - began
    if chosen.json:
        say_json(backup_answer(target, manifest, seconds))
    else:
        tell_backup(target, manifest, seconds)
    return ExitCode.DONE


def back_up(
    target: Path,
    loaded: LoadedSettings,
    report: Callable[[BackupProgress], object],
    cancel: Cancel,
    replace: bool,
) -> Manifest:
    """Write a backup of the settings' index; all errors of flows.backup."""
    return make_backup(
        target,
        lambda: _opened_snapshot(loaded.settings),
        _surroundings_of(loaded),
        files_to_keep(loaded.settings.home),
        report,
        cancel,
        replace,
    )


@contextmanager
def _opened_snapshot(settings: Settings) -> Iterator[Snapshot]:
    """Look at the settings' index as it is now; nothing is made where there is none."""
    if not is_made(settings):
        raise no_index()
    with index_address(settings) as url, open_snapshot(url) as snapshot:
        yield snapshot


def _surroundings_of(loaded: LoadedSettings) -> Surroundings:
    """Return what a backup notes of this installation."""
    settings, secret = loaded.settings, [name for name, _ in fields() if is_secret(name)]
    outside = [
        name
        for name, origin in loaded.origins.items()
        if origin is Origin.ENVIRONMENT and name != "home" and not is_secret(name)
    ]
    return Surroundings(
        program=__version__,
        home=str(settings.home),
        secrets=tuple(name for name in secret if reveal(settings, name)),
        environment=tuple(sorted(outside)),
    )
