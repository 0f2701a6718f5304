"""The pictures of share pages: each is made once, few at a time, and kept while there is room."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from time import monotonic

from eventsnap_desktop.domain.outgoing import OutgoingPhoto, Share

Make = Callable[[Share, OutgoingPhoto, int], bytes]
"""(share, photo, longer side) to a JPEG; delivery/share_ports.SharePhotos.picture."""

_Key = tuple[int, int, str, int]


class SharedPictures:
    """Lives on one event loop; ``threads`` are those that decode: others stay free meanwhile."""

    def __init__(
        self,
        make: Make,
        threads: Executor,
        most_bytes: int,
        kept_for: float = 600.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._make, self._threads, self._most_bytes = make, threads, most_bytes
        self._kept_for, self._clock = kept_for, clock
        self._kept: OrderedDict[_Key, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0
        self._making: dict[_Key, asyncio.Future[bytes]] = {}

    @property
    def kept_bytes(self) -> int:
        """How much is kept."""
        return self._bytes

    async def get(self, share: Share, photo: OutgoingPhoto, side: int) -> bytes:
        """Return a picture; raises what making it raises. Whoever asks may see the photo."""
        key = (int(share.event_id), int(photo.id), photo.key, side)
        kept = self._kept.get(key)
        if kept is not None and kept[0] > self._clock():
            self._kept.move_to_end(key)
            return kept[1]
        making = self._making.get(key)
        if making is None:
            making = self._begin(key, partial(self._make, share, photo, side))
        return await asyncio.shield(making)

    def _begin(self, key: _Key, make: Callable[[], bytes]) -> "asyncio.Future[bytes]":
        making = asyncio.get_running_loop().run_in_executor(self._threads, make)
        self._making[key] = making
        making.add_done_callback(partial(self._on_made, key))
        return making

    def _on_made(self, key: _Key, making: "asyncio.Future[bytes]") -> None:
        del self._making[key]
        if making.cancelled() or making.exception() is not None:
            return
        self._forget(key)
        content = making.result()
        self._kept[key] = (self._clock() + self._kept_for, content)
        self._bytes += len(content)
        while self._bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: _Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= len(kept[1])
