"""Importing into every kind of source."""

from pathlib import Path

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.import_photos import ImportReport, RenamedPhoto, import_photos
from tests.contract.storage.conftest import Holding
from tests.unit.storage.zips import jpeg, write_zip


def run(holding: Holding, *paths: Path) -> ImportReport:
    return import_photos(paths, holding.source, lambda _: None, Cancel())


def test_a_folder_and_an_archive_are_imported_once_however_often(
    holding: Holding, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    for number, name in enumerate(("a.jpg", "A.JPG", "day/a.jpg", "Zürich +.png")):
        (card / name).parent.mkdir(parents=True, exist_ok=True)
        (card / name).write_bytes(jpeg(number))
    archive = write_zip(tmp_path / "more.zip", {"a.jpg": jpeg(8), "day/b.jpg": jpeg(9)})
    first = run(holding, card, archive)
    names = holding.names()
    assert (first.added, first.already_there, first.refused) == (6, 0, ())
    assert len(names) == 6
    assert {photo.key for photo in holding.source.list_photos()} == names
    second = run(holding, card, archive)
    assert (second.added, second.already_there, second.renamed) == (0, 6, ())
    assert holding.names() == names


def test_a_photo_that_is_there_is_kept_and_the_other_gets_a_number(
    holding: Holding, tmp_path: Path
) -> None:
    holding.place("day/IMG_1.JPG", jpeg(1))
    archive = write_zip(tmp_path / "a.zip", {"day/img_1.jpg": jpeg(2)})
    report = run(holding, archive)
    assert report.renamed == (RenamedPhoto("a.zip: day/img_1.jpg", "day/img_1 (2).jpg"),)
    assert holding.source.read("day/IMG_1.JPG") == jpeg(1)
    assert holding.source.read("day/img_1 (2).jpg") == jpeg(2)
