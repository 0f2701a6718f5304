"""Selfies in memory: read from files or made of pictures, with a small picture to show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.ui.organizer.desk import Works

MOST_SELFIES = 5
SELFIE_SIDE = 144
"""Pixels of the small picture's longer side: 72 points on a sharp screen."""

_LARGEST = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, eq=False)
class Selfie:
    """One selfie; ``small`` is null where Qt cannot show the format. Nothing of it is on disk."""

    name: str
    load: Callable[[], EncodedSelfie]
    small: QImage


def selfies_of_files(works: Works, paths: Sequence[Path]) -> tuple[list[Selfie], list[str]]:
    """Read files; return the selfies, and a name for each file that cannot be read. Blocks."""
    selfies, unreadable = [], []
    for path in paths:
        try:
            if path.stat().st_size > _LARGEST:
                raise PhotoUnreadableError("The file is too large")
            selfies.append(make_selfie(works, path.name, path.read_bytes()))
        except (OSError, PhotoUnreadableError):
            unreadable.append(path.name)
    return selfies, unreadable


def selfie_of_image(works: Works, name: str, image: QImage) -> Selfie:
    """Make a selfie of a picture that came from the clipboard or a webcam. Blocks."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 90)  # type: ignore[call-overload] # the stub wants bytes here
    buffer.close()
    return make_selfie(works, name, bytes(data.data()))


def make_selfie(works: Works, name: str, data: bytes) -> Selfie:
    """Make a selfie of a file's bytes; it is encoded when first asked for, and once only."""
    return Selfie(name, cache(works.load_selfie(name, data)), _small(data))


def _small(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        side = QSize(SELFIE_SIDE, SELFIE_SIDE)
        reader.setScaledSize(size.scaled(side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
