"""Deleting an event: its code has to be typed, and a receipt says what is gone."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.domain.deletions import Deletion, SheetsOfDeleted
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.sentences import in_window_language


class EventDelete(QDialog):
    """Deletes by a job; ``accepted`` means that the event is gone and the receipt was seen."""

    def __init__(self, desk: Desk, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._event = desk, event
        self._receipt, self._is_busy = "", False
        self.setWindowTitle(self.tr("Delete event"))
        self.setMinimumWidth(520)
        self.banner = Banner()
        self.text = label("", wrap=True)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(event.code)
        self.typed.setAccessibleName(self.tr("The event's code"))
        self.delete = button(self.tr("Delete for good"), "trash", "danger")
        self.delete.setEnabled(False)
        self._cancel = button(self.tr("Cancel"))
        self.copy, self.done_button = button(self.tr("Copy"), "copy"), button(self.tr("Done"))
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(16)
        title = self.tr("Delete {name}?").format(name=event.name)
        self._title = label(title, "title", wrap=True)
        for widget in (self._title, self.banner, self.text, self.typed):
            column.addWidget(widget)
        column.addLayout(row(None, self._cancel, self.delete, self.copy, self.done_button))
        self.copy.hide()
        self.done_button.hide()
        self.text.setText(
            self.tr(
                "All faces, matches, consents and deliveries of this event are deleted and cannot "
                "be brought back. The photos stay in {source}. To go on, type the event's code: "
                "{code}"
            ).format(source=event.source or "–", code=event.code)
        )
        self.typed.textChanged.connect(self._on_typed)
        self.delete.clicked.connect(self._delete)
        self._cancel.clicked.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        self.done_button.clicked.connect(self.accept)

    @property
    def receipt(self) -> str:
        """What was deleted, "" before."""
        return self._receipt

    def reject(self) -> None:
        """Close; after the deletion that is the same as being done."""
        if self._receipt:
            self.accept()
        elif not self._is_busy:
            super().reject()

    def _on_typed(self, text: str) -> None:
        self.delete.setEnabled(text.strip() == self._event.code)

    def _delete(self) -> None:
        self._show_busy(True)
        said = self.tr("The event is being deleted. A backup that is being made is waited for.")
        self._say(said, closable=False)
        self._desk.jobs.call(
            partial(self._desk.works.delete_event, self._event.id),
            owner=self,
            done=self._on_deleted,
            failed=self._on_failed,
        )

    def _say(self, said: str, tone: str = "info", closable: bool = True) -> None:
        """Show a sentence, and room for it: a dialog does not grow with what comes into it."""
        self.banner.say(said, tone, closable=closable)
        width = self.width()
        self.adjustSize()
        self.resize(max(width, self.width()), max(self.height(), self.heightForWidth(width)))

    def _show_busy(self, is_busy: bool) -> None:
        """Let nothing be pressed that would not be done: what has begun is not cancelled."""
        self._is_busy = is_busy
        for widget in (self.typed, self._cancel):
            widget.setEnabled(not is_busy)
        self.delete.setEnabled(False)

    def _on_failed(self, error: Exception) -> None:
        self._show_busy(False)
        self._say(sentence(error), "danger")
        self._on_typed(self.typed.text())

    def _on_deleted(self, deletion: Deletion) -> None:
        self._show_busy(False)
        counts = deletion.counts
        photos = counts.known_photos
        lines = [
            self.tr("The event {code} was deleted.").format(code=self._event.code),
            self.tr("Faces deleted: {n}").format(n=counts.faces),
            self.tr("Photos forgotten: {n} (the files stay where they are)").format(n=photos),
            *self._of_sheets(deletion.sheets),
        ]
        self._receipt = "\n".join(lines)
        self._title.setText(self.tr("Deleted"))
        self.text.setText(self._receipt)
        self.banner.hide()
        for widget in (self.typed, self.delete, self._cancel):
            widget.hide()
        self.copy.show()
        self.done_button.show()
        self.done_button.setFocus()

    def _of_sheets(self, sheets: SheetsOfDeleted) -> list[str]:
        lines = []
        if sheets.back:
            lines.append(self.tr("Sheets taken back from the printer: {n}").format(n=sheets.back))
        if sheets.left or sheets.why:
            why = in_window_language(sheets.why) or self.tr("they are being taken back")
            said = self.tr("Sheets that may still be printed: {n} ({why})")
            lines.append(said.format(n=sheets.left or "?", why=why))
        if sheets.elsewhere:
            said = self.tr(
                "Sheets ordered at other machines: {n} (EventSnap takes them back there when it "
                "runs)"
            )
            lines.append(said.format(n=sheets.elsewhere))
        return lines

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._receipt)
