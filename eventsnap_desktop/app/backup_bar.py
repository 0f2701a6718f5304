"""The live line on stderr while a backup is written or read."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from eventsnap_desktop.domain.backups import BackupProgress


class BackupBar:
    """Shows what is worked on, and how much of it is done."""

    def __init__(self, quiet: bool) -> None:
        console = Console(stderr=True, quiet=quiet, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        """Start drawing."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._bar.stop()

    def show(self, progress: BackupProgress) -> None:
        """Draw one look at it."""
        self._bar.update(
            self._task,
            description=progress.part or "checking",
            completed=progress.done,
            total=progress.total,
        )
