"""The documents say what the program does: commands, settings, links."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from eventsnap_desktop.app.command_line import run
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.settings.schema import fields, variable

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
OPTION = re.compile(r"--[a-z][a-z-]+")


@pytest.fixture(scope="module")
def help_text() -> str:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        assert run(["--help"]) == ExitCode.DONE
    return stream.getvalue()


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = [line.split()[:2] for line in README.splitlines() if line.startswith("make ")]

    assert commands[:2] == [["make", "demo"], ["make", "test"]]
    assert README.index("make demo") < 100


def test_the_readme_names_every_option_of_the_program(help_text: str) -> None:
    assert set(OPTION.findall(help_text)) - set(OPTION.findall(README)) <= {"--help", "--version"}


def test_the_readme_names_no_option_that_is_not_there(help_text: str) -> None:
    lines = [line for line in README.splitlines() if "eventsnap --" in line]
    named = {option for line in lines for option in OPTION.findall(line)}

    assert named <= set(OPTION.findall(help_text))


def test_the_operations_page_lists_every_setting_with_its_default() -> None:
    for name, info in fields():
        row = next(
            (line for line in OPERATIONS.splitlines() if f"`{variable(name)}` |" in line), None
        )
        assert row is not None, name
        if isinstance(info.default, (int, float, str)) and info.default not in {"", False}:
            assert f"| {info.default} |" in row, name


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {variable(name) for name, _ in fields()}
    for document in DOCUMENTS:
        named = set(re.findall(r"EVENTSNAP_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))
        assert named - known <= {"EVENTSNAP_GROUP_FIELD"}, document.name


def test_the_operations_page_explains_every_exit_code() -> None:
    explained = set(re.findall(r"^\| (\d+) \|", OPERATIONS, re.MULTILINE))

    assert explained == {str(int(code)) for code in ExitCode}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target
