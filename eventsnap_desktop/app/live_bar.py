"""What the live lines on stderr share: drawn inside a ``with`` block, and gone after it."""

from types import TracebackType
from typing import Self

from rich.progress import Progress


class LiveBar:
    """A line that shows how far a piece of work is."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

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
