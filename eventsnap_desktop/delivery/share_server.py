"""Runs the web app beside everything else: in a thread of its own, on a socket it is given."""

import asyncio
import logging
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp

from eventsnap_desktop.delivery.share_connections import ConnectionLimits, server_options
from eventsnap_desktop.domain.errors import EventSnapError, UsageError

log = logging.getLogger(__name__)

_STARTS_WITHIN = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM form: a certificate with what is between it and its root, and its key."""

    certificate: Path
    key: Path


class ShareServer:
    """One server; ``start`` and ``stop`` block for a moment and belong on no window's thread.

    ``listening`` is closed when the server ends.
    """

    def __init__(
        self,
        app: ASGIApp,
        listening: socket.socket,
        tls: Tls | None = None,
        limits: ConnectionLimits | None = None,
    ) -> None:
        self._app, self._listening, self._tls = app, listening, tls
        self._limits = limits or ConnectionLimits()
        self._server: _Server | None = None
        self._thread: Thread | None = None
        self._host, self.port = listening.getsockname()[:2]

    @property
    def scheme(self) -> str:
        """``https`` with a certificate, else ``http``."""
        return "http" if self._tls is None else "https"

    @property
    def address(self) -> str:
        """Where it listens, such as ``http://0.0.0.0:8473``; "" while it does not run."""
        if not self.is_running:
            return ""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether phones are answered."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Answer phones.

        Raises UsageError for a certificate that cannot be used, EventSnapError where it does not
        start.
        """
        try:
            certificate = open_certificate(self._tls) if self._tls is not None else None
        except UsageError:
            self._listening.close()
            raise
        config = uvicorn.Config(
            self._app,
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            forwarded_allow_ips="127.0.0.1",
            ws="none",
            lifespan="on",
            ssl_context_factory=(lambda _config, _make: certificate) if certificate else None,
            **server_options(self._limits),
        )
        self._server = _Server(config)
        self._thread = Thread(
            target=self._run, args=(self._server, self._listening), name="share-server", daemon=True
        )
        self._thread.start()
        self._server.ready.wait(_STARTS_WITHIN)
        if not self._server.started:
            self.stop()
            raise EventSnapError("The page for phones could not be started")

    def stop(self) -> None:
        """End what is going on within seconds, and the thread."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is not None and thread is not None:
            server.should_exit = True
            thread.join()

    @staticmethod
    def _run(server: "_Server", listening: socket.socket) -> None:
        try:
            with listening, asyncio.Runner() as runner:
                runner.run(server.serve(sockets=[listening]))
        except BaseException:  # SystemExit too: uvicorn raises it where the app does not begin
            log.exception("the page for phones ended")
        finally:
            server.ready.set()


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets)
        self.ready.set()


def open_certificate(tls: Tls) -> ssl.SSLContext:
    """Return what a server encrypts with; UsageError for files that cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(tls.certificate, tls.key, password="")
    except (OSError, ValueError) as error:  # ssl's errors are OSErrors
        raise UsageError(
            f"The certificate {tls.certificate} cannot be used with the key {tls.key}",
            "Both have to be in PEM form, without a password, and belong to each other.",
        ) from error
    return context
