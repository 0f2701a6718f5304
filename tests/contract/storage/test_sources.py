"""What every source does, a folder or a bucket."""

import io
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import pytest

from eventsnap_desktop.domain.errors import PhotoGoneError, PhotoUnreadableError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.ports import ImportTarget, PhotoSource
from eventsnap_desktop.storage.probing import probe
from tests.contract.storage.conftest import Holding

ODD_KEYS = [
    "two  spaces and + plus.jpg",
    "100% & ?a=b#c;d.jpg",
    "%2F%20.jpg",
    "Zürich/Ångström ñ 東京 🎉.jpg",
    "e\u0301 decomposed.jpg",
    "quote ' and \" double.jpg",
    "[brackets] {braces} ~tilde.jpg",
    "deep/er/and/deeper/x.jpg",
    "no ending",
    "-rf.jpg",
    "UPPER.JPG",
]


def keys_of(holding: Holding) -> set[str]:
    return {photo.key for photo in holding.source.list_photos()}


def test_a_source_fits_the_ports(holding: Holding) -> None:
    source: PhotoSource = holding.source
    target: ImportTarget = holding.source
    assert source.uri
    assert target.keys_folded() == {}


def test_an_empty_source_can_be_checked_and_lists_nothing(holding: Holding) -> None:
    holding.source.check()
    assert list(holding.source.list_photos()) == []
    assert holding.source.keys_folded() == {}


def test_a_listing_tells_key_size_etag_and_time(holding: Holding) -> None:
    holding.place("day one/a.jpg", b"12345")
    (photo,) = holding.source.list_photos()
    assert (photo.key, photo.size) == ("day one/a.jpg", 5)
    assert photo.etag
    assert '"' not in photo.etag
    assert abs(datetime.now(UTC) - photo.modified) < timedelta(minutes=5)


def test_a_single_photo_looks_as_in_the_listing(holding: Holding) -> None:
    holding.place("b/a.jpg", b"12345")
    (listed,) = holding.source.list_photos()
    assert holding.source.stat("b/a.jpg") == listed


@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_photo_with_an_odd_name_is_listed_and_read(holding: Holding, key: str) -> None:
    holding.place(key, b"odd")
    (listed,) = holding.source.list_photos()
    assert listed.key == key
    assert holding.source.read(listed.key) == b"odd"
    assert holding.source.stat(listed.key) == listed


@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_photo_with_an_odd_name_can_be_put(holding: Holding, key: str) -> None:
    holding.source.put(key, io.BytesIO(b"odd"), 3)
    assert holding.names() == {key}
    assert holding.source.read(key) == b"odd"


def test_only_names_of_photos_are_listed(holding: Holding) -> None:
    for key in ("a.JPG", "b.heic", "c.CR3", "d.dng", "scan.tiff", "IMG_0001", "x.y/photo.webp"):
        holding.place(key, b"x")
    listed = keys_of(holding)
    for key in ("notes.txt", "clip.mp4", "sheet.xlsx", "half.jpg.part", "a.zip"):
        holding.place(key, b"x")
    for key in (".hidden.jpg", ".trash/a.jpg", "__MACOSX/a.jpg", "d/@eaDir/a.jpg/THUMB.jpg"):
        holding.place(key, b"x")
    holding.place("d2/Thumbs.db", b"x")
    assert keys_of(holding) == listed
    assert len(listed) == 7


def test_what_is_not_listed_is_not_there_for_a_single_look_either(holding: Holding) -> None:
    holding.place("notes.txt", b"x")
    holding.place("__MACOSX/a.jpg", b"x")
    assert holding.source.stat("notes.txt") is None
    assert holding.source.stat("__MACOSX/a.jpg") is None
    assert holding.source.stat("not there.jpg") is None


def test_changed_bytes_have_another_etag(holding: Holding) -> None:
    holding.place("a.jpg", b"before")
    before = holding.source.stat("a.jpg")
    holding.place("a.jpg", b"after it")
    after = holding.source.stat("a.jpg")
    assert before is not None
    assert after is not None
    assert before.etag != after.etag


def test_unchanged_photos_keep_their_etags(holding: Holding) -> None:
    holding.place("a.jpg", b"same")
    holding.place("b/c.jpg", b"same as well")
    assert set(holding.source.list_photos()) == set(holding.source.list_photos())


def test_a_deleted_photo_is_gone(holding: Holding) -> None:
    holding.place("a.jpg", b"1")
    holding.remove("a.jpg")
    assert keys_of(holding) == set()
    with pytest.raises(PhotoGoneError):
        holding.source.read("a.jpg")


def test_an_empty_photo_is_listed_and_read_as_no_bytes(holding: Holding) -> None:
    holding.place("a.jpg", b"")
    assert keys_of(holding) == {"a.jpg"}
    assert holding.source.read("a.jpg") == b""


def test_a_photo_over_the_limit_is_refused_with_both_sizes(holding: Holding) -> None:
    holding.place("big.jpg", bytes(3_000_000))
    source = holding.small(2_000_000)
    with pytest.raises(PhotoUnreadableError, match=r"too large \(3 MB, at most 2 MB"):
        source.read("big.jpg")
    holding.place("small.jpg", bytes(2_000_000))
    assert len(source.read("small.jpg")) == 2_000_000
    source.close()


