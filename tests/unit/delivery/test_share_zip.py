"""A ZIP that is sent while it is made can be read by everybody, from its beginning too."""

import io
import struct
import tracemalloc
import zipfile
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsnap_desktop.delivery.share_names import UniqueNames, attachment
from eventsnap_desktop.delivery.share_zip import ZipStream

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)

files = st.lists(
    st.tuples(st.text("abcäö. ", min_size=1, max_size=8), st.binary(max_size=300)), max_size=6
)


@given(files)
@settings(max_examples=60, deadline=None)
def test_what_goes_in_comes_out(given_files: list[tuple[str, bytes]]) -> None:
    stream = ZipStream("Our party")
    whole = stream.begin()
    whole += b"".join(stream.add(name, content, NOON) for name, content in given_files)
    whole += stream.end()

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        inside = archive.infolist()[1:]
        assert [archive.read(one) for one in inside] == [content for _, content in given_files]
        names = [one.filename.casefold() for one in inside]
        assert len(set(names)) == len(names)


def test_sizes_stand_before_the_content() -> None:
    stream = ZipStream("p")
    stream.begin()
    entry = stream.add("a.jpg", b"12345", NOON)

    _, _, flags, method = struct.unpack("<4sHHH", entry[:10])
    assert (flags & 0x08, method) == (0, zipfile.ZIP_STORED)
    assert struct.unpack("<II", entry[18:26]) == (5, 5)


def test_what_was_sent_is_not_kept() -> None:
    stream = ZipStream("p")
    stream.begin()
    photo = bytes(2_000_000)
    tracemalloc.start()
    try:
        for number in range(20):
            stream.add(f"{number}.jpg", photo, NOON)
        stream.end()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(photo)


def test_times_a_zip_cannot_hold_are_moved() -> None:
    stream = ZipStream("p")
    stream.begin()
    stream.add("a.jpg", b"", datetime(1960, 5, 1, tzinfo=UTC))
    stream.add("b.jpg", b"", datetime(2200, 5, 1, tzinfo=UTC))


def test_names_are_told_apart_where_case_does_not_count() -> None:
    names = UniqueNames()
    given_names = ["a.jpg", "A.JPG", "a.jpg", "a (2).jpg", "noending", "noending"]
    assert [names.take(name) for name in given_names] == [
        "a.jpg",
        "A (2).JPG",
        "a (3).jpg",
        "a (2) (2).jpg",
        "noending",
        "noending (2)",
    ]


@given(st.text(max_size=40))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert not set(header) & set("\r\n\0")
    assert header.count('"') == 2
