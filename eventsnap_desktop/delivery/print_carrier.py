"""Prints: draws the sheets, hands them to printers, and waits until they are out."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

from eventsnap_desktop.delivery.outgoing_photo import Decode, upright_picture
from eventsnap_desktop.delivery.print_layout import paper_pixels, photos_a_sheet
from eventsnap_desktop.delivery.print_pool import InQueue, Pool, helped
from eventsnap_desktop.delivery.print_queue import Condition, PrintQueue, PrintState, Recall, Sheet
from eventsnap_desktop.delivery.print_render import PrintPhoto, render_page
from eventsnap_desktop.domain.errors import PhotoGoneError, SourceRefusedError
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import (
    Branding,
    DeliveryJob,
    NeverError,
    NotNowError,
    OutgoingPhoto,
    OutputSettings,
    TakenBack,
    Withdrawal,
)
from eventsnap_desktop.domain.photos import PhotoId

log = logging.getLogger(__name__)

_A_SHEET = 20  # seconds: what a photo printer takes, nearly
_ROUNDED = 10
_LOOK_EVERY = 0.5
_PATIENCE = 120.0  # seconds without any sheet coming out
_PROBLEM_PATIENCE = 15.0  # seconds that a problem lasts before others are printed first
_MOVE_AFTER = 20.0  # seconds that a printer has for a refill in the middle of a sheet
_AGAIN_AFTER = 15.0
_SHARPEST = 2  # photo pixels for one of the paper: enough for a crop to half of a photo

Queues = Callable[[str], Sequence[PrintQueue]]
"""A delivery's printer, as it is set, to the queues it means."""

ReadPhoto = Callable[[str, OutgoingPhoto], bytes]


class Clock(Protocol):
    """Tells seconds and lets them pass."""

    def now(self) -> float:
        """Return the seconds since whenever."""

    def wait(self, seconds: float) -> None:
        """Let so many pass."""


class RealClock:
    """The machine's."""

    def now(self) -> float:
        """Return the seconds since the machine started, nearly."""
        return monotonic()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        sleep(seconds)


def no_link(_: DeliveryJob) -> str:
    """Return no link."""
    return ""


@dataclass(slots=True)
class _Page:
    """One sheet on its way; ``bad_since`` is when its printer was first seen with a problem."""

    title: str
    make: Callable[[], Sheet]
    at: InQueue
    bad_since: float | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """What one call is about."""

    job: DeliveryJob
    settings: OutputSettings
    branding: Branding
    read: ReadPhoto
    tell: Callable[[str], None]


