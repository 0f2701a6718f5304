"""A backup is of one moment while others write, and there as a whole or not at all."""

import os
import random
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from eventsnap_desktop.domain.backups import BackupProgress
from eventsnap_desktop.domain.errors import (
    Cancelled,
    DatabaseAwayError,
    DatabaseRefusedError,
    EventSnapError,
    UsageError,
)
from eventsnap_desktop.domain.events import EventCounts
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index import events
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.index.schema import schema_version
from tests.contract.backup.made import NEWEST, back_up, check, restore
from tests.contract.index.made_up import embedding, encode_all, photo
from tests.contract.index.older_rows import make_database, rows_of
from tests.contract.index.outbox_rows import change


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "party.backup"


@pytest.fixture
def event_url(index: Index, database_url: str) -> str:
    """Return the address of a database with an event of 300 faces."""
    event = index.events.create_event("party", "", "")
    encode_all(index, event.id, [photo(f"{number}.jpg") for number in range(150)], faces=2)
    return database_url


def test_what_others_write_meanwhile_is_not_in_it(
    index: Index, event_url: str, empty_database_url: str, file: Path
) -> None:
    before = rows_of(event_url)
    event = index.events.find_event("party")
    parts: list[str] = []

    def write_also(progress: BackupProgress) -> None:
        if not parts:  # events are read, photos and faces are not
            encode_all(index, event.id, [photo("late.jpg")], faces=3)
            index.events.create_event("late", "", "")
            index.guests.begin(event.id, "tent", None)
        parts.append(progress.part)

    made = back_up(event_url, file, write_also)

    assert parts[0] == "event"
    assert (made.faces, [one.code for one in made.events]) == (300, ["party"])
    restore(file, empty_database_url)
    assert rows_of(empty_database_url) == before


@pytest.mark.parametrize("part", ["event", "face"])
def test_an_event_that_is_deleted_while_it_reads_is_in_it_and_gone_afterwards(
    index: Index, event_url: str, empty_database_url: str, file: Path, part: str
) -> None:
    event = index.events.find_event("party")
    before = rows_of(event_url)
    with ThreadPoolExecutor(1) as threads:
        deleting: list[Future[EventCounts]] = []

        def delete_also(progress: BackupProgress) -> None:
            if progress.part == part and not deleting:
                deleting.append(threads.submit(index.events.delete_event, event.id))
                until(lambda: waits_for_a_lock(event_url))
                # Nobody else waits for who waits.
                assert len(index.faces.search(event.id, embedding(1), -1.0)) == 300
                index.guests.begin(event.id, "tent", None)

        back_up(event_url, file, delete_also)
        assert deleting[0].result(60).faces == 300

    assert index.events.list_events() == []
    restore(file, empty_database_url)
    assert rows_of(empty_database_url) == before


