"""Copies a person's or an event's photos into a folder or a ZIP, with progress and a report."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.event_branding import event_branding
from eventsnap_desktop.flows.export import (
    ExportProgress,
    ExportReport,
    export_to_folder,
    export_to_zip,
)
from eventsnap_desktop.flows.export_place import free_bytes
from eventsnap_desktop.flows.export_wish import ExportWish, how_to_export, wanted_photos
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.durations import in_words
from eventsnap_desktop.ui.organizer.export_form import ExportForm, ExportGroup
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_MEASURE_AFTER = 250  # milliseconds without a change
_STEPS = 1000  # of the progress bar: bytes of an event are too many for it


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Which photos can be exported: a person's ``sure`` ones and so on, or an ``event``'s."""

    sure: tuple[PhotoId, ...] = ()
    with_maybe: tuple[PhotoId, ...] = ()
    selected: tuple[PhotoId, ...] = ()
    listed: tuple[PhotoId, ...] = ()
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """How many photos a wish is about, their bytes, and the room there (None: not known)."""

    photos: int
    size: int
    free: int | None


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
        self._measuring: Job[Measured] | None = None
        self.report: ExportReport | None = None
        self._may_replace = ""
        groups = self._groups(choice)
        usable = [number for number, group in enumerate(groups) if group.count]
        preferred = usable[-1 if choice.selected else 0] if usable else -1
        self.form = ExportForm(event.code, groups, preferred)
        self.place, self.to_folder, self.to_zip = (
            self.form.place,
            self.form.to_folder,
            self.form.to_zip,
        )
        self.banner, self.progress = Banner(), QProgressBar()
        self._now, self.failures = label("", "small"), QPlainTextEdit()
        self.close_button = button(self.tr("Close"))
        self.stop = button(self.tr("Stop"), "stop")
        self.start = button(self.tr("Export"), "export", "primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_MEASURE_AFTER)
        self._lay_out()
        self._connect()
        self._on_changed()

    def _groups(self, choice: ExportChoice) -> list[ExportGroup]:
        selected = self.tr("The selected photos (%n)", "", len(choice.selected))
        if choice.event is not None:
            every = self.tr("All photos of the event (%Ln)", "", choice.event)
            listed = self.tr("The photos that are listed now (%Ln)", "", len(choice.listed))
            groups = [ExportGroup(every, None, choice.event)]
            if choice.listed:
                groups += [
                    ExportGroup(listed, choice.listed, len(choice.listed)),
                    ExportGroup(selected, choice.selected, len(choice.selected)),
                ]
            return groups
        sure = self.tr("The sure photos (%n)", "", len(choice.sure))
        maybe = self.tr("The sure and the possible photos (%n)", "", len(choice.with_maybe))
        return [
            ExportGroup(sure, choice.sure, len(choice.sure)),
            ExportGroup(maybe, choice.with_maybe, len(choice.with_maybe)),
            ExportGroup(selected, choice.selected, len(choice.selected)),
        ]

    def _lay_out(self) -> None:
        self.failures.setReadOnly(True)
        self.failures.setAccessibleName(self.tr("Photos that were not exported"))
        self.failures.setMaximumHeight(130)
        self.progress.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        column.addWidget(self._now)
        column.addWidget(self.failures)
        column.addStretch(1)
        column.addLayout(row(None, self.close_button, self.stop, self.start))
        for widget in (self.progress, self._now, self.failures, self.stop):
            widget.hide()
        self.setMinimumWidth(600)
        self.start.setDefault(True)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self._soon.timeout.connect(self._measure)
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._on_stop)
        self.close_button.clicked.connect(self.reject)
        self.banner.acted.connect(self._on_replace)

    def done(self, result: int) -> None:
        """Stop the work when the dialog closes."""
        for job in (self._job, self._measuring):
            if job is not None:
                job.cancel()
        super().done(result)

    def _on_changed(self) -> None:
        self.start.setEnabled(bool(self.place.text().strip()) and self.form.count > 0)
        self._soon.start()

    def _measure(self) -> None:
        if self._measuring is not None:
            self._measuring.cancel()
        wish = self.form.wish()
        self._measuring = self._desk.jobs.run(
            partial(_measured, self._desk, self._event, wish),
            owner=self,
            done=partial(self._show_room, wish.for_guests),
            failed=self._on_not_measured,
        )

    def _show_room(self, for_guests: bool, found: Measured) -> None:
        size = self.locale().formattedDataSize(found.size, 1)
        said = [self.tr("%Ln photo(s)", "", found.photos)]
        if for_guests:
            said.append(self.tr("originals of {size}").format(size=size))
        else:
            said.append(size)
        if found.free is not None:
            free = self.locale().formattedDataSize(found.free, 1)
            said.append(self.tr("{size} free there").format(size=free))
        enough = for_guests or found.free is None or found.free > found.size
        self.form.show_room("  ·  ".join(said), enough)

    def _on_not_measured(self, _: Exception) -> None:
        self.form.show_room("", True)

    def _on_replace(self) -> None:
        self._may_replace = self.place.text()
        self._on_start()

    def _on_start(self) -> None:
        wish = self.form.wish()
        asked = {self._may_replace, self.form.chosen_by_dialog}
        if wish.to_zip and self.place.text() not in asked and wish.place.exists():
            said = self.tr("There is a file of this name already.")
            self.banner.say(said, "warning", self.tr("Replace it"), closable=False)
            return
        self._show_working(True)
        self._job = self._desk.jobs.run(
            partial(_export, self._desk, self._event, wish),
            owner=self,
            lane="export",
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
        self.stop.setEnabled(False)

    def _on_progress(self, progress: ExportProgress) -> None:
        self.progress.setRange(0, _STEPS)
        part = progress.bytes_done / progress.bytes_total if progress.bytes_total else 0.0
        self.progress.setValue(round(part * _STEPS))
        said = [
            self.tr("{done} of {total} photos").format(done=progress.done, total=progress.total),
            self.tr("{done} of {total}").format(
                done=self.locale().formattedDataSize(progress.bytes_done, 1),
                total=self.locale().formattedDataSize(progress.bytes_total, 1),
            ),
        ]
        if progress.seconds_left is not None:
            said.append(self.tr("about {time} left").format(time=in_words(progress.seconds_left)))
        self._now.setText("  ·  ".join(said))

    def _on_done(self, report: ExportReport) -> None:
        self._show_working(False)
        self.report = report
        self.banner.say(self._said(report), self._tone(report), closable=False)
        self.failures.setPlainText(
            "\n".join(f"{one.key}: {in_window_language(one.reason)}" for one in report.failed)
        )
        self.failures.setVisible(bool(report.failed))

    def _on_failed(self, error: Exception) -> None:
        self._show_working(False)
        self.banner.say(sentence(error), "danger", closable=False)

    def _said(self, report: ExportReport) -> str:
        parts = [self.tr("%n photo(s) exported.", "", report.exported)]
        if report.cancelled:
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
        self.form.setEnabled(not working)
        self.progress.setRange(0, 0)
        self._now.setText("")
        if working:
            self.banner.hide()
            self.failures.hide()


def _measured(
    desk: Desk, event: Event, wish: ExportWish, report: Callable[[None], None], cancel: Cancel
) -> Measured:
    del report
    rows = wanted_photos(desk.browsing, event.id, wish.photos, wish.with_hidden)
    cancel.raise_if_requested()
    return Measured(len(rows), sum(one.bytes for one in rows), free_bytes(wish.place))


def _export(
    desk: Desk,
    event: Event,
    wish: ExportWish,
    report: Callable[[ExportProgress], None],
    cancel: Cancel,
) -> ExportReport:
    photos = wanted_photos(desk.browsing, event.id, wish.photos, wish.with_hidden)
    output = desk.organizing.output_settings(event.id)
    kiosk = desk.organizing.kiosk_settings(event.id)
    branding = event_branding(event.name, kiosk, output)
    how = how_to_export(wish, output, branding, desk.works.outgoing_photo)
    source = desk.works.open_source(event.source)
    work = export_to_zip if wish.to_zip else export_to_folder
    return work(photos, source, wish.place, report, cancel, how)
