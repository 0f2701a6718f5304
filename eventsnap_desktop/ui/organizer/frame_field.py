"""The colour of the border around photos, or none."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QComboBox, QFrame, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.contrast import is_colour
from eventsnap_desktop.ui.widgets.pieces import row

_WHITE, _BLACK = "#ffffff", "#111111"
_NONE, _ANOTHER = "", "another"


class FrameField(QWidget):
    """A colour as ``#rrggbb``, "" for no frame."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog: QColorDialog | None = None
        self._colour = ""
        self.choice, self._swatch = QComboBox(), QFrame()
        for text, value in (
            (self.tr("None"), _NONE),
            (self.tr("White"), _WHITE),
            (self.tr("Black"), _BLACK),
            (self.tr("Another colour…"), _ANOTHER),
        ):
            self.choice.addItem(text, value)
        self.choice.setFixedWidth(190)
        self._swatch.setFixedSize(36, 36)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.choice, self._swatch, None))
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._on_chosen)
        self._show()

    @property
    def frame(self) -> str:
        """The colour, "" for no frame."""
        return self._colour

    def show_frame(self, colour: str) -> None:
        """Show a colour."""
        self._colour = colour if is_colour(colour) else ""
        self._show()

    def take(self, colour: str) -> None:
        """Take another colour."""
        self.show_frame(colour)
        self.edited.emit()

    def _show(self) -> None:
        place = self.choice.findData(self._colour)
        self.choice.setCurrentIndex(place if place >= 0 else self.choice.findData(_ANOTHER))
        self._swatch.setVisible(bool(self._colour))
        self._swatch.setStyleSheet(
            f"background: {self._colour or _WHITE}; border: 1px solid #888888; border-radius: 8px;"
        )

    def _on_chosen(self, place: int) -> None:
        value = str(self.choice.itemData(place))
        if value == _ANOTHER:
            self._ask()
        else:
            self.take(value)

    def _ask(self) -> None:
        if self._dialog is None:
            self._dialog = QColorDialog(self)
            self._dialog.setWindowTitle(self.tr("Colour of the frame"))
            self._dialog.colorSelected.connect(self._on_colour)
            self._dialog.rejected.connect(self._show)
        self._dialog.setCurrentColor(QColor(self._colour or _WHITE))
        self._dialog.open()

    def _on_colour(self, colour: QColor) -> None:
        self.take(colour.name())
