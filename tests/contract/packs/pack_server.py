"""A release server on this machine that can cut off, lie about sizes and send wrong bytes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ETAG = '"one"'


@dataclass(slots=True)
class Behaviour:
    """What the server does; each answer takes one entry of ``cuts`` and ``statuses`` if any left.

    ``cuts``: bytes after which it hangs up. ``statuses``: what it answers instead of the file.
    ``lie``: bytes added to the length it tells. ``on_bytes`` is called before each answer.
    """

    files: dict[str, bytes]
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    lie: int = 0
    ranges: bool = True
    etag: str = ETAG
    tells_length: bool = True
    shifted: int = 0
    on_answer: Callable[[], None] | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Serve on a free port; yields the base address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, behaviour)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/release"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, behaviour: Behaviour) -> None:
    handler.close_connection = True
    wanted = handler.headers.get("Range")
    behaviour.asked.append((handler.path, wanted))
    if behaviour.on_answer is not None:
        behaviour.on_answer()
    content = behaviour.files.get(handler.path.rpartition("/")[2])
    status = behaviour.statuses.pop(0) if behaviour.statuses else 200
    if content is None or status >= 400:
        handler.send_error(404 if content is None else status)
        return
    start = 0
    fresh = handler.headers.get("If-Range") == behaviour.etag
    if wanted is not None and behaviour.ranges and fresh:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            handler.send_error(416)
            return
    total = len(content) + behaviour.lie
    body = content[start : behaviour.cuts.pop(0)] if behaviour.cuts else content[start:]
    handler.send_response(206 if start else 200)
    if start:
        begin = start + behaviour.shifted
        handler.send_header("Content-Range", f"bytes {begin}-{total - 1}/{total}")
    if behaviour.tells_length:
        handler.send_header("Content-Length", str(total - start))
    if behaviour.etag:
        handler.send_header("ETag", behaviour.etag)
    handler.end_headers()
    handler.wfile.write(body[: total - start] if behaviour.lie < 0 else body)
