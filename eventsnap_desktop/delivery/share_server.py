"""Runs the web app beside everything else: in a thread of its own, on a port that is free."""

import asyncio
import errno
import logging
import socket
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp

from eventsnap_desktop.delivery.share_connections import ConnectionLimits, server_options
from eventsnap_desktop.domain.errors import EventSnapError, UsageError

log = logging.getLogger(__name__)

_TRIED = 20  # ports, from the wanted one on
_STARTS_WITHIN = 30.0  # seconds
_NOT_OURS = {errno.EACCES, errno.EADDRINUSE, errno.EPERM, 10013, 10048}  # the last of Windows


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM form: a certificate with what is between it and its root, and its key."""

    certificate: Path
    key: Path


class ShareServer:
    """One server; ``start`` and ``stop`` block for a moment and belong on no window's thread.

    ``host`` "" listens on all of this machine's IPv4 addresses.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        tls: Tls | None = None,
        limits: ConnectionLimits | None = None,
    ) -> None:
        self._app, self._host, self._wanted, self._tls = app, host, port, tls
        self._limits = limits or ConnectionLimits()
        self._server: _Server | None = None
        self._thread: Thread | None = None
        self.port = 0

    @property
    def scheme(self) -> str:
        """``https`` with a certificate, else ``http``."""
        return "http" if self._tls is None else "https"

    @property
    def address(self) -> str:
        """Where it listens, such as ``http://0.0.0.0:8473``; "" while it does not run."""
        if not self.is_running:
            return ""
        host = self._host or "0.0.0.0"  # noqa: S104 - what "" means
        return f"{self.scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether phones are answered."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Listen, on another port where the wanted one is taken.

        Raises UsageError for an address or certificate that cannot be used, EventSnapError where
        nothing can be listened on.
        """
        certificate = _open_certificate(self._tls) if self._tls is not None else None
        listening = self._listen()
        self.port = listening.getsockname()[1]
        if self._wanted and self.port != self._wanted:
            log.warning("port %d is taken, phones are answered on %d", self._wanted, self.port)
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
            target=self._run, args=(self._server, listening), name="share-server", daemon=True
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

    def _listen(self) -> socket.socket:
        wanted = self._wanted
        ports = [*range(wanted, min(wanted + _TRIED, 65536)), 0] if wanted else [0]
        for port in ports:
            listening = _socket(self._host)
            try:
                listening.bind((self._host, port))
                listening.listen(512)
            except OSError as error:
                listening.close()
                if error.errno not in _NOT_OURS:
                    raise UsageError(
                        f"Phones cannot be answered on {self._host} ({error.strerror})",
                        "Set share.host to an address of this machine, or leave it empty.",
                    ) from error
            else:
                return listening
        raise EventSnapError("There is no free port to answer phones on")


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets)
        self.ready.set()


def _socket(host: str) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if sys.platform == "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return listening


def _open_certificate(tls: Tls) -> ssl.SSLContext:
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
