"""All commands of all documents, each once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.docs.markdown import Block, Written, blocks, commands_of, inline_code, is_shell
from tests.docs.other_programs import knows
from tests.docs.our_program import is_ours
from tests.docs.spelled_out import assignments

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *(one for one in sorted(ROOT.glob("*.md")) if one.name != "CHANGELOG.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
]


@dataclass(frozen=True, slots=True)
class Case:
    """One command with the variables that its block sets before, and where it stands."""

    text: str
    variables: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list, compare=False)

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.places[0]} {self.text}"


def cases() -> list[Case]:
    """Return the commands of blocks, and those inside sentences."""
    found: dict[Case, list[str]] = defaultdict(list)
    for written in all_written():
        variables = tuple(line for line in written.before if assignments(line.split())[0])
        found[Case(written.text, variables)].append(written.place)
    return [Case(case.text, case.variables, places) for case, places in found.items()]


def all_written() -> Iterator[Written]:
    """Yield every command as it stands in a document."""
    for document in DOCUMENTS:
        for block in blocks(document):
            if is_shell(block):
                yield from commands_of(block)
        for line, code in inline_code(document):
            if is_command(code):
                yield Written(document, line, code)


def setting_blocks() -> list[Block]:
    """Return the blocks that only set variables of ours, in a shell or in a file."""
    found = []
    for block in (block for document in DOCUMENTS for block in blocks(document)):
        lines = [line for line in block.lines if line.strip() and not line.startswith("#")]
        ours = lines and all(
            line.removeprefix("export ").startswith("EVENTSNAP_") for line in lines
        )
        if ours and (is_shell(block) or block.language == "ini"):
            found.append(block)
    return found


def is_command(code: str) -> bool:
    """Tell whether code in a sentence is a command: its first word is a program that we know."""
    words = assignments(code.split())[1]
    if not words:
        return False
    return is_ours(words) or (len(words) > 1 and knows(words[0])) or words == ["make"]
