"""Makes backups of real databases, and restores them, as the commands do."""

from collections.abc import Callable, Mapping
from pathlib import Path

from eventsnap_desktop.domain.backups import BackupProgress, Manifest, Surroundings
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.backup import make_backup
from eventsnap_desktop.flows.backup_archive import ArchiveReader
from eventsnap_desktop.flows.restore import Restored, Restoring
from eventsnap_desktop.index.loading import open_loading
from eventsnap_desktop.index.schema import known_migrations
from eventsnap_desktop.index.snapshot import open_snapshot

NEWEST = len(known_migrations())
NOWHERE = Path("/nowhere")


def silent(_: BackupProgress) -> None:
    """Say nothing."""


def forget(_: Mapping[str, bytes]) -> None:
    """Keep no file."""


def back_up(
    url: str,
    file: Path,
    report: Callable[[BackupProgress], object] = silent,
    home: Path = NOWHERE,
    cancel: Cancel | None = None,
    files: Mapping[str, bytes] | None = None,
    replace: bool = False,
) -> Manifest:
    return make_backup(
        file,
        lambda: open_snapshot(url),
        Surroundings("1.2.3", str(home)),
        files or {},
        report,
        cancel or Cancel(),
        replace,
    )


def check(file: Path, newest: int = NEWEST) -> Manifest:
    with ArchiveReader(file) as reader:
        restoring = Restoring(reader, silent, Cancel())
        restoring.check(newest)
        return restoring.manifest


def restore(
    file: Path,
    url: str,
    hold: bool = True,
    home: Path = NOWHERE,
    keep: Callable[[Mapping[str, bytes]], object] = forget,
    report: Callable[[BackupProgress], object] = silent,
    cancel: Cancel | None = None,
) -> Restored:
    with ArchiveReader(file) as reader:
        restoring = Restoring(reader, report, cancel or Cancel())
        restoring.check(NEWEST)
        return restoring.restore(lambda: open_loading(url), home, hold, keep)
