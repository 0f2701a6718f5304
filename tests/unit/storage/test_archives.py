"""ZIP archives: what is read, and how each trap is refused."""

import contextlib
import io
import stat
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsnap_desktop.domain.errors import PhotoUnreadableError, UsageError
from eventsnap_desktop.storage.archives import ArchiveLimits, ZipArchive
from tests.unit.storage.zips import jpeg, raw_zip, write_zip


def read_all(path: Path, limits: ArchiveLimits | None = None) -> dict[str, bytes | str]:
    """Return each entry's bytes, or the reason why it has none."""
    found: dict[str, bytes | str] = {}
    with ZipArchive(path, limits or ArchiveLimits()) as archive:
        for entry in archive.entries():
            into = io.BytesIO()
            try:
                archive.unpack(entry, into)
                found[entry.name] = into.getvalue()
            except PhotoUnreadableError as error:
                found[entry.name] = error.message
    return found


def test_the_files_of_an_archive_are_read_and_its_folders_are_none(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"day/": b"", "day/a.jpg": jpeg(1), "b.jpg": jpeg(2)})
    assert read_all(path) == {"day/a.jpg": jpeg(1), "b.jpg": jpeg(2)}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.jpg", "Its name leads out of the archive"),
        ("a/../../b.jpg", "Its name leads out of the archive"),
        ("..\\a.jpg", "Its name leads out of the archive"),
        ("/etc/a.jpg", "Its name is an absolute path"),
        ("\\\\server\\share\\a.jpg", "Its name is an absolute path"),
        ("C:\\a.jpg", "Its name is an absolute path"),
        ("c:a.jpg", "Its name is an absolute path"),
        ("more.ZIP", "It is an archive inside the archive"),
        ("more.tar.gz", "It is an archive inside the archive"),
    ],
)
def test_a_dangerous_name_is_refused_and_costs_no_other(
    tmp_path: Path, name: str, reason: str
) -> None:
    path = raw_zip(tmp_path / "a.zip", [(name.encode(), jpeg(1)), (b"good.jpg", jpeg(2))])
    assert read_all(path) == {name.replace("\\", "/"): reason, "good.jpg": jpeg(2)}


def test_a_link_and_a_device_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, kind in (("link.jpg", stat.S_IFLNK), ("device.jpg", stat.S_IFBLK)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o644) << 16
            archive.writestr(info, "/etc/passwd")
    assert read_all(path) == {
        "link.jpg": "It is a link",
        "device.jpg": "It is not a regular file",
    }


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", [(b"a.jpg", jpeg(1))], flags=1)
    assert read_all(path) == {"a.jpg": "It is encrypted"}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_whose_memory_cannot_be_bounded_is_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.jpg", jpeg(1))
    assert read_all(path) == {"a.jpg": "It is packed in a way that is not supported"}


def test_a_bomb_is_stopped_by_its_ratio_long_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"bomb.jpg": bytes(200_000_000), "good.jpg": jpeg(1)})
    tracemalloc.start()
    try:
        found = read_all(path, ArchiveLimits(ratio=20))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    reason = "It unpacks to far more than a picture does (a ZIP bomb)"
    assert found == {"bomb.jpg": reason, "good.jpg": jpeg(1)}
    assert peak < 40_000_000


def test_the_bytes_that_come_out_count_and_not_what_the_header_claims(tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", [(b"liar.jpg", bytes(5_000_000))], claimed_size=10)
    assert read_all(path) == {"liar.jpg": "It is damaged inside the archive"}
    path = raw_zip(tmp_path / "b.zip", [(b"liar.jpg", b"short")], claimed_size=4_000_000_000)
    assert "too large" in str(read_all(path)["liar.jpg"])


def test_an_entry_over_its_limit_and_a_total_over_its_limit_are_stopped(tmp_path: Path) -> None:
    noise = {f"{number}.jpg": Random(number).randbytes(2_000_000) for number in range(4)}
    size = len(noise["0.jpg"])
    path = write_zip(tmp_path / "a.zip", noise)
    assert all("too large" in str(r) for r in read_all(path, ArchiveLimits(size - 1)).values())
    found = read_all(path, ArchiveLimits(total_bytes=2 * size + 10))
    assert [found["0.jpg"], found["1.jpg"]] == [noise["0.jpg"], noise["1.jpg"]]
    assert {found["2.jpg"], found["3.jpg"]} == {"The archive unpacks to too much in all"}


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", [(b"a.jpg", jpeg(1)), (b"b.jpg", jpeg(2))])
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    first_offset = struct.unpack_from("<L", content, content.index(b"PK\x01\x02") + 42)
    struct.pack_into("<L", content, second + 42, *first_offset)
    path.write_bytes(content)
    reason = "It shares its bytes with another entry"
    assert read_all(path) == {"a.jpg": reason, "b.jpg": reason}


def test_a_flipped_byte_is_one_damaged_entry(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.jpg": jpeg(1), "b.jpg": jpeg(2)})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert read_all(path) == {"a.jpg": "It is damaged inside the archive", "b.jpg": jpeg(2)}


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"“broken\.zip” is not a readable ZIP archive\. It may"):
        ZipArchive(path, ArchiveLimits())


def test_an_archive_that_is_cut_off_is_one_sentence(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "cut.zip", {"a.jpg": jpeg(1), "b.jpg": jpeg(2)})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UsageError, match="not a readable ZIP"):
        ZipArchive(path, ArchiveLimits())


def test_an_archive_with_too_many_entries_is_refused_whole(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{number}.jpg": b"x" for number in range(5)})
    with pytest.raises(UsageError, match="more than 4 files"):
        ZipArchive(path, ArchiveLimits(entries=4))


def test_names_are_read_as_utf8_where_they_are_and_as_cp437_where_not(tmp_path: Path) -> None:
    names = ["Grüße 東京.jpg".encode(), "Grüße.jpg".encode("cp437")]
    path = raw_zip(tmp_path / "a.zip", [(name, jpeg(1)) for name in names])
    assert set(read_all(path)) == {"Grüße 東京.jpg", "Grüße.jpg"}
    path = raw_zip(tmp_path / "b.zip", [(names[0], jpeg(1))], flags=0x800)
    assert set(read_all(path)) == {"Grüße 東京.jpg"}


def test_a_unicode_path_field_names_the_entry_when_it_belongs_to_it(tmp_path: Path) -> None:
    raw = "Gr\u00fc\u00dfe.jpg".encode("cp437")
    for checksum, expected in ((zlib.crc32(raw), "Grüße 東京.jpg"), (1, "Grüße.jpg")):
        body = struct.pack("<BL", 1, checksum) + "Grüße 東京.jpg".encode()
        extra = struct.pack("<HH", 0x7075, len(body)) + body
        path = raw_zip(tmp_path / "a.zip", [(raw, jpeg(1))], extra=extra)
        assert set(read_all(path)) == {expected}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_whatever_raises_anything_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    write_zip(path, {"a.jpg": jpeg(1), "dir/b.jpg": jpeg(2)})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with contextlib.suppress(UsageError):
        read_all(path)
