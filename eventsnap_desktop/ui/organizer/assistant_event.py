"""The assistant's third step: try the sample event, create one, or go on without."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.event_codes import code_for
from eventsnap_desktop.ui.organizer.event_source import SourceField
from eventsnap_desktop.ui.organizer.first_steps import FirstSteps
from eventsnap_desktop.ui.widgets.choice_card import ChoiceCard
from eventsnap_desktop.ui.widgets.pieces import label
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_LONGEST_NAME = 120


class EventStep(QWidget):
    """Three choices; the second with a name, a code and where the photos come from."""

    changed = Signal()
    checked = Signal(bool)
    """Whether the source of the event can be used."""

    def __init__(self, jobs: Jobs, steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos, self._bucket = steps.home / "photos", ""
        self._own_code = self._own_source = False
        self.name, self.code = QLineEdit(), QLineEdit()
        self.source = SourceField(jobs, steps.open_source, self._photos)
        self.code_said = label("", "danger", wrap=True)
        self.sample = ChoiceCard(
            self.tr("Try it with a sample event"),
            self.tr("A few sample photos, made on this computer. Delete it when you like."),
        )
        self.own = ChoiceCard(
            self.tr("Create my first event"),
            self.tr("With photos from a folder or a bucket; more may arrive all evening."),
            self._filled_fields(),
        )
        self.skip = ChoiceCard(
            self.tr("Decide later"), self.tr("The window opens with an empty list of events.")
        )
        self._choices = QButtonGroup(self)
        self._arrange()
        self.sample.choose()
        for choice in (self.sample, self.own, self.skip):
            choice.toggled.connect(self._on_changed)
        self.name.textEdited.connect(self._on_name)
        self.code.textEdited.connect(self._on_code)
        self.source.address.textEdited.connect(self._on_source)
        self.source.edited.connect(self._on_changed)
        self.source.checked.connect(self.checked)

    @property
    def is_ready(self) -> bool:
        """Whether what is filled in is enough."""
        if not self.own.is_chosen:
            return True
        return not code_problem(self.code.text()) and bool(self.source.uri)

    @property
    def event_wanted(self) -> tuple[str, EventDetails] | None:
        """The event to create, None where none is."""
        if not self.own.is_chosen:
            return None
        code = self.code.text().strip()
        name = self.name.text().strip() or code
        return code, EventDetails(name, self.source.uri, None, None)

    def use_bucket(self, bucket: str) -> None:
        """Propose a place in a bucket, "" for a folder, as long as none was typed."""
        self._bucket = bucket
        self._propose_source()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Your first event"), "title"))
        column.addWidget(
            label(self.tr("An event is a set of photos that guests search together."), "faint")
        )
        column.addSpacing(6)
        for choice in (self.sample, self.own, self.skip):
            self._choices.addButton(choice.radio)
            column.addWidget(choice)
        column.addStretch(1)

    def _filled_fields(self) -> QWidget:
        self.name.setPlaceholderText(self.tr("Summer party"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.code.setPlaceholderText(self.tr("summer-party"))
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(26, 0, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name"), self.name),
            (self.tr("Code"), self.code),
            (self.tr("Photos"), self.source),
        )
        for line, (text, field) in zip((0, 1, 3), fields, strict=True):
            name = label(text, "faint")
            name.setBuddy(field)
            field.setAccessibleName(text)
            name.setFixedHeight(self.name.sizeHint().height())
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, line, 1)
        grid.addWidget(self.code_said, 2, 1)
        self.code_said.hide()
        return made

    def _on_name(self) -> None:
        if not self._own_code:
            self.code.setText(code_for(self.name.text()))
        self._propose_source()
        self._on_changed()

    def _on_code(self) -> None:
        self._own_code = bool(self.code.text())
        self._propose_source()
        self._on_changed()

    def _on_source(self) -> None:
        self._own_source = bool(self.source.uri)

    def _propose_source(self) -> None:
        code = self.code.text().strip()
        if self._own_source or (not self.source.uri and not code):
            return
        proposed = f"minio://{self._bucket}/{code}" if self._bucket else str(self._photos / code)
        self.source.show_uri(proposed if code else "")

    def _on_changed(self) -> None:
        problem = code_problem(self.code.text()) if self.code.text() else ""
        self.code_said.setText(problem)
        self.code_said.setVisible(bool(problem))
        self.changed.emit()


def code_problem(text: str) -> str:
    """Return what is wrong with an event's code, "" for nothing."""
    try:
        checked_code(text)
    except UsageError as error:
        return in_window_language(error.advice)
    return ""
