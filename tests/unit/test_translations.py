"""Every text of the windows is translated, its placeholders kept, in the files that are loaded."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
STAFF = {"StaffMenu", "StaffPanel", "PinPad"}
GUESTS = {
    name
    for file in (ROOT / "eventsnap_desktop" / "ui" / "kiosk").glob("*.py")
    for name in re.findall(r"^class (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
} - STAFF
"""The contexts of the guests' screens: their classes."""

PLACEHOLDER = re.compile(r"\{[^}]*\}|%L?n")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the translations brought up to date with the sources."""
    folder = tmp_path_factory.mktemp("translations")
    script = ROOT / "packaging" / "translations.sh"
    subprocess.run(["bash", str(script), str(folder)], check=True, capture_output=True)
    return folder


def messages(file: Path) -> Iterator[tuple[str, str, list[str], str]]:
    """Yield context, source, translated forms and the translation's type of each message."""
    for context in ET.parse(file).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            texts = forms or [translation.text or ""]
            yield name, message.findtext("source", ""), texts, translation.get("type", "")


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_is_missing(language: str, fresh: Path) -> None:
    found = list(messages(fresh / f"eventsnap_{language}.ts"))

    assert len(found) > 30
    assert not [(name, source) for name, source, _, state in found if state]
    assert not [source for _, source, texts, _ in found if not all(text.strip() for text in texts)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_the_program_loads_is_up_to_date(language: str, fresh: Path) -> None:
    name = f"eventsnap_{language}.qm"

    assert (FOLDER / name).read_bytes() == (fresh / name).read_bytes()


@pytest.mark.parametrize("language", ["de", "en"])
def test_placeholders_survive_translation(language: str) -> None:
    for _, source, texts, _ in messages(FOLDER / f"eventsnap_{language}.ts"):
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), source


def test_german_is_polite_to_organizers_and_staff_and_on_first_names_with_guests() -> None:
    informal = re.compile(r"\b(?:[Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b")
    formal = re.compile(r"\b(?:Sie|Ihnen|Ihre?\w*)\b")
    found = list(messages(FOLDER / "eventsnap_de.ts"))
    to_guests = [text for context, _, texts, _ in found if context in GUESTS for text in texts]
    to_others = [text for context, _, texts, _ in found if context not in GUESTS for text in texts]

    assert not [text for text in to_others if informal.search(text)]
    assert not [text for text in to_guests if formal.search(text)]
    assert [text for text in to_guests if informal.search(text)]


def test_a_window_speaks_german_and_counts_in_english() -> None:
    program = """
from PySide6.QtWidgets import QApplication, QPushButton
import sys
from eventsnap_desktop.ui.widgets import language
app = QApplication(["x", "-platform", "offscreen"])
print(language.put_on(app, sys.argv[1]))
from eventsnap_desktop.ui.organizer.rail import Rail
rail = Rail()
print(*(one.text() for one in rail.findChildren(QPushButton)))
"""
    said = {
        name: subprocess.run(
            [sys.executable, "-c", program, name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for name in ("de", "en")
    }

    assert said["de"][0] == "de"
    assert "Veranstaltungen" in said["de"][1]
    assert "Events" in said["en"][1]
