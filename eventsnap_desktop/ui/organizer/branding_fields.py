"""The accent colour, with a word on whether it can be read, and the logo."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QFileDialog,
    QFrame,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.ui.organizer.kiosk_preview import GROUND
from eventsnap_desktop.ui.widgets.contrast import (
    ENOUGH_FOR_SHAPES,
    contrast,
    is_colour,
    readable_on,
)
from eventsnap_desktop.ui.widgets.palette import LIGHT
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row

_WHITE = "#ffffff"


class AccentField(QWidget):
    """A colour as ``#rrggbb``, "" for the program's own."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog: QColorDialog | None = None
        self._swatch, self._text = QFrame(), QLineEdit()
        self._choose = button(self.tr("Choose…"))
        self._reset = button(self.tr("Default"), kind="quiet")
        self._hint = label("", "small", wrap=True)
        self._swatch.setFixedSize(36, 36)
        self._text.setPlaceholderText(LIGHT.accent)
        self._text.setAccessibleName(self.tr("Accent colour"))
        self._text.setMaxLength(7)
        self._text.setMaximumWidth(120)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row(self._swatch, self._text, self._choose, self._reset, None))
        column.addWidget(self._hint)
        self._text.textChanged.connect(self._on_text)
        self._choose.clicked.connect(self._on_choose)
        self._reset.clicked.connect(self._text.clear)
        self._show()

    @property
    def accent(self) -> str:
        """The colour, "" for the program's own or while what is typed is none."""
        text = self._text.text().strip().lower()
        return text if is_colour(text) else ""

    @property
    def hint(self) -> str:
        """What is said about the colour."""
        return self._hint.text()

    def show_accent(self, accent: str) -> None:
        """Show a colour."""
        self._text.setText(accent)

    def _on_text(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        text, colour = self._text.text().strip(), self.accent or LIGHT.accent
        wrong = bool(text) and not self.accent
        self._text.setProperty("invalid", "true" if wrong else "false")
        restyle(self._text)
        self._swatch.setStyleSheet(f"background: {colour}; border-radius: 8px;")
        self._reset.setEnabled(bool(text))
        role, hint = self._judged(colour, wrong)
        self._hint.setText(hint)
        self._hint.setProperty("role", role)
        restyle(self._hint)

    def _judged(self, colour: str, wrong: bool) -> tuple[str, str]:
        if wrong:
            return "danger", self.tr("A colour is written like {example}.").format(
                example=LIGHT.accent
            )
        beside = contrast(colour, GROUND)
        if beside < ENOUGH_FOR_SHAPES:
            said = self.tr(
                "Too pale: buttons hardly stand out from the background (contrast {found}:1, "
                "at least 3:1 is needed)."
            )
            return "warning", said.format(found=self.locale().toString(beside, "f", 1))
        text = readable_on(colour)
        said = (
            self.tr("White text on it is easy to read (contrast {found}:1).")
            if text == _WHITE
            else self.tr("White text would be hard to read; dark text is used ({found}:1).")
        )
        return "small", said.format(found=self.locale().toString(contrast(colour, text), "f", 1))

    def _on_choose(self) -> None:
        if self._dialog is None:
            self._dialog = QColorDialog(self)
            self._dialog.setWindowTitle(self.tr("Accent colour"))
            self._dialog.colorSelected.connect(self._on_chosen)
        self._dialog.setCurrentColor(QColor(self.accent or LIGHT.accent))
        self._dialog.open()

    def _on_chosen(self, colour: QColor) -> None:
        self._text.setText(colour.name())


class LogoField(QWidget):
    """The path of a picture, "" for none."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog: QFileDialog | None = None
        self._path = ""
        self._name = label("", "faint")
        self._choose = button(self.tr("Choose a picture…"), "folder")
        self._remove = button(self.tr("Remove"), kind="quiet")
        self._problem = label("", "danger", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row(self._choose, self._name, self._remove, None))
        column.addWidget(self._problem)
        self._problem.hide()
        self._choose.clicked.connect(self._on_choose)
        self._remove.clicked.connect(self._on_remove)
        self.show_logo("")

    @property
    def logo(self) -> str:
        """The picture's path."""
        return self._path

    def show_logo(self, path: str) -> None:
        """Show a picture's name."""
        self._path = path
        self._name.setText(Path(path).name if path else self.tr("No logo"))
        self._name.setToolTip(path)
        self._remove.setVisible(bool(path))
        self.show_problem("")

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the picture, "" for nothing."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def take_logo(self, path: str) -> None:
        """Take another picture."""
        self.show_logo(path)
        self.edited.emit()

    def _on_choose(self) -> None:
        if self._dialog is None:
            pictures = QStandardPaths.StandardLocation.PicturesLocation
            folder = QStandardPaths.writableLocation(pictures)
            filters = self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.svg)"
            self._dialog = QFileDialog(self, self.tr("The logo"), folder, filters)
            self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            self._dialog.fileSelected.connect(self.take_logo)
        self._dialog.open()

    def _on_remove(self) -> None:
        self.take_logo("")
