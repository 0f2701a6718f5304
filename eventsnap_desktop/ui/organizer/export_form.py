"""What can be chosen of an export: which photos, in which form, and where to."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.export_wish import ExportWish
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row
from eventsnap_desktop.ui.widgets.wheel_guard import WheelGuard

_INDENT = 26  # logical pixels: below a radio button's text
_LARGEST_SIDE = 20_000
_USUAL_SIDE = 2048


@dataclass(frozen=True, slots=True)
class ExportGroup:
    """Photos that can be exported; ``photos`` None stands for ``count`` of the whole event."""

    text: str
    photos: tuple[PhotoId, ...] | None
    count: int


class ExportForm(QWidget):
    """Tells a wish as it is chosen; a person's photos are offered as guests get them."""

    changed = Signal()
    """Something that decides how much is written, or where to."""

    def __init__(self, name: str, groups: list[ExportGroup], preferred: int) -> None:
        super().__init__()
        self._name, self._groups = name, groups
        self._which = QButtonGroup(self)
        self.hidden_too = QCheckBox(self.tr("Hidden photos too"))
        self.originals = QRadioButton(self.tr("The originals, byte for byte"))
        self.for_guests = QRadioButton(self.tr("As guests get them"))
        self.side = QSpinBox()
        self._side_name = label(self.tr("Longest side"))
        self.folders = QCheckBox(self.tr("Keep the folders they are in"))
        self.to_folder = QRadioButton(self.tr("A folder or USB stick"))
        self.to_zip = QRadioButton(self.tr("One ZIP file"))
        self.place = QLineEdit()
        self.browse = button(self.tr("Choose…"), "folder")
        self.chosen_by_dialog = ""
        self._room = label("", "small", wrap=True)
        self._is_event = any(group.photos is None for group in groups)
        self._arrange(preferred)
        self._connect()
        (self.originals if self._is_event else self.for_guests).setChecked(True)
        self.to_folder.setChecked(True)
        self._show_side()
        self._show_place()

    @property
    def count(self) -> int:
        """How many photos are chosen."""
        number = self._which.checkedId()
        return self._groups[number].count if number >= 0 else 0

    @property
    def room(self) -> str:
        """What is said about how much will be written, and the room there."""
        return self._room.text()

    def wish(self) -> ExportWish:
        """Return what is chosen."""
        number = max(0, self._which.checkedId())
        return ExportWish(
            photos=self._groups[number].photos,
            place=Path(self.place.text().strip()).expanduser(),
            to_zip=self.to_zip.isChecked(),
            with_hidden=self._is_event and self.hidden_too.isChecked(),
            keep_folders=self.folders.isChecked(),
            for_guests=self.for_guests.isChecked(),
            longer_side=self.side.value() if self.for_guests.isChecked() else 0,
        )

    def choose(self, number: int) -> None:
        """Choose one of the groups."""
        self._which.button(number).setChecked(True)

    def show_room(self, text: str, enough: bool) -> None:
        """Say how much will be written and how much room there is."""
        self._room.setText(text)
        role = "small" if enough else "warning"
        if self._room.property("role") != role:
            self._room.setProperty("role", role)
            restyle(self._room)

    def _arrange(self, preferred: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Which photos"), "heading"))
        for number, group in enumerate(self._groups):
            made = QRadioButton(group.text)
            made.setEnabled(group.count > 0)
            made.setChecked(group.count > 0 and number == preferred)
            self._which.addButton(made, number)
            column.addWidget(made)
        column.addWidget(self.hidden_too)
        self.hidden_too.setVisible(self._is_event)
        column.addSpacing(8)
        column.addWidget(label(self.tr("In which form"), "heading"))
        self._arrange_form(column)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Where to"), "heading"))
        kinds = QButtonGroup(self)
        for made in (self.to_folder, self.to_zip):
            kinds.addButton(made)
        column.addLayout(row(self.to_folder, self.to_zip, None, spacing=20))
        column.addLayout(row(self.place, self.browse))
        column.addWidget(self._room)
        self.place.setMinimumWidth(380)
        self.place.setAccessibleName(self.tr("Where to"))

    def _arrange_form(self, column: QVBoxLayout) -> None:
        self.side.setRange(0, _LARGEST_SIDE)
        self.side.setSingleStep(_USUAL_SIDE // 4)
        self.side.setSpecialValueText(self.tr("as set for the event"))
        self.side.setSuffix(self.tr(" px", "pixels"))
        self.side.setMinimumWidth(210)
        WheelGuard(self).guard(self.side)
        self.side.setAccessibleName(self._side_name.text())
        forms = QButtonGroup(self)
        for made in (self.originals, self.for_guests):
            forms.addButton(made)
        column.addWidget(self.originals)
        said = self.tr("With all that the camera wrote into them, such as place and serial number.")
        column.addWidget(_below(said))
        column.addWidget(self.for_guests)
        said = self.tr(
            "JPEGs with the watermark, the frame and the metadata that are set on the Outbox page."
        )
        column.addWidget(_below(said))
        sides = row(self._side_name, self.side, None)
        sides.setContentsMargins(_INDENT, 0, 0, 0)
        column.addLayout(sides)
        column.addWidget(self.folders)

    def _connect(self) -> None:
        self._which.idToggled.connect(self._on_changed)
        self.hidden_too.toggled.connect(self._on_changed)
        self.for_guests.toggled.connect(self._on_form)
        self.side.valueChanged.connect(self._on_changed)
        self.to_folder.toggled.connect(self._show_place)
        self.place.textChanged.connect(self._on_changed)
        self.browse.clicked.connect(self._on_browse)

    def _on_changed(self) -> None:
        self.changed.emit()

    def _on_form(self) -> None:
        self._show_side()
        self.changed.emit()

    def _show_side(self) -> None:
        for widget in (self.side, self._side_name):
            widget.setEnabled(self.for_guests.isChecked())

    def _show_place(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = Path(self.place.text()).parent if self.place.text() else Path(pictures)
        name = self.tr("{event} photos").format(event=self._name)
        self.place.setText(str(folder / (name if self.to_folder.isChecked() else f"{name}.zip")))

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
        self.chosen_by_dialog = place  # it asked already whether to replace
        self.place.setText(place)


def _below(text: str) -> QWidget:
    said = label(text, "small", wrap=True)
    said.setContentsMargins(_INDENT, 0, 0, 0)
    return said
