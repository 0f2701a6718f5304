"""Importing files, folders and ZIP archives into a folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.import_photos import (
    ImportProgress,
    ImportReport,
    LeftOut,
    RefusedFile,
    RenamedPhoto,
    import_photos,
)
from eventsnap_desktop.storage.archives import ArchiveLimits
from eventsnap_desktop.storage.folder import FolderSource
from tests.unit.storage.zips import jpeg, raw_zip, write_zip


@pytest.fixture
def target(tmp_path: Path) -> FolderSource:
    folder = tmp_path / "event"
    folder.mkdir()
    return FolderSource(folder)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


def run(target: FolderSource, *paths: Path) -> ImportReport:
    return import_photos(paths, target, lambda _: None, Cancel())


def place(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def names(target: FolderSource) -> set[str]:
    files = [path for path in target.root.rglob("*") if path.is_file()]
    return {path.relative_to(target.root).as_posix() for path in files}


def test_a_file_a_folder_and_an_archive_are_imported_under_their_paths(
    target: FolderSource, card: Path, tmp_path: Path
) -> None:
    place(card, {"DCIM/100/a.jpg": jpeg(1), "b.jpg": jpeg(2)})
    single = place(tmp_path / "desk", {"c.jpg": jpeg(3)}) / "c.jpg"
    archive = write_zip(tmp_path / "more.zip", {"day/": b"", "day/d.jpg": jpeg(4)})
    report = run(target, single, card, archive)
    assert report == ImportReport(4, 0, (), (), (), False)
    assert names(target) == {"DCIM/100/a.jpg", "b.jpg", "c.jpg", "day/d.jpg"}
    assert target.read("DCIM/100/a.jpg") == jpeg(1)
    assert target.read("day/d.jpg") == jpeg(4)


def test_importing_the_same_again_adds_nothing(
    target: FolderSource, card: Path, tmp_path: Path
) -> None:
    place(card, {"a.jpg": jpeg(1), "A.JPG": jpeg(2), "x/a.jpg": jpeg(3), "odd.dat": jpeg(4)})
    archive = write_zip(tmp_path / "more.zip", {"a.jpg": jpeg(5), "b.jpg": jpeg(6)})
    first = run(target, card, archive)
    before = names(target)
    second = run(target, card, archive)
    assert (first.added, first.already_there) == (6, 0)
    assert (second.added, second.already_there) == (0, 6)
    assert second.renamed == ()
    assert names(target) == before


def test_names_that_differ_in_case_only_do_not_overwrite_each_other(
    target: FolderSource, tmp_path: Path
) -> None:
    one = place(tmp_path / "one", {"IMG_1.JPG": jpeg(1)})
    two = place(tmp_path / "two", {"img_1.jpg": jpeg(2)})
    report = run(target, one, two)
    assert report.renamed == (RenamedPhoto("img_1.jpg", "img_1 (2).jpg"),)
    assert target.read("IMG_1.JPG") == jpeg(1)
    assert target.read("img_1 (2).jpg") == jpeg(2)


def test_the_same_name_from_two_cards_is_kept_twice_and_in_two_folders_as_it_is(
    target: FolderSource, tmp_path: Path
) -> None:
    cards = [
        place(
            tmp_path / f"card{number}",
            {"100/IMG.JPG": jpeg(number), f"{number}/IMG.JPG": b"\xff\xd8\xff"},
        )
        for number in range(3)
    ]
    report = run(target, *cards)
    assert [one.key for one in report.renamed] == ["100/IMG (2).JPG", "100/IMG (3).JPG"]
    assert names(target) >= {"100/IMG.JPG", "0/IMG.JPG", "1/IMG.JPG", "2/IMG.JPG"}


def test_accents_written_in_two_ways_do_not_overwrite_each_other(
    target: FolderSource, tmp_path: Path
) -> None:
    one = place(tmp_path / "one", {"caf\u00e9.jpg": jpeg(1)})
    two = place(tmp_path / "two", {"cafe\u0301.jpg": jpeg(2)})
    assert [item.key for item in run(target, one, two).renamed] == ["cafe\u0301 (2).jpg"]


def test_what_is_left_out_is_counted_by_reason(target: FolderSource, card: Path) -> None:
    place(card, {"a.jpg": jpeg(1), "letter.jpg": b"Dear all,", "notes.txt": b"x", "0.jpg": b""})
    place(card, {"Thumbs.db": b"x", ".DS_Store": b"x", "__MACOSX/._a.jpg": jpeg(9)})
    report = run(target, card)
    assert report.added == 1
    assert report.left_out == (
        LeftOut("empty", 1),
        LeftOut("hidden or left by the system", 3),
        LeftOut("not a picture", 2),
    )
    assert report.refused == ()


def test_what_is_left_out_of_an_archive_is_counted_and_the_traps_are_named(
    target: FolderSource, tmp_path: Path
) -> None:
    archive = raw_zip(
        tmp_path / "a.zip",
        [
            (b"a.jpg", jpeg(1)),
            (b"__MACOSX/._a.jpg", jpeg(2)),
            (b"x/Thumbs.db", b"x"),
            (b"notes.txt", b"x"),
            (b"../../evil.jpg", jpeg(3)),
            (b"inner.zip", b"PK\x03\x04"),
            (b"disguised.jpg", b"PK\x03\x04 and so on"),
        ],
    )
    report = run(target, archive)
    assert names(target) == {"a.jpg"}
    assert report.left_out == (
        LeftOut("hidden or left by the system", 2),
        LeftOut("not a picture", 1),
    )
    assert [one.name for one in report.refused] == [
        "a.zip: ../../evil.jpg",
        "a.zip: inner.zip",
        "a.zip: disguised.jpg",
    ]
    assert not (tmp_path / "evil.jpg").exists()


def test_a_picture_with_a_wrong_ending_is_given_one_that_a_listing_shows(
    target: FolderSource, card: Path
) -> None:
    place(card, {"scan.dat": jpeg(1), "IMG.0042": jpeg(2), "page.gif": jpeg(3), "bare": jpeg(4)})
    report = run(target, card)
    assert names(target) == {"scan.dat.jpg", "IMG.0042.jpg", "page.gif.jpg", "bare"}
    assert {one.name for one in report.renamed} == {"scan.dat", "IMG.0042", "page.gif"}
    assert {photo.key for photo in target.list_photos()} == names(target)


def test_a_broken_or_missing_path_costs_no_other(
    target: FolderSource, card: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 cut off")
    place(card, {"a.jpg": jpeg(1)})
    report = run(target, broken, tmp_path / "not there", card)
    assert report.added == 1
    assert [Path(one.name).name for one in report.refused] == ["broken.zip", "not there"]
    assert "not a readable ZIP" in report.refused[0].reason
    assert report.refused[1].reason == "There is no such file or folder"


def test_a_damaged_entry_leaves_nothing_and_costs_no_other(
    target: FolderSource, tmp_path: Path
) -> None:
    archive = write_zip(tmp_path / "a.zip", {"a.jpg": jpeg(1), "b.jpg": jpeg(2)})
    content = bytearray(archive.read_bytes())
    content[60] ^= 0xFF
    archive.write_bytes(content)
    report = run(target, archive)
    assert report.refused == (RefusedFile("a.zip: a.jpg", "It is damaged inside the archive"),)
    assert names(target) == {"b.jpg"}


def test_a_bomb_leaves_nothing(target: FolderSource, tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "a.zip", {"bomb.jpg": jpeg(1) + bytes(60_000_000)})
    limits = ArchiveLimits(ratio=10)
    report = import_photos([archive], target, lambda _: None, Cancel(), limits)
    assert [one.name for one in report.refused] == ["a.zip: bomb.jpg"]
    assert names(target) == set()


def test_an_archive_in_a_folder_is_refused_with_what_to_do(
    target: FolderSource, card: Path
) -> None:
    write_zip(card / "old.zip", {"a.jpg": jpeg(1)})
    (refused,) = run(target, card).refused
    assert refused == RefusedFile(
        "old.zip", "It is an archive: import it on its own, or unpack it first"
    )


def test_a_folder_is_not_imported_into_itself(target: FolderSource, tmp_path: Path) -> None:
    place(target.root, {"x/a.jpg": jpeg(1)})
    place(tmp_path / "beside", {"b.jpg": jpeg(2)})
    report = run(target, target.root / "x")
    assert (report.added, len(report.refused)) == (0, 1)
    report = run(target, tmp_path)
    assert names(target) == {"x/a.jpg", "beside/b.jpg"}


def test_a_file_where_a_folder_would_have_to_be_is_named(target: FolderSource, card: Path) -> None:
    place(target.root, {"day": jpeg(1)})
    place(card, {"day/a.jpg": jpeg(2), "b.jpg": jpeg(3)})
    report = run(target, card)
    assert report.refused == (RefusedFile("day/a.jpg", "Another file has the name of its folder"),)
    assert names(target) == {"day", "b.jpg"}


def test_a_file_named_as_a_folder_is_given_a_number(target: FolderSource, card: Path) -> None:
    place(target.root, {"day/a.jpg": jpeg(1)})
    place(card, {"day": jpeg(2)})
    assert [one.key for one in run(target, card).renamed] == ["day (2)"]


@pytest.mark.skipif(os.name != "posix", reason="needs names that are not text")
def test_a_name_that_is_not_text_is_imported(target: FolderSource, card: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    (card / name).write_bytes(jpeg(1))
    assert run(target, card).added == 1
    assert names(target) == {name}


def test_a_very_long_name_is_refused_with_a_reason(target: FolderSource, tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "a.zip", {"x" * 300 + ".jpg": jpeg(1), "b.jpg": jpeg(2)})
    report = run(target, archive)
    assert report.added == 1
    assert "too long" in report.refused[0].reason


def test_a_cancelled_import_keeps_what_it_has_and_says_so(target: FolderSource, card: Path) -> None:
    place(card, {f"{number}.jpg": jpeg(number) for number in range(10)})
    cancel = Cancel()
    seen: list[ImportProgress] = []

    def report(progress: ImportProgress) -> None:
        seen.append(progress)
        if progress.added == 3:
            cancel.request()

    result = import_photos([card], target, report, cancel)
    assert result.cancelled
    assert (result.added, len(names(target))) == (3, 3)
    assert [progress.seen for progress in seen] == [1, 2, 3]


class _TakenMeanwhile(FolderSource):
    """A folder in which another program writes each new name just before we do."""

    def __init__(self, root: Path, other: Sequence[bytes]) -> None:
        super().__init__(root)
        self._other = list(other)

    def put(self, key: str, content: BinaryIO, size: int | None) -> None:
        if self._other:
            (self.root / key).write_bytes(self._other.pop(0))
        super().put(key, content, size)


def test_a_name_taken_meanwhile_is_compared_and_never_overwritten(
    target: FolderSource, card: Path
) -> None:
    place(card, {"a.jpg": jpeg(1)})
    report = run(_TakenMeanwhile(target.root, [jpeg(7), jpeg(1)]), card)
    assert (report.added, report.already_there) == (0, 1)
    assert target.read("a.jpg") == jpeg(7)
    assert target.read("a (2).jpg") == jpeg(1)


def test_a_target_that_is_not_there_ends_the_import(tmp_path: Path, card: Path) -> None:
    place(card, {"a.jpg": jpeg(1)})
    with pytest.raises(SourceRefusedError, match="There is no folder"):
        run(FolderSource(tmp_path / "nowhere"), card)


def test_a_document_that_is_a_zip_inside_is_not_searched_for_pictures(
    target: FolderSource, tmp_path: Path
) -> None:
    letter = write_zip(tmp_path / "letter.docx", {"word/media/image1.jpg": jpeg(1)})
    nameless = write_zip(tmp_path / "upload", {"a.jpg": jpeg(2)})
    report = run(target, letter, nameless)
    assert [one.name for one in report.refused] == ["letter.docx"]
    assert names(target) == {"a.jpg"}
