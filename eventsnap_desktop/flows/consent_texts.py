"""Consent texts: the program's own ones, which of them hold for an event, and their version.

A text is a Markdown file of ``resources/consent``, named by its language: the summary, a line
``---``, and the full text. ``{organizer}`` stands for the one who is responsible.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings

ORGANIZER = "{organizer}"
"""What stands in a text for the organizer's name."""

SOMEBODY = {"en": "The organizer", "de": "der Veranstalter"}
"""What guests read where no organizer is named, by language."""

_NUMBER_AT_END = re.compile(r"(\d+)$")


def read_consent_texts(folder: Path) -> tuple[ConsentText, ...]:
    """Read the program's own texts, English first; OSError when the folder cannot be read."""
    paths = sorted(folder.glob("*.md"), key=lambda path: (path.stem != "en", path.stem))
    return tuple(_parsed(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def texts_in_use(settings: KioskSettings, own: Sequence[ConsentText]) -> tuple[ConsentText, ...]:
    """Return a text for every language there is one for: the event's, or else the program's."""
    changed = {text.language: text for text in settings.consent_texts}
    more = [text for text in settings.consent_texts if text.language not in _languages(own)]
    return tuple(changed.get(text.language, text) for text in own) + tuple(more)


def filled(text: str, organizer: str, otherwise: str) -> str:
    """Return a text as a guest reads it; ``otherwise`` stands where no organizer is named."""
    return text.replace(ORGANIZER, organizer.strip() or otherwise)


def as_read(text: ConsentText, organizer: str) -> ConsentText:
    """Return a text as a guest reads it; where nobody is named it says "the organizer"."""
    otherwise = SOMEBODY.get(text.language, SOMEBODY["en"])
    summary = filled(text.summary, organizer, otherwise).strip()
    return replace(text, summary=summary, full_text=filled(text.full_text, organizer, otherwise))


def with_version(
    new: KioskSettings, old: KioskSettings, own: Sequence[ConsentText]
) -> KioskSettings:
    """Return new settings under the old consent version, or the next if guests read other words.

    The texts in use are written into the settings, so that a version always means the same words
    even if a later program brings other texts.
    """
    settings = replace(new, consent_texts=texts_in_use(new, own))
    same = _read_by_guests(settings, own) == _read_by_guests(old, own)
    version = old.consent_version if same else next_version(old.consent_version)
    return replace(settings, consent_version=version)


def next_version(version: str) -> str:
    """Return the version after this one: its number at the end raised, or ``.2`` added."""
    found = _NUMBER_AT_END.search(version)
    if found is None:
        return f"{version}.2" if version else "1"
    return f"{version[: found.start()]}{int(found.group()) + 1}"


def _read_by_guests(
    settings: KioskSettings, own: Sequence[ConsentText]
) -> dict[str, tuple[str, str]]:
    return {
        text.language: (
            filled(text.summary, settings.organizer_name, "").strip(),
            filled(text.full_text, settings.organizer_name, "").strip(),
        )
        for text in texts_in_use(settings, own)
    }


def _languages(texts: Sequence[ConsentText]) -> set[str]:
    return {text.language for text in texts}


def _parsed(language: str, content: str) -> ConsentText:
    summary, _, full_text = content.partition("\n---\n")
    return ConsentText(language, summary.strip(), full_text.strip())
