"""Listens to MinIO's bucket notifications: a hint that makes a listing come sooner, no more.

The listening connection may be closed cleanly or not, stay silent for ever, or answer with
something else; events in a gap are lost. So a new connection counts as "something happened",
silence means nothing, and tries are spaced out. A server is trusted only after it was seen to
flush: MinIO's last builds do not flush this stream, so that its events come in portions of 2 to
4 kB, up to three photos late (measured with the build of 2026-02-12), which is no hint. The
listening runs on a thread that ends with ``watch_bucket``: only shutting its socket wakes a reader
that waits for a silent server.
"""

import json
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from minio.credentials.credentials import Credentials
from minio.signer import presign_v4
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage.s3_connection import S3Connection

log = logging.getLogger(__name__)

# Short: a request for hints that cannot connect at once may just as well come later, and it
# must not hold up a stop.
_CONNECT_SECONDS = 1.0
# MinIO is asked for a sign of life every 2 s; three missing ones are a dead or deaf connection.
_PING_SECONDS, _SILENCE_SECONDS = 2, 7.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_TICK_SECONDS = 0.2

_OnKey = Callable[[str | None], None]


class _NoNotificationsError(Exception):
    """The server answers, but has no bucket notifications, or not for these keys."""


def watch_bucket(
    connection: S3Connection, bucket: str, prefix: str, on_key: _OnKey, cancel: Cancel
) -> None:
    """Call ``on_key`` with full keys (None: something may have happened) until ``cancel``.

    Returns early, with one line in the log, when the server does not notify. ``on_key`` is called
    on the caller's thread.
    """
    listener = _Listener(connection, bucket, prefix)
    thread = threading.Thread(target=listener.run, name="bucket-notifications", daemon=True)
    thread.start()
    try:
        while not cancel.requested:
            try:
                on_key(listener.heard.get(timeout=_TICK_SECONDS))
            except queue.Empty:
                if not thread.is_alive():
                    return
    finally:
        listener.stop()
        thread.join()


class _Listener:
    """The thread's side: connects, reads events, comes back after a pause."""

    def __init__(self, connection: S3Connection, bucket: str, prefix: str) -> None:
        self.heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._connection, self._bucket, self._prefix = connection, bucket, prefix
        self._stop = Cancel()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def stop(self) -> None:
        """Make ``run`` return, also when it waits for a byte that never comes."""
        self._stop.request()
        with self._lock:
            if self._socket is not None:
                with suppress(OSError):
                    # Of the plain socket: an encrypted one would be torn down under the reader.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _stopping(self) -> bool:
        return self._stop.requested

    def run(self) -> None:
        """Listen until told to stop, or until it is clear that the server does not notify."""
        wait, trusted = _FIRST_WAIT, False
        while not self._stopping():
            try:
                for key in self._events():
                    wait, trusted = _FIRST_WAIT, True
                    self.heard.put(key)
            except (_NoNotificationsError, TimeoutError, ReadTimeoutError) as error:
                if self._stopping():
                    return
                if not trusted:
                    reason = str(error) if isinstance(error, _NoNotificationsError) else "silent"
                    log.info("The photo storage does not notify (%s); it is listed instead", reason)
                    return
            except (HTTPError, OSError, ValueError) as error:
                if not self._stopping():
                    log.debug("The notifications broke off (%s)", type(error).__name__)
            # The guard against servers that close at once: never faster than the pause allows.
            self._stop.wait(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def _events(self) -> Iterator[str | None]:
        """Stream what one connection tells; end when it ends."""
        kind = HTTPSConnection if self._connection.secure else HTTPConnection
        address = urlsplit(f"//{self._connection.host}")
        http = kind(address.hostname or "", address.port, timeout=_CONNECT_SECONDS)
        try:
            try:
                http.connect()
            except TimeoutError as error:
                raise OSError("no connection") from error
            with self._lock:
                self._socket = http.sock
            if self._stopping():
                return
            http.timeout = _SILENCE_SECONDS  # the request gives it to the socket
            url = urlsplit(self._url())
            http.request("GET", f"{url.path}?{url.query}", preload_content=False)
            yield from self._read(http.getresponse())
        finally:
            with self._lock:
                self._socket = None
            http.close()

    def _read(self, answer: BaseHTTPResponse) -> Iterator[str | None]:
        if answer.status != 200:
            text = answer.read(2000).decode("utf-8", "replace")
            if answer.status >= 500 and answer.status != 501:
                raise OSError(f"HTTP {answer.status}")
            raise _NoNotificationsError(f"HTTP {answer.status} {_code_of(text)}".strip())
        if "xml" in answer.headers.get("Content-Type", ""):
            raise _NoNotificationsError("it answered with something else")
        rest, trusted, since = b"", False, time.monotonic()
        for part in answer.stream(1 << 16, decode_content=False):
            *lines, rest = (rest + part).split(b"\n")
            begun = rest.lstrip()
            if begun and (not begun.startswith(b"{") or len(begun) > 1 << 20):
                raise _NoNotificationsError("it answered with something else")
            keys = [key for line in lines for key in _keys_in(line)]
            if trusted:
                yield from keys
            elif not begun:
                # A server that flushes ends its portion with a line, one that collects events
                # until a buffer is full does not.
                trusted = True
                yield None  # what happened before, or in the untrusted portions, was not told
            elif time.monotonic() - since > _SILENCE_SECONDS:
                raise _NoNotificationsError("its events come late")

    def _url(self) -> str:
        query = [("events", "s3:ObjectCreated:*"), ("events", "s3:ObjectRemoved:*")]
        query += [("ping", str(_PING_SECONDS)), ("prefix", self._prefix), ("suffix", "")]
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in query)
        scheme = "https" if self._connection.secure else "http"
        signed = presign_v4(
            method="GET",
            url=urlsplit(f"{scheme}://{self._connection.host}/{self._bucket}?{text}"),
            region=self._connection.region,
            credentials=Credentials(self._connection.access_key, self._connection.secret_key),
            date=datetime.now(UTC),
            expires=600,
        )
        return str(urlunsplit(signed))


def _keys_in(line: bytes) -> Iterator[str | None]:
    """Give the keys of one line of events; a removal is "something happened"."""
    if not line.strip():
        return  # a sign of life
    try:
        records: Any = json.loads(line)["Records"] or []
        for record in records:
            created = str(record["eventName"]).startswith("s3:ObjectCreated")
            yield unquote_plus(str(record["s3"]["object"]["key"])) if created else None
    except (ValueError, KeyError, TypeError) as error:
        raise _NoNotificationsError("it answered with something else") from error


def _code_of(text: str) -> str:
    start, end = text.find("<Code>"), text.find("</Code>")
    return text[start + 6 : end] if 0 <= start < end else ""
