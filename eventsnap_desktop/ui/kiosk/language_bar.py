"""The bar under every screen: languages, and the mode that is larger and lower."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button
from eventsnap_desktop.ui.kiosk.spoken_languages import native_name

_NAMED = 4  # more languages than these are shown by their codes


class LanguageBar(QWidget):
    """Small, quiet, always at the same place and within everybody's reach."""

    chosen = Signal(str)
    """A language's code."""
    accessible_chosen = Signal(bool)

    def __init__(
        self, look: Look, languages: Sequence[str], current: str, logo: QImage | None
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "ground")
        row = QHBoxLayout(self)
        side, over = look.px(40), look.px(10)
        row.setContentsMargins(side, over, side, over)
        row.setSpacing(look.px(16))
        self._logo = _logo(logo, look)
        row.addWidget(self._logo)
        row.addStretch(1)
        if len(languages) > 1:
            self._add_languages(row, look, languages, current)
        self._accessible = big_button(look, self.tr("Larger and lower"), "reach", "chip")
        self._accessible.setCheckable(True)
        self._accessible.setChecked(look.accessible)
        self._accessible.clicked.connect(self.accessible_chosen)
        row.addSpacing(look.px(24))
        row.addWidget(self._accessible)

    def show_logo(self, on: bool) -> None:
        """Show the event's logo, or not where the screen has it already."""
        self._logo.setVisible(on and not self._logo.pixmap().isNull())

    def _add_languages(
        self, row: QHBoxLayout, look: Look, languages: Sequence[str], current: str
    ) -> None:
        group = QButtonGroup(self)
        for language in languages:
            name = native_name(language)
            shown = name if len(languages) <= _NAMED else language.upper()
            button = big_button(look, shown, "", "chip")
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setChecked(language == current)
            button.setProperty("language", language)
            group.addButton(button)
            row.addWidget(button)
        group.buttonClicked.connect(self._on_clicked)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("language")))


def _logo(image: QImage | None, look: Look) -> QLabel:
    label = QLabel()
    if image is not None and not image.isNull():
        room = QSize(look.px(320), look.target(64))
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        label.setPixmap(QPixmap.fromImage(image.scaled(room, keep, smooth)))
    return label
