"""Puts the program's fonts, colours and style on the application, and follows the system."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.ui.widgets.icons import forget_icons
from eventsnap_desktop.ui.widgets.palette import DARK, LIGHT, Colours, to_qpalette
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.ui.widgets.style_sheet import style_sheet

_FONTS = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


class Theme(QObject):
    """The look of one application. ``choice`` is "system", "light" or "dark"."""

    changed = Signal()
    """The colours changed: whoever paints by hand paints again."""

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = ""
        self.colours = LIGHT
        load_fonts(app)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        self.choose(choice)

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are on."""
        return self.colours is DARK

    def choose(self, choice: str) -> None:
        """Take "light", "dark" or what the system says."""
        self._choice = choice
        self._apply()

    def _on_system_changed(self, _: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._choice == "dark"
        if self._choice == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            dark = scheme == Qt.ColorScheme.Dark
        self.colours = DARK if dark else LIGHT
        forget_icons()
        self._app.setProperty("colours", self.colours)
        self._app.setPalette(to_qpalette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours))
        self.changed.emit()


def load_fonts(app: QApplication) -> None:
    """Put the program's own type and Qt's plain style on the application."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    app.setStyle("Fusion")


def colours_now() -> Colours:
    """Return the colours that are on, for whoever paints by hand; light ones without a theme."""
    app = QApplication.instance()
    colours = app.property("colours") if app is not None else None
    return colours if isinstance(colours, Colours) else LIGHT
