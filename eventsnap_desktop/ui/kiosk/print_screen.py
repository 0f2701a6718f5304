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
"""Of each sheet, where there is no other limit."""

_ANY_WIDTH = (1 << 24) - 1  # Qt's own, which PySide6 does not have

_FEW = 2  # photos that are seen so large that small pictures would be blurred


class PrintScreen(Screen):
    """Papers, a stepper, one large button. As many sheets are chosen as the limit allows."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pictures = pictures
        self._view = PrintView(())
        self.previews: list[PrintPreview] = []
        self.bar = BackBar(look)
        self.sheets = PrintSheets(look)
        self.hint = text(centred=True)
        self.label = text(role="heading", centred=True)
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

    @property
    def _chosen_sheets(self) -> int:
        return sum(one.isChecked() for one in self.previews)

    @property
    def _has_strips(self) -> bool:
        return photos_a_sheet(self._view.look.settings.print_layout) > 1

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
        each, left = photos_a_sheet(self._view.look.settings.print_layout), self._view.left
        name = self.tr("Sheet {number}") if self._has_strips else self.tr("Photo {number}")
        self.previews = []
        for number, start in enumerate(range(0, len(self._view.photos), each)):
            photos = self._view.photos[start : start + each]
            preview = PrintPreview(self.look, photos, self._view.look)
            preview.setAccessibleName(name.format(number=number + 1))
            preview.setChecked(before.get(photos, left is None or number < left))
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

    def _most_sheets(self) -> int:
        return len(self.previews) if self._view.left is None else self._view.left

    def _keep_to_limit(self) -> None:
        """Choose no more sheets than are left; the first ones stay."""
        chosen = [preview for preview in self.previews if preview.isChecked()]
        for preview in chosen[self._most_sheets() :]:
            preview.setChecked(False)

    def _renew(self) -> None:
        """Have numbers and buttons fit what is chosen."""
        view, chosen = self._view, self._chosen_sheets
        photos = len(self.chosen)
        words = self.tr("Print %n photos", "", photos) if photos else self.tr("Print")
        self.bar.title.setText(words)
        most = MOST_COPIES
        if view.left is not None:
            most = min(MOST_COPIES, view.left // max(1, chosen))
        self.stepper.set_most(most)
        self._count(chosen * self.stepper.copies)
        may_print = view.left != 0
        self.label.setVisible(may_print and len(self.previews) > 1)
        self.stepper.setVisible(may_print)
        self.total.setVisible(may_print)
        self._hint(chosen)
        self.stepper.setEnabled(not view.busy and chosen > 0)
        self.sheets.setEnabled(not view.busy)
        self.print.setEnabled(not view.busy and chosen > 0)
        self.print.setText(self.tr("One moment …") if view.busy else self.tr("Print"))

    def _count(self, sheets: int) -> None:
        """Say how many sheets come out, and how many more the guest could have."""
        left = self._view.left
        if self._has_strips:
            self.label.setText(self.tr("Copies of each sheet"))
            self.total.setText(self.tr("%n sheets with two strips each", "", sheets))
        else:
            self.label.setText(self.tr("Copies of each photo"))
            self.total.setText(self.tr("%n prints", "", sheets))
        self.left.setVisible(bool(left))
        if left is not None and left > sheets:
            self.left.setText(self.tr("You can print %n more.", "", left - sheets))
        else:
            self.left.setText(self.tr("That is as many as you can print."))

    def _hint(self, chosen: int) -> None:
        view, words, role = self._view, "", ""
        if view.failed:
            words, role = self._failure(), "warning"
        elif view.left == 0:
            words = self.tr("You have no prints left.")
        elif view.fewer:
            words, role = self.tr("Fewer prints are left now. Please look again."), "warning"
        elif view.left is not None and len(self.previews) > view.left:
            words = self._choose(view.left)
        elif chosen == 0:
            words = self.tr("Tap a photo to print it.")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        if self.hint.property("role") != role:
            self.hint.setProperty("role", role)
            restyled(self.hint)

    def _choose(self, most: int) -> str:
        if self._has_strips:
            return self.tr("Choose up to %n sheets to print.", "", most)
        return self.tr("Choose up to %n photos to print.", "", most)

    def _failure(self) -> str:
        return self.tr("The printer did not take it just now. Please try again, or ask the staff.")

    def _on_toggled(self, checked: bool) -> None:
        if len(self.previews) == 1:  # then there is nothing to choose
            self.previews[0].setChecked(True)
        elif checked and self._chosen_sheets > self._most_sheets():
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
