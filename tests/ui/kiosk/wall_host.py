"""Photos of the sample event as a gallery shows them, as many as wanted, and how to touch them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import GalleryPhoto, TakeWays
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.kiosk.photos_screen import PhotosScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.vision.thumbnail import make_thumbnail

EVENT = Event(EventId(1), "party", "Party", "", None, datetime(2030, 1, 1, tzinfo=UTC), None)
EVERY_WAY = TakeWays(email=True, print=True, phone=True)
BROKEN = "broken"


@dataclass
class Wall:
    """Makes photos from the files of a folder, their keys numbered, and reads their pictures."""

    folder: Path
    asked: list[tuple[str, int]] = field(default_factory=list)
    sizes: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def load(self, event: Event, key: str, side: int) -> bytes:
        del event
        self.asked.append((key, side))
        if key.startswith(BROKEN):
            raise PhotoUnreadableError("not a picture")
        return make_thumbnail((self.folder / key.partition("#")[0]).read_bytes(), side, 10**8)

    def photos(
        self, count: int, *, first: int = 1, broken: Sequence[int] = (), band: Band = Band.SURE
    ) -> tuple[GalleryPhoto, ...]:
        """Return photos with ids from ``first`` on; those with a ``broken`` id have no picture."""
        files = sorted(self.folder.iterdir())
        return tuple(
            self._photo(number, files[number % len(files)], number in broken, band)
            for number in range(first, first + count)
        )

    def _photo(self, number: int, file: Path, broken: bool, band: Band) -> GalleryPhoto:
        if file not in self.sizes:
            with Image.open(file) as picture:
                self.sizes[file] = ImageOps.exif_transpose(picture).size
        width, height = self.sizes[file]
        name = f"{BROKEN}#{number}" if broken else f"{file.name}#{number}"
        taken = datetime(2030, 6, 1, 21, tzinfo=UTC) - timedelta(minutes=number)
        face = Box(width * 0.4, height * 0.2, width * 0.1, width * 0.1)
        return GalleryPhoto(PhotoId(number), name, "1", taken, width, height, 0.6, band, (face,))


def wall_pictures(jobs: Jobs, cache: Path, wall: Wall) -> Pictures:
    """Return the pictures of a wall's photos, made on the jobs' threads."""
    return Pictures(EVENT, Thumbnails(jobs, wall.load, cache, jobs), jobs)


def ids(photos: Sequence[GalleryPhoto]) -> tuple[PhotoId, ...]:
    return tuple(one.id for one in photos)


def button(widget: QWidget, words: str) -> QAbstractButton:
    """Return the visible button with these words, said or shown."""
    found = [
        one
        for one in widget.findChildren(QAbstractButton)
        if words in {one.text(), one.accessibleName()} and one.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} buttons {words!r}"
    return found[0]


def words_of(widget: QWidget) -> list[str]:
    """Return all words that are seen on labels and buttons."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return labels + [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]


def tap(screen: PhotosScreen, where: QPoint) -> None:
    """Click at a place of a screen's photos."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(screen.grid.viewport(), left, Qt.KeyboardModifier.NoModifier, where)


def top_of(screen: PhotosScreen, photo: PhotoId) -> int:
    """Return where a photo begins on the screen."""
    return screen.grid.rect_of(photo).top()


def drag(widget: QWidget, start: QPoint, by: QPoint, *, steps: int = 8) -> None:
    """Drag with the mouse."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(widget, left, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, steps + 1):
        QTest.mouseMove(widget, start + by * step / steps)
        QTest.qWait(1)
    QTest.mouseRelease(widget, left, Qt.KeyboardModifier.NoModifier, start + by)


class Fingers:
    """Fingers on a touch screen, at places of a widget."""

    def __init__(self, device: QPointingDevice, widget: QWidget) -> None:
        self._device, self._widget = device, widget

    def tap(self, where: QPoint) -> None:
        """Tap with one finger."""
        self._send(press=[(0, where)])
        self._send(release=[(0, where)])

    def drag(self, start: QPoint, by: QPoint, *, steps: int = 8) -> None:
        """Drag with one finger."""
        self._send(press=[(0, start)])
        for step in range(1, steps + 1):
            self._send(move=[(0, start + by * step / steps)])
        self._send(release=[(0, start + by)])

    def pinch(self, middle: QPoint, apart: int, then: int, *, steps: int = 8) -> None:
        """Put two fingers down so many pixels apart, and move them to another distance."""

        def both(distance: float) -> list[tuple[int, QPoint]]:
            half = QPoint(round(distance / 2), 0)
            return [(0, middle - half), (1, middle + half)]

        self._send(press=both(apart)[:1])
        self._send(press=both(apart)[1:], move=both(apart)[:1])
        for step in range(1, steps + 1):
            self._send(move=both(apart + (then - apart) * step / steps))
        self._send(release=both(then))

    def _send(
        self,
        press: Sequence[tuple[int, QPoint]] = (),
        move: Sequence[tuple[int, QPoint]] = (),
        release: Sequence[tuple[int, QPoint]] = (),
    ) -> None:
        # To the window: the display of the tests may be smaller than it.
        window = self._widget.window()
        touch = QTest.touchEvent(window, self._device)
        for told, fingers in ((touch.press, press), (touch.move, move), (touch.release, release)):
            for finger, where in fingers:
                told(finger, self._widget.mapTo(window, where), window)
        touch.commit()


def assert_nothing_is_cut_off(screen: QWidget, *, besides: Sequence[QWidget] = ()) -> None:
    """Check that every visible part lies in its parent, has room for its words, and can be hit."""
    labels = [one for one in screen.findChildren(QLabel) if one.isVisible()]
    buttons = [one for one in screen.findChildren(QPushButton) if one.isVisible()]
    parts: list[QLabel | QPushButton] = [*labels, *buttons]
    for part in parts:
        if any(one.isAncestorOf(part) for one in besides):
            continue
        said = part.text() or part.accessibleName()
        parent = part.parentWidget()
        assert parent is not None
        inside = parent.rect().contains(part.geometry())
        assert inside, f"{said!r} is not inside: {part.geometry()} {parent.rect()}"
        if isinstance(part, QLabel) and part.wordWrap():
            assert part.heightForWidth(part.width()) <= part.height(), f"{said!r} is cut off"
        elif not isinstance(part, QPushButton) or part.text():
            assert part.sizeHint().width() <= part.width(), f"{said!r} is cut off"
    for one in buttons:
        assert min(one.width(), one.height()) >= 64, f"{one.text()!r} is too small to be hit"


def all_there(pictures: Pictures, photos: Sequence[GalleryPhoto], side: int) -> Callable[[], bool]:
    """Return a question: are these pictures there?"""
    return partial(_all_there, pictures, photos, side)


def _all_there(pictures: Pictures, photos: Sequence[GalleryPhoto], side: int) -> bool:
    return all(pictures.get(one, side) is not None for one in photos)
