"""Says in the windows' language what the program below them says in English.

Errors, reasons and findings are made where there is no window and no language, and some are kept
in the database. A catalogue (``resources/sentences``) has each of them with {0}, {1} … for what was
put in, so that they are known again.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from eventsnap_desktop.ui.widgets.resource_files import resource

CONTEXT = "Sentences"
"""What they are translated under; nothing else is."""

_HOLE = re.compile(r"\\\{(\d)\\\}")  # {0} as re.escape writes it
_END = ".!?"
_REMEMBERED = 2000


def in_window_language(text: str) -> str:
    """Return a sentence, or several, of the program below; as it is where no German is known."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


class Sentences:
    """A catalogue: English with holes, and what it is in another language."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        # Those that say most come first: “{0}: {1}” would fit nearly everything.
        ordered = sorted(catalogue.items(), key=lambda item: -len(re.sub(r"\{\d\}", "", item[0])))
        self._known = [(_pattern(english), other.rstrip(_END)) for english, other in ordered]
        self.said = lru_cache(_REMEMBERED)(self._say)
        """Return sentences in the other language; what is not known stays as it is."""

    def _say(self, text: str) -> str:
        for pattern, other in self._known:
            found = pattern.fullmatch(text)
            if found is not None:
                return self._filled(other, found)
        return self._in_pieces(text)

    def _filled(self, other: str, found: re.Match[str]) -> str:
        words = {name[1:]: self.said(value) for name, value in found.groupdict().items() if value}
        rest = words.pop("rest", "")
        end = found["_end"] or ""
        filled = re.sub(r"\{(\d)\}", lambda hole: words.get(hole[1], ""), other)
        return f"{filled}{end} {rest}" if rest else f"{filled}{end}"

    def _in_pieces(self, text: str) -> str:
        """Return what is said of something (“Selphy: …”), or several reasons, piece by piece."""
        for mark in ("; ", ": ", ", "):
            first, found, rest = text.partition(mark)
            if found:
                return f"{self.said(first)}{mark}{self.said(rest)}"
        return text


class SentenceTranslator(QTranslator):
    """Answers for ``CONTEXT`` only. Installed before the others, it is asked after them."""

    def __init__(self, sentences: Sentences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sentences = sentences

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Qt does not ask one that is empty."""
        return False

    # Neither a disambiguation nor a number belongs to a sentence; Qt hands them on all the same.
    def translate(self, context: str, text: str, *_: object) -> str | None:
        """Return the other language's words, None for all that others know."""
        return self._sentences.said(text) if context == CONTEXT else None


def sentences_in(language: str) -> Sentences | None:
    """Return the sentences of a language, None for English."""
    file = resource("sentences", f"{language}.toml")
    if not file.is_file():
        return None
    return Sentences(tomllib.loads(file.read_text(encoding="utf-8")))


def _pattern(english: str) -> re.Pattern[str]:
    """Return what a sentence looks like, with its end and what may come after it."""
    holes = _HOLE.sub(r"(?P<_\1>.+?)", re.escape(english.rstrip(_END)))
    after = r"(?P<_end>[.!?]?)(?:(?<=[.!?])\s+(?P<_rest>.+))?"
    return re.compile(holes + after, re.DOTALL)
