"""Making an event, or changing one: name, code, photo source, and how long it is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.desk import Works
from eventsnap_desktop.ui.organizer.event_codes import code_for
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_KEPT_FOR = 90  # days


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What the form says; ``code`` cannot be changed once the event is there."""

    code: str
    details: EventDetails


class EventForm(QDialog):
    """Checks the source before it says yes; a folder of the program's own is made if need be."""

    agreed = Signal(object)
    """The EventDraft, checked."""

    def __init__(
        self,
        jobs: Jobs,
        works: Works,
        photos_folder: Path,
        draft: EventDraft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._works, self._photos_folder, self._old = jobs, works, photos_folder, draft
        self.setWindowTitle(self.tr("New event") if draft is None else self.tr("Edit event"))
        self.setMinimumWidth(560)
        self.name, self.code, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.kept, self.until = QCheckBox(self.tr("Delete the index after")), QDateEdit()
        self._browse, self._check = button(self.tr("Choose…"), "folder"), button(self.tr("Check"))
        self._cancel = button(self.tr("Cancel"))
        self.ok = button(self.tr("Create") if draft is None else self.tr("Save"), kind="primary")
        self.banner, self.note = Banner(), label("", "small", wrap=True)
        self._code_typed = self._source_typed = draft is not None
        self._lay_out()
        self._fill(draft)
        self._connect()
        self._on_changed()
        self._on_kept()

    def _lay_out(self) -> None:
        self.code.setMaxLength(64)
        self.until.setCalendarPopup(True)
        self.source.setPlaceholderText(self.tr("a folder, or minio://bucket/prefix"))
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Code"), self.code)
        source = QHBoxLayout()
        for widget in (self.source, self._browse, self._check):
            source.addWidget(widget, 1 if widget is self.source else 0)
        form.addRow(self.tr("Photos from"), source)
        form.addRow("", row(self.kept, self.until, None))
        form.addRow("", self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(16)
        column.addWidget(label(self.windowTitle(), "title"))
        column.addWidget(self.banner)
        column.addLayout(form)
        column.addLayout(row(None, self._cancel, self.ok))
        self.ok.setDefault(True)

    def _fill(self, draft: EventDraft | None) -> None:
        until = datetime.now().astimezone() + timedelta(days=_KEPT_FOR)
        if draft is not None:
            self.name.setText(draft.details.name)
            self.code.setText(draft.code)
            self.code.setEnabled(False)
            self.source.setText(draft.details.source)
            kept = draft.details.keep_until
            self.kept.setChecked(kept is not None)
            until = kept.astimezone() if kept is not None else until
        else:
            self.kept.setChecked(True)
        self.until.setDate(QDate(until.year, until.month, until.day))
        self.until.setEnabled(self.kept.isChecked())

    def _connect(self) -> None:
        self.name.textEdited.connect(self._on_name)
        self.code.textEdited.connect(self._on_code)
        self.source.textEdited.connect(self._on_source)
        self.kept.toggled.connect(self.until.setEnabled)
        self.kept.toggled.connect(self._on_kept)
        self.until.dateChanged.connect(self._on_kept)
        self._browse.clicked.connect(self._choose_folder)
        self._check.clicked.connect(self._check_only)
        self._cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self._agree)

    def draft(self) -> EventDraft:
        """Return what the form says; UsageError when it cannot be so."""
        name = self.name.text().strip()
        if not name:
            raise UsageError(self.tr("The event needs a name"))
        day = self.until.date()
        end = datetime(day.year(), day.month(), day.day(), 23, 59).astimezone()
        until = end.astimezone(UTC) if self.kept.isChecked() else None
        cover = self._old.details.cover if self._old is not None else None
        return EventDraft(
            checked_code(self.code.text()),
            EventDetails(name, self.source.text().strip(), until, cover),
        )

    def complain(self, error: Exception) -> None:
        """Say what is wrong; the form stays open."""
        self.banner.say(sentence(error), "danger")
        self.ok.setEnabled(True)

    def _on_name(self, text: str) -> None:
        if not self._code_typed:
            self.code.setText(code_for(text))
        self._on_changed()

    def _on_code(self) -> None:
        self._code_typed = True
        self._on_changed()

    def _on_source(self) -> None:
        self._source_typed = True
        self._on_changed()

    def _on_kept(self) -> None:
        """Say what the program will do by itself."""
        short = self.tr("Short times are kinder to your guests.")
        if not self.kept.isChecked():
            text = f"{self.tr('The index is kept until you delete it.')} {short}"
        elif self.until.date() < QDate.currentDate():
            text = self.tr(
                "That day is over: within a day of saving the program deletes the index by itself. "
                "To keep the event, choose a later day."
            )
        else:
            what = self.tr(
                "When that day is over, the program deletes the index by itself: faces, consents, "
                "links, and deliveries, made or not. The photos stay where they are. The event's "
                "card says so a week before; until then you can choose another day."
            )
            text = f"{what} {short}"
        self.note.setText(text)

    def _on_changed(self) -> None:
        if not self._source_typed:
            code = self.code.text()
            self.source.setText(str(self._photos_folder / code) if code else "")
        wrong = ""
        try:
            checked_code(self.code.text())
        except UsageError as error:
            wrong = in_window_language(str(error)) if self.code.text() else ""
        self.code.setToolTip(wrong)
        if self.code.property("invalid") != bool(wrong):
            self.code.setProperty("invalid", bool(wrong))
            restyle(self.code)
        filled = bool(self.name.text().strip() and self.code.text() and self.source.text().strip())
        self.ok.setEnabled(filled and not wrong)
        self._check.setEnabled(bool(self.source.text().strip()))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the photos"))
        if folder:
            self.source.setText(folder)
            self._on_source()

    def _check_only(self) -> None:
        uri = self.source.text().strip()
        self._jobs.call(
            lambda: self._look_at(uri), owner=self, done=self._on_checked, failed=self.complain
        )

    def _on_checked(self, uri: str) -> None:
        self.banner.say(self.tr("{source} can be read.").format(source=uri), "good")

    def _agree(self) -> None:
        try:
            draft = self.draft()
        except EventSnapError as error:
            self.complain(error)
            return
        self.ok.setEnabled(False)
        self._jobs.call(
            lambda: self._look_at(draft.details.source),
            owner=self,
            done=lambda uri: self._on_source_good(draft, uri),
            failed=self.complain,
        )

    def _on_source_good(self, draft: EventDraft, uri: str) -> None:
        old = draft.details
        details = EventDetails(old.name, uri, old.keep_until, old.cover)
        self.agreed.emit(EventDraft(draft.code, details))

    def _look_at(self, uri: str) -> str:
        """Check the source, making the program's own folder first; runs in a job."""
        own = self._photos_folder
        if "://" not in uri and Path(uri).parent == own:
            Path(uri).mkdir(parents=True, exist_ok=True)
        source = self._works.open_source(uri)
        source.check()
        return source.uri
