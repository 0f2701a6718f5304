"""Draws the program's icon in the sizes and formats that installers want.

    .venv/bin/python packaging/icons.py FOLDER
        eventsnap.ico (Windows), eventsnap.icns (macOS), eventsnap.svg and hicolor/ (Linux)

All come from resources/icons/eventsnap.svg, so that there is one drawing only.
"""

import argparse
import io
import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).parents[1] / "resources" / "icons" / "eventsnap.svg"
HICOLOR = (16, 24, 32, 48, 64, 128, 256)  # the sizes of the freedesktop icon theme
ICO = (16, 24, 32, 48, 64, 256)
ICNS = 1024


def draw(size: int) -> Image.Image:
    """Return the icon as a square picture with transparency."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(content.data())).convert("RGBA")


def write_icons(folder: Path) -> None:
    """Write all of them into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in HICOLOR:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        draw(size).save(place / "eventsnap.png", optimize=True)
    place = folder / "hicolor" / "scalable" / "apps"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DRAWING, place / "eventsnap.svg")
    # Each size is drawn by itself: a small icon that was made smaller is a blur.
    smaller = [draw(size) for size in ICO[:-1]]
    draw(ICO[-1]).save(
        folder / "eventsnap.ico", sizes=[(size, size) for size in ICO], append_images=smaller
    )
    draw(ICNS).save(folder / "eventsnap.icns")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    write_icons(parser.parse_args().folder)


if __name__ == "__main__":
    main()
