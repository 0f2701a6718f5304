"""A tiny HTTP server whose answers a test decides, to be what no real S3 server does on demand."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from eventsnap_desktop.storage.s3_connection import S3Connection

Answer = Callable[[str, socket.socket, threading.Event], None]


@dataclass(slots=True)
class FakeServer:
    """Where it listens, and the request lines it got."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def connection(self) -> S3Connection:
        return S3Connection(f"http://127.0.0.1:{self.port}", "key", "very-secret-words")


@contextmanager
def serving(answer: Answer) -> Iterator[FakeServer]:
    """Answer each connection on a thread of its own; all end with the context."""
    over = threading.Event()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = FakeServer(listening.getsockname()[1])
        work = partial(_accept, listening, server, answer, over, threads)
        accepting = threading.Thread(target=work)
        accepting.start()
        try:
            yield server
        finally:
            over.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), 1).close()
            for thread in (accepting, *threads):
                thread.join()


def _accept(
    listening: socket.socket,
    server: FakeServer,
    answer: Answer,
    over: threading.Event,
    threads: list[threading.Thread],
) -> None:
    while True:
        client, _ = listening.accept()
        if over.is_set():
            client.close()
            return
        threads.append(threading.Thread(target=_serve, args=(client, server, answer, over)))
        threads[-1].start()


def _serve(
    client: socket.socket, server: FakeServer, answer: Answer, over: threading.Event
) -> None:
    with client, suppress(OSError):
        client.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(65536)
            if not part:
                return
            head += part
        line = head.split(b"\r\n", 1)[0].decode()
        server.requests.append(line)
        answer(line, client, over)


def reply(status: str, body: bytes, kind: str = "application/xml") -> bytes:
    """Return a whole HTTP answer that closes its connection."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def s3_error(status: str, code: str) -> bytes:
    """Return S3's way to say no."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"
    return reply(status, body.encode())


def always(content: bytes) -> Answer:
    """Give the same answer to all."""

    def answer(_line: str, client: socket.socket, _over: threading.Event) -> None:
        client.sendall(content)

    return answer