def test_a_key_that_leads_out_is_never_followed(holding: Holding) -> None:
    for key in ("../secret.jpg", "a/../../secret.jpg", "/etc/passwd", "a//../b.jpg", "..", ""):
        assert holding.source.stat(key) is None
        with pytest.raises((PhotoGoneError, PhotoUnreadableError)):
            holding.source.read(key)
    for key in ("../secret.jpg", "a/../../secret.jpg", "."):
        with pytest.raises(PhotoUnreadableError):
            holding.source.put(key, io.BytesIO(b"x"), 1)
    assert holding.names() == set()


def test_putting_never_overwrites(holding: Holding) -> None:
    holding.place("a.jpg", b"first")
    with pytest.raises(FileExistsError):
        holding.source.put("a.jpg", io.BytesIO(b"second"), 6)
    assert holding.source.read("a.jpg") == b"first"
    assert holding.names() == {"a.jpg"}


def test_of_several_who_put_one_name_one_wins_and_the_others_know(holding: Holding) -> None:
    contents = [bytes([number]) * 200_000 for number in range(6)]
    start = threading.Barrier(len(contents))

    def put(content: bytes) -> bool:
        start.wait()
        try:
            holding.source.put("one.jpg", io.BytesIO(content), len(content))
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(len(contents)) as pool:
        won = list(pool.map(put, contents))
    assert won.count(True) == 1
    assert holding.source.read("one.jpg") == contents[won.index(True)]


def test_a_stream_of_unknown_length_is_put_whole(holding: Holding) -> None:
    content = bytes(range(256)) * 70_000  # 18 MB: more than is kept in memory
    holding.source.put("long/stream.jpg", _Pipe(content), None)
    assert holding.source.read("long/stream.jpg") == content


def test_a_stream_that_breaks_leaves_nothing(holding: Holding) -> None:
    with pytest.raises(ValueError, match="broken pipe"):
        holding.source.put("a.jpg", _Pipe(bytes(3_000_000), breaks=True), 3_000_000)
    with pytest.raises(PhotoUnreadableError, match="ended after 5 of 9 bytes"):
        holding.source.put("b.jpg", io.BytesIO(b"short"), 9)
    assert holding.names() == set()


def test_a_name_below_a_file_is_taken(holding: Holding) -> None:
    holding.source.put("a", io.BytesIO(b"file"), 4)
    # A bucket of some servers can hold both; what it must not do is to lose one.
    try:
        holding.source.put("a/b.jpg", io.BytesIO(b"below"), 5)
    except FileExistsError:
        assert holding.names() == {"a"}
    assert holding.source.read("a") == b"file"


def test_names_that_differ_in_case_or_accents_fold_to_one(holding: Holding) -> None:
    holding.place("Día/IMG.JPG", b"1")
    holding.place("notes.txt", b"not a photo, but the name is taken")
    taken = holding.source.keys_folded()
    assert taken["día/img.jpg"] == "Día/IMG.JPG"
    assert "notes.txt" in taken


def test_many_threads_read_at_once(holding: Holding) -> None:
    for number in range(40):
        holding.place(f"{number}.jpg", str(number).encode() * 1000)
    with ThreadPoolExecutor(16) as pool:
        read = list(pool.map(holding.source.read, [f"{number}.jpg" for number in range(40)]))
    assert read == [str(number).encode() * 1000 for number in range(40)]


def test_a_probe_finds_a_good_source_writable_and_leaves_nothing(holding: Holding) -> None:
    report = probe(holding.source)
    assert report.reachable
    assert report.writable
    assert (report.problem, report.advice) == ("", "")
    assert holding.names() == set()


def test_a_watch_hints_at_a_new_photo_or_returns_and_a_stop_ends_it(holding: Holding) -> None:
    heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    cancel = Cancel()
    watch = threading.Thread(target=holding.source.watch, args=(heard.put, cancel))
    watch.start()
    try:
        deadline = time.monotonic() + 20
        number = 0
        while watch.is_alive() and heard.empty() and time.monotonic() < deadline:
            holding.place(f"{number}.jpg", b"new")
            number += 1
            watch.join(0.5)
        assert not watch.is_alive() or heard.get(timeout=1) in {None, "0.jpg", "1.jpg"}
    finally:
        cancel.request()
        watch.join(5)
    assert not watch.is_alive()


class _Pipe(io.RawIOBase, BinaryIO):
    """A stream that cannot be wound back, and may break in the middle."""

    def __init__(self, content: bytes, breaks: bool = False) -> None:
        self._content, self._at, self._breaks = content, 0, breaks

    def read(self, size: int = -1) -> bytes:
        end = len(self._content) if size < 0 else self._at + size
        part = self._content[self._at : end]
        self._at += len(part)
        if self._breaks and self._at > len(self._content) // 2:
            raise ValueError("broken pipe")
        return part
