"""Turns a command as a document writes it into one that can be run in the tests' world."""

import re
import shlex
from collections.abc import Iterator, Mapping

_PLACEHOLDER = re.compile(r"[A-Z][A-Z_]*")
_OPTIONAL = re.compile(r"\s*\[([^\[\]]*)\]")
_REDIRECTIONS = ("<", ">")
_BETWEEN = {"|", "||", "&&", ";", "&", "|&"}

# What a word in capitals stands for, by the argument before it; "" is any other.
PLACEHOLDERS = {
    ("", "EVENT"): "party",
    ("", "PATH"): "more",
    ("--selfie", "FILE"): "me.jpg",
    ("--faces", "FILE"): "me.jpg",
    ("--backup", "FILE"): "party.backup",
    ("--restore", "FILE"): "party.backup",
    ("--models", "FILE"): "lite.zip",
    ("--models", "PATH"): "lite.zip",
    ("--models", "FOLDER"): "mine",
    ("--models", "PACK"): "lite",
    ("--model-pack", "PACK"): "lite",
    ("--model-pack", "FOLDER"): "mine",
    ("--home", "FOLDER"): "home",
    ("--source", "URI"): "Pictures/party",
    ("--source", "FOLDER"): "Pictures/party",
    ("--camera", "CAMERA"): "0",
    ("--screen", "N"): "1",
    ("--self-test", "PART"): "screens",
}


def usages(text: str) -> list[str]:
    """Return the calls that a usage line stands for: the shortest, and the one with everything.

    ``A [--b C|D] E ...`` is ``A E`` and ``A --b C E``.
    """
    text = re.sub(r"\s*(\.\.\.|…)", "", text)
    short = full = text
    while _OPTIONAL.search(full):
        short, full = _OPTIONAL.sub("", short), _OPTIONAL.sub(r" \1", full)
    return list(dict.fromkeys(re.sub(r"(\S)\|\S+", r"\1", one).strip() for one in (short, full)))


def in_world(words: list[str], places: Mapping[str, str]) -> list[str]:
    """Return a command's words with the world's values for placeholders and ``places``.

    A placeholder that nobody knows is an AssertionError.
    """
    done = []
    for before, word in zip(["", *words], words, strict=False):
        known = PLACEHOLDERS.get((before, word)) or PLACEHOLDERS.get(("", word), word)
        for place, value in places.items():
            known = known.replace(place, value)
        assert not _PLACEHOLDER.fullmatch(known), f"what does {known} after {before} stand for?"
        done.append(known)
    return done


def simple_commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each command of a line of the shell, without redirections."""
    first = text.split("\n", 1)[0] if "<<" in text else text.replace("\\\n", " ")
    lexer = shlex.shlex(first, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    tokens = list(lexer)
    for number, token in enumerate(tokens):
        if token in _BETWEEN:
            yield words
            words = []
        elif token.startswith(_REDIRECTIONS) or (
            number and tokens[number - 1].startswith(_REDIRECTIONS)
        ):
            continue  # into or out of a file, and its name
        else:
            words.append(token)
    if words:
        yield words


def assignments(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Split ``A=b C=d program arg`` into variables and the rest; ``export`` counts as nothing."""
    given = {}
    rest = words[1:] if words[:1] == ["export"] else words
    while rest and (found := re.fullmatch(r"([A-Za-z_]\w*)=(.*)", rest[0], re.DOTALL)):
        given[found[1]] = found[2]
        rest = rest[1:]
    return given, rest
