"""Copies a person's photos into a folder or a ZIP, with progress and a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.export import (
    ExportProgress,
    ExportReport,
    export_to_folder,
    export_to_zip,
)
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, row


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Which photos can be exported, as keys."""

    sure: tuple[str, ...]
    with_maybe: tuple[str, ...]
    selected: tuple[str, ...]


class ExportDialog(QDialog):
    """Closing it while it works stops the export after the photo in work."""

    def __init__(
        self, desk: Desk, event: Event, choice: ExportChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export photos"))
        self._desk, self._event = desk, event
        self._job: Job[ExportReport] | None = None
        self.report: ExportReport | None = None
        self._may_replace = ""
        self._choices: dict[QRadioButton, Sequence[str]] = {}
        self._whats = self._choose_what(choice)
        self.to_folder = QRadioButton(self.tr("A folder"))
        self.to_zip = QRadioButton(self.tr("One ZIP file"))
        self.place = QLineEdit()
        self.browse = button(self.tr("Choose …"), "folder")
        self.banner, self.progress = Banner(), QProgressBar()
        self._now, self.failures = label("", "small"), QPlainTextEdit()
        self.close_button = button(self.tr("Close"))
        self.stop = button(self.tr("Stop"), "stop")
        self.start = button(self.tr("Export"), "export", "primary")
        self._lay_out()
        self._connect()
        self.to_folder.setChecked(True)
        self._on_kind()

    def _choose_what(self, choice: ExportChoice) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        counted = self._texts(choice)
        for text, keys in counted:
            made = QRadioButton(text)
            made.setEnabled(bool(keys))
            self._choices[made] = keys
            column.addWidget(made)
        usable = [made for made, keys in self._choices.items() if keys]
        if usable:
            usable[-1 if choice.selected else 0].setChecked(True)
        return group

    def _texts(self, choice: ExportChoice) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (self.tr("The sure photos (%n)", "", len(choice.sure)), choice.sure),
            (
                self.tr("The sure and the possible photos (%n)", "", len(choice.with_maybe)),
                choice.with_maybe,
            ),
            (self.tr("The selected photos (%n)", "", len(choice.selected)), choice.selected),
        ]

    def _lay_out(self) -> None:
        self.place.setAccessibleName(self.tr("Where to"))
        self.failures.setReadOnly(True)
        self.failures.setAccessibleName(self.tr("Photos that were not exported"))
        self.failures.setMaximumHeight(130)
        group = QWidget()
        kinds = row(self.to_folder, self.to_zip, None, spacing=20)
        kinds.setContentsMargins(0, 0, 0, 0)
        group.setLayout(kinds)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Which photos"), "heading"))
        column.addWidget(self._whats)
        column.addWidget(label(self.tr("Where to"), "heading"))
        column.addWidget(group)
        column.addLayout(row(self.place, self.browse))
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        column.addWidget(self._now)
        column.addWidget(self.failures)
        column.addStretch(1)
        column.addLayout(row(None, self.close_button, self.stop, self.start))
        for widget in (self.progress, self._now, self.failures, self.stop):
            widget.hide()
        self.place.setMinimumWidth(380)
        self.start.setDefault(True)

    def _connect(self) -> None:
        self.to_folder.toggled.connect(self._on_kind)
        self.place.textChanged.connect(self._on_place)
        self.browse.clicked.connect(self._on_browse)
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._on_stop)
        self.close_button.clicked.connect(self.reject)
        self.banner.acted.connect(self._on_replace)

    def keys(self) -> Sequence[str]:
        """Return the keys of the photos that are chosen."""
        for made, keys in self._choices.items():
            if made.isChecked():
                return keys
        return ()

    def done(self, result: int) -> None:
        """Close; a running export is stopped, and what it wrote stays."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def _on_kind(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = Path(self.place.text()).parent if self.place.text() else Path(pictures)
        name = self.tr("{event} photos").format(event=self._event.code)
        self.place.setText(str(folder / (name if self.to_folder.isChecked() else f"{name}.zip")))

    def _on_place(self) -> None:
        self.start.setEnabled(bool(self.place.text().strip()) and bool(self.keys()))

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where to"), self.place.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.to_folder.isChecked():
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, place: str) -> None:
        self._may_replace = place  # the file dialog asked already
        self.place.setText(place)

    def _on_replace(self) -> None:
        self._may_replace = self.place.text()
        self._on_start()

    def _on_start(self) -> None:
        place = Path(self.place.text().strip()).expanduser()
        old = self.to_zip.isChecked() and self.place.text() != self._may_replace and place.exists()
        if old:
            said = self.tr("There is a file of this name already.")
            self.banner.say(said, "warning", self.tr("Replace it"), closable=False)
            return
        work = export_to_folder if self.to_folder.isChecked() else export_to_zip
        self._show_working(True)
        self._job = self._desk.jobs.run(
            partial(self._export, work, tuple(self.keys()), place),
            owner=self,
            lane="export",
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _export(
        self,
        work: Callable[..., ExportReport],
        keys: Sequence[str],
        place: Path,
        report: Callable[[ExportProgress], None],
        cancel: Cancel,
    ) -> ExportReport:
        source = self._desk.works.open_source(self._event.source)
        return work(keys, source, place, report, cancel)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
        self.stop.setEnabled(False)

    def _on_progress(self, progress: ExportProgress) -> None:
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)
        text = self.tr("{done} of {total}").format(done=progress.done, total=progress.total)
        self._now.setText(text)

    def _on_done(self, report: ExportReport) -> None:
        self._show_working(False)
        self.report = report
        self.banner.say(self._said(report), self._tone(report), closable=False)
        self.failures.setPlainText("\n".join(f"{one.key}: {one.reason}" for one in report.failed))
        self.failures.setVisible(bool(report.failed))

    def _on_failed(self, error: Exception) -> None:
        self._show_working(False)
        self.banner.say(sentence(error), "danger", closable=False)

    def _said(self, report: ExportReport) -> str:
        parts = [self.tr("%n photo(s) exported.", "", report.exported)]
        if report.cancelled and not self.to_folder.isChecked():
            parts = [self.tr("Stopped; no ZIP was made.")]
        elif report.cancelled:
            parts.append(self.tr("Stopped; export again to go on."))
        if report.already_there:
            parts.append(self.tr("%n photo(s) were there already.", "", report.already_there))
        if report.failed:
            parts.append(self.tr("%n photo(s) could not be exported.", "", len(report.failed)))
        return " ".join(parts)

    def _tone(self, report: ExportReport) -> str:
        return "warning" if report.failed or report.cancelled else "good"

    def _show_working(self, working: bool) -> None:
        for widget in (self.progress, self._now, self.stop):
            widget.setVisible(working)
        self.stop.setEnabled(working)
        self.start.setVisible(not working)
        for field in (self._whats, self.place, self.browse, self.to_folder, self.to_zip):
            field.setEnabled(not working)
        self.progress.setRange(0, 0)
        self._now.setText("")
        if working:
            self.banner.hide()
            self.failures.hide()
