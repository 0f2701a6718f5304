"""Answers of the share page that are sent piece by piece: one photo to save, all as a ZIP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from eventsnap_desktop.delivery.share_names import attachment
from eventsnap_desktop.delivery.share_ports import PhotoFile
from eventsnap_desktop.delivery.share_words import ShareWords
from eventsnap_desktop.delivery.share_zip import ZipStream
from eventsnap_desktop.domain.outgoing import OutgoingPhoto

PIECE = 256 * 1024
"""Bytes handed to a connection at once; the next ones wait until it has taken most of them."""

LoadFile = Callable[[OutgoingPhoto], Awaitable[PhotoFile | None]]
"""A photo to its file; None where it cannot be had, now or ever."""

InThread = Callable[[Callable[[], bytes]], Awaitable[bytes]]


class FileAnswer(Response):
    """A photo to save. It is read when it is its turn, and held only while it is sent."""

    def __init__(
        self, load: Callable[[], Awaitable[PhotoFile]], turn: AbstractAsyncContextManager[None]
    ) -> None:
        super().__init__()
        self._load, self._turn = load, turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Fit ASGI; what reading the photo raises is raised before anything is sent."""
        del receive
        async with self._turn:
            file = await self._load()
            headers = {
                "content-type": "image/jpeg",
                "content-length": str(len(file.content)),
                "content-disposition": attachment(file.name),
            }
            raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": raw})
            content = b"" if scope["method"] == "HEAD" else file.content
            for piece in pieces(content):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class ZipTurns:
    """How many ZIPs are made at once: each holds one photo in memory. A guest has one at a time."""

    def __init__(self, most: int) -> None:
        self._all = asyncio.Semaphore(most)
        self._guests: dict[str, asyncio.Lock] = {}

    def of(self, token: str) -> "_ZipTurn":
        """Return what to hold while a link's ZIP is made."""
        return _ZipTurn(self._all, self._guests, token)


class _ZipTurn:
    def __init__(
        self, every: asyncio.Semaphore, guests: dict[str, asyncio.Lock], token: str
    ) -> None:
        self._every, self._guests, self._token = every, guests, token
        self._lock = guests.setdefault(token, asyncio.Lock())

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            await self._every.acquire()
        except BaseException:
            self._lock.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._every.release()
        self._lock.release()
        if not self._lock.locked() and self._guests.get(self._token) is self._lock:
            del self._guests[self._token]


async def zip_pieces(
    folder: str,
    photos: Sequence[OutgoingPhoto],
    load: LoadFile,
    in_thread: InThread,
    words: ShareWords,
    turn: AbstractAsyncContextManager[None],
) -> AsyncIterator[bytes]:
    """Yield a ZIP of photos; those that cannot be had are named in a text file at its end.

    The first bytes come before it is its turn, so that a phone shows the download at once.
    """
    stream = ZipStream(folder)
    yield stream.begin()
    missing: list[str] = []
    async with turn:
        for photo in photos:
            file = await load(photo)
            if file is None:
                missing.append(photo.key.rpartition("/")[2])
                continue
            name, content = file.name, file.content
            entry = await in_thread(
                lambda name=name, content=content, time=photo.taken_at: stream.add(  # type: ignore[misc]
                    name, content, time
                )
            )
            del file, content
            for piece in pieces(entry):
                yield piece
            del entry
        if missing:
            text = "\r\n".join([words.missing, *missing, ""])
            yield stream.add(
                words.missing_file, text.encode("utf-8-sig", "replace"), photos[0].taken_at
            )
        yield stream.end()


def pieces(content: bytes) -> Sequence[bytes]:
    """Return content in pieces that are sent one after the other."""
    view = memoryview(content)
    return [bytes(view[at : at + PIECE]) for at in range(0, len(content), PIECE)]
