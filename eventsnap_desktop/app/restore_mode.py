"""`--restore`: a backup into a data folder or a database that has no events."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from eventsnap_desktop.app.backup_bar import BackupBar
from eventsnap_desktop.app.backup_words import counted
from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.encode_mode import stopped_by_signals
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.index_address import index_address
from eventsnap_desktop.app.restore_words import restore_answer, tell_restored
from eventsnap_desktop.app.small_files import put_files_back
from eventsnap_desktop.app.talking import confirm, say_json
from eventsnap_desktop.domain.backups import Manifest
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.backup_archive import ArchiveReader
from eventsnap_desktop.flows.restore import Restoring
from eventsnap_desktop.index.loading import Loading, open_loading
from eventsnap_desktop.index.schema import known_migrations
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.settings.schema import Settings, is_secret
from eventsnap_desktop.settings.secrets import reveal


def run_restore(chosen: Namespace) -> int:
    """Restore a backup; return 0, or 130 when it was stopped."""
    if not chosen.restore.exists():
        raise UsageError(f"There is no file {chosen.restore}")
    settings, began, cancel = settings_for(chosen).settings, monotonic(), Cancel()
    keeper = _Keeper(settings.home)
    with stopped_by_signals(cancel), ArchiveReader(chosen.restore) as reader:
        with BackupBar(quiet=chosen.json) as bar:
            restoring = Restoring(reader, bar.show, cancel)
            restoring.check(len(known_migrations()))
        hold = not _may_go_on(restoring.manifest, chosen.yes)
        with BackupBar(quiet=chosen.json) as bar:
            restored = restoring.restore(
                lambda: _opened_loading(settings), settings.home, hold, keeper.keep
            )
    missing = _missing(settings.home, restored.manifest)
    if chosen.json:
        answer = restore_answer(chosen.restore, restored, keeper.beside, missing)
        say_json({**answer, "seconds": round(monotonic() - began, 2)})
    else:
        tell_restored(restored, keeper.beside, missing)
    return ExitCode.DONE


class _Keeper:
    """Puts the small files back, and remembers where settings went that did not fit."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.beside: Path | None = None

    def keep(self, files: Mapping[str, bytes]) -> None:
        self.beside = put_files_back(self._home, files)


def _may_go_on(manifest: Manifest, yes: bool) -> bool:
    """Ask whether deliveries that waited may be made: somebody may have made them since."""
    if not manifest.waiting or yes:
        return yes
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    waiting = counted(manifest.waiting, "delivery", "deliveries")
    return confirm(
        f"{waiting} waited when the backup was made ({made}). Shall they go on now? Only if they "
        "were surely not made since."
    )


@contextmanager
def _opened_loading(settings: Settings) -> Iterator[Loading]:
    with index_address(settings) as url, open_loading(url) as loading:
        yield loading


def _missing(home: Path, manifest: Manifest) -> list[str]:
    """Return the secrets that were there when the backup was made and are not here."""
    settings = load_settings({"home": home}).settings
    return [
        name
        for name in manifest.surroundings.secrets
        if is_secret(name) and name != "database.url" and not reveal(settings, name)
    ]
