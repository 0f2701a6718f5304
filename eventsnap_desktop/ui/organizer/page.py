"""What every page of the organizer's window has in common."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.widgets.page_frame import PageFrame
from eventsnap_desktop.ui.widgets.sentences import in_window_language


class OrganizerPage(PageFrame):
    """A page; it loads what it shows by jobs when it comes to be seen or when something changed.

    Override ``refresh`` (load again by jobs), ``show_event`` (another event, or its figures
    changed) and ``interests`` (the subjects whose changes make a visible page refresh).
    """

    asked = Signal(str)
    """Another page is wanted, by its name in window.py: "events", "photos", "encode", ..."""
    did = Signal(object)
    """Something was done: (sentence, function that takes it back or None), for the toast."""

    interests: frozenset[Subject] = frozenset()

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.desk = desk
        self._stale = True
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # its keys work before anything is clicked
        desk.current.changed.connect(self._on_event)
        desk.changes.changed.connect(self._on_changes)

    def refresh(self) -> None:
        """Load what the page shows."""

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event, or its new figures; the page may be hidden."""

    def complain(self, error: Exception) -> None:
        """Say in the page's banner what went wrong; use it as a job's ``failed``."""
        self.banner.say(sentence(error), "danger")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stay as it is; changes from now on are seen at the next show."""
        super().hideEvent(event)

    def _on_event(self, overview: object) -> None:
        self.show_event(overview if isinstance(overview, EventOverview) else None)

    def _on_changes(self, notices: tuple[Notice, ...]) -> None:
        wanted = self.interests | {Subject.EVERYTHING}
        event = self.desk.current.id
        mine = [one for one in notices if one.subject in wanted and one.event in {None, event}]
        if not mine:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


def sentence(error: Exception) -> str:
    """Return what a person is told about an error: the program's own words, or that it is a bug."""
    if isinstance(error, EventSnapError):
        return in_window_language(str(error))
    return in_window_language(
        f"Something unexpected went wrong ({type(error).__name__}). The log page has the details."
    )
