"""Looks at blocks that are no commands by the parser of their language."""

import json
import re
import tomllib
from collections.abc import Callable

import yaml

from tests.docs.markdown import Block
from tests.docs.our_program import way_of

_OUR_CALL = re.compile(r"eventsnap(?:\.exe)? ([^\"'\n]+)")
_STATEMENT = re.compile(r"\s*(--[^\n]*\n\s*)*(alter|create|grant|revoke|select|drop|set)\b", re.I)


def check_block(block: Block) -> None:
    """Raise where a block is not what its language says, or nobody has said how to look at it."""
    look = _LANGUAGES.get(block.language)
    assert look is not None, f"line {block.line}: no rule for blocks of {block.language}"
    look(block.text)


def _powershell(text: str) -> None:
    """Brackets and quotes are closed, and what it calls of ours is a command."""
    for opened, closed in ("()", "[]", "{}"):
        assert text.count(opened) == text.count(closed), f"{opened} is not closed"
    assert text.count('"') % 2 == 0, "a quote is not closed"
    for call in _OUR_CALL.findall(text):
        way_of(call.split())


def _sql(text: str) -> None:
    """Statements that end, of kinds that set a database up."""
    assert text.strip().endswith(";"), "a statement does not end"
    for statement in text.strip().rstrip(";").split(";"):
        assert _STATEMENT.match(statement), f"no statement: {statement.strip()}"


def _variables(text: str) -> None:
    for line in text.splitlines():
        assert not line or re.fullmatch(r"[A-Z_]+=\S*|#.*|\[\w+\]|[\w.]+ *= *.+", line), line


def _python(text: str) -> None:
    compile(text, "block", "exec")


def _text(text: str) -> None:
    """Anything, but no command, which would not be run."""
    for line in text.splitlines():
        typed = line.strip().removeprefix("$ ")
        assert not re.match(r"(\S*/)?eventsnap --|make \w+$|sudo ", typed), f"a command: {line}"


_LANGUAGES: dict[str, Callable[[str], object]] = {
    "text": _text,
    "toml": tomllib.loads,
    "json": json.loads,
    "yaml": yaml.safe_load,
    "python": _python,
    "ini": _variables,
    "sql": _sql,
    "powershell": _powershell,
}
