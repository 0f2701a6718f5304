"""The program's icon in the forms that systems want, drawn from the one SVG."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Pixels; what freedesktop's icon theme asks for."""

_ICO = (16, 24, 32, 48, 64, 128, 256)
_LARGEST = 1024


def write_icons(svg: Path, folder: Path) -> None:
    """Write ``eventsnap.ico``, ``eventsnap.icns`` and ``hicolor/…`` into ``folder``."""
    pictures = {size: draw(svg, size) for size in (*SIZES, _LARGEST)}
    for size in SIZES:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        pictures[size].save(place / "eventsnap.png", optimize=True)
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    (scalable / "eventsnap.svg").write_bytes(svg.read_bytes())
    others = [pictures[size] for size in _ICO[:-1]]
    sizes = [(size, size) for size in _ICO]
    pictures[256].save(folder / "eventsnap.ico", sizes=sizes, append_images=others)
    pictures[_LARGEST].save(folder / "eventsnap.icns")


def draw(svg: Path, size: int) -> Image.Image:
    """Return the SVG as a square picture with transparency."""
    app = QGuiApplication.instance() or QGuiApplication(["icons", "-platform", "offscreen"])
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    del app
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub wants the format as bytes
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")
