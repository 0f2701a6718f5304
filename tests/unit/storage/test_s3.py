"""What an S3 source says when servers misbehave, and how it lists a great many objects."""

import io
import re
import socket
import threading
import tracemalloc
from collections.abc import Iterator

import pytest

from eventsnap_desktop.domain.errors import (
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
    SourceRefusedError,
)
from eventsnap_desktop.storage.probing import probe
from eventsnap_desktop.storage.s3 import S3Source
from eventsnap_desktop.storage.s3_connection import S3Connection
from tests.fixtures.s3 import S3Place
from tests.unit.storage.fake_http import FakeServer, always, reply, s3_error, serving


def source_of(server: FakeServer, max_bytes: int = 1000) -> S3Source:
    return S3Source("bucket", "", server.connection, max_bytes)


def test_the_secret_shows_neither_in_a_repr_nor_in_an_address(s3: S3Place) -> None:
    connection = S3Connection("http://host:9000", "key", "hush")
    assert "hush" not in repr(connection)
    assert S3Source("bucket", "/a/b/", connection).uri == "minio://bucket/a/b"


@pytest.mark.parametrize(
    ("endpoint", "secure", "host"),
    [
        ("http://10.0.0.1:9000", False, "10.0.0.1:9000"),
        ("https://s3.example.org/", True, "s3.example.org"),
        ("minio.local:9000", True, "minio.local:9000"),
        ("HTTP://localhost:9000", False, "localhost:9000"),
        ("http://[::1]:9000", False, "[::1]:9000"),
    ],
)
def test_an_endpoint_tells_its_host_and_whether_it_encrypts(
    endpoint: str, secure: bool, host: str
) -> None:
    connection = S3Connection(endpoint, "key", "secret")
    assert (connection.secure, connection.host) == (secure, host)


@pytest.mark.parametrize(
    "endpoint", ["", "ftp://host", "http://", "http://host/path", "http://u:p@host", "http://h:x"]
)
def test_an_endpoint_that_is_none_is_refused_with_how_to_write_it(endpoint: str) -> None:
    with pytest.raises(SourceRefusedError, match="Write it as http://HOST:PORT"):
        S3Source("bucket", "", S3Connection(endpoint, "key", "secret"))


def test_a_missing_bucket_is_refused_by_name(s3: S3Place) -> None:
    source = S3Source("not-there", "", s3.connection)
    for ask in (source.check, lambda: list(source.list_photos()), lambda: source.stat("a.jpg")):
        with pytest.raises(SourceRefusedError, match="no bucket “not-there”"):
            ask()
    with pytest.raises(SourceRefusedError, match="no bucket"):
        source.read("a.jpg")
    source.close()


def test_nothing_is_put_into_a_missing_bucket(minio_place: S3Place) -> None:
    # SeaweedFS would make the bucket.
    source = S3Source("not-there", "", minio_place.connection)
    with pytest.raises(SourceRefusedError, match="no bucket “not-there”"):
        source.put("a.jpg", io.BytesIO(b"1"), 1)
    source.close()


@pytest.mark.parametrize(("key", "secret"), [("eventsnap", "wrong-secret"), ("nobody", "secret-1")])
def test_wrong_keys_are_refused_and_not_shown(s3: S3Place, key: str, secret: str) -> None:
    connection = S3Connection(s3.connection.endpoint, key, secret)
    source = S3Source(s3.bucket, "", connection)
    with pytest.raises(SourceRefusedError, match="does not accept the access key") as caught:
        source.check()
    assert secret not in str(caught.value)
    report = probe(source)
    assert not report.reachable
    assert report.advice == "Correct them in the settings."
    source.close()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (s3_error("403 Forbidden", "AccessDenied"), SourceRefusedError, "No right to use"),
        (s3_error("403 Forbidden", "RequestTimeTooSkewed"), SourceRefusedError, "clock"),
        (s3_error("400 Bad Request", "AuthorizationHeaderMalformed"), SourceRefusedError, "region"),
        (s3_error("418 Teapot", "ImATeapot"), SourceRefusedError, "refused the request"),
        (reply("200 OK", b"<html>", "text/html"), SourceRefusedError, "not an S3 storage"),
        (reply("404 Not Found", b"hello", "text/html"), SourceRefusedError, "not an S3 storage"),
        (s3_error("503 Busy", "SlowDown"), SourceAwayError, "not ready|does not answer"),
        (reply("502 Bad Gateway", b"", "text/html"), SourceAwayError, "not ready|does not answer"),
        (b"", SourceAwayError, "does not answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", SourceAwayError, "does not answer"),
    ],
)
def test_what_a_server_says_becomes_a_sentence(
    content: bytes, error: type[Exception], words: str
) -> None:
    with serving(always(content)) as server:
        source = source_of(server)
        with pytest.raises(error, match=words):
            source.check()
        source.close()


def test_a_server_that_is_not_there_is_away() -> None:
    with serving(always(b"")) as server:
        pass
    source = source_of(server)
    with pytest.raises(SourceAwayError, match="does not answer"):
        source.check()
    with pytest.raises(SourceAwayError, match="does not answer"):
        source.read("a.jpg")
    assert not probe(source).reachable
    source.close()


def test_an_encrypted_connection_to_a_server_that_does_not_encrypt_is_a_sentence(
    s3: S3Place,
) -> None:
    endpoint = s3.connection.endpoint.replace("http:", "https:")
    source = S3Source(s3.bucket, "", S3Connection(endpoint, "key", "secret"))
    with pytest.raises(SourceRefusedError, match="write http:// where the server does not encrypt"):
        source.check()
    source.close()


