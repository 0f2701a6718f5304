"""Deleting an event: its code has to be typed, and a receipt says what is gone."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import Event, EventCounts
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, row


class EventDelete(QDialog):
    """Deletes by a job; ``accepted`` means that the event is gone and the receipt was seen."""

    def __init__(self, desk: Desk, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._event = desk, event
        self._receipt = ""
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
        else:
            super().reject()

    def _on_typed(self, text: str) -> None:
        self.delete.setEnabled(text.strip() == self._event.code)

    def _delete(self) -> None:
        self.delete.setEnabled(False)
        event = self._event.id
        self._desk.jobs.call(
            lambda: self._desk.events.delete_event(event),
            owner=self,
            done=self._on_deleted,
            failed=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self.banner.say(sentence(error), "danger")
        self._on_typed(self.typed.text())

    def _on_deleted(self, counts: EventCounts) -> None:
        photos = counts.pending + counts.encoded + counts.failed + counts.gone
        lines = [
            self.tr("The event {code} was deleted.").format(code=self._event.code),
            self.tr("Faces deleted: {n}").format(n=counts.faces),
            self.tr("Photos forgotten: {n} (the files stay where they are)").format(n=photos),
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

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._receipt)
