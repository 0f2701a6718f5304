"""What only a folder can meet: links, vanishing disks, files being written, odd bytes in names."""

import contextlib
import gc
import io
import os
import shutil
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsnap_desktop.domain.errors import (
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
    SourceRefusedError,
)
from eventsnap_desktop.storage import folder as folder_module
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.probing import probe

posix = pytest.mark.skipif(os.name != "posix", reason="needs links and byte names")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def keys(source: FolderSource) -> set[str]:
    return {photo.key for photo in source.list_photos()}


def test_a_folder_that_is_not_there_or_a_file_is_refused(tmp_path: Path) -> None:
    source = FolderSource(tmp_path / "nowhere")
    for ask in (source.check, lambda: list(source.list_photos()), lambda: source.read("a.jpg")):
        with pytest.raises(SourceRefusedError, match="There is no folder"):
            ask()
    assert probe(source).problem.startswith("There is no folder")
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SourceRefusedError, match="is a file, not a folder"):
        FolderSource(file).check()


def test_a_folder_that_vanishes_is_away_and_not_empty(root: Path) -> None:
    (root / "a.jpg").write_bytes(b"1")
    source = FolderSource(root)
    assert keys(source) == {"a.jpg"}
    shutil.move(root, root.with_name("elsewhere"))
    for ask in (
        source.check,
        lambda: list(source.list_photos()),
        lambda: source.stat("a.jpg"),
        lambda: source.read("a.jpg"),
        source.keys_folded,
        lambda: source.put("b.jpg", io.BytesIO(b"1"), 1),
    ):
        with pytest.raises(SourceAwayError):
            ask()
    assert not root.exists()
    shutil.move(root.with_name("elsewhere"), root)
    assert keys(source) == {"a.jpg"}


def test_a_folder_that_vanishes_while_it_is_listed_is_away_and_not_short(root: Path) -> None:
    for number in range(5):
        (root / str(number)).mkdir()
        (root / str(number) / "a.jpg").write_bytes(b"1")
    listing = iter(FolderSource(root).list_photos())
    next(listing)
    shutil.move(root, root.with_name("elsewhere"))
    with pytest.raises(SourceAwayError):
        list(listing)


def test_an_empty_folder_on_another_disk_than_before_is_an_unplugged_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "a.jpg").write_bytes(b"1")
    source = FolderSource(root)
    source.check()
    device = root.stat().st_dev
    (root / "a.jpg").unlink()
    assert keys(source) == set()  # on the same disk an empty folder is just empty
    monkeypatch.setattr(source, "_device", device + 1)
    with pytest.raises(SourceAwayError, match="not there any more"):
        list(source.list_photos())
    (root / "b.jpg").write_bytes(b"1")  # another disk with photos is a disk that was changed
    assert keys(source) == {"b.jpg"}


@posix
def test_links_are_followed_to_files_inside_only_and_never_in_a_circle(
    root: Path, tmp_path: Path
) -> None:
    (root / "day").mkdir()
    (root / "day" / "a.jpg").write_bytes(b"inside")
    (tmp_path / "secret.jpg").write_bytes(b"outside")
    (root / "link.jpg").symlink_to(root / "day" / "a.jpg")
    (root / "relative.jpg").symlink_to("day/a.jpg")
    (root / "outside.jpg").symlink_to(tmp_path / "secret.jpg")
    (root / "nowhere.jpg").symlink_to(root / "not there")
    (root / "circle.jpg").symlink_to(root / "circle.jpg")
    (root / "day" / "up").symlink_to(root)
    (root / "all").symlink_to(tmp_path)
    source = FolderSource(root)
    assert keys(source) == {"day/a.jpg", "link.jpg", "relative.jpg"}
    assert source.read("link.jpg") == b"inside"
    for key in ("outside.jpg", "all/secret.jpg", "nowhere.jpg", "circle.jpg"):
        assert source.stat(key) is None
        with pytest.raises(PhotoGoneError):
            source.read(key)


@posix
def test_a_source_that_is_a_link_to_a_folder_works(root: Path, tmp_path: Path) -> None:
    (root / "a.jpg").write_bytes(b"1")
    (tmp_path / "link").symlink_to(root)
    source = FolderSource(tmp_path / "link")
    assert keys(source) == {"a.jpg"}
    assert source.read("a.jpg") == b"1"


@posix
def test_a_pipe_with_the_name_of_a_photo_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.jpg")
    source = FolderSource(root)
    assert keys(source) == set()
    with pytest.raises(PhotoGoneError):
        source.read("pipe.jpg")