def test_a_photo_whose_connection_breaks_is_asked_for_again() -> None:
    whole = reply("200 OK", b"0123456789", "image/jpeg")
    answers = iter([whole[:-4], whole[:-9], whole])

    def answer(_: str, client: socket.socket, _over: threading.Event) -> None:
        client.sendall(next(answers))

    with serving(answer) as server:
        source = source_of(server)
        assert source.read("a.jpg") == b"0123456789"
        source.close()
    assert len(server.requests) == 3


def test_a_photo_that_keeps_breaking_is_a_source_that_is_away_and_never_half_a_photo() -> None:
    with serving(always(reply("200 OK", b"0123456789", "image/jpeg")[:-4])) as server:
        source = source_of(server)
        with pytest.raises(SourceAwayError):
            source.read("a.jpg")
        source.close()


def test_a_photo_over_the_limit_is_refused_before_its_bytes_are_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 5000000000\r\n\r\n"
    with serving(always(head)) as server:
        source = source_of(server)
        with pytest.raises(PhotoUnreadableError, match="too large"):
            source.read("a.jpg")
        source.close()


def test_a_photo_of_unknown_length_is_refused_when_it_passes_the_limit() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nConnection: close\r\n\r\n"
    with serving(always(head + bytes(5000))) as server:
        source = source_of(server)
        with pytest.raises(PhotoUnreadableError, match="too large"):
            source.read("a.jpg")
        source.close()


def test_a_server_without_conditional_writes_is_written_to_all_the_same() -> None:
    def answer(line: str, client: socket.socket, _over: threading.Event) -> None:
        if line.startswith("HEAD"):
            client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        elif len([one for one in server.requests if one.startswith("PUT")]) == 1:
            client.sendall(s3_error("501 Not Implemented", "NotImplemented"))
        else:
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with serving(answer) as server:
        source = source_of(server)
        source.put("a.jpg", io.BytesIO(b"123"), 3)
        source.close()
    assert [line.split(maxsplit=1)[0] for line in server.requests] == ["HEAD", "PUT", "PUT"]


def test_objects_that_stand_for_folders_are_not_photos(s3: S3Place) -> None:
    client = s3.client()
    for key in ("day/", "day/a.jpg"):
        client.put_object(s3.bucket, key, io.BytesIO(b""), 0)
    source = S3Source(s3.bucket, "", s3.connection)
    assert {photo.key for photo in source.list_photos()} == {"day/a.jpg"}
    assert source.stat("day/") is None
    below = S3Source(s3.bucket, "day", s3.connection)
    assert {photo.key for photo in below.list_photos()} == {"a.jpg"}
    source.close()
    below.close()


def test_a_prefix_is_a_folder_and_not_the_beginning_of_names(s3: S3Place) -> None:
    for key in ("day/a.jpg", "day2/b.jpg", "day.jpg"):
        s3.client().put_object(s3.bucket, key, io.BytesIO(b"x"), 1)
    source = S3Source(s3.bucket, "day", s3.connection)
    assert {photo.key for photo in source.list_photos()} == {"a.jpg"}
    source.close()


PAGES, PAGE = 20, 1000
_OBJECTS = "".join(
    f"<Contents><Key>day/NUMBER/IMG_{one:04}%20%2B.jpg</Key><Size>5</Size>"
    f"<LastModified>2026-11-24T12:00:00.000Z</LastModified>"
    f"<ETag>&quot;{one:032x}&quot;</ETag></Contents>"
    for one in range(PAGE)
)


def _page(number: int) -> bytes:
    objects = _OBJECTS.replace("NUMBER", str(number))
    more = number + 1 < PAGES
    token = f"<NextContinuationToken>{number + 1}</NextContinuationToken>" if more else ""
    body = (
        "<?xml version='1.0'?><ListBucketResult><Name>bucket</Name><EncodingType>url</EncodingType>"
        f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{objects}</ListBucketResult>"
    )
    return reply("200 OK", body.encode())


def _paging(line: str, client: socket.socket, _over: threading.Event) -> None:
    token = re.search(r"continuation-token=(\d+)", line)
    client.sendall(_page(int(token[1]) if token else 0))


def test_a_great_many_objects_are_streamed_page_by_page_in_bounded_memory() -> None:
    with serving(_paging) as server:
        source = source_of(server)
        photos: Iterator[object] = iter(source.list_photos())
        next(photos)
        asked_for_the_first = len(server.requests)
        tracemalloc.start()
        try:
            count = 1 + sum(1 for _ in photos)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        source.close()
    assert count == PAGES * PAGE
    assert asked_for_the_first == 1
    # One page while it is parsed, the fake server's own included; all together have 12 MB.
    assert peak < 6_000_000


def test_a_listing_that_breaks_on_the_way_is_away_and_not_short() -> None:
    def answer(line: str, client: socket.socket, over: threading.Event) -> None:
        if "continuation-token=3" not in line:
            _paging(line, client, over)

    with serving(answer) as server:
        source = source_of(server)
        with pytest.raises(SourceAwayError):
            list(source.list_photos())
        source.close()


@pytest.mark.slow
def test_a_server_that_stops_is_away_and_when_it_is_back_nothing_is_lost(
    restartable_s3: S3Place,
) -> None:
    source = S3Source(restartable_s3.bucket, "", restartable_s3.connection)
    source.put("a.jpg", io.BytesIO(b"before"), 6)
    restartable_s3.server.stop()
    with pytest.raises(SourceAwayError):
        source.check()
    with pytest.raises(SourceAwayError):
        source.read("a.jpg")
    with pytest.raises(SourceAwayError):
        source.stat("a.jpg")
    with pytest.raises(SourceAwayError):
        source.put("b.jpg", io.BytesIO(b"1"), 1)
    restartable_s3.server.start()
    assert source.read("a.jpg") == b"before"
    with pytest.raises(PhotoGoneError):
        source.read("b.jpg")
    source.close()
