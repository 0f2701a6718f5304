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
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PAGES = [one for one in DOCUMENTS if one.name != "CHANGELOG.md"]  # what was may be gone today
OPTION = re.compile(r"--[a-z][a-z-]+")
BLOCK = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
# Also read by the scripts and tests: no settings.
NO_SETTINGS = {"EVENTSNAP_GROUP_FIELD", "EVENTSNAP_WITH_WINDOWS", "EVENTSNAP_TEST_BUNDLE"}


@pytest.fixture(scope="module")
def help_text() -> str:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        assert run(["--help"]) == ExitCode.DONE
    return stream.getvalue()


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub makes of a document's headings."""
    text = BLOCK.sub("", document.read_text(encoding="utf-8"))
    found: list[str] = []
    for heading in re.findall(r"^#{1,6} +(.+?) *$", text, re.MULTILINE):
        words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        again = found.count(anchor)
        found.append(f"{anchor}-{again}" if again else anchor)
    return set(found)


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


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_no_document_names_a_setting_that_is_not_there(document: Path) -> None:
    known = {variable(name) for name, _ in fields()}
    named = set(re.findall(r"EVENTSNAP_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))

    assert named - known <= NO_SETTINGS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    text = BLOCK.sub("", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        page = document.parent / name if name else document
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), f"{target}: there is no such heading"


def test_every_page_is_in_a_list_of_pages() -> None:
    listed = (ROOT / "docs/README.md").read_text(encoding="utf-8") + README
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.name in listed, f"{page.name} stands in no list: docs/README.md"


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_source_file_that_is_named_is_there(document: Path) -> None:
    text = BLOCK.sub("", document.read_text(encoding="utf-8"))
    below = [ROOT, ROOT / "eventsnap_desktop", document.parent]
    for name in re.findall(r"`(\.?[\w./-]+/[\w.-]+\.(?:py|sh|sql|spec|service|iss|ps1))`", text):
        if not name.startswith(("/", "~", "./")):  # of the system, or of what is unpacked
            assert any((folder / name).exists() for folder in below), name
