"""Icons drawn from the SVG files of resources, in the colours that are on, sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from eventsnap_desktop.ui.widgets.resource_files import resource

_SIZES = (16, 20, 24, 32, 48, 64)
_KEPT = 160  # icons, of up to 200 kB: those of three looks of the kiosk; every size has others


@lru_cache(_KEPT)
def icon(name: str, colour: str, gap: int = 0, disabled: str = "") -> QIcon:
    """Return an icon of ``resources/icons`` in one colour (``#rrggbb``).

    ``gap`` is room in logical pixels behind the icon, to the text of a button; below zero it lies
    before the icon, for text that runs from right to left. ``disabled`` is the colour where it
    cannot be pressed ("": Qt fades the icon).
    """
    made = QIcon()
    for size in _SIZES:
        for ratio in (1, 2):
            made.addPixmap(_drawn(name, colour, size, ratio, gap))
            if disabled:
                pale = _drawn(name, disabled, size, ratio, gap)
                made.addPixmap(pale, QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of ``size`` logical pixels."""
    return _drawn(name, colour, size, ratio)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", "eventsnap.svg")))


def forget_icons() -> None:
    """Forget drawn icons: the colours changed."""
    icon.cache_clear()


def _drawn(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_bytes().replace(b"#000000", colour.encode())
    picture = QPixmap(QSize(round((size + abs(gap)) * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    place = QRectF(max(0, -gap) * ratio, 0, size * ratio, size * ratio)
    QSvgRenderer(QByteArray(svg)).render(painter, place)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