@posix
def test_names_that_are_not_text_are_listed_read_and_put(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.jpg")).write_bytes(b"latin")
    source = FolderSource(root)
    (photo,) = source.list_photos()
    photo.key.encode("utf-8")
    assert source.read(photo.key) == b"latin"
    assert source.stat(photo.key) == photo
    with pytest.raises(FileExistsError):
        source.put(photo.key, io.BytesIO(b"x"), 1)


@pytest.fixture
def locked() -> Iterator[Path]:
    """Yield a photo folder whose rights bind this user; root is somebody else meanwhile."""
    if os.name != "posix":
        pytest.skip("needs rights of files")
    nobody = 65534
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.jpg").write_bytes(b"1")
        (folder / "day").mkdir()
        (folder / "day" / "b.jpg").write_bytes(b"1")
        is_root = os.geteuid() == 0
        paths = (folder, folder / "day", folder / "a.jpg")
        if is_root:
            for path in paths:
                os.chown(path, nobody, nobody)
            os.seteuid(nobody)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            for path in paths:
                path.chmod(0o700)


def test_a_photo_without_rights_is_one_unreadable_photo(locked: Path) -> None:
    (locked / "a.jpg").chmod(0)
    with pytest.raises(PhotoUnreadableError, match="No permission"):
        FolderSource(locked).read("a.jpg")


def test_a_folder_without_rights_is_an_error_and_not_an_empty_folder(locked: Path) -> None:
    (locked / "day").chmod(0)
    with pytest.raises(SourceRefusedError, match="day” may not be read"):
        list(FolderSource(locked).list_photos())


def test_a_folder_that_cannot_be_written_is_readable_all_the_same(locked: Path) -> None:
    locked.chmod(0o500)
    report = probe(FolderSource(locked))
    assert (report.reachable, report.writable) == (True, False)
    assert "may not be written to" in report.problem


def test_a_folder_whose_reading_fails_is_away_or_refused_by_the_reason(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "day").mkdir()
    real = os.scandir
    for number, expected in (
        (5, SourceAwayError),
        (13, SourceRefusedError),
        (116, SourceAwayError),
    ):

        def failing(path: Path, number: int = number) -> object:
            if Path(path).name == "day":
                raise OSError(number, os.strerror(number), str(path))
            return real(path)

        monkeypatch.setattr(os, "scandir", failing)
        with pytest.raises(expected, match="day"):
            list(FolderSource(root).list_photos())


def test_a_file_that_is_being_written_is_read_when_it_is_whole(root: Path) -> None:
    path = root / "slow.jpg"
    path.write_bytes(b"")
    begun = threading.Event()

    def write() -> None:
        with path.open("ab") as file:
            for number in range(12):
                file.write(bytes([number]) * 1000)
                file.flush()
                begun.set()
                time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(5)
    content = FolderSource(root).read("slow.jpg")
    writer.join()
    assert content == path.read_bytes()
    assert len(content) == 12_000


def test_a_file_that_never_rests_is_one_photo_that_failed_for_now(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "_SETTLE_SECONDS", 0.3)
    path = root / "live.jpg"
    path.write_bytes(b"0")
    over = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not over.is_set():
                file.write(b"1" * 1000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        source = FolderSource(root)
        before = source.stat("live.jpg")
        # It may be caught between two writes; then these are its bytes of that moment.
        with contextlib.suppress(PhotoUnreadableError):
            source.read("live.jpg")
    finally:
        over.set()
        writer.join()
    after = source.stat("live.jpg")
    assert before is not None
    assert after is not None
    assert before.etag != after.etag  # so it is taken up again
    assert source.read("live.jpg") == path.read_bytes()


def test_a_file_from_the_future_is_read_at_once_and_listed(root: Path) -> None:
    path = root / "a.jpg"
    path.write_bytes(b"1")
    os.utime(path, (4e9, 4e9))
    os.utime(root, (4e9, 4e9))
    source = FolderSource(root)
    assert keys(source) == {"a.jpg"}
    assert source.read("a.jpg") == b"1"


def test_a_file_from_before_the_computer_age_is_listed(root: Path) -> None:
    (root / "a.jpg").write_bytes(b"1")
    os.utime(root / "a.jpg", (-5e9, -5e9))
    assert keys(FolderSource(root)) == {"a.jpg"}


def test_names_that_are_too_long_are_one_photo_each(root: Path) -> None:
    source = FolderSource(root)
    key = "x" * 300 + ".jpg"
    assert source.stat(key) is None
    with pytest.raises(PhotoGoneError):
        source.read(key)
    with pytest.raises(PhotoUnreadableError, match="too long"):
        source.put(key, io.BytesIO(b"1"), 1)
    assert list(root.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceRefusedError, match="is full"):
        FolderSource(root).put("day/a.jpg", io.BytesIO(b"1"), 1)
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_disk_without_hard_links_is_written_to_without_overwriting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    source = FolderSource(root)
    source.put("a.jpg", io.BytesIO(b"1"), 1)
    with pytest.raises(FileExistsError):
        source.put("a.jpg", io.BytesIO(b"2"), 1)
    assert source.read("a.jpg") == b"1"
    assert [path.name for path in root.iterdir()] == ["a.jpg"]


def test_half_a_photo_is_never_listed_while_it_is_put(root: Path) -> None:
    source = FolderSource(root)
    seen: list[set[str]] = []

    class Looking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.append(keys(source))
            return super().read(size)

    source.put("a.jpg", Looking(bytes(3_000_000)), None)
    assert len(seen) > 2
    assert set().union(*seen) == set()
    assert keys(source) == {"a.jpg"}


def test_ten_thousand_files_are_streamed_in_bounded_memory(root: Path) -> None:
    for number in range(100):
        (root / f"{number}").mkdir()
        for one in range(100):
            (root / f"{number}" / f"IMG_{one:04}.jpg").touch()
    # The least of three: whatever else the tests' process does at the same time is traced as well.
    measured = [_count_and_peak(root) for _ in range(3)]
    assert {count for count, _ in measured} == {10_000}
    assert min(peak for _, peak in measured) < 500_000


def _count_and_peak(root: Path) -> tuple[int, int]:
    gc.collect()
    tracemalloc.start()
    try:
        count = sum(1 for _ in FolderSource(root).list_photos())
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
