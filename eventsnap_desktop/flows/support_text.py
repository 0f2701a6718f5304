"""The text a user copies for whoever helps: what runs here and what happened, about nobody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOG_LINES = 200
"""How many of the newest log lines go into a support text."""

_PHOTO_ENDINGS = (
    "jpe?g|png|webp|hei[cf]|tiff?|cr[23]|nef|arw|raf|dng|orf|rw2|zip|gif|bmp|avif|mp4|mov"
)
# A file's name in quotes, from the first to the last.
_QUOTED_FILE = re.compile(rf"([“\"'‘])[^“”\"'‘’\n]*\.({_PHOTO_ENDINGS})([”\"'’])", re.IGNORECASE)
# Without quotes nobody can tell where a name with blanks begins: words before it that begin with a
# capital or a digit are taken for a part of it, rather too many than too few.
_FILE = re.compile(
    r"(?:(?<![^\s,;:(=\[])(?=[\w./\\-]*[A-ZÀ-Þ0-9])[^\s,;:()=\[\]“”\"'<>]+ )*"
    rf"[^\s,;()=\[\]“”\"'<>]+\.((?i:{_PHOTO_ENDINGS}))\b"
)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_CREDENTIALS = re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s/@]*@", re.IGNORECASE)
_PASSWORD = re.compile(
    r"\b(password|passwd|pwd|secret(?:_key)?|access_key|token|x-amz-[a-z-]+)(\s*[=:]\s*)\S+",
    re.IGNORECASE,
)
_SOMEBODYS_FOLDER = re.compile(r"(/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\\s:]+")


@dataclass(frozen=True, slots=True)
class Masking:
    """What must not be read: folders with the word that stands for each, and names of all kinds."""

    folders: Mapping[Path, str]
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """What a support text is made of.

    ``settings`` are lines without secrets; ``findings`` the doctor's: (state, subject, what is,
    what to do).
    """

    versions: Sequence[tuple[str, str]]
    platform: str
    settings: Sequence[str]
    findings: Sequence[tuple[str, str, str, str]]
    log: Sequence[str]


def support_text(facts: SupportFacts, masking: Masking) -> str:
    """Return the text; nothing about people or the event is left in it that can be recognised."""
    findings = [
        f"{state}: {subject}: {said}" + (f" -> {advice}" if advice else "")
        for state, subject, said, advice in facts.findings
    ]
    sections = {
        "Program": [f"{name} {version}" for name, version in facts.versions],
        "Machine": [facts.platform],
        "Settings": _all_masked(facts.settings, Masking(masking.folders)),
        "Doctor": _all_masked(findings, masking),
        "Log": _all_masked(facts.log[-LOG_LINES:], masking),
    }
    parts = [f"## {title}\n" + "\n".join(lines or ["-"]) for title, lines in sections.items()]
    return "# EventSnap support text\n\n" + "\n\n".join(parts) + "\n"


def without_personal_data(text: str, masking: Masking) -> str:
    """Return a text without credentials, addresses, names of people's files, and known names."""
    text = _CREDENTIALS.sub(r"\1…@", text)
    text = _PASSWORD.sub(r"\1\2…", text)
    text = _MAIL.sub("<e-mail>", text)
    # Longer first: the data folder lies in the home folder.
    for folder, word in sorted(masking.folders.items(), key=lambda one: -len(str(one[0]))):
        if len(folder.parts) > 1:
            text = text.replace(str(folder), word)
    text = _SOMEBODYS_FOLDER.sub(r"\1<user>", text)
    for name in sorted({name.strip() for name in masking.names}, key=len, reverse=True):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<name>", text, flags=re.IGNORECASE)
    text = _QUOTED_FILE.sub(r"\1<photo>.\2\3", text)
    return _FILE.sub(r"<photo>.\1", text)


def _all_masked(lines: Iterable[str], masking: Masking) -> list[str]:
    return [without_personal_data(line, masking) for line in lines]
