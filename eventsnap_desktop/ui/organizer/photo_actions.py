"""What can be done with photos: hide them, approve them, try them again, open their folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.organizer_ports import PhotoBrowser
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.photo_places import folder_of

_AT_ONCE = 2000  # photos a statement


class Mark(Enum):
    """What a photo is, or is not."""

    HIDDEN = auto()
    """In no gallery and no search."""
    SLIDESHOW = auto()
    """Approved for the kiosks' first screen."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Which photos of which event were marked, or not any more."""

    event: EventId
    photos: tuple[PhotoId, ...]
    mark: Mark
    on: bool


class PhotoActions(QObject):
    """Does it by jobs and tells what was done."""

    did = Signal(object)
    """(sentence, function that takes it back or None)."""
    retried = Signal(int)
    """So many failed photos wait to be encoded again."""
    failed = Signal(object)
    """The error that kept something from being done."""

    def __init__(self, browser: PhotoBrowser, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._browser, self._jobs = browser, jobs

    def toggle(self, event: Event, photos: NDArray[np.int64], mark: Mark) -> None:
        """Mark photos; where all of them are marked, take the mark off."""
        ids = [PhotoId(one) for one in photos.tolist()]
        if ids:
            self._jobs.call(
                partial(toggle_mark, self._browser, event.id, ids, mark),
                owner=self,
                done=self._on_marked,
                failed=self.failed.emit,
            )

    def retry(self, event: Event, photos: NDArray[np.int64] | None) -> None:
        """Have failed photos wait to be encoded again, all for None."""
        ids = None if photos is None else [PhotoId(one) for one in photos.tolist()]
        self._jobs.call(
            partial(self._browser.retry, event.id, ids),
            owner=self,
            done=self.retried.emit,
            failed=self.failed.emit,
        )

    def open_folder(self, event: Event, photo: PhotoRow) -> None:
        """Show the folder a photo is in, in the system's file manager."""
        folder = folder_of(event.source, photo.key)
        if folder is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            said = self.tr("The folder “{folder}” could not be opened").format(folder=folder)
            self.failed.emit(SourceRefusedError(said))

    def _on_marked(self, done: Marking) -> None:
        if done.photos:
            self.did.emit((self._said(done), partial(self._take_back, done)))

    def _said(self, done: Marking) -> str:
        count = len(done.photos)
        if done.mark is Mark.HIDDEN:
            if done.on:
                return self.tr("%n photo(s) hidden from every gallery.", "", count)
            return self.tr("%n photo(s) shown in galleries again.", "", count)
        if done.on:
            return self.tr("%n photo(s) shown on the kiosks’ first screen.", "", count)
        return self.tr("%n photo(s) not shown on the kiosks’ first screen any more.", "", count)

    def _take_back(self, done: Marking) -> None:
        self._jobs.call(
            partial(set_mark, self._browser, done.event, done.photos, done.mark, not done.on),
            owner=self,
            failed=self.failed.emit,
        )


def toggle_mark(
    browser: PhotoBrowser, event: EventId, photos: Sequence[PhotoId], mark: Mark
) -> Marking:
    """Mark those photos that are not marked, or take the mark off all if all are; blocks."""
    without: list[PhotoId] = []
    marked: list[PhotoId] = []
    for first in range(0, len(photos), _AT_ONCE):
        for row in browser.rows(event, photos[first : first + _AT_ONCE]):
            is_marked = row.hidden if mark is Mark.HIDDEN else row.slideshow
            (marked if is_marked else without).append(row.id)
    on = bool(without)
    changed = without if on else marked
    set_mark(browser, event, changed, mark, on)
    return Marking(event, tuple(changed), mark, on)


def set_mark(
    browser: PhotoBrowser, event: EventId, photos: Sequence[PhotoId], mark: Mark, on: bool
) -> None:
    """Mark photos or take the mark off, some at a time; blocks."""
    store = browser.set_hidden if mark is Mark.HIDDEN else browser.set_slideshow
    for first in range(0, len(photos), _AT_ONCE):
        store(event, photos[first : first + _AT_ONCE], on)
