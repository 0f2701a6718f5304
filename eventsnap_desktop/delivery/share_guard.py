"""Keeps the share page's door: what may be asked, how often wrongly, and how answers are sealed."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_LONGEST_PATH, _LONGEST_QUERY = 256, 128  # bytes: our own addresses are shorter
_MOST_ADDRESSES = 1000

_HEADERS = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"x-robots-tag": b"noindex, nofollow",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cache-control": b"no-store",
}


class Guard:
    """Refuses what no page of ours asks for, and seals every answer; around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Fit ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(message.get("headers", []))
            await send(message)

        status = _refusal(scope)
        if status is None:
            await self._app(scope, receive, sealed)
            return
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await sealed({"type": "http.response.start", "status": status, "headers": headers})
        await sealed({"type": "http.response.body", "body": b""})


def _refusal(scope: Scope) -> int | None:
    """Return the status of a request that is not looked at any further, None for one that is."""
    names = dict(scope["headers"])
    if scope["method"] not in {"GET", "HEAD"}:
        return 405
    if names.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in names:
        return 413
    if len(scope.get("raw_path") or b"") > _LONGEST_PATH:
        return 414
    return 414 if len(scope["query_string"]) > _LONGEST_QUERY else None


def _with_headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in given}
    return [*given, *((name, value) for name, value in _HEADERS.items() if name not in there)]


class WrongLinks:
    """Counts the wrong links of each address; who tries too many has to wait.

    Only a number of them is logged: no address, no link.
    """

    def __init__(
        self, most: int = 30, seconds: float = 60.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._tries: OrderedDict[str, list[float]] = OrderedDict()
        self._unsaid, self._said_at = 0, -seconds

    def too_many(self, address: str) -> bool:
        """Return whether an address may not try another link it was not right with before."""
        tries = self._tries.get(_network(address))
        if tries is None:
            return False
        earliest = self._clock() - self._seconds
        tries[:] = [one for one in tries if one > earliest]
        return len(tries) >= self._most

    def note(self, address: str) -> None:
        """Note a link that does not work."""
        network, now = _network(address), self._clock()
        tries = self._tries.setdefault(network, [])
        tries.append(now)
        del tries[: -self._most]
        self._tries.move_to_end(network)
        if len(self._tries) > _MOST_ADDRESSES:
            self._tries.popitem(last=False)
        self._say(now)

    def _say(self, now: float) -> None:
        self._unsaid += 1
        if now - self._said_at >= self._seconds:
            log.warning("links that do not work were opened: %d", self._unsaid)
            self._unsaid, self._said_at = 0, now


def _network(address: str) -> str:
    """Return who counts as one: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or int(ip) >> 64)
    return str(ip)
