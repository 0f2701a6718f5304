"""A made-up source, and exports of what is in it."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.outgoing import NeverError
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export import (
    ExportHow,
    ExportProgress,
    ExportReport,
    export_to_folder,
    export_to_zip,
)
from eventsnap_desktop.flows.export_journal import JOURNAL

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
AS_THEY_ARE = ExportHow()


class Shelf:
    """Photos by key; an exception in the place of bytes is raised."""

    def __init__(self, photos: dict[str, bytes | Exception]) -> None:
        self.photos, self.read_keys = photos, list[str]()

    def read(self, key: str) -> bytes:
        self.read_keys.append(key)
        found = self.photos[key]
        if isinstance(found, Exception):
            raise found
        return found


def rows(shelf: Shelf, keys: list[str] | None = None) -> list[PhotoRow]:
    return [
        PhotoRow(
            id=PhotoId(number),
            key=key,
            etag=str(shelf.photos[key]),
            state=PhotoState.ENCODED,
            hidden=False,
            face_count=1,
            bytes=len(data) if isinstance(data := shelf.photos[key], bytes) else 0,
            width=6000,
            height=4000,
            time=NOON,
            failure=None,
        )
        for number, key in enumerate(keys or shelf.photos)
    ]


def run(
    shelf: Shelf, folder: Path, keys: list[str] | None = None, how: ExportHow = AS_THEY_ARE
) -> ExportReport:
    return export_to_folder(rows(shelf, keys), shelf, folder, ignore, Cancel(), how)


def zipped(
    shelf: Shelf, file: Path, keys: list[str] | None = None, how: ExportHow = AS_THEY_ARE
) -> ExportReport:
    return export_to_zip(rows(shelf, keys), shelf, file, ignore, Cancel(), how)


def photos_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != JOURNAL]


def unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def ignore(_: ExportProgress) -> None:
    return None


def files(folder: Path) -> dict[str, bytes]:
    found = {path for path in folder.rglob("*") if path.is_file()}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def stopping_after(seen: int, cancel: Cancel) -> Callable[[ExportProgress], None]:
    def look(progress: ExportProgress) -> None:
        if progress.done == seen:
            cancel.request()

    return look


def small(photo: PhotoRow, data: bytes) -> bytes:
    if data == b"broken":
        raise NeverError("A photo cannot be read any more")
    return photo.key.encode() + b" as JPEG"
