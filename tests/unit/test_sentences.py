"""Whatever the program below the windows says, a German window says in German."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from eventsnap_desktop.ui.widgets.sentences import Sentences

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "eventsnap_desktop"
CATALOGUE = ROOT / "resources" / "sentences" / "de.toml"

# Said on the command line, before there is a window, or to whoever develops the program.
NOT_IN_A_WINDOW = (
    "app/*_mode.py",
    "app/command_line.py",
    "app/demo.py",
    "app/kiosk_lock.py",
    "app/kiosk_supervisor.py",
    "app/last_days.py",
    "app/screen_check.py",
    "app/self_test_*.py",
    "app/share_child.py",
    "app/small_files.py",
    "app/talking.py",
    "flows/backup_archive.py",
    "flows/backup_manifest.py",
    "flows/restore*.py",
    "index/loading.py",
    "ui/*.py",
    "vision/tiny_model.py",
)
# Names and figures only: nothing to translate.
ONLY_HOLES = re.compile(r"[^A-Za-z]*(\{\d\}[^A-Za-z]*)*")


@cache
def catalogue() -> dict[str, str]:
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


@cache
def modules() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in PACKAGE.rglob("*.py")}


@cache
def own_errors() -> frozenset[str]:
    """Return the names of EventSnapError and of all that come from it."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"EventSnapError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return frozenset(found)


def templates(node: ast.expr) -> Iterator[str]:
    """Yield what an expression may say, with {0}, {1} … for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        holes = 0
        said = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                said += str(part.value)
            else:
                said += f"{{{holes}}}"
                holes += 1
        yield said
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)


def said_by_errors(tree: ast.Module) -> Iterator[str]:
    sayers = own_errors() | {"Finding", "ShareReport", "DatabaseReport", "SourceReport"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func).rpartition(".")[2] not in sayers:
            continue
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            for said in templates(argument):
                if " " in said and ONLY_HOLES.fullmatch(said) is None:
                    yield said


def test_every_error_that_a_window_can_show_is_in_the_catalogue() -> None:
    missing = {
        f"{file.relative_to(PACKAGE)}: {said}"
        for file, tree in modules().items()
        if not any(file.relative_to(PACKAGE).match(pattern) for pattern in NOT_IN_A_WINDOW)
        and file.relative_to(PACKAGE).parts[0] != "ui"
        for said in said_by_errors(tree)
        if said not in catalogue()
    }
    assert not missing


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    said = {
        text
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.expr)
        for text in templates(node)
    }
    assert set(catalogue()) <= said


@pytest.mark.parametrize("english", catalogue())
def test_a_sentence_is_known_again_with_whatever_stands_in_it(english: str) -> None:
    german = catalogue()[english]
    assert set(re.findall(r"\{\d\}", german)) == set(re.findall(r"\{\d\}", english))
    filled = {f"{{{number}}}": f"X{number}y" for number in range(5)}
    sentences = Sentences(catalogue())
    assert sentences.said(put_in(english, filled)) == put_in(german, filled)


def put_in(text: str, values: dict[str, str]) -> str:
    for hole, value in values.items():
        text = text.replace(hole, value)
    return text


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "The folder “/media/a. b” is not there any more. Plug the drive in or connect the "
            "network share again.",
            "Der Ordner „/media/a. b“ ist nicht mehr da. Stecken Sie das Laufwerk ein, oder "
            "verbinden Sie die Netzwerkfreigabe neu.",
        ),
        (
            "Selphy: it is out of paper, its door is open",
            "Selphy: kein Papier mehr, eine Klappe ist offen",
        ),
        (
            "The test page was not printed. Selphy: it is out of paper.",
            "Die Testseite wurde nicht gedruckt. Selphy: kein Papier mehr.",
        ),
        (
            "The drive with “stick” is full. Make room, and export to the same place again: it "
            "goes on where it stopped.",
            "Das Laufwerk mit „stick“ ist voll. Schaffen Sie Platz, und exportieren Sie noch "
            "einmal an denselben Ort: Es geht weiter, wo es aufhörte.",
        ),
        ("No selfie can be used (is empty)", "Kein Selfie ist brauchbar (ist leer)"),
        ("what nobody ever said: 5", "what nobody ever said: 5"),
        ("", ""),
    ],
)
def test_several_sentences_and_reasons_in_them_are_translated(english: str, german: str) -> None:
    assert Sentences(catalogue()).said(english) == german
