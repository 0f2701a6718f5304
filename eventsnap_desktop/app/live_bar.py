"""What the live lines on stderr share: drawn inside a ``with`` block, and gone after it."""

import io
import sys
from contextlib import suppress
from types import TracebackType
from typing import IO, Self, cast

from rich.console import Console
from rich.progress import Progress


def live_console(quiet: bool = False) -> Console:
    """Return a console on stderr; where nobody reads it or its disk is full, the work goes on."""
    return Console(file=cast(IO[str], _Stderr()), quiet=quiet, highlight=False)


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


class _Stderr(io.TextIOBase):
    """stderr as rich writes to it, without its failures."""

    def write(self, text: str) -> int:
        """Write where that is possible."""
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over where that is possible."""
        with suppress(OSError):
            sys.stderr.flush()

    def isatty(self) -> bool:
        """Return whether a person looks at it."""
        return sys.stderr.isatty()

    def fileno(self) -> int:
        """Return the number that a terminal's width is asked by."""
        return sys.stderr.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Return which signs can be drawn."""
        return sys.stderr.encoding
