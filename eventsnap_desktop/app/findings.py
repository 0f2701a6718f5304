"""What `--doctor` finds out: one finding a topic, and how they are shown."""

import logging
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventsnap_desktop.domain.errors import EventSnapError

log = logging.getLogger(__name__)

_WIDTH = 100


class Level(StrEnum):
    """How bad a finding is: ``problem`` makes encoding or matching impossible."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about this machine, and what to do about it or ""."""

    topic: str
    level: Level
    said: str
    advice: str = ""


Check = Callable[[], Iterable[Finding]]


def look(topic: str, check: Check) -> list[Finding]:
    """Run one check; whatever it raises becomes a problem, so that the others still run."""
    try:
        return list(check())
    except EventSnapError as error:
        return [Finding(topic, Level.PROBLEM, error.message, error.advice)]
    except Exception as error:  # noqa: BLE001 - a broken installation raises anything
        # The type only: a library's message may hold an address with its password.
        log.debug("the check of %s failed: %s", topic, type(error).__name__)
        return [
            Finding(
                topic,
                Level.PROBLEM,
                f"could not be looked at ({type(error).__name__})",
                "The installation may be incomplete: install the program again.",
            )
        ]


def is_usable(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing stands in the way of encoding and matching."""
    return all(finding.level is not Level.PROBLEM for finding in findings)


def as_lines(findings: Sequence[Finding]) -> list[str]:
    """Return the findings for people: level, topic, what was found, and below it what to do."""
    width = max((len(finding.topic) for finding in findings), default=0)
    lines = []
    for finding in findings:
        head = f"{finding.level:<7}  {finding.topic:<{width}}  "
        lines += _wrapped(finding.said, head, " " * len(head))
        if finding.advice:
            begin = " " * len(head) + "→ "
            lines += _wrapped(finding.advice, begin, " " * len(begin))
    return lines


def _wrapped(text: str, first: str, others: str) -> list[str]:
    # Long paths stay in one piece, for people copy them.
    return textwrap.wrap(
        text,
        max(_WIDTH, len(first) + 40),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
