"""Deletes events whose day is over in programs that run for long, and keeps their receipts."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from threading import Thread
from typing import Any

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.deleting import sheets_answer, sheets_words, take_back
from eventsnap_desktop.app.talking import note
from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.expiry import Receipt
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_deleted import TakeBack
from eventsnap_desktop.flows.expire import ExpiryDesk, ExpiryReport, expire
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.ui.bridge.picture_files import PictureFiles

log = logging.getLogger(__name__)

LOOK_EVERY = 3600.0
"""Seconds between two looks of a program that runs on."""


class Expiry:
    """Deletes what is due, with the thumbnails of it on this machine; any thread may call it."""

    def __init__(
        self,
        desk: ExpiryDesk,
        home: Path,
        only: EventId | None = None,
        take_back: TakeBack = lambda _: SheetsOfDeleted(),
    ) -> None:
        self._desk, self._home, self._only, self._take_back = desk, home, only, take_back

    def look(self) -> ExpiryReport:
        """Delete what is due now; all errors of flows.expire."""
        report = expire(self._desk, self._only)
        receipts = tuple(
            replace(one, sheets=self._take_back(one.event.id)) for one in report.receipts
        )
        for receipt in receipts:
            forget_pictures(self._home, receipt.event.code)
            _keep(self._home / "receipts", receipt)
        return replace(report, receipts=receipts)


def expiry_of(program: Program, index: Index, only: EventId | None = None) -> Expiry:
    """Return what deletes due events, all or one, with what they left at this machine."""
    return Expiry(index.expiry, program.settings.home, only, take_back(program, index))


def forget_pictures(home: Path, code: str) -> None:
    """Remove an event's thumbnails from the data folder."""
    PictureFiles(home / "cache" / "thumbnails").remove_event(code)


def receipt_answer(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as scripts read it."""
    event, day = receipt.event, receipt.event.keep_until
    return {
        "event": event.code,
        "keep_until": None if day is None else day.isoformat(),
        "deleted_at": receipt.deleted_at.isoformat(),
        "deleted": asdict(receipt.deleted),
        "sheets": sheets_answer(receipt.sheets),
    }


def receipt_line(receipt: Receipt) -> str:
    """Return a receipt as people read it."""
    return (
        f"{receipt.event.code}: its day, {receipt.event.keep_until:%Y-%m-%d}, is over; deleted "
        f"{receipt.deleted.faces} faces of {receipt.photos} photos. The photos stay. "
        f"{sheets_words(receipt.sheets)}"
    ).rstrip()


@contextmanager
def expiring_beside(look: Callable[[], ExpiryReport]) -> Iterator[None]:
    """Look at once and then every hour on a thread of its own, until the block ends."""
    ended = Cancel()
    thread = Thread(target=_keep_looking, args=(look, ended), name="expiring", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.request()
        thread.join()


def look_and_tell(look: Callable[[], ExpiryReport]) -> None:
    """Look once and say what was deleted; what goes wrong is logged, for the next look."""
    try:
        report = look()
    except EventSnapError as error:
        log.warning("no event is deleted by its date now: %s", error)
        return
    for receipt in report.receipts:
        note(receipt_line(receipt))


def _keep_looking(look: Callable[[], ExpiryReport], ended: Cancel) -> None:
    while not ended.requested:
        look_and_tell(look)
        ended.wait(LOOK_EVERY)


def _keep(folder: Path, receipt: Receipt) -> None:
    """Write a receipt down: whoever promised a day can show that it was kept."""
    name = f"{receipt.deleted_at:%Y-%m-%d-%H%M%S}-{receipt.event.code}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(receipt_answer(receipt), indent=2)
        (folder / name).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        log.warning("a receipt cannot be kept: %s", error.strerror)