class PrintCarrier:
    """Fits flows/deliver_ports.Carrier; safe from several threads.

    Every sheet has a title of its own, made of the delivery's key and its first photo, by which
    queues know it: twice handed over is once printed. ``link`` returns what a sheet's QR code
    opens, "" for none; it is asked only where a code is wanted.
    """

    def __init__(
        self,
        queues: Queues,
        link: Callable[[DeliveryJob], str] = no_link,
        font: Path | None = None,
        decode: Decode | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._queues, self._link, self._font, self._decode = queues, link, font, decode
        self._clock = clock or RealClock()

    def deliver(
        self,
        job: DeliveryJob,
        settings: OutputSettings,
        branding: Branding,
        read: ReadPhoto,
        tell: Callable[[str], None],
    ) -> None:
        """Print the delivery's photos and return when they are out; NotNowError, NeverError.

        Photos that cannot be read keep no others from being printed; their error comes at the end.
        """
        order = _Order(job, settings, branding, read, tell)
        pool = self._pool(job.printer, job.prefers)
        pages: list[_Page] = []
        unread: Exception | None = None
        for photos in _by_sheet(job.photos, photos_a_sheet(settings.print_layout)):
            title = sheet_title(job.key, photos[0].id)
            make = partial(self._sheet, title, photos, order)
            try:
                pages.append(_Page(title, make, pool.hand_over(title, make)))
            except (PhotoGoneError, SourceRefusedError, _UnreadableError) as error:
                unread = error
        self._see_to(pool, pages, order)
        if unread is not None:
            raise unread

    def withdraw(self, wish: Withdrawal) -> TakenBack:
        """Take back what still waits in queues.

        NotNowError when a print server has to be asked again, NeverError without a printer.
        """
        pool = self._pool(wish.printer)
        found = [pool.recall(sheet_title(wish.key, photo)) for photo in wish.photos]
        copies = max(1, wish.copies)
        return TakenBack(found.count(Recall.BACK) * copies, found.count(Recall.OUT) * copies)

    def _pool(self, printer: str, prefers: str = "") -> Pool:
        queues = self._queues(printer)
        if not queues:
            raise NeverError("This print has no printer")
        return Pool(queues, prefers)

    def _sheet(self, title: str, photos: Sequence[OutgoingPhoto], order: _Order) -> Sheet:
        job, settings = order.job, order.settings
        link = self._link(job) if settings.print_qr else ""
        drawn = [self._picture(photo, order) for photo in photos]
        page = render_page(drawn, settings.print_layout, settings, order.branding, link, self._font)
        return Sheet(title, settings.print_layout, page, max(1, job.copies))

    def _picture(self, photo: OutgoingPhoto, order: _Order) -> PrintPhoto:
        data = order.read(order.job.event_code, photo)
        enough = _SHARPEST * paper_pixels(order.settings.print_layout)[1]
        try:
            image = upright_picture(data, photo, enough, decode=self._decode)
        except NeverError as error:
            raise _UnreadableError(error.message) from None
        scale = image.width / max(1, photo.width)
        faces = tuple(
            Box(face.x * scale, face.y * scale, face.width * scale, face.height * scale)
            for face in photo.faces
        )
        return PrintPhoto(image, photo.taken_at.astimezone().date(), faces)

    def _see_to(self, pool: Pool, pages: list[_Page], order: _Order) -> None:
        """Wait until all sheets are out; those of a printer with a problem go to another one."""
        last_out = self._clock.now()
        left = list(pages)
        while True:
            still = [page for page in left if not self._is_out(pool, page)]
            now = self._clock.now()
            if len(still) < len(left):
                last_out = now
            left = still
            if not left:
                return
            conditions = {page.title: self._helped(pool, page) for page in left}
            self._tell(left, conditions, order)
            self._lose_patience(left, conditions, now - last_out)
            self._clock.wait(_LOOK_EVERY)

    def _is_out(self, pool: Pool, page: _Page) -> bool:
        queue = page.at.queue
        page.at = replace(page.at, handed=queue.look(page.at.handed))
        state, name = page.at.handed.state, page.at.handed.queue
        if state is PrintState.CANCELLED:
            raise NeverError(f"{name}: somebody cancelled the print there")
        if state in {PrintState.FAILED, PrintState.LOST}:
            said = "it gave the print up" if state is PrintState.FAILED else "it was removed"
            other = pool.free(but=name)
            if other is None:
                raise NotNowError(f"{name}: {said}", _AGAIN_AFTER)
            page.at = InQueue(other, other.hand_over(page.make()))
        return page.at.handed.state is PrintState.DONE

    def _helped(self, pool: Pool, page: _Page) -> Condition:
        """Return how a sheet's printer is, after it was helped or another one was found."""
        condition = helped(page.at.queue)
        if not condition.problem:
            page.bad_since = None
            return condition
        now = self._clock.now()
        page.bad_since = now if page.bad_since is None else page.bad_since
        is_begun = page.at.handed.state is PrintState.PRINTING
        if is_begun and now - page.bad_since < _MOVE_AFTER:
            return condition
        other = pool.free(but=page.at.queue.name)
        # What cannot surely be taken back might come out of both.
        if other is None or not page.at.queue.take_back(page.at.handed):
            return condition
        log.info("a print goes from %s to %s", page.at.queue.name, other.name)
        page.at, page.bad_since = InQueue(other, other.hand_over(page.make())), None
        return helped(other)

    def _tell(self, left: Sequence[_Page], conditions: dict[str, Condition], order: _Order) -> None:
        for page in left:
            if problem := conditions[page.title].problem:
                order.tell(f"{page.at.queue.name}: {problem}")
                return
        before = max(conditions[page.title].waiting for page in left)
        sheets = max(len(left), before) * max(1, order.job.copies)
        seconds = ceil(sheets * _A_SHEET / _ROUNDED) * _ROUNDED
        order.tell(printing_words(seconds))

    def _lose_patience(
        self, left: Sequence[_Page], conditions: dict[str, Condition], waited: float
    ) -> None:
        """Raise NotNowError when it takes too long; the sheets stay where they are."""
        now = self._clock.now()
        for page in left:
            since = now if page.bad_since is None else page.bad_since
            if now - since >= _PROBLEM_PATIENCE and page.at.handed.state is PrintState.WAITING:
                said = f"{page.at.queue.name}: {conditions[page.title].problem}"
                raise NotNowError(said, _AGAIN_AFTER)
        if waited >= _PATIENCE:
            raise NotNowError(f"{left[0].at.queue.name}: the print takes long", _AGAIN_AFTER)


class _UnreadableError(NeverError):
    """One photo is no picture any more."""


def printing_words(seconds: int) -> str:
    """Return what is told of a print on its way; guests see it in their language."""
    return f"printing, about {seconds} seconds"


def sheet_title(key: str, first: PhotoId) -> str:
    """Return what queues know a sheet by: it names nobody, and is the same at every try."""
    return f"eventsnap-{key}-{first}"


def _by_sheet(photos: Sequence[OutgoingPhoto], most: int) -> list[tuple[OutgoingPhoto, ...]]:
    return [tuple(photos[at : at + most]) for at in range(0, len(photos), most)]
