"""Which port phones are answered on: the wanted one, unless it is taken, and by whom."""

import errno
import http.client
import logging
import socket
import ssl
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic

from eventsnap_desktop.domain.errors import UsageError

log = logging.getLogger(__name__)

WHO = "/share/who"
"""Where a server says for which database it answers."""

_TRIED = 20  # ports, from the wanted one on
_NOT_OURS = {errno.EACCES, errno.EADDRINUSE, errno.EPERM, 10013, 10048}  # the last of Windows
_WAITING = 512  # connections that wait until they are taken
_ANSWERS_WITHIN = 2.0  # seconds
PATIENCE = 6.0  # seconds that a port may be taken without an answer: who has it may just begin
_LOOKS_EVERY = 0.3
_LONGEST_NAME = 200  # bytes


@dataclass(frozen=True, slots=True)
class Port:
    """A port; where it is not free, somebody answers there for the same database as we would."""

    number: int
    is_free: bool


Ask = Callable[[int], str | None]
"""A port to the name that a server has there; "" for a stranger's, None for no answer."""


def ports_from(wanted: int, before: int = 0) -> list[int]:
    """Return the ports to try: the one that was had ``before``, those from the wanted one, any."""
    ports = [*range(wanted, min(wanted + _TRIED, 65536)), 0] if wanted else [0]
    return [before, *(one for one in ports if one != before)] if before else ports


def find_port(
    host: str,
    ports: Sequence[int],
    name: str,
    ask: Ask,
    wait: Callable[[float], bool],
    patience: float = PATIENCE,
) -> Port | None:
    """Return the first port that is free, or that one of our ``name`` has; None when ``wait`` ends.

    ``patience`` is how long, in seconds, the first port may be taken by who says nothing. Raises
    UsageError for a host that is not this machine's.
    """
    for port in ports:
        longest = patience if port == ports[0] else PATIENCE
        silent_since = monotonic()
        while True:
            listening = listen(host, port)
            if listening is not None:
                listening.close()
                return Port(port, is_free=True)
            found = ask(port)
            if found and found == name:
                return Port(port, is_free=False)
            if found is not None or monotonic() - silent_since > longest:
                break
            if wait(_LOOKS_EVERY):
                return None
    return Port(0, is_free=True)


def listen(host: str, port: int) -> socket.socket | None:
    """Return a socket that listens, None where the port is taken; "" is every IPv4 address.

    Raises UsageError for a host that is not this machine's.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if sys.platform == "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        if error.errno in _NOT_OURS:
            return None
        raise UsageError(
            f"Phones cannot be answered on {host} ({error.strerror})",
            "Set share.host to an address of this machine, or leave it empty.",
        ) from error
    return listening


def ask_who(host: str, port: int, scheme: str, within: float = _ANSWERS_WITHIN) -> str | None:
    """Fit Ask, for a server on this machine that has some seconds for each step of its answer."""
    if not port:
        return None
    at = _own_name(host)
    connection = (
        # Its certificate is for the name that phones know, and nothing secret is sent.
        http.client.HTTPSConnection(
            at,
            port,
            timeout=within,
            context=ssl._create_unverified_context(),  # noqa: S323
        )
        if scheme == "https"
        else http.client.HTTPConnection(at, port, timeout=within)
    )
    try:
        connection.request("GET", WHO, headers={"Connection": "close"})
        answer = connection.getresponse()
        said = answer.read(_LONGEST_NAME) if answer.status == http.HTTPStatus.OK else b""
    except (ssl.SSLError, http.client.HTTPException, ValueError):
        return ""  # it speaks, but not as ours do
    except OSError as error:
        log.debug("nobody says who has port %d: %s", port, type(error).__name__)
        return None
    finally:
        connection.close()
    return said.decode("ascii", "replace")


def _own_name(host: str) -> str:
    """Return where this machine asks itself; Windows connects to no “every address”."""
    if host and not ip_address(host).is_unspecified:
        return host
    return "::1" if ":" in host else "127.0.0.1"
