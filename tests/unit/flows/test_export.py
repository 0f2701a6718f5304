"""Photos copied out of a source: names, resuming, cancelling, and what one bad photo costs."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.domain.errors import (
    EventSnapError,
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
)
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export import (
    ExportProgress,
    ExportReport,
    FailedExport,
    export_to_folder,
    export_to_zip,
)
from eventsnap_desktop.flows.export_names import numbered, safe_name


class Shelf:
    """Photos by key; an exception in the place of bytes is raised."""

    def __init__(self, photos: dict[str, bytes | Exception]) -> None:
        self.photos, self.read_keys = photos, list[str]()

    def read(self, key: str) -> bytes:
        self.read_keys.append(key)
        found = self.photos[key]
        if isinstance(found, Exception):
            raise found
        return found


def run(shelf: Shelf, folder: Path, keys: list[str] | None = None) -> ExportReport:
    return export_to_folder(keys or list(shelf.photos), shelf, folder, ignore, Cancel())


def zipped(shelf: Shelf, file: Path) -> ExportReport:
    return export_to_zip(list(shelf.photos), shelf, file, ignore, Cancel())


def ignore(_: ExportProgress) -> None:
    return None


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def stopping_after(seen: int, cancel: Cancel) -> Callable[[ExportProgress], None]:
    def look(progress: ExportProgress) -> None:
        if progress.done == seen:
            cancel.request()

    return look


def test_photos_keep_their_names_and_new_folders_are_made(tmp_path: Path) -> None:
    shelf = Shelf({"day 1/Größe.JPG": b"a", "b.heic": b"bb"})
    report = run(shelf, tmp_path / "out" / "guest")
    assert files(tmp_path / "out" / "guest") == {"Größe.JPG": b"a", "b.heic": b"bb"}
    assert report == ExportReport(tmp_path / "out" / "guest", 2, 0, 3, (), False)


def test_names_that_differ_only_in_folder_or_case_are_kept_apart(tmp_path: Path) -> None:
    run(Shelf({"1/a.jpg": b"1", "2/a.jpg": b"2", "3/A.JPG": b"1"}), tmp_path)
    assert files(tmp_path) == {"a.jpg": b"1", "a (2).jpg": b"2", "A (3).JPG": b"1"}


def test_a_second_export_writes_only_what_is_missing(tmp_path: Path) -> None:
    shelf = Shelf({"1/a.jpg": b"1", "2/a.jpg": b"2", "c.jpg": b"3"})
    run(shelf, tmp_path)
    (tmp_path / "c.jpg").unlink()
    report = run(shelf, tmp_path, ["2/a.jpg", "c.jpg", "1/a.jpg"])
    assert (report.exported, report.already_there) == (1, 2)
    assert files(tmp_path) == {"a.jpg": b"1", "a (2).jpg": b"2", "c.jpg": b"3"}


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


def test_a_cancelled_export_keeps_what_is_whole_and_goes_on_later(tmp_path: Path) -> None:
    shelf = Shelf({f"{number}.jpg": bytes([number]) for number in range(5)})
    cancel = Cancel()
    stopped = export_to_folder(
        list(shelf.photos), shelf, tmp_path, stopping_after(2, cancel), cancel
    )
    assert (stopped.exported, stopped.cancelled) == (2, True)
    assert set(files(tmp_path)) == {"0.jpg", "1.jpg"}
    assert run(shelf, tmp_path).exported == 3


def test_a_source_that_is_away_ends_the_export_and_leaves_no_half_file(tmp_path: Path) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": SourceAwayError("The source is away")})
    with pytest.raises(SourceAwayError):
        run(shelf, tmp_path / "out")
    with pytest.raises(SourceAwayError):
        zipped(shelf, tmp_path / "out.zip")
    assert files(tmp_path / "out") == {"a.jpg": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


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


def test_a_cancelled_or_empty_zip_leaves_nothing_and_keeps_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "guest.zip"
    file.write_bytes(b"an older one")
    cancel = Cancel()
    shelf = Shelf({"a.jpg": b"1", "b.jpg": b"2"})
    stopped = export_to_zip(list(shelf.photos), shelf, file, stopping_after(1, cancel), cancel)
    empty = zipped(Shelf({"gone.jpg": PhotoGoneError("gone")}), file)
    assert stopped.cancelled
    assert empty.exported == 0
    assert files(tmp_path) == {"guest.zip": b"an older one"}


def test_one_photo_at_a_time_is_read(tmp_path: Path) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": b"2"})
    reads: list[tuple[int, int]] = []

    def look(progress: ExportProgress) -> None:
        reads.append((progress.done, len(shelf.read_keys)))

    export_to_zip(list(shelf.photos), shelf, tmp_path / "x.zip", look, Cancel())
    assert reads == [(0, 0), (1, 1), (2, 2)]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EventSnapError, match="cannot be written"):
        run(Shelf({"a.jpg": b"1"}), tmp_path / "file" / "below")
    with pytest.raises(EventSnapError, match="cannot be written"):
        zipped(Shelf({"a.jpg": b"1"}), tmp_path / "missing" / "x.zip")


def test_a_second_export_in_another_order_writes_nothing_twice(tmp_path: Path) -> None:
    shelf = Shelf({"a/IMG.jpg": b"1", "b/IMG.JPG": b"2", "c/img.jpg": b"1"})
    run(shelf, tmp_path / "out")
    before = files(tmp_path / "out")

    report = run(shelf, tmp_path / "out", list(reversed(shelf.photos)))

    assert (report.exported, report.already_there) == (0, 3)
    assert files(tmp_path / "out") == before
