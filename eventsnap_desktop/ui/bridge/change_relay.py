"""Brings the database's notices to the widgets, gathered so that a busy encode does not flood."""

import logging
from threading import Lock

from PySide6.QtCore import QObject, QTimer, Signal

from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.organizer_ports import ChangeFeed
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs

log = logging.getLogger(__name__)

_TELL_EVERY = 250  # milliseconds


class ChangeRelay(QObject):
    """Listens on a thread of its own; tells on the GUI thread at most four times a second."""

    changed = Signal(object)
    """A tuple of Notices, none twice; those about photos of one event are joined into one."""
    database_here = Signal(bool)
    """False when the database is lost, True when it is there again."""

    def __init__(self, feed: ChangeFeed, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._jobs = feed, jobs
        self._lock = Lock()
        self._waiting: list[Notice] = []
        self._states: list[bool] = []
        self._job: Job[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_EVERY)
        self._timer.timeout.connect(self._tell)

    def start(self) -> None:
        """Begin to listen."""
        self._job = self._jobs.run(self._listen, owner=self, lane="changes")
        self._timer.start()

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _listen(self, _report: object, cancel: Cancel) -> None:
        self._feed.listen(self._note, self._note_state, cancel)

    def _note(self, notice: Notice) -> None:
        with self._lock:
            self._waiting.append(notice)

    def _note_state(self, here: bool) -> None:
        with self._lock:
            self._states.append(here)

    def _tell(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
            states, self._states = self._states, []
        for here in states[-1:]:
            self.database_here.emit(here)
        if waiting:
            self.changed.emit(joined(waiting))


def joined(notices: list[Notice]) -> tuple[Notice, ...]:
    """Return the notices without repeats, photos of one event in one."""
    photos: dict[object, dict[object, None]] = {}
    others: dict[Notice, None] = {}
    for notice in notices:
        if notice.subject is Subject.PHOTOS and notice.photos:
            photos.setdefault(notice.event, {}).update(dict.fromkeys(notice.photos))
        else:
            others[notice] = None
    gathered = [
        Notice(Subject.PHOTOS, event, tuple(ids))  # type: ignore[arg-type] # as they came in
        for event, ids in photos.items()
    ]
    return (*gathered, *others)
