"""The first-run assistant: three calm steps from nothing to a first event."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.assistant_event import EventStep
from eventsnap_desktop.ui.organizer.assistant_models import ModelsStep
from eventsnap_desktop.ui.organizer.assistant_storage import StorageStep
from eventsnap_desktop.ui.organizer.first_steps import FirstSteps
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import badge, button, row, set_tone
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn

_STORAGE, _MODELS, _EVENT = range(3)


@dataclass(frozen=True, slots=True)
class AssistantAnswer:
    """What to begin with: the sample event, an event to create by code and details, or neither."""

    sample_wanted: bool
    event: tuple[str, EventDetails] | None


class Assistant(QDialog):
    """Works before any database is there; Escape or closing it is ``rejected``."""

    finished_steps = Signal(object)
    """An AssistantAnswer; everything else is saved by then."""

    def __init__(self, jobs: Jobs, steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome to EventSnap"))
        self.resize(820, 720)
        self.setMinimumSize(680, 560)
        self.storage = StorageStep(jobs, steps)
        self.models = ModelsStep(jobs, steps)
        self.event_step = EventStep(jobs, steps)
        self.banner, self._stack = Banner(), QStackedWidget()
        self.back, self.forward = button(self.tr("Back")), button("", kind="primary")
        self._marks = [
            badge(self.tr("1  Database and photos")),
            badge(self.tr("2  Recognition")),
            badge(self.tr("3  First event")),
        ]
        self._busy = self._source_refused = False
        self._arrange()
        self._connect()
        self._show_step(_STORAGE)

    def done(self, result: int) -> None:
        """Close, and stop what is being fetched."""
        self.models.close_down()
        super().done(result)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._stack.currentIndex()

    def _arrange(self) -> None:
        for page in (self.storage, self.models, self.event_step):
            scroll = ScrollColumn()
            scroll.column.addWidget(page)
            self._stack.addWidget(scroll)
        head = QHBoxLayout()
        head.setSpacing(8)
        for mark in self._marks:
            head.addWidget(mark)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 26, 32, 24)
        column.setSpacing(18)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.banner)
        column.addLayout(row(self.back, None, self.forward))
        self.forward.setDefault(True)
        self.back.setAutoDefault(False)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        self.storage.kept.connect(self._on_kept)
        self.models.kept.connect(self._on_kept)
        self.storage.refused.connect(self._on_refused)
        self.models.refused.connect(self._on_refused)
        self.models.changed.connect(self._show_buttons)
        self.event_step.changed.connect(self._on_event_changed)
        self.event_step.checked.connect(self._on_checked)

    def _show_step(self, number: int) -> None:
        self.banner.hide()
        self._busy = self._source_refused = False
        self._stack.setCurrentIndex(number)
        for one, mark in enumerate(self._marks):
            set_tone(mark, "accent" if one == number else "good" if one < number else "")
        if number == _MODELS:
            self.models.load()
        if number == _EVENT:
            self.event_step.use_bucket(self._bucket())
        self._show_buttons()
        (self.forward if self.forward.isEnabled() else self.models.agreed).setFocus()

    def _bucket(self) -> str:
        servers = self.storage.servers
        return servers.bucket if servers.endpoint else ""

    def _show_buttons(self) -> None:
        ready = (True, self.models.is_ready, self.event_step.is_ready)[self.step]
        self.back.setVisible(self.step > _STORAGE)
        self.back.setEnabled(not self._busy and not self.models.is_fetching)
        self.forward.setEnabled(ready and not self._busy)
        self.forward.setText(self.tr("Continue") if self.step < _EVENT else self._last_word())

    def _last_word(self) -> str:
        if self._source_refused:
            return self.tr("Create anyway")
        return self.tr("Start")

    def _on_back(self) -> None:
        self._show_step(self.step - 1)

    def _on_forward(self) -> None:
        self.banner.hide()
        if self.step == _EVENT:
            self._end()
            return
        self._busy = True
        self._show_buttons()
        if self.step == _STORAGE:
            self.storage.keep()
        else:
            self.models.keep()

    def _on_kept(self) -> None:
        if self._busy:
            self._show_step(self.step + 1)

    def _on_refused(self, text: str) -> None:
        self._busy = False
        self.banner.say(text, "danger")
        self._show_buttons()

    def _on_event_changed(self) -> None:
        self._source_refused = False
        self._show_buttons()

    def _on_checked(self, usable: bool) -> None:
        ending, self._busy = self._busy, False
        self._source_refused = not usable
        self._show_buttons()
        if ending and usable:
            self._answer()

    def _end(self) -> None:
        if self.event_step.event_wanted is None or self._source_refused:
            self._answer()
            return
        self._busy = True
        self._show_buttons()
        self.event_step.source.run_check()

    def _answer(self) -> None:
        answer = AssistantAnswer(self.event_step.sample.is_chosen, self.event_step.event_wanted)
        self.finished_steps.emit(answer)
