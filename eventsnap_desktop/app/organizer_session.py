"""From start to end of the organizer's program: first steps, opening, window, closing."""

import asyncio
import logging
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.delivering import start_delivering
from eventsnap_desktop.app.expiring import expiry_of
from eventsnap_desktop.app.first_steps import FirstStepsWorks
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.organizer_expiry import WindowExpiry
from eventsnap_desktop.app.sample_event import make_sample_event
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.overview import EventDetails, EventOverview
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import LoadedSettings, load_settings
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs
from eventsnap_desktop.ui.organizer.assistant import Assistant, AssistantAnswer
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets.language import LANGUAGES
from eventsnap_desktop.ui.widgets.pieces import paint_icons_again
from eventsnap_desktop.ui.widgets.start_screen import StartScreen
from eventsnap_desktop.ui.widgets.theme import Theme

log = logging.getLogger(__name__)

SAMPLE_CODE = "sample"
_OPENS_WITHIN = 330.0  # seconds: what is half open must open before it can be closed again


class OrganizerSession(QObject):
    """Owns everything that is open, and closes it in the right order."""

    ended = Signal()
    ready = Signal()
    """The window can be used."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, loaded: LoadedSettings, theme: Theme
    ) -> None:
        super().__init__()
        self._loop, self._loaded, self._theme = loop, loaded, theme
        self._stack = ExitStack()
        self._jobs = Jobs(loop, self)
        self._screen = StartScreen()
        self._assistant: Assistant | None = None
        self._answer: AssistantAnswer | None = None
        self._opening: Job[Index] | None = None
        self.window: OrganizerWindow | None = None
        self._screen.again.connect(self._open)
        self._screen.set_up.connect(self._show_assistant)
        self._screen.quit_wanted.connect(self.end)
        self._theme.changed.connect(self._on_theme)

    def start(self) -> None:
        """Begin with the first steps on a new machine, else open at once."""
        if self._is_first_run():
            self._show_assistant()
        else:
            self._open()

    @property
    def working(self) -> tuple[str, ...]:
        """The names of threads that did not end in time; none where all is well."""
        return self._jobs.working

    def end(self) -> None:
        """Close whatever is open, without a question: who tells us to end does not wait long."""
        if self.window is not None:
            self.window.close_at_once()
            return
        self._screen.hide()
        if self._opening is not None and self._opening.is_running:
            self._jobs.close(_OPENS_WITHIN)
        else:
            self._jobs.close()
        self._finish()

    def _is_first_run(self) -> bool:
        settings = self._loaded.settings
        database = settings.database
        own = database.url is not None or database.url_in_keyring
        used = (settings.home / "database").exists() or self._loaded.file.exists()
        return not own and not used

    def _show_assistant(self) -> None:
        self._screen.hide()
        steps = FirstStepsWorks(self._loaded)
        self._assistant = Assistant(self._jobs, steps)
        self._assistant.finished_steps.connect(self._on_first_steps)
        self._assistant.rejected.connect(self.end)
        self._assistant.show()

    def _on_first_steps(self, answer: AssistantAnswer) -> None:
        self._answer = answer
        if self._assistant is not None:
            self._assistant.hide()
            self._assistant.deleteLater()
            self._assistant = None
        self._loaded = load_settings({"home": self._loaded.settings.home})
        self._open()

    def _open(self) -> None:
        self._screen.show_busy(self.tr("Opening the database…"))
        self._screen.show()
        self._opening = self._jobs.call(
            self._open_index,
            owner=self,
            lane="opening",
            done=self._on_opened,
            failed=self._on_not_opened,
        )

    def _open_index(self) -> Index:
        return self._stack.enter_context(Program(self._loaded.settings).open_index())

    def _on_not_opened(self, error: Exception) -> None:
        log.warning("the database was not opened: %s", type(error).__name__)
        self._screen.show_error(sentence(error))

    def _on_opened(self, index: Index) -> None:
        program = Program(self._loaded.settings)
        works = DeskWorks(program, self._loaded, index)
        sharing = Sharing(program)
        self._stack.callback(sharing.stop)
        desk = make_desk(works, self._loaded, index, self._jobs, self, sharing)
        memory = QSettings(
            str(self._loaded.settings.home / "window.ini"), QSettings.Format.IniFormat
        )
        self.window = OrganizerWindow(desk, memory)
        self.window.closed.connect(self._finish)
        self.window.sample_wanted.connect(self._make_sample)
        self.window.appearance_changed.connect(self._on_appearance)
        desk.changes.start()
        sharing.begin()
        link = sharing.link if sharing.is_wanted else None
        start_delivering(self._jobs, self, program, index, link)
        WindowExpiry(expiry_of(program, index).look, self.window, self).start()
        self.window.show()
        self._screen.hide()
        log.info("the window is open")
        self.ready.emit()
        self._follow_first_steps()

    def _follow_first_steps(self) -> None:
        answer, self._answer = self._answer, None
        if answer is None or self.window is None:
            return
        if answer.sample_wanted:
            self._make_sample()
        elif answer.event is not None:
            self._add_event(*answer.event)

    def _add_event(self, code: str, details: EventDetails) -> None:
        assert self.window is not None
        self._jobs.call(
            lambda: self._added(code, details),
            owner=self,
            done=self._on_added,
            failed=self._on_not_added,
        )

    def _make_sample(self) -> None:
        folder = self._loaded.settings.home / "photos" / SAMPLE_CODE
        if self.window is not None:
            self.window.say(self.tr("Making the sample photos…"))
        self._jobs.call(
            lambda: self._sample(folder),
            owner=self,
            done=self._on_added,
            failed=self._on_not_added,
        )

    def _sample(self, folder: Path) -> EventOverview:
        make_sample_event(folder)
        return self._added(SAMPLE_CODE, EventDetails("Sample event", str(folder), None, None))

    def _added(self, code: str, details: EventDetails) -> EventOverview:
        desk = self._desk()
        there = [one for one in desk.organizing.overviews(True) if one.event.code == code]
        event = there[0].event if there else desk.organizing.add(code, details)
        return desk.organizing.overview(event.id)

    def _on_added(self, overview: EventOverview) -> None:
        if self.window is None:
            return
        self._desk().current.show(overview)
        self.window.show_page("photos")
        self.window.encodings.start(overview.event, False)

    def _on_not_added(self, error: Exception) -> None:
        if self.window is not None:
            self.window.say(sentence(error))

    def _desk(self) -> Desk:
        assert self.window is not None
        return self.window.desk

    def _on_appearance(self, theme: str, language: str) -> None:
        self._theme.choose(theme)
        if language in LANGUAGES and self.window is not None:
            self.window.say(self.tr("The language changes at the next start."))

    def _on_theme(self) -> None:
        if self.window is not None:
            self.window.paint_icons()
            paint_icons_again(self.window)

    def _finish(self) -> None:
        self._screen.hide()
        self._stack.close()
        self.ended.emit()
