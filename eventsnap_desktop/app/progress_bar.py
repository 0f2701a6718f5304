"""The live line on stderr while an event is encoded."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from eventsnap_desktop.app.live_bar import LiveBar, live_console
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.vision.runtime import Provider


class EncodeBar(LiveBar):
    """Shows counts, rate, time left, the provider, and which server is away."""

    def __init__(self, provider: Provider, quiet: bool) -> None:
        self._console = live_console(quiet)
        where = provider.name.upper()
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[details]}"),
            console=self._console,
            transient=True,
            disable=quiet,
        )
        super().__init__(bar)
        self._task = bar.add_task(f"encoding on {where}", total=None, details="")
        self._said = ""

    def show(self, progress: EncodeProgress) -> None:
        """Draw one look at the encode."""
        self._bar.update(
            self._task, completed=progress.done, total=progress.total, details=details(progress)
        )
        if progress.waiting and progress.waiting != self._said:
            self._console.print(progress.waiting)
        self._said = progress.waiting


def details(progress: EncodeProgress) -> str:
    """Return rate, time left, faces and failures in a few words."""
    parts = [f"{progress.rate:.1f}/s", f"{progress.faces} faces"]
    if progress.eta is not None and progress.eta >= 1:
        parts.append(f"{duration(progress.eta)} left")
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    if progress.waiting:
        parts = [progress.waiting]
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return 75 as 1:15 and 3700 as 1:01:40."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
