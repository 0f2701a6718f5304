"""Asks the machine's CUPS by IPP over its socket, as libcups does."""

import getpass
import http.client
import socket
from collections.abc import Sequence
from pathlib import Path

from eventsnap_desktop.delivery.print_ipp import (
    Answer,
    Attribute,
    NotIppError,
    Operation,
    Status,
    Tag,
    answer,
    attribute,
    request,
)
from eventsnap_desktop.domain.outgoing import NotNowError

SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cupsd"), Path("/var/run/cups/cups.sock"))
"""Where CUPS listens on Linux and macOS; without any of these it is asked at its port."""

USER = "eventsnap"
"""Whose jobs they are. Always the same one: titles of jobs are told to nobody but their owner, and
another process of this program, run by another user, has to find them."""

_PORT = 631
_SECONDS = 15.0


class PrintServer:
    """One CUPS. Each question is a connection of its own: safe from several threads."""

    def __init__(self, place: Path | None = None, user: str = USER) -> None:
        self._place, self._user = place, user

    def ask(
        self,
        operation: Operation,
        about: Sequence[Attribute],
        job: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Answer:
        """Return the answer, good or bad; NotNowError when there is none."""
        who = attribute(Tag.NAME, "requesting-user-name", self._user)
        # The target comes first, says RFC 8011 4.1.5.
        body = request(operation, (*about[:1], who, *about[1:]), job) + document
        path = "/jobs/" if operation in _OF_JOBS else "/"
        status, said = self._post(path, body, None)
        if status == http.client.UNAUTHORIZED:
            status, said = self._post(path, body, _login_name())
        if status in {http.client.UNAUTHORIZED, http.client.FORBIDDEN}:
            return Answer(Status.NOT_AUTHORIZED, "CUPS does not let this user do that", ())
        if status != http.client.OK:
            raise NotNowError(f"The print server says {status}")
        try:
            return answer(said)
        except NotIppError as error:
            raise NotNowError("The print server's answer cannot be read") from error

    def _post(self, path: str, body: bytes, login: str | None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/ipp"}
        if login:  # the socket itself tells CUPS who this is
            headers["Authorization"] = f"PeerCred {login}"
        connection = self._connection()
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NotNowError("The print server (CUPS) does not answer") from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        place = self._place or next((one for one in SOCKETS if one.exists()), None)
        if place is None:
            return http.client.HTTPConnection("localhost", _PORT, timeout=_SECONDS)
        return _SocketConnection(place)


_OF_JOBS = {Operation.CANCEL_JOB, Operation.RELEASE_JOB}


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, place: Path) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._place = place

    def connect(self) -> None:
        """Connect; OSError when nobody listens there."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._place))


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
