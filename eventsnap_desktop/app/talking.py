"""What a command prints: text for people, one JSON object for scripts."""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from eventsnap_desktop.domain.errors import EventSnapError

# What would move a terminal's cursor, colour it, or turn its writing round: a file's name may hold
# all of these, and a line of the answer stays one line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class AnswerLostError(EventSnapError):
    """The answer cannot be written: the disk of the file that stdout goes to is full."""


def say(text: str) -> None:
    """Print one line of a command's answer; names that are not valid text are shown escaped."""
    _write(_printable(text, sys.stdout) + "\n")


def note(text: str) -> None:
    """Print one line beside the answer, to stderr."""
    with suppress(OSError):  # nobody reads it, or its disk is full: the work goes on
        sys.stderr.write(_printable(text, sys.stderr) + "\n")


def say_json(answer: Any) -> None:
    """Print one JSON object as the last line."""
    _write(json.dumps(answer, ensure_ascii=True) + "\n")
    finish_answer()


def finish_answer() -> None:
    """Hand over what was said; AnswerLostError where that cannot be, as of `say`."""
    with _handing_over():
        sys.stdout.flush()


def open_streams() -> None:
    """Open what the caller closed (`>&-`, a service manager, a window without a terminal).

    Else the next file or connection that is opened gets the stream's number, and what somebody
    prints goes into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest free number is the one that was closed. Lives as long as the process.
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, stream)


def _write(text: str) -> None:
    with _handing_over():
        sys.stdout.write(text)


@contextmanager
def _handing_over() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _drop_answer()
        if isinstance(error, BrokenPipeError):
            raise
        raise AnswerLostError(
            f"The answer could not be written ({error.strerror})",
            "What was done stays done; run it again where there is room for its output.",
        ) from error


def _drop_answer() -> None:
    """Let what was not handed over yet go nowhere, so that the interpreter's end does not try."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _printable(text: str, stream: TextIO) -> str:
    text = _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def confirm(question: str) -> bool:
    """Ask on the terminal; without one, or at its end, the answer is no."""
    if not sys.stdin.isatty():
        note(f"{question} Say so with --yes.")
        return False
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
