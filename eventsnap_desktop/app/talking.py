"""What a command prints: text for people, one JSON object for scripts."""

import json
import sys
from typing import Any


def say(text: str) -> None:
    """Print one line of a command's answer; names that are not valid text are shown escaped."""
    sys.stdout.write(_printable(text) + "\n")


def note(text: str) -> None:
    """Print one line beside the answer, to stderr."""
    sys.stderr.write(_printable(text) + "\n")


def say_json(answer: Any) -> None:
    """Print one JSON object as the last line."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def confirm(question: str) -> bool:
    """Ask on the terminal; without one, or at its end, the answer is no."""
    if not sys.stdin.isatty():
        note(f"{question} Say so with --yes.")
        return False
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
