"""Exports that were stopped, cut off or pulled out, and how they go on."""

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.domain.errors import (
    EventSnapError,
    PhotoGoneError,
    SourceAwayError,
)
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export import (
    READ_AHEAD,
    ExportHow,
    ExportProgress,
    export_to_folder,
    export_to_zip,
)
from eventsnap_desktop.flows.export_journal import JOURNAL
from eventsnap_desktop.flows.export_report import Tally
from tests.unit.flows.shelf import (
    Shelf,
    files,
    ignore,
    photos_in,
    rows,
    run,
    small,
    stopping_after,
    unpacked,
    zipped,
)


def test_a_second_export_writes_only_what_is_missing(tmp_path: Path) -> None:
    shelf = Shelf({"1/a.jpg": b"1", "2/a.jpg": b"2", "c.jpg": b"3"})
    run(shelf, tmp_path)
    (tmp_path / "c.jpg").unlink()
    report = run(shelf, tmp_path, ["2/a.jpg", "c.jpg", "1/a.jpg"])
    assert (report.exported, report.already_there) == (1, 2)
    assert files(tmp_path) == {"a.jpg": b"1", "a (2).jpg": b"2", "c.jpg": b"3"}


def test_a_cancelled_export_keeps_what_is_whole_and_goes_on_later(tmp_path: Path) -> None:
    shelf = Shelf({f"{number}.jpg": bytes([number]) for number in range(5)})
    cancel = Cancel()
    stopped = export_to_folder(rows(shelf), shelf, tmp_path, stopping_after(2, cancel), cancel)
    assert (stopped.exported, stopped.cancelled) == (2, True)
    assert {path.name for path in photos_in(tmp_path)} == {"0.jpg", "1.jpg"}
    shelf.read_keys.clear()

    report = run(shelf, tmp_path)

    assert (report.exported, report.already_there) == (3, 2)
    assert sorted(shelf.read_keys) == ["2.jpg", "3.jpg", "4.jpg"]
    assert set(files(tmp_path)) == set(shelf.photos)


def test_a_source_that_is_away_ends_the_export_and_leaves_no_half_file(tmp_path: Path) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": SourceAwayError("The source is away")})
    with pytest.raises(SourceAwayError):
        run(shelf, tmp_path / "out")
    with pytest.raises(SourceAwayError):
        zipped(shelf, tmp_path / "out.zip")
    assert [path.name for path in photos_in(tmp_path / "out")] == ["a.jpg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.zip.part"]


def test_a_cancelled_zip_keeps_the_older_file_and_goes_on_later(tmp_path: Path) -> None:
    file = tmp_path / "guest.zip"
    file.write_bytes(b"an older one")
    cancel = Cancel()
    shelf = Shelf({"a.jpg": b"1" * 90, "b/a.jpg": b"2" * 80, "c.jpg": b"3"})
    stopped = export_to_zip(rows(shelf), shelf, file, stopping_after(2, cancel), cancel)
    assert (stopped.exported, stopped.cancelled) == (2, True)
    assert file.read_bytes() == b"an older one"
    shelf.read_keys.clear()

    report = zipped(shelf, file)

    assert (report.exported, report.already_there, report.size) == (1, 2, 1)
    assert shelf.read_keys == ["c.jpg"]
    assert unpacked(file) == {"a.jpg": b"1" * 90, "a (2).jpg": b"2" * 80, "c.jpg": b"3"}
    assert [path.name for path in tmp_path.iterdir()] == ["guest.zip"]


def test_a_zip_without_a_photo_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "guest.zip"
    file.write_bytes(b"an older one")
    empty = zipped(Shelf({"gone.jpg": PhotoGoneError("gone")}), file)
    assert empty.exported == 0
    assert files(tmp_path) == {"guest.zip": b"an older one"}


def test_no_more_than_a_few_photos_are_in_memory(tmp_path: Path) -> None:
    shelf = Shelf({f"{number}.jpg": b"1" for number in range(9)})
    reads: list[int] = []

    def look(progress: ExportProgress) -> None:
        reads.append(len(shelf.read_keys) - progress.done)

    export_to_zip(rows(shelf), shelf, tmp_path / "x.zip", look, Cancel())
    assert max(reads) <= READ_AHEAD
    assert len(reads) == 10


def test_a_second_export_in_another_order_writes_nothing_twice(tmp_path: Path) -> None:
    shelf = Shelf({"a/IMG.jpg": b"1", "b/IMG.JPG": b"2", "c/img.jpg": b"1"})
    run(shelf, tmp_path / "out")
    before = files(tmp_path / "out")

    report = run(shelf, tmp_path / "out", list(reversed(shelf.photos)))

    assert (report.exported, report.already_there) == (0, 3)
    assert files(tmp_path / "out") == before


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_was_made_in_another_way_is_not_taken_for_the_same(
    tmp_path: Path, as_zip: bool
) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": b"2", "c.jpg": b"3"})
    cancel = Cancel()
    work = export_to_zip if as_zip else export_to_folder
    place = tmp_path / "out"
    work(rows(shelf), shelf, place, stopping_after(2, cancel), cancel)
    report = work(rows(shelf), shelf, place, ignore, Cancel(), ExportHow(False, small, "small"))
    assert (report.exported, report.already_there) == (3, 0)
    if as_zip:
        assert set(unpacked(place).values()) == {f"{key} as JPEG".encode() for key in shelf.photos}


