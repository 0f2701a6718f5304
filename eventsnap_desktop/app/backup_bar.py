"""The live line on stderr while a backup is written or read."""

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from eventsnap_desktop.app.live_bar import LiveBar, live_console
from eventsnap_desktop.domain.backups import BackupProgress


class BackupBar(LiveBar):
    """Shows what is worked on, and how much of it is done."""

    def __init__(self, quiet: bool) -> None:
        console = live_console(quiet)
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        super().__init__(bar)
        self._task = bar.add_task("", total=None)

    def show(self, progress: BackupProgress) -> None:
        """Draw one look at it."""
        self._bar.update(
            self._task,
            description=progress.part or "checking",
            completed=progress.done,
            total=progress.total,
        )
