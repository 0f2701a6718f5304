"""Prints: what they will look like, which of them, how often."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from eventsnap_desktop.delivery.print_layout import photos_a_sheet
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Back, Print
from eventsnap_desktop.flows.guest_views import PrintView
from eventsnap_desktop.ui.kiosk.back_bar import BackBar
from eventsnap_desktop.ui.kiosk.copies_stepper import CopiesStepper
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, taken_out, text
from eventsnap_desktop.ui.kiosk.print_preview import PrintPreview
from eventsnap_desktop.ui.kiosk.print_sheets import PrintSheets
from eventsnap_desktop.ui.kiosk.screen import Screen

MOST_COPIES = 10
"""Of each photo, where there is no other limit."""

_ANY_WIDTH = (1 << 24) - 1  # Qt's own, which PySide6 does not have

_FEW = 2  # photos that are seen so large that small pictures would be blurred


class PrintScreen(Screen):
    """Papers, a stepper, one large button. All photos are chosen that the limit allows."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pictures = pictures
        self._view = PrintView(())
        self.previews: list[PrintPreview] = []
        self.bar = BackBar(look)
        self.sheets = PrintSheets(look)
        self.hint = text(centred=True)
        self.label = text(self.tr("Copies of each photo"), role="heading", centred=True)
        self.stepper = CopiesStepper(look)
        self.total = text(role="large", centred=True)
        self.left = text(role="faint", centred=True)
        self.print = big_button(look, self.tr("Print"), "print", "primary")
        self._panel = self._made_panel()
        self._grid = QGridLayout(self)
        self.lay_out(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no ring before somebody uses keys
        self.bar.back.connect(self._on_back)
        self.stepper.changed.connect(self._renew)
        self.print.clicked.connect(self._on_print)
        pictures.ready.connect(self._on_picture)
        pictures.missed.connect(self._on_picture)
        pictures.again.connect(self._on_again)

    @property
    def chosen(self) -> tuple[PhotoId, ...]:
        """The photos to be printed, in their order."""
        chosen = (one for one in self.previews if one.isChecked())
        return tuple(photo.id for one in chosen for photo in one.photos)

    def show_state(self, view: PrintView) -> None:
        """Show the prints and what is left; what was chosen stays chosen where it can."""
        is_other = (view.photos, view.look) != (self._view.photos, self._view.look)
        self._view = view
        if is_other:
            self._show_photos()
        self._keep_to_limit()
        self._renew()

    def lay_out(self, portrait: bool) -> None:
        """Put what is to be touched beside the papers, or below them where it is narrow."""
        taken_out(self._grid)
        margin = self.look.px(40)
        self._grid.setContentsMargins(margin, self.look.px(24), margin, margin)
        self._grid.setSpacing(self.look.px(24))
        self._grid.addWidget(self.bar, 0, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(1, 1)
        if portrait:
            self._grid.addWidget(self.sheets, 1, 0, 1, 2)
            self._grid.addWidget(self._panel, 2, 0, 1, 2)
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_ANY_WIDTH)
        else:
            self._grid.addWidget(self.sheets, 1, 0)
            self._grid.addWidget(self._panel, 1, 1)
            self._panel.setFixedWidth(self.look.text(440))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let keys begin here."""
        super().showEvent(event)
        self.setFocus()

    def _made_panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(20))
        column.addStretch()
        for widget in (self.hint, self.label, self.stepper, self.total, self.left):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(self.print)
        return panel

    def _show_photos(self) -> None:
        before = {one.photos: one.isChecked() for one in self.previews}
        room, each = self._most_photos(), photos_a_sheet(self._view.look.settings.print_layout)
        self.previews = []
        for start in range(0, len(self._view.photos), each):
            photos = self._view.photos[start : start + each]
            room -= len(photos)
            preview = PrintPreview(self.look, photos, self._view.look)
            preview.setAccessibleName(self.tr("Photo {number}").format(number=start + 1))
            preview.setChecked(before.get(photos, room >= 0))
            preview.toggled.connect(self._on_toggled)
            self.previews.append(preview)
        self.sheets.show_previews(self.previews)
        for preview in self.previews:
            self._request(preview)

    def _request(self, preview: PrintPreview) -> None:
        sides = (SMALL, LARGE) if len(self.previews) <= _FEW else (SMALL,)
        for photo in preview.photos:
            for side in sides:
                if self._pictures.get(photo, side) is None:
                    self._pictures.request(photo, side)
        self._show_pictures(preview)

    def _show_pictures(self, preview: PrintPreview) -> None:
        is_large = len(self.previews) <= _FEW
        for number, photo in enumerate(preview.photos):
            large = self._pictures.get(photo, LARGE) if is_large else None
            image = large if large is not None else self._pictures.get(photo, SMALL)
            failed = image is None and self._pictures.failed(photo, SMALL) is not None
            preview.show_image(number, image, missing=failed)

    def _most_photos(self) -> int:
        return len(self._view.photos) if self._view.left is None else self._view.left

    def _keep_to_limit(self) -> None:
        """Choose no more photos than there are prints left; the first ones stay."""
        room = self._most_photos()
        for preview in self.previews:
            room -= len(preview.photos) if preview.isChecked() else 0
            if preview.isChecked() and room < 0:
                preview.setChecked(False)

    def _renew(self) -> None:
        """Have numbers and buttons fit what is chosen."""
        view, chosen = self._view, len(self.chosen)
        self.bar.title.setText(self.tr("Print %n photos", "", len(view.photos)))
        most = MOST_COPIES
        if view.left is not None:
            most = min(MOST_COPIES, view.left // max(1, chosen))
        self.stepper.set_most(most)
        sheets = sum(preview.isChecked() for preview in self.previews)
        self.total.setText(self.tr("%n prints", "", sheets * self.stepper.copies))
        self.left.setVisible(view.left is not None)
        if view.left is not None:
            rest = self.tr("{left} of {all} prints left")
            used = chosen * self.stepper.copies
            self.left.setText(rest.format(left=view.left - used, all=view.left))
        self.label.setVisible(len(view.photos) > 1)
        self._hint(chosen)
        self.stepper.setEnabled(not view.busy and chosen > 0)
        self.sheets.setEnabled(not view.busy)
        self.print.setEnabled(not view.busy and chosen > 0)
        self.print.setText(self.tr("One moment …") if view.busy else self.tr("Print"))

    def _hint(self, chosen: int) -> None:
        view, words, role = self._view, "", ""
        if view.failed:
            words, role = self._failure(), "warning"
        elif view.left == 0:
            words = self.tr("You have no prints left.")
        elif view.left is not None and len(view.photos) > view.left:
            words = self.tr("Choose up to %n photos to print.", "", view.left)
        elif chosen == 0:
            words = self.tr("Tap a photo to print it.")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        if self.hint.property("role") != role:
            self.hint.setProperty("role", role)
            restyled(self.hint)

    def _failure(self) -> str:
        return self.tr("The printer did not take it just now. Please try again, or ask the staff.")

    def _on_toggled(self, checked: bool) -> None:
        if len(self.previews) == 1:  # then there is nothing to choose
            self.previews[0].setChecked(True)
        elif checked and len(self.chosen) > self._most_photos():
            preview = self.sender()
            assert isinstance(preview, PrintPreview)
            preview.setChecked(False)
        self._renew()

    def _on_picture(self, photo: PhotoId) -> None:
        for preview in self.previews:
            if any(one.id == photo for one in preview.photos):
                self._show_pictures(preview)

    def _on_again(self) -> None:
        for preview in self.previews:
            self._request(preview)

    def _on_print(self) -> None:
        self.act(Print(self.chosen, self.stepper.copies))

    def _on_back(self) -> None:
        self.act(Back())
