"""Listening to bucket notifications of servers that do it well, badly, or not at all."""

import json
import logging
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage import s3_watch
from eventsnap_desktop.storage.s3 import S3Source
from tests.unit.storage.fake_http import FakeServer, always, reply, s3_error, serving

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_PING = b'{"Records":null}\n'


def chunk(line: bytes) -> bytes:
    return f"{len(line):x}\r\n".encode() + line + b"\r\n"


def event(key: str, name: str = "s3:ObjectCreated:Put") -> bytes:
    record = {"eventName": name, "s3": {"object": {"key": key}}}
    return json.dumps({"Records": [record]}).encode() + b"\n"


class Listening:
    """A watch on a thread, what it heard, and whether it ended."""

    def __init__(self, server: FakeServer, prefix: str) -> None:
        self.heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.cancel = Cancel()
        self._source = S3Source("bucket", prefix, server.connection)
        self.thread = threading.Thread(
            target=self._source.watch, args=(self.heard.put, self.cancel)
        )
        self.thread.start()

    def next(self) -> str | None:
        return self.heard.get(timeout=60)

    def stop(self) -> None:
        self.cancel.request()
        self.thread.join()
        self._source.close()


@contextmanager
def listening(server: FakeServer, prefix: str = "") -> Iterator[Listening]:
    watch = Listening(server, prefix)
    try:
        yield watch
    finally:
        watch.stop()


def test_new_photos_below_the_prefix_are_reported_and_other_keys_are_not() -> None:
    def answer(_: str, client: socket.socket, over: threading.Event) -> None:
        client.sendall(_HEAD + chunk(_PING))
        for key in ("day/a.jpg", "other/b.jpg", "day/notes.txt", "day/%C3%A4+%2B.jpg"):
            client.sendall(chunk(event(key)))
        client.sendall(chunk(event("day/a.jpg", "s3:ObjectRemoved:Delete")))
        over.wait(10)

    with serving(answer) as server, listening(server, "day") as watch:
        # The first None: what happened before the connection was not heard. The last: a removal.
        assert [watch.next() for _ in range(4)] == [None, "a.jpg", "ä +.jpg", None]
    assert "prefix=day%2F" in server.requests[0]
    assert "very-secret-words" not in server.requests[0]


def test_an_event_that_arrives_in_pieces_is_put_together() -> None:
    line = event("a.jpg")

    def answer(_: str, client: socket.socket, over: threading.Event) -> None:
        client.sendall(_HEAD + chunk(b" ") + chunk(line[:10]) + chunk(line[10:30]))
        client.sendall(chunk(line[30:] + event("b.jpg")))
        over.wait(10)

    with serving(answer) as server, listening(server) as watch:
        assert [watch.next() for _ in range(3)] == [None, "a.jpg", "b.jpg"]


def test_a_stop_ends_a_watch_on_a_server_that_never_says_a_word() -> None:
    def answer(_: str, _client: socket.socket, over: threading.Event) -> None:
        over.wait(60)

    with serving(answer) as server, listening(server) as watch:
        while not server.requests:
            time.sleep(0.01)
        began = time.monotonic()
        watch.stop()
        # Far less than the silence that would end it by itself.
        assert time.monotonic() - began < s3_watch._SILENCE_SECONDS / 2


def test_a_server_whose_events_come_too_late_is_given_up_once_and_said_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(s3_watch, "_SILENCE_SECONDS", 0.3)

    def answer(_: str, _client: socket.socket, over: threading.Event) -> None:
        over.wait(60)

    with caplog.at_level(logging.INFO), serving(answer) as server, listening(server) as watch:
        watch.thread.join(10)
        assert not watch.thread.is_alive()
    assert [record.message for record in caplog.records if record.levelno >= logging.INFO] == [
        "The photo storage does not notify (silent); it is listed instead"
    ]


def test_a_server_that_collects_events_until_a_buffer_is_full_is_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(s3_watch, "_SILENCE_SECONDS", 0.5)
    stream = b"".join(event(f"{number}.jpg") for number in range(3000))

    def answer(_: str, client: socket.socket, over: threading.Event) -> None:
        client.sendall(_HEAD)
        for at in range(0, len(stream) - 50, 50):
            client.sendall(chunk(stream[at : at + 50].rstrip(b"\n")))
            if over.wait(0.02):
                return

    with caplog.at_level(logging.INFO), serving(answer) as server, listening(server) as watch:
        watch.thread.join(10)
        assert not watch.thread.is_alive()
        assert watch.heard.empty()
    assert "its events come late" in caplog.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (s3_error("501 Not Implemented", "NotImplemented"), "HTTP 501 NotImplemented"),
        (s3_error("403 Forbidden", "AccessDenied"), "HTTP 403 AccessDenied"),
        (reply("200 OK", b"<ListBucketResult/>"), "it answered with something else"),
        (reply("200 OK", b"hello\n", "text/plain"), "it answered with something else"),
        (reply("200 OK", b'{"Records":[1]}\n', "text/plain"), "it answered with something else"),
    ],
)
def test_a_server_without_notifications_is_asked_once_and_said_so_once(
    content: bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.INFO),
        serving(always(content)) as server,
        listening(server) as watch,
    ):
        watch.thread.join(10)
        assert not watch.thread.is_alive()
    assert len(server.requests) == 1
    assert [record.message for record in caplog.records if record.levelno >= logging.INFO] == [
        f"The photo storage does not notify ({reason}); it is listed instead"
    ]


def test_a_server_that_closes_at_once_is_not_asked_in_a_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(s3_watch, "_FIRST_WAIT", 0.1)
    with (
        serving(always(_HEAD + b"0\r\n\r\n")) as server,
        listening(server),
    ):
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            time.sleep(0.05)
    # 0.1 + 0.2 + 0.4 + 0.8 s of pauses: never more than five questions in this time.
    assert 2 <= len(server.requests) <= 5


def test_a_broken_connection_is_made_again_and_counts_as_something_happened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(s3_watch, "_FIRST_WAIT", 0.05)
    first = threading.Event()

    def answer(_: str, client: socket.socket, over: threading.Event) -> None:
        client.sendall(_HEAD + chunk(_PING))
        if first.is_set():
            client.sendall(chunk(event("second.jpg")))
            over.wait(10)
        first.set()

    with serving(answer) as server, listening(server) as watch:
        assert [watch.next() for _ in range(3)] == [None, None, "second.jpg"]


def test_a_server_that_is_away_is_waited_for_until_the_stop() -> None:
    with serving(always(b"")) as server:
        pass  # nobody listens on its port any more
    with listening(server) as watch:
        watch.thread.join(0.5)
        assert watch.thread.is_alive()
