"""One connection of a phone: it may not stay silent, stop taking what it asked for, or be many."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Times in seconds.

    ``ask_within`` is how long a request may take to arrive, ``take_within`` how long a phone may
    take nothing of an answer. ``an_address`` are the connections of one address; a browser opens
    six, a proxy on this machine as many as it wants.
    """

    together: int = 700
    an_address: int = 40
    ask_within: float = 30.0
    take_within: float = 60.0
    longest_request: int = 16 * 1024


class PhoneProtocol(H11Protocol):
    """Looks at its connection now and then, and ends one that holds a place for nothing.

    uvicorn itself limits neither who sends a request slowly nor who reads an answer slowly.
    """

    def __init__(
        self, *given: Any, limits: ConnectionLimits, addresses: Counter[str], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self._limits, self._addresses = limits, addresses
        self._host = ""
        self._asking_since = 0.0
        self._stuck_since: float | None = None
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Fit asyncio.Protocol."""
        super().connection_made(transport)
        self._asking_since = self.loop.time()
        self._host = self.client[0] if self.client else ""
        self._addresses[self._host] += 1
        if self._addresses[self._host] > self._limits.an_address and not _is_here(self._host):
            transport.abort()
            return
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Fit asyncio.Protocol."""
        if self._look is not None:
            self._look.cancel()
        self._addresses[self._host] -= 1
        if self._addresses[self._host] <= 0:
            del self._addresses[self._host]
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._asking_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Fit asyncio.Protocol."""
        self._stuck_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Fit asyncio.Protocol."""
        self._stuck_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or too long; an answer that has begun cannot be another one."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            super().send_400_response(msg)
        else:
            self.transport.abort()

    def _look_later(self) -> None:
        seconds = min(self._limits.ask_within, self._limits.take_within) / 3
        self._look = self.loop.call_later(seconds, self._look_now)

    def _look_now(self) -> None:
        now, stuck = self.loop.time(), self._stuck_since
        is_asking = self.cycle is None or self.cycle.response_complete
        is_slow = is_asking and now - self._asking_since > self._limits.ask_within
        if is_slow or (stuck is not None and now - stuck > self._limits.take_within):
            self.transport.abort()
        else:
            self._look_later()


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def server_options(limits: ConnectionLimits) -> dict[str, Any]:
    """Return what uvicorn is to be told of the limits."""
    return {
        "http": partial(PhoneProtocol, limits=limits, addresses=Counter()),
        "limit_concurrency": limits.together,
        "h11_max_incomplete_event_size": limits.longest_request,
        "timeout_keep_alive": 20,
        "timeout_graceful_shutdown": 2,
    }
