"""What shall be exported: which photos, in which form, and where to."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoRow
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import Branding, OutgoingPhoto, OutputSettings
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.export import ExportHow
from eventsnap_desktop.flows.organizer_ports import PhotoBrowser

_AT_ONCE = 2000  # photos a statement

MakePhoto = Callable[[OutgoingPhoto, bytes, OutputSettings, Branding, int | None], bytes]
"""(photo, its bytes, settings, branding, longer side) to the JPEG that guests get."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """``photos`` None stands for the whole event. ``longer_side`` in pixels, 0 for as is set.

    ``for_guests``: as what leaves the event, else the originals byte by byte.
    """

    photos: tuple[PhotoId, ...] | None
    place: Path
    to_zip: bool = False
    with_hidden: bool = False
    keep_folders: bool = False
    for_guests: bool = False
    longer_side: int = 0


def wanted_photos(
    browser: PhotoBrowser, event: EventId, photos: Sequence[PhotoId] | None, with_hidden: bool
) -> list[PhotoRow]:
    """Return the photos that are there, by key, so that an export goes on as it began; blocks."""
    ids = list(photos) if photos is not None else _every_photo(browser, event)
    found: list[PhotoRow] = []
    for first in range(0, len(ids), _AT_ONCE):
        rows = browser.rows(event, ids[first : first + _AT_ONCE])
        found += [row for row in rows if with_hidden or not row.hidden]
    return sorted(found, key=lambda row: row.key)


def how_to_export(
    wish: ExportWish, settings: OutputSettings, branding: Branding, make: MakePhoto
) -> ExportHow:
    """Return the form in which photos are written."""
    if not wish.for_guests:
        return ExportHow(wish.keep_folders)

    def prepare(row: PhotoRow, data: bytes) -> bytes:
        photo = OutgoingPhoto(row.id, row.key, row.width or 0, row.height or 0, row.time)
        return make(photo, data, settings, branding, wish.longer_side or None)

    return ExportHow(wish.keep_folders, prepare, _variant(wish.longer_side, settings, branding))


def _every_photo(browser: PhotoBrowser, event: EventId) -> list[PhotoId]:
    return [PhotoId(one) for one in browser.list_ids(event, PhotoFilter()).tolist()]


def _variant(longer_side: int, settings: OutputSettings, branding: Branding) -> str:
    """Return words that differ where what is made of a photo may."""
    looks = {
        "side": longer_side,
        "set": settings.longer_side,
        "watermark": settings.watermark or branding.watermark,
        "frame": settings.frame or branding.frame,
        "keeps": [settings.keep_date, settings.keep_camera, settings.keep_place],
    }
    return json.dumps(looks)
