"""An icon beside a text; it is drawn again when the colours or the screen's density change."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.theme import colours_now

_DRAW_AGAIN = {
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DevicePixelRatioChange,
}


class IconLabel(QLabel):
    """Shows one icon of resources, in one of the theme's colours (a name like ``faint``)."""

    def __init__(
        self, icon_name: str, size: int, colour: str = "faint", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._size, self._colour = icon_name, size, colour
        self._drawn: tuple[object, ...] = ()
        self._draw()

    def show_icon(self, icon_name: str, colour: str = "") -> None:
        """Show another icon, in another colour where one is named."""
        self._icon_name, self._colour = icon_name, colour or self._colour
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Draw the icon again when it would look different."""
        if event.type() in _DRAW_AGAIN:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        colour = str(getattr(colours_now(), self._colour))
        wanted = (self._icon_name, colour, self.devicePixelRatioF())
        if wanted != self._drawn and self._icon_name:
            self._drawn = wanted
            self.setPixmap(pixmap(self._icon_name, colour, self._size, self.devicePixelRatioF()))
