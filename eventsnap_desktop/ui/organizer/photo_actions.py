"""What can be done with photos: hide or show them again, try them again, open their folder."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Hiding:
    """Which photos of which event were hidden, or shown again."""

    event: EventId
    photos: tuple[PhotoId, ...]
    hidden: bool


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

    def toggle_hidden(self, event: Event, photos: NDArray[np.int64]) -> None:
        """Hide photos from every gallery; where all of them are hidden, show them again."""
        ids = [PhotoId(one) for one in photos.tolist()]
        if ids:
            self._jobs.call(
                partial(toggle_hidden, self._browser, event.id, ids),
                owner=self,
                done=self._on_hidden,
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

    def _on_hidden(self, done: Hiding) -> None:
        count = len(done.photos)
        if not count:
            return
        said = self.tr("%n photo(s) shown in galleries again.", "", count)
        if done.hidden:
            said = self.tr("%n photo(s) hidden from every gallery.", "", count)
        self.did.emit((said, partial(self._take_back, done)))

    def _take_back(self, done: Hiding) -> None:
        self._jobs.call(
            partial(set_hidden, self._browser, done.event, done.photos, not done.hidden),
            owner=self,
            failed=self.failed.emit,
        )


def toggle_hidden(browser: PhotoBrowser, event: EventId, photos: Sequence[PhotoId]) -> Hiding:
    """Hide those photos that are not hidden, or show all again if all are; blocks."""
    open_: list[PhotoId] = []
    hidden: list[PhotoId] = []
    for first in range(0, len(photos), _AT_ONCE):
        for row in browser.rows(event, photos[first : first + _AT_ONCE]):
            (hidden if row.hidden else open_).append(row.id)
    hide = bool(open_)
    changed = open_ if hide else hidden
    set_hidden(browser, event, changed, hide)
    return Hiding(event, tuple(changed), hide)


def set_hidden(
    browser: PhotoBrowser, event: EventId, photos: Sequence[PhotoId], hidden: bool
) -> None:
    """Hide photos or show them again, some at a time; blocks."""
    for first in range(0, len(photos), _AT_ONCE):
        browser.set_hidden(event, photos[first : first + _AT_ONCE], hidden)
