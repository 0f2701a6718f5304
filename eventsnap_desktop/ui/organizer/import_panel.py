"""Importing into the event: dropped or chosen, followed, stopped, and reported file by file."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.errors import Cancelled
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.flows.import_photos import ImportProgress, ImportReport
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.drop_zone import DropZone
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_MOST_LINES = 500
_MOST_SEEN = 7  # lines the list is high; more are scrolled


class ImportPanel(QWidget):
    """A place to drop photos on, and what became of them."""

    imported = Signal(object, object)
    """The Event and the ImportReport of an import that brought something."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job[ImportReport] | None = None
        self._waiting: list[tuple[Event, list[Path]]] = []
        self._zone = DropZone(
            self.tr("Drop photos, folders or ZIPs here: they are copied into the event."), "import"
        )
        self._files = button(self.tr("Import files…"))
        self._folder = button(self.tr("Import a folder…"))
        self._zone.row.addWidget(self._files)
        self._zone.row.addWidget(self._folder)
        self._text, self._bar = label("", "faint"), QProgressBar()
        self._bar.setRange(0, 0)
        self._cancel = button(self.tr("Stop importing"), "stop")
        self._progress = QWidget()
        inside = row(self._text, self._bar, self._cancel)
        inside.setContentsMargins(0, 0, 0, 0)
        self._progress.setLayout(inside)
        self._result, self._details = Banner(), QListWidget()
        self._details.setAccessibleName(self.tr("Files of the import"))
        self._details.setSpacing(3)
        self._lay_out()
        self._zone.dropped.connect(self.import_paths)
        self._files.clicked.connect(self._choose_files)
        self._folder.clicked.connect(self._choose_folder)
        self._cancel.clicked.connect(self._on_cancel)
        self._result.acted.connect(self._on_details)
        self._result.closed.connect(self._details.hide)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._zone, self._progress, self._result, self._details):
            column.addWidget(widget)
        self._progress.hide()
        self._details.hide()

    @property
    def result(self) -> str:
        """The sentence about the last import."""
        return self._result.text

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import into the event that is chosen now; during an import they wait for its end."""
        event = self._desk.current.chosen
        if not paths:
            return
        if event is None:
            self._result.say(self.tr("Choose an event first, then import into it."), "warning")
        elif not event.source:
            text = self.tr("This event has no photo source yet. Choose its folder below first.")
            self._result.say(text, "warning")
        elif self._job is not None:
            self._waiting.append((event, list(paths)))
        else:
            self._begin(event, list(paths))

    def _begin(self, event: Event, paths: list[Path]) -> None:
        self._result.hide()
        self._details.hide()
        self._text.setText(self.tr("Looking at the files…"))
        self._progress.show()
        self._job = self._desk.jobs.run(
            lambda report, cancel: self._desk.works.import_paths(event, paths, report, cancel),
            owner=self,
            lane="import",
            done=partial(self._on_done, event),
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _choose_files(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, self.tr("Import files"))
        self.import_paths([Path(file) for file in files])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Import a folder"))
        self.import_paths([Path(folder)] if folder else [])

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._waiting.clear()
            self._text.setText(self.tr("Stopping…"))
            self._job.stop()

    def _on_progress(self, progress: ImportProgress) -> None:
        text = self.tr("{seen} files looked at, {added} added")
        self._text.setText(text.format(seen=progress.seen, added=progress.added))
        self._text.setToolTip(progress.name)

    def _on_done(self, event: Event, report: ImportReport) -> None:
        self._end()
        refused = len(report.refused)
        left_out = sum(one.count for one in report.left_out)
        parts = [self.tr("%n photo(s) added", "", report.added)]
        if report.already_there:
            parts.append(self.tr("%n were there already", "", report.already_there))
        if left_out:
            parts.append(self.tr("%n left out", "", left_out))
        if refused:
            parts.append(self.tr("%n refused", "", refused))
        if report.cancelled:
            parts.append(self.tr("stopped before the end"))
        self._fill(report)
        tone = "warning" if refused or report.cancelled else "good"
        details = self.tr("Details") if self._details.count() else ""
        summary = f"{', '.join(parts)}."
        if event.id != self._desk.current.id:
            summary = self.tr("{event}: {what}").format(event=event.name, what=summary)
        self._result.say(summary, tone, details)
        if report.added:
            self.imported.emit(event, report)
        self._go_on()

    def _fill(self, report: ImportReport) -> None:
        self._details.clear()
        lines = [
            self.tr("Refused: {name} – {reason}").format(
                name=one.name, reason=in_window_language(one.reason)
            )
            for one in report.refused
        ]
        lines += [
            self.tr("Left out: {reason} ({count})").format(
                reason=in_window_language(one.reason), count=one.count
            )
            for one in report.left_out
        ]
        lines += [
            self.tr("Renamed: {name} is now {key}").format(name=one.name, key=one.key)
            for one in report.renamed
        ]
        self._details.addItems(lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            self._details.addItem(self.tr("… and %n more", "", len(lines) - _MOST_LINES))
        high = sum(
            self._details.sizeHintForRow(number) + 2 * self._details.spacing()
            for number in range(min(self._details.count(), _MOST_SEEN))
        )
        self._details.setFixedHeight(high + 2 * self._details.frameWidth() + 6)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._waiting.clear()
        if isinstance(error, Cancelled):
            self._result.say(self.tr("The import was stopped before it began."), "warning")
        else:
            self._result.say(sentence(error), "danger")

    def _end(self) -> None:
        self._job = None
        self._progress.hide()

    def _go_on(self) -> None:
        if self._waiting:
            self._begin(*self._waiting.pop(0))

    def _on_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