def test_a_deletion_gives_up_on_a_backup_that_takes_long(
    index: Index, event_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BACKUP_PATIENCE", 1)
    event = index.events.find_event("party")
    refused: list[str] = []

    def delete_also(progress: BackupProgress) -> None:
        if not refused:
            with pytest.raises(DatabaseAwayError) as caught:
                index.events.delete_event(event.id)
            refused.append(str(caught.value))

    back_up(event_url, file, delete_also)

    assert refused == [
        "A backup is being made that reads the event. Delete it when the backup is done."
    ]
    assert index.events.delete_event(event.id).faces == 300


def waits_for_a_lock(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from pg_locks where not granted").fetchone()
    return row is not None and row[0] > 0


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def test_only_its_owner_may_read_it(event_url: str, file: Path) -> None:
    before = os.umask(0)
    try:
        back_up(event_url, file)
    finally:
        os.umask(before)

    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_replaced_only_where_that_is_wished(
    event_url: str, file: Path
) -> None:
    file.write_text("mine")
    with pytest.raises(UsageError, match=r"already.*--yes"):
        back_up(event_url, file)
    assert file.read_text() == "mine"

    back_up(event_url, file, replace=True)
    assert check(file).faces == 300


def test_a_place_that_cannot_be_a_file_is_said(event_url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        back_up(event_url, tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        back_up(event_url, tmp_path / "missing" / "x")


def test_stopped_it_leaves_the_old_file_and_nothing_else(event_url: str, file: Path) -> None:
    file.write_text("old")
    cancel = Cancel()

    def stop(progress: BackupProgress) -> None:
        if progress.part == "face":
            cancel.request()

    with pytest.raises(Cancelled):
        back_up(event_url, file, stop, cancel=cancel, replace=True)

    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert file.read_text() == "old"


@contextmanager
def largest_file(limit: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_does_not_take_it_is_said_and_nothing_is_left(
    event_url: str, file: Path
) -> None:
    with pytest.raises(EventSnapError, match="no file so large"), largest_file(100_000):
        back_up(event_url, file)

    assert list(file.parent.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 128 kB."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if sys.platform == "win32" or os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("needs the right to mount")
    folder = tmp_path / "stick"
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run([unmount, str(folder)], check=True)


def test_a_full_disk_is_said_and_nothing_is_left(event_url: str, small_disk: Path) -> None:
    with pytest.raises(EventSnapError, match=r"no space left.*Free space"):
        back_up(event_url, small_disk / "party.backup")

    assert list(small_disk.iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_another_writes_is_not(
    event_url: str, file: Path
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = file.with_name(f".{file.name}.{ended.pid}.partial")
    writing = file.with_name(f".{file.name}.{os.getppid()}.partial")
    for one in (left, writing):
        one.write_text("half")

    back_up(event_url, file)

    assert {one.name for one in file.parent.iterdir()} == {file.name, writing.name}


def test_an_older_schema_is_backed_up_as_it_is_and_not_changed(
    empty_database_url: str, file: Path
) -> None:
    make_database(empty_database_url, 2)

    assert back_up(empty_database_url, file).schema == 2

    with connect(empty_database_url) as connection:
        assert schema_version(connection) == 2


def test_a_newer_schema_and_a_database_that_is_not_ours_are_refused(
    database_url: str, empty_database_url: str, file: Path
) -> None:
    with pytest.raises(EventSnapError, match="no index here"):
        back_up(empty_database_url, file)
    change(database_url, "insert into schema_version (version) values (99)")
    with pytest.raises(DatabaseRefusedError, match="newer EventSnap"):
        back_up(database_url, file)
    assert not file.exists()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_file_whose_end_is_missing_is_refused(event_url: str, file: Path, part: float) -> None:
    back_up(event_url, file)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)])

    with pytest.raises(EventSnapError, match=r"not a backup.*end is missing"):
        check(file)


def test_no_changed_byte_goes_unseen(event_url: str, file: Path) -> None:
    """Those that are not seen change nothing: a date of the ZIP, say."""
    back_up(event_url, file)
    content, chance, refused = file.read_bytes(), random.Random(5), 0
    whole = _parts(file)
    for _ in range(200):
        at = chance.randrange(len(content))
        file.write_bytes(
            content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
        )
        try:
            check(file)
        except EventSnapError:
            refused += 1
        else:
            assert _parts(file) == whole
    assert refused > 150


def _parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rewritten(file: Path, part: str, old: bytes, new: bytes) -> None:
    parts = _parts(file)
    assert old in parts[part]
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == part else content)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("manifest.json", b'"format": 1', b'"format": 2', "newer EventSnap"),
        ("manifest.json", b'"format": 1', b'"format": "1"', "not a backup"),
        ("manifest.json", b'"rows": 150', b'"rows": "many"', "damaged"),
        ("manifest.json", f'"schema": {NEWEST}'.encode(), b'"schema": 99', "newer EventSnap"),
        ("manifest.json", f'"schema": {NEWEST}'.encode(), b'"schema": 0', "damaged"),
        ("tables/photo", b"149.jpg", b"666.jpg", "“tables/photo” is not what it was"),
        ("tables/photo", b"149.jpg", b"149.jpg ", "“tables/photo” is not what it was"),
    ],
)
def test_a_file_that_somebody_changed_is_refused(
    event_url: str, file: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    back_up(event_url, file)
    _rewritten(file, part, old, new)

    with pytest.raises(EventSnapError, match=said):
        check(file)


@pytest.mark.parametrize(("old", "new"), [(b'"photo"', b'"pg_authid"'), (b'"etag"', b'"x) -- "')])
def test_tables_and_columns_that_are_not_ours_are_never_written(
    event_url: str, empty_database_url: str, file: Path, old: bytes, new: bytes
) -> None:
    back_up(event_url, file)
    _rewritten(file, "manifest.json", old, new)
    parts = _parts(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("tables/pg_authid", parts["tables/photo"])

    with pytest.raises(EventSnapError, match="does not fit its own version"):
        restore(file, empty_database_url)

    with connect(empty_database_url) as connection:
        assert schema_version(connection) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"Hello", bytes(100_000)])
def test_any_other_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    with pytest.raises(EventSnapError, match="not a backup"):
        check(file)


def test_a_folder_and_what_may_not_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(EventSnapError, match="cannot be read"):
        check(tmp_path)
