"""Where a backup is made, what is in it and what is not, and how it is put back."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.domain.backups import BackupProgress, Manifest
from eventsnap_desktop.domain.errors import Cancelled
from eventsnap_desktop.flows.backup_places import photos_in
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, card, label, row

_READABLE = 860  # pixels a line of text is wide at most
_STEPS = 1000


class BackupView(QWidget):
    """A button that asks for a file, and how far the backup is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job[Manifest] | None = None
        self._dialog: QFileDialog | None = None
        self._begin = button(self.tr("Back up…"), "archive", "primary")
        self._stop, self._bar = button(self.tr("Stop"), "stop"), QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the backup is"))
        self._result, self._folders = Banner(), label("", wrap=True)
        self._lay_out()
        self._begin.clicked.connect(self._on_begin)
        self._stop.clicked.connect(self._on_stop)

    @property
    def result(self) -> str:
        """The sentence about the last backup."""
        return self._result.text

    def back_up(self, name: str) -> None:
        """Write a backup; a file of that name is replaced, which the dialog has asked about."""
        file = Path(name)
        self._result.hide()
        self._folders.hide()
        self._show_running(True)
        self._job = self._desk.jobs.run(
            lambda report, cancel: self._desk.works.back_up(file, report, cancel),
            owner=self,
            lane="backup",
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _lay_out(self) -> None:
        frame, column = card(spacing=10)
        frame.setMaximumWidth(_READABLE)
        texts = (
            self.tr(
                "Everything that cannot be made again, in one file: events, faces, consents, "
                "deliveries, links and settings. Kiosks and encoding may run on."
            ),
            self.tr(
                "No photo is in it: photos stay in their source. Nor are passwords and keys. It "
                "holds face vectors and addresses: keep it encrypted, and delete it with the event."
            ),
            self.tr(
                "Whoever is erased stays in backups made before: make a new one, delete the old."
            ),
            self.tr("To put it back into an empty data folder: eventsnap --restore FILE"),
        )
        column.addWidget(label(self.tr("Backup"), "heading"))
        for text in texts:
            column.addWidget(label(text, "faint", wrap=True))
        column.addLayout(row(self._begin, None))
        column.addLayout(row(self._bar, self._stop))
        column.addWidget(self._result)
        column.addWidget(self._folders)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(frame)
        outside.addStretch(1)
        self._folders.hide()
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        self._begin.setVisible(not running)
        self._bar.setValue(0)
        self._bar.setVisible(running)
        self._stop.setVisible(running)
        self._stop.setEnabled(True)

    def _on_begin(self) -> None:
        if self._dialog is None:
            documents = QStandardPaths.StandardLocation.DocumentsLocation
            folder = QStandardPaths.writableLocation(documents)
            filters = self.tr("Backups") + " (*.backup)"
            self._dialog = QFileDialog(self, self.tr("Back up into"), folder, filters)
            self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self._dialog.setDefaultSuffix("backup")
            self._dialog.fileSelected.connect(self.back_up)
        self._dialog.selectFile(f"eventsnap-{date.today():%Y-%m-%d}.backup")  # noqa: DTZ011 - the user's
        self._dialog.open()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._job.stop()

    def _on_progress(self, progress: BackupProgress) -> None:
        self._bar.setValue(progress.done * _STEPS // max(1, progress.total))

    def _on_done(self, manifest: Manifest) -> None:
        self._end()
        events = self.tr("%n event(s)", "", len(manifest.events))
        faces = self.tr("%n face(s)", "", manifest.faces)
        said = self.tr("Backed up: {events}, {faces}.").format(events=events, faces=faces)
        self._result.say(said, "good")
        folders = photos_in(Path(manifest.surroundings.home), manifest.events)
        if folders:
            lines = [f"{one.event}: {one.folder}" for one in folders]
            self._folders.setText(
                "\n".join([self.tr("These photos lie in the data folder: copy them too."), *lines])
            )
            self._folders.show()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._result.say(self.tr("Stopped; there is no backup."), "warning")
        else:
            self._result.say(sentence(error), "danger")

    def _end(self) -> None:
        self._job = None
        self._show_running(False)