def test_a_zip_begun_for_somebody_else_does_not_come_along(tmp_path: Path) -> None:
    shelf = Shelf({"both.jpg": b"1", "anna.jpg": b"2", "ben.jpg": b"3", "last.jpg": b"4"})
    cancel = Cancel()
    file = tmp_path / "guest.zip"
    annas = rows(shelf, ["both.jpg", "anna.jpg", "last.jpg"])
    export_to_zip(annas, shelf, file, stopping_after(2, cancel), cancel)
    report = zipped(shelf, file, ["both.jpg", "ben.jpg"])
    assert (report.exported, report.already_there) == (1, 1)
    assert unpacked(file) == {"both.jpg": b"1", "ben.jpg": b"3"}
    assert b"anna" not in file.read_bytes()


@given(st.data())
def test_a_zip_cut_off_anywhere_is_completed(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        shelf = Shelf({f"d{number}/ü.jpg": os.urandom(40 * number) for number in range(5)})
        cancel = Cancel()
        file, part = Path(folder) / "x.zip", Path(folder) / "x.zip.part"
        export_to_zip(rows(shelf), shelf, file, stopping_after(4, cancel), cancel)
        whole = part.read_bytes()
        cut = data.draw(st.integers(0, len(whole)))
        noise = data.draw(st.binary(max_size=40))
        part.write_bytes(whole[:cut] + noise)
        report = zipped(shelf, file)
        assert report.exported + report.already_there == 5
        assert sorted(unpacked(file).values()) == sorted(shelf.photos.values(), key=bytes)  # type: ignore[arg-type]


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_changed_photo_is_not_taken_from_before(tmp_path: Path, as_zip: bool) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": b"2"})
    cancel = Cancel()
    work = export_to_zip if as_zip else export_to_folder
    work(rows(shelf), shelf, tmp_path / "out", stopping_after(1, cancel), cancel)
    shelf.photos["a.jpg"] = b"new"
    report = work(rows(shelf), shelf, tmp_path / "out", ignore, Cancel())
    assert report.exported == 2
    if as_zip:
        assert unpacked(tmp_path / "out") == {"a.jpg": b"new", "b.jpg": b"2"}


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_stick_that_is_pulled_out_is_told_and_gone_on_with(tmp_path: Path, as_zip: bool) -> None:
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    shelf = Shelf({f"{number}.jpg": bytes([number] * 9) for number in range(6)})
    place = stick / ("x.zip" if as_zip else "photos")

    def pull(progress: ExportProgress) -> None:
        if progress.done == 3 and stick.exists():
            stick.rename(pocket)

    work = export_to_zip if as_zip else export_to_folder
    with pytest.raises(EventSnapError, match=r"not there any more. Plug it in, and export to the"):
        work(rows(shelf), shelf, place, pull, Cancel())
    assert not stick.exists()
    pocket.rename(stick)
    shelf.read_keys.clear()
    report = work(rows(shelf), shelf, place, ignore, Cancel())

    assert (report.exported, report.already_there) == (3, 3)
    assert sorted(shelf.read_keys) == ["3.jpg", "4.jpg", "5.jpg"]
    assert set(unpacked(place) if as_zip else files(place)) == set(shelf.photos)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "is full. Make room"), (errno.EFBIG, "4 GB at most"), (errno.EIO, "Plug it")],
)
def test_a_drive_that_takes_no_more_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("eventsnap_desktop.flows.export.write_new_file", refuse)
    with pytest.raises(EventSnapError, match=said):
        run(Shelf({"a.jpg": b"1"}), tmp_path / "out")


def test_a_manipulated_journal_hides_no_photo_and_leads_nowhere(tmp_path: Path) -> None:
    shelf = Shelf({"a.jpg": b"1", "b.jpg": b"2"})
    cancel = Cancel()
    out = tmp_path / "out"
    export_to_folder(rows(shelf), shelf, out, stopping_after(1, cancel), cancel)
    (tmp_path / "x.jpg").write_bytes(b"1")
    text = (out / JOURNAL).read_text("utf-8")
    (out / JOURNAL).write_bytes(b"\xff\x00 torn\n" + text.replace("a.jpg", "../x.jpg").encode())
    report = run(shelf, out)
    assert (report.exported, report.already_there) == (1, 1)
    assert files(out) == {"a.jpg": b"1", "b.jpg": b"2"}


def test_progress_tells_bytes_and_the_time_left() -> None:
    told: list[ExportProgress] = []
    now = iter([0.0, 0.0, 4.0, 8.0, 12.0])
    shelf = Shelf({f"{number}.jpg": b"x" * 100 for number in range(4)})
    photos = rows(shelf)
    tally = Tally(Path("x"), 4, 400, told.append, lambda: next(now))
    tally.was_there(photos[0])
    for photo in photos[1:]:
        tally.begins(photo)
        tally.wrote(photo, 10)
    assert [one.bytes_done for one in told] == [100, 200, 300]
    assert [one.seconds_left for one in told] == [None, 8.0, 4.0]
    assert tally.result().size == 30
