"""The web app behind the QR code: a guest's page, its news, pictures, files, and the ZIP."""

import asyncio
import gzip
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from eventsnap_desktop.delivery.share_answers import FileAnswer, ZipTurns, zip_pieces
from eventsnap_desktop.delivery.share_guard import Guard, WrongLinks
from eventsnap_desktop.delivery.share_listening import WHO
from eventsnap_desktop.delivery.share_logo import Logos
from eventsnap_desktop.delivery.share_names import attachment
from eventsnap_desktop.delivery.share_page import SharePages
from eventsnap_desktop.delivery.share_pictures import SharedPictures
from eventsnap_desktop.delivery.share_ports import PhotoFile, ShareBook, SharePhotos
from eventsnap_desktop.delivery.share_words import ShareWords, words_for, words_in
from eventsnap_desktop.domain.errors import EventSnapError, PhotoGoneError, PhotoUnreadableError
from eventsnap_desktop.domain.outgoing import NeverError, OutgoingPhoto, Share, ShareToken
from eventsnap_desktop.domain.photos import PhotoId

log = logging.getLogger(__name__)

SIDES = {"small": 640, "large": 1920}
"""The longer sides, in pixels, of a picture in the page and of one that fills a phone."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in URL-safe base64
_PHOTO = re.compile(r"[0-9]{1,15}")
_REMEMBERED = 60.0  # seconds that it is known whose event a link is of
_MOST_REMEMBERED = 2000
_AGAIN_AFTER = 5  # seconds, where the photos cannot be reached
_LOST_FOR_GOOD = (PhotoGoneError, PhotoUnreadableError, NeverError)

R = TypeVar("R")
Headers = dict[str, str]


class NothingHereError(Exception):
    """What is asked for is not there, or is not for whoever asks."""


class TooManyError(Exception):
    """Whoever asks tried too many wrong links."""


@dataclass(frozen=True, slots=True)
class ShareLimits:
    """What the web app takes of the machine: threads, memory, downloads at once."""

    picture_threads: int = 1
    picture_megabytes: int = 96
    file_threads: int = 2
    database_threads: int = 2
    files_at_once: int = 6
    zips_at_once: int = 6
    wrong_links: int = 30


def make_share_app(
    book: ShareBook,
    photos: SharePhotos,
    pages: SharePages,
    limits: ShareLimits | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    name: str = "",
) -> FastAPI:
    """Return the app; its threads end with its lifespan. There are no other routes than these.

    ``name`` tells others of our programs on this machine for which database it answers.
    """
    limits = limits or ShareLimits()
    rooms = _Rooms(limits)
    answers = _Answers(book, photos, pages, limits, rooms, now)

    async def who() -> Response:
        return Response(name, media_type="text/plain")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        yield
        rooms.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    for path, answer in (
        ("/g/{token}", answers.page),
        ("/g/{token}/photos.json", answers.news),
        ("/g/{token}/logo", answers.logo),
        ("/g/{token}/all.zip", answers.all_photos),
        ("/g/{token}/p/{photo}", answers.photo),
        (WHO, who),
        ("/share/{name}", answers.page_file),
        ("/favicon.ico", answers.icon),
        ("/robots.txt", answers.robots),
    ):
        app.add_api_route(path, answer, methods=["GET", "HEAD"], response_class=Response)
    app.router.redirect_slashes = False
    for kind in (NothingHereError, TooManyError, EventSnapError, HTTPException):
        app.add_exception_handler(kind, answers.refuse)
    app.add_middleware(Guard)
    return app


class _Rooms:
    """The threads of the app: a slow photo never holds up a page."""

    def __init__(self, limits: ShareLimits) -> None:
        self.pictures = ThreadPoolExecutor(limits.picture_threads, "share-pictures")
        self.files = ThreadPoolExecutor(limits.file_threads, "share-files")
        self.database = ThreadPoolExecutor(limits.database_threads, "share-database")

    def close(self) -> None:
        for one in (self.pictures, self.files, self.database):
            one.shutdown(wait=True, cancel_futures=True)


class _Answers:
    """One method a route."""

    def __init__(
        self,
        book: ShareBook,
        photos: SharePhotos,
        pages: SharePages,
        limits: ShareLimits,
        rooms: _Rooms,
        now: Callable[[], datetime],
    ) -> None:
        self._book, self._photos, self._pages, self._now = book, photos, pages, now
        self._rooms = rooms
        self._pictures = SharedPictures(
            photos.picture, rooms.pictures, limits.picture_megabytes * 2**20
        )
        self._logos = Logos()
        self._wrong = WrongLinks(limits.wrong_links)
        self._known: OrderedDict[str, tuple[float, Share]] = OrderedDict()
        self._file_turns = asyncio.Semaphore(limits.files_at_once)
        self._zip_turns = ZipTurns(limits.zips_at_once)

    async def page(self, request: Request, token: str) -> Response:
        """Return the page of a link."""
        share = await self._find(request, token)
        if request.method == "GET":
            await self._in(self._rooms.database, self._book.note_opened, ShareToken(token))
        logo = await self._read_logo(share)
        nonce = secrets.token_urlsafe(12)
        policy = (
            "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'; "
            f"style-src 'self' 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )

        def made() -> Response:  # of thousands of photos that takes a moment
            html = self._pages.photos(share, token, self._now(), nonce, logo is not None)
            return _packed(_html(html, 200, {"content-security-policy": policy}), request)

        return await self._in(self._rooms.database, made)

    async def news(self, request: Request, token: str) -> Response:
        """Return what the page shows by now, or that it is what the phone has already."""
        now, mark = self._now(), None
        if self._may_ask(request, token):  # before it is read: what comes meanwhile is new then
            stamp = await self._in(self._rooms.database, self._book.stamp, ShareToken(token))
            mark = None if stamp is None else self._pages.mark(stamp, now)
        if mark is not None and request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"etag": mark})
        share = await self._find(request, token)
        headers = {} if mark is None else {"etag": mark}

        def made() -> Response:
            news = self._pages.news(share, now)
            return _packed(Response(news, 200, headers, media_type="application/json"), request)

        return await self._in(self._rooms.database, made)

    async def logo(self, request: Request, token: str) -> Response:
        """Return the event's logo."""
        logo = await self._read_logo(await self._find(request, token))
        if logo is None:
            raise NothingHereError
        return Response(logo, media_type="image/png", headers=_kept(600))

    async def photo(
        self, request: Request, token: str, photo: str, size: str = "large"
    ) -> Response:
        """Return one photo of a link, to look at or to save."""
        if not _PHOTO.fullmatch(photo) or size not in {*SIDES, "full"}:
            raise NothingHereError
        share = await self._whose(request, token)
        found = await self._in(
            self._rooms.database, self._book.photo, ShareToken(token), PhotoId(int(photo))
        )
        if found is None:
            raise NothingHereError
        if size in SIDES:
            picture = await self._pictures.get(share, found, SIDES[size])
            return Response(picture, media_type="image/jpeg", headers=_kept(600))
        link = await self._in(self._rooms.files, self._photos.link, share, found)
        if link is not None:
            return RedirectResponse(link, 302)

        async def load() -> PhotoFile:
            return await self._in(self._rooms.files, self._photos.file, share, found)

        return FileAnswer(load, self._file_turns)

    async def all_photos(self, request: Request, token: str) -> Response:
        """Return all photos of a link as a ZIP, sent while it is made."""
        share = await self._find(request, token)
        folder = self._photos.folder(share)
        headers = {"content-disposition": attachment(f"{folder}.zip")}
        if request.method == "HEAD":
            return Response(media_type="application/zip", headers=headers)

        async def load(photo: OutgoingPhoto) -> PhotoFile | None:
            return await self._in(self._rooms.files, self._file_now, token, share, photo)

        async def in_thread(work: Callable[[], bytes]) -> bytes:
            return await self._in(self._rooms.files, work)

        words = words_in(share.language)
        turn = self._zip_turns.of(token)
        stream = zip_pieces(folder, share.photos, load, in_thread, words, turn)
        return StreamingResponse(stream, media_type="application/zip", headers=headers)

    async def page_file(self, request: Request, name: str) -> Response:
        """Return a file that every page uses."""
        file = self._pages.files.get(name)
        if file is None:
            raise NothingHereError
        headers = {"cache-control": "public, max-age=86400"}
        return _packed(Response(file.content, 200, headers, file.media_type), request)

    async def icon(self, request: Request) -> Response:
        """Return the icon for browsers that ask without having read the page."""
        return await self.page_file(request, "icon.svg")

    async def robots(self) -> Response:
        """Tell search engines that there is nothing for them."""
        return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")

    async def refuse(self, request: Request, error: Exception) -> Response:
        """Return the page for what went wrong."""
        words, nonce = _words(request), secrets.token_urlsafe(12)
        policy = {"content-security-policy": f"default-src 'none'; style-src 'nonce-{nonce}'"}
        if isinstance(error, TooManyError):
            return _html(self._pages.slow_down(words, nonce), 429, {**policy, "retry-after": "60"})
        if isinstance(error, EventSnapError) and not isinstance(error, _LOST_FOR_GOOD):
            log.warning("a guest's page could not be answered: %s", type(error).__name__)
            html = self._pages.away(words, nonce, _AGAIN_AFTER)
            return _html(html, 503, {**policy, "retry-after": str(_AGAIN_AFTER)})
        return _html(self._pages.gone(words, nonce), 404, policy)

    async def _find(self, request: Request, token: str) -> Share:
        """Return a link's share; NothingHereError for any that does not work."""
        address = _address(request)
        if not self._may_ask(request, token):
            if _TOKEN.fullmatch(token):
                raise TooManyError
            self._wrong.note(address)
            raise NothingHereError
        share = await self._in(self._rooms.database, self._book.find, ShareToken(token))
        if share is None:
            self._known.pop(token, None)
            self._wrong.note(address)
            raise NothingHereError
        self._remember(token, share)
        return share

    def _may_ask(self, request: Request, token: str) -> bool:
        """Whether a link is looked for: who tried many wrong ones asks for known ones only."""
        if not _TOKEN.fullmatch(token):
            return False
        return self._remembered(token) is not None or not self._wrong.too_many(_address(request))

    async def _whose(self, request: Request, token: str) -> Share:
        """Return a share without its photos: a page of 200 does not read 200 lists of 200."""
        share = self._remembered(token)
        return share if share is not None else await self._find(request, token)

    def _remembered(self, token: str) -> Share | None:
        until, share = self._known.get(token, (0.0, None))
        return share if until > monotonic() else None

    def _remember(self, token: str, share: Share) -> None:
        self._known[token] = (monotonic() + _REMEMBERED, replace(share, photos=()))
        self._known.move_to_end(token)
        if len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)

    def _file_now(self, token: str, share: Share, photo: OutgoingPhoto) -> PhotoFile | None:
        """Return a photo's file, None where it cannot be had, or may not be any more."""
        try:
            found = self._book.photo(ShareToken(token), photo.id)
            return None if found is None else self._photos.file(share, found)
        except EventSnapError as error:
            log.warning("a photo was left out of a ZIP: %s", type(error).__name__)
            return None

    async def _read_logo(self, share: Share) -> bytes | None:
        path = share.branding.logo
        return await self._in(self._rooms.database, self._logos.get, path) if path else None

    @staticmethod
    async def _in(threads: ThreadPoolExecutor, work: Callable[..., R], *given: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(threads, work, *given)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _words(request: Request) -> ShareWords:
    return words_for(request.headers.get("accept-language", ""))


def _html(html: str, status: int, headers: Headers) -> Response:
    return Response(html, status, headers, media_type="text/html")


def _packed(answer: Response, request: Request) -> Response:
    """Make a text smaller for browsers that can read it: a page of 200 photos has 50 kB."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        answer.body = gzip.compress(bytes(answer.body), 6, mtime=0)
        answer.headers["content-length"] = str(len(answer.body))
        answer.headers["content-encoding"] = "gzip"
    answer.headers["vary"] = "accept-encoding"
    return answer


def _kept(seconds: int) -> Headers:
    """Let the phone itself, and nobody on the way, keep an answer for a while."""
    return {"cache-control": f"private, max-age={seconds}"}
