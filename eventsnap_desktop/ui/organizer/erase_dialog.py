"""Deletes one person's faces for good: what would go, a confirmation, and a receipt."""

from functools import partial

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import FoundFace, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.erase import ErasureReceipt, erase, faces_to_erase
from eventsnap_desktop.flows.identify import Identification
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.match_gallery import MatchGrid
from eventsnap_desktop.ui.organizer.match_list import MatchView
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.organizer.person_search import PersonFound, answer_with_hidden
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn


class EraseDialog(QDialog):
    """Looks once more, hidden photos included, and shows exactly what would be deleted."""

    erased = Signal(object)
    """The ErasureReceipt."""

    def __init__(
        self,
        desk: Desk,
        event: Event,
        found: PersonFound,
        thresholds: Thresholds,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Erase this person"))
        self._desk, self._event = desk, event
        self._thresholds = thresholds
        self.faces: list[FoundFace] = []
        self.heading = label(self.tr("Looking for every face of this person…"), "heading", True)
        self._explained = label("", "faint", wrap=True)
        self._pictures = MatchGrid(desk.thumbnails, self.tr("Photos with a face to be deleted"))
        self._scroll, self.busy = ScrollColumn(), QProgressBar()
        self.banner, self.receipt = Banner(), QPlainTextEdit()
        self.sure = QCheckBox(self.tr("I understand that this cannot be undone"))
        self.copy = button(self.tr("Copy"), "copy")
        self.close_button = button(self.tr("Cancel"))
        self.erase = button(self.tr("Erase"), "trash", "danger")
        self._lay_out()
        self.sure.toggled.connect(self._on_sure)
        self.erase.clicked.connect(self._on_erase)
        self.copy.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.reject)
        desk.jobs.call(
            partial(answer_with_hidden, desk, event, found, thresholds),
            owner=self,
            done=self._show_found,
            failed=self._on_failed,
        )

    def _lay_out(self) -> None:
        self.resize(700, 560)
        self.busy.setRange(0, 0)
        self.receipt.setReadOnly(True)
        self.receipt.setAccessibleName(self.tr("Receipt"))
        self._scroll.column.addWidget(self._pictures)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self._explained)
        column.addWidget(self.busy)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.receipt, 1)
        column.addWidget(self.sure)
        column.addLayout(row(self.copy, None, self.close_button, self.erase))
        self.receipt.hide()
        self.copy.hide()
        self.sure.setEnabled(False)
        self.erase.setEnabled(False)
        self.close_button.setDefault(True)

    def _show_found(self, looked: tuple[Identification, dict[PhotoId, PhotoRow]]) -> None:
        answer, rows = looked
        self.busy.hide()
        self.faces = faces_to_erase(answer)
        wanted = {face.face_id for face in self.faces}
        views = [
            MatchView(match, rows[match.photo_id])
            for match in answer.matches
            if match.face_id in wanted and match.photo_id in rows
        ]
        self._pictures.show_matches(self._event, views)
        faces = self.tr("%n face(s)", "", len(self.faces))
        photos = self.tr("%n photo(s)", "", len({face.photo_id for face in self.faces}))
        said = self.tr("{faces} in {photos} will be deleted").format(faces=faces, photos=photos)
        self.heading.setText(said)
        number = self.locale().toString(self._thresholds.sure, "f", 2)
        self._explained.setText(
            self.tr(
                "These are the sure ones, from a similarity of {number} up, hidden photos "
                "included. The person is not found in these photos any more. The photos stay. "
                "If a photo is encoded again because its file changed, its faces are found anew."
            ).format(number=number)
        )
        self.sure.setEnabled(bool(self.faces))
        if not self.faces:
            self.heading.setText(self.tr("There is no sure face to delete"))

    def reject(self) -> None:
        """Close, but not while it erases: the receipt must be seen."""
        if self.close_button.isEnabled():
            super().reject()

    def _on_sure(self, sure: bool) -> None:
        self.erase.setEnabled(sure)

    def _on_erase(self) -> None:
        self.erase.setEnabled(False)
        self.sure.setEnabled(False)
        self.close_button.setEnabled(False)
        self.busy.show()
        self._desk.jobs.call(
            partial(erase, self._event.id, self.faces, self._desk.every_face),
            owner=self,
            done=self._show_receipt,
            failed=self._on_failed,
        )

    def _show_receipt(self, receipt: ErasureReceipt) -> None:
        for widget in (self.busy, self._scroll, self.sure, self.erase, self._explained):
            widget.hide()
        self.faces = []
        self.heading.setText(self.tr("The person is erased"))
        when = self.locale().toString(QDateTime.currentDateTime())
        lines = [
            self.tr("Receipt of an erasure"),
            self.tr("Event: {name} ({code})").format(name=self._event.name, code=self._event.code),
            self.tr("Time: {when}").format(when=when),
            self.tr("Faces deleted: {count}").format(count=receipt.faces),
            self.tr("Photos they were in: {count}").format(count=len(receipt.photos)),
            *(f"  {key}" for key in receipt.photos),
        ]
        self.receipt.setPlainText("\n".join(lines))
        self.receipt.show()
        self.copy.show()
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("Close"))
        self.erased.emit(receipt)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.receipt.toPlainText())
        self.copy.setText(self.tr("Copied"))

    def _on_failed(self, error: Exception) -> None:
        self.busy.hide()
        self.close_button.setEnabled(True)
        self.sure.setEnabled(bool(self.faces))
        self.erase.setEnabled(bool(self.faces) and self.sure.isChecked())
        self.banner.say(sentence(error), "danger", closable=False)
