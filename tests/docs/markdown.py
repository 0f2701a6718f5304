"""Finds the commands and blocks of a document, as a reader would copy them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*) *$")
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
# A command's explanation stands two or more spaces to the right of it.
_EXPLAINED = re.compile(r"(?<=\S) {2,}\S.*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where it begins, its language and its lines without their indentation."""

    document: Path
    line: int
    language: str
    lines: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.document.name}:{self.line}"

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines) + "\n"


@dataclass(frozen=True, slots=True)
class Written:
    """One command as it is written, and the lines of its block that come before it."""

    document: Path
    line: int
    text: str
    before: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.document.name}:{self.line}"


def blocks(document: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a document; one that is not closed is a ValueError."""
    begin, language, indent, lines = 0, "", "", list[str]()
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if not begin and fence:
            begin, language, indent = number, fence["language"], fence["indent"]
        elif begin and fence and not fence["language"]:
            yield Block(document, begin, language, tuple(lines))
            begin, lines = 0, []
        elif begin:
            lines.append(line.removeprefix(indent))
    if begin:
        raise ValueError(f"{document.name}:{begin}: the block does not end")


def is_shell(block: Block) -> bool:
    """Tell whether a block holds commands: without a language it does."""
    return block.language in {"", "sh", "bash", "shell", "console"}


def commands_of(block: Block) -> Iterator[Written]:
    """Yield the commands of a block for the shell, without their explanations."""
    before: list[str] = []
    pending, begin, end = "", 0, ""
    for number, line in enumerate(_typed(block), block.line + 1):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        text = line if end else _EXPLAINED.sub("", line.rstrip())
        pending, begin = (f"{pending}\n{text}", begin) if pending else (text, number)
        heredoc = _HEREDOC.search(text)
        if end:
            end = "" if text.strip() == end else end
        elif heredoc:
            end = heredoc[1]
        if end or text.endswith(("\\", "|", "&&", "||")):
            continue
        yield Written(block.document, begin, pending, tuple(before))
        before.append(pending)
        pending = ""
    if pending:
        raise ValueError(f"{block.document.name}:{begin}: the command does not end")


def inline_code(document: Path) -> Iterator[tuple[int, str]]:
    """Yield the code inside sentences and tables, with the line it stands in."""
    inside = False
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            for code in _INLINE.findall(line):
                yield number, code.replace("\\|", "|")


def _typed(block: Block) -> list[str]:
    """Return what is typed: in a console's block only what follows the prompt."""
    if block.language != "console":
        return list(block.lines)
    return [line[2:] if line.startswith("$ ") else "" for line in block.lines]
