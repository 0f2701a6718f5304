"""Photos copied out of a source: names, forms, and what one bad photo costs."""

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.domain.errors import (
    EventSnapError,
    PhotoGoneError,
    PhotoUnreadableError,
)
from eventsnap_desktop.flows.export import (
    ExportHow,
    ExportReport,
    FailedExport,
)
from eventsnap_desktop.flows.export_names import numbered, safe_name, safe_path
from tests.unit.flows.shelf import NOON, Shelf, files, photos_in, run, small, unpacked, zipped


def test_photos_keep_their_names_and_new_folders_are_made(tmp_path: Path) -> None:
    shelf = Shelf({"day 1/Größe.JPG": b"a", "b.heic": b"bb"})
    report = run(shelf, tmp_path / "out" / "guest")
    assert files(tmp_path / "out" / "guest") == {"Größe.JPG": b"a", "b.heic": b"bb"}
    assert report == ExportReport(tmp_path / "out" / "guest", 2, 0, 3, (), False)


def test_names_that_differ_only_in_folder_or_case_are_kept_apart(tmp_path: Path) -> None:
    run(Shelf({"1/a.jpg": b"1", "2/a.jpg": b"2", "3/A.JPG": b"1"}), tmp_path)
    assert files(tmp_path) == {"a.jpg": b"1", "a (2).jpg": b"2", "A (3).JPG": b"1"}


def test_no_other_file_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"X")
    (tmp_path / "a (2).jpg").mkdir()
    report = run(Shelf({"a.jpg": b"1"}), tmp_path)
    assert report.exported == 1
    assert (tmp_path / "a.jpg").read_bytes() == b"X"
    assert (tmp_path / "a (3).jpg").read_bytes() == b"1"


def test_a_gone_or_broken_photo_costs_only_itself(tmp_path: Path) -> None:
    shelf = Shelf(
        {
            "gone.jpg": PhotoGoneError("is no longer there"),
            "a.jpg": b"1",
            "big.jpg": PhotoUnreadableError("is too large"),
            "b.jpg": b"2",
        }
    )
    expected = (
        FailedExport("gone.jpg", "is no longer there"),
        FailedExport("big.jpg", "is too large"),
    )
    to_folder, to_zip = run(shelf, tmp_path / "out"), zipped(shelf, tmp_path / "out.zip")
    assert (to_folder.exported, to_folder.failed) == (2, expected)
    assert (to_zip.exported, to_zip.failed) == (2, expected)


def test_keys_cannot_leave_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    keys = ["../../evil.jpg", "/etc/passwd", "..", "a/..", "C:\\x\\boot.jpg", ".hidden.jpg", "nul"]
    run(Shelf({key: key.encode() for key in keys}), folder)
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert set(files(folder)) == {
        *("evil.jpg", "passwd", "photo", "photo (2)", "boot.jpg", "hidden.jpg", "_nul"),
    }


@given(st.text(max_size=400))
def test_every_key_gives_a_name_that_every_system_takes(key: str) -> None:
    for name in (safe_name(key), numbered(safe_name(key), 12)):
        assert name
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert name.strip(" .") == name
        assert len(name.encode()) <= 200
        assert name not in {".", ".."}


def test_a_zip_holds_every_photo_uncompressed_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "guest.zip"
    file.write_bytes(b"an older one")
    zipped(Shelf({"1/a.jpg": b"1" * 500, "2/a.jpg": b"2", "../ü.jpg": b"3"}), file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {one.filename: one.file_size for one in archive.infolist()} == {
            "a.jpg": 500,
            "a (2).jpg": 1,
            "ü.jpg": 1,
        }
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
    assert [path.name for path in tmp_path.iterdir()] == ["guest.zip"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EventSnapError, match="cannot be written"):
        run(Shelf({"a.jpg": b"1"}), tmp_path / "file" / "below")
    with pytest.raises(EventSnapError, match="cannot be written"):
        zipped(Shelf({"a.jpg": b"1"}), tmp_path / "missing" / "x.zip")


def test_folders_are_kept_where_that_is_wanted(tmp_path: Path) -> None:
    shelf = Shelf({"day 1/a.jpg": b"1", "day 2/a.jpg": b"2", "day 2/../../x/b.jpg": b"3"})
    expected = {"day 1/a.jpg": b"1", "day 2/a.jpg": b"2", "day 2/x/b.jpg": b"3"}
    how = ExportHow(keep_folders=True)
    run(shelf, tmp_path / "out", how=how)
    zipped(shelf, tmp_path / "out.zip", how=how)
    assert files(tmp_path / "out") == expected == unpacked(tmp_path / "out.zip")
    assert run(shelf, tmp_path / "out", how=how).already_there == 3


def test_a_file_in_the_place_of_a_folder_costs_only_the_folder(tmp_path: Path) -> None:
    shelf = Shelf({"a": b"1", "a/b.jpg": b"2", "old/c.jpg": b"3"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").write_bytes(b"X")
    how = ExportHow(keep_folders=True)
    run(shelf, tmp_path / "out", how=how)
    zipped(shelf, tmp_path / "out.zip", how=how)
    assert files(tmp_path / "out") == {"a": b"1", "b.jpg": b"2", "c.jpg": b"3", "old": b"X"}
    assert unpacked(tmp_path / "out.zip") == {"a": b"1", "b.jpg": b"2", "old/c.jpg": b"3"}


@given(st.text(max_size=400))
def test_no_path_leads_out_of_its_folder(key: str) -> None:
    path = safe_path(key)
    assert safe_path(path) == path
    assert not re.search(r'[<>:"\\|?*\x00-\x1f]', path)
    for part in path.split("/"):
        assert part
        assert part.strip(" .") == part
        assert len(part.encode()) <= 200


def test_photos_made_anew_are_jpegs_by_name(tmp_path: Path) -> None:
    shelf = Shelf({"a.heic": b"1", "b.JPG": b"2", "x/a.png": b"3", "c.jpg": b"broken"})
    how = ExportHow(prepare=small, variant="small")
    report = run(shelf, tmp_path, how=how)
    found = {path.name: path.read_bytes() for path in photos_in(tmp_path)}
    assert found == {
        "a.jpg": b"a.heic as JPEG",
        "b.JPG": b"b.JPG as JPEG",
        "a (2).jpg": b"x/a.png as JPEG",
    }
    assert report.failed == (FailedExport("c.jpg", "A photo cannot be read any more"),)


def test_exported_files_have_the_time_of_the_photo(tmp_path: Path) -> None:
    run(Shelf({"a.jpg": b"1"}), tmp_path / "out")
    zipped(Shelf({"a.jpg": b"1"}), tmp_path / "x.zip")
    local = NOON.astimezone()
    assert (tmp_path / "out" / "a.jpg").stat().st_mtime == NOON.timestamp()
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.infolist()[0].date_time[:4] == (2024, 6, 1, local.hour)
