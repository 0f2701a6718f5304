"""Runs checks one by one, each by itself, and says how each ended."""

import logging
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from eventsnap_desktop.domain.errors import EventSnapError

log = logging.getLogger(__name__)

_WIDTH = 100
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended: a sentence of what was seen or what is wrong, and its seconds."""

    name: str
    ok: bool
    said: str
    seconds: float


Check = Callable[[], "str | list[Outcome]"]
"""Looks at one part and returns what it saw; whatever it raises is a failure.

A check that another process did returns that one's outcomes."""


def run_checks(
    checks: Iterable[tuple[str, Check]], tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Run all checks, also after failures; tell each outcome at once, and return all."""
    outcomes = []
    for name, check in checks:
        for outcome in _run(name, check):
            tell(outcome)
            outcomes.append(outcome)
    return outcomes


def as_lines(outcome: Outcome) -> list[str]:
    """Return an outcome for people: ok or failed, the seconds, what it is about."""
    word = "ok" if outcome.ok else "FAILED"
    head = f"{word:<6} {outcome.seconds:6.2f} s  {outcome.name:<16}  "
    return textwrap.wrap(
        outcome.said,
        max(_WIDTH, len(head) + 40),
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [head.rstrip()]


def _run(name: str, check: Check) -> list[Outcome]:
    begun = perf_counter()
    try:
        said = check()
    except EventSnapError as error:
        return [Outcome(name, False, str(error), perf_counter() - begun)]
    except Exception as error:
        log.info("the check of %s failed", name, exc_info=True)
        words = f"{type(error).__name__}: {error}"[:_LONGEST]
        return [Outcome(name, False, words, perf_counter() - begun)]
    if isinstance(said, str):
        return [Outcome(name, True, said, perf_counter() - begun)]
    return said
