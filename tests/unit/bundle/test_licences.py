"""Everything that is handed on has a licence that can be read."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from bundle.licence_files import INDEX, NoLicenceError, write_licences
from bundle.parts import Part, other_parts, part_of, python_parts, system_parts
from eventsnap_desktop.ui.organizer.licences import used_packages

ROOT = Path(__file__).parents[3]


def used() -> Iterator[Distribution]:
    for package in used_packages():
        yield distribution(package.name)


def test_every_package_that_is_used_has_a_text_or_a_named_licence() -> None:
    parts = [part_of(one) for one in used()]

    assert len(parts) > 40
    assert [part.name for part in parts if not part.is_licensed] == []
    assert [text for part in parts for text in part.texts if not text.is_file()] == []


@pytest.mark.parametrize("name", ["PySide6-Essentials", "shiboken6", "psycopg", "numpy", "pillow"])
def test_those_that_matter_most_have_a_text(name: str) -> None:
    part = part_of(distribution(name))

    assert max(text.stat().st_size for text in part.texts) > 500


def test_qt_comes_with_the_lgpl_and_the_gpl_that_it_refers_to() -> None:
    texts = "".join(
        text.read_text(encoding="utf-8")
        for text in part_of(distribution("PySide6-Essentials")).texts
    )

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts
    assert "GNU GENERAL PUBLIC LICENSE" in texts


def test_python_the_database_and_the_letters_have_texts() -> None:
    assert all(part.texts and part.licence for part in other_parts())


def test_parts_are_found_by_the_files_that_went_in() -> None:
    import fastapi
    import segno

    sources = [Path(module.__file__ or "") for module in (segno, fastapi)]

    parts = python_parts([*sources, ROOT / "eventsnap_desktop" / "__main__.py"])

    assert [part.name for part in parts] == ["fastapi", "segno"]
    assert {path.name for part in parts for path in part.metadata} >= {"METADATA"}


def test_files_of_nobody_belong_to_no_system_package(tmp_path: Path) -> None:
    assert system_parts([tmp_path / "libmine.so", Path("libmine.so")]) == []


def test_the_list_names_each_part_and_where_its_texts_are(tmp_path: Path) -> None:
    text = tmp_path / "COPYING"
    text.write_text("Do as you like.")
    parts = [Part("one", "1.0", "MIT", (text,)), Part("two (small)", "2.0", "", (text,))]

    write_licences(parts, ROOT / "LICENSE", tmp_path / "licenses")

    index = (tmp_path / "licenses" / INDEX).read_text(encoding="utf-8")
    assert "| one | 1.0 | MIT | `one/COPYING` |" in index
    assert (tmp_path / "licenses" / "two--small-" / "COPYING").read_text() == "Do as you like."
    assert (tmp_path / "licenses" / "EventSnap" / "LICENSE").is_file()


def test_texts_of_the_same_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    texts = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "LICENSE.txt").write_text(f"text {number}")
        texts.append(folder / "LICENSE.txt")

    write_licences([Part("one", "1", "", tuple(texts))], ROOT / "LICENSE", tmp_path / "out")

    found = sorted((tmp_path / "out" / "one").iterdir())
    assert [path.read_text() for path in found] == ["text 2", "text 1"]


def test_a_part_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(NoLicenceError, match="mystery"):
        write_licences([Part("mystery", "1", "", ())], ROOT / "LICENSE", tmp_path)
