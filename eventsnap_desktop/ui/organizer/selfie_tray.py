"""The selfies of the person one looks for, with what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eventsnap_desktop.ui.organizer.selfies import MOST_SELFIES
from eventsnap_desktop.ui.widgets.drop_zone import DropZone
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.pieces import button, icon_button, label, row
from eventsnap_desktop.ui.widgets.theme import colours_now

_SIDE = 64


@dataclass(frozen=True, slots=True, eq=False)
class SelfieView:
    """One tile. ``accepted`` is None before the selfie was looked at; ``reason`` says why not."""

    name: str
    small: QImage
    accepted: bool | None
    reason: str


class SelfieTile(QFrame):
    """A selfie's picture, its verdict, and a cross that takes it out."""

    removed = Signal(int)

    def __init__(self, number: int, view: SelfieView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        picture = QLabel()
        picture.setPixmap(_rounded(view.small, _SIDE, self.devicePixelRatioF()))
        picture.setFixedSize(_SIDE, _SIDE)
        self.verdict = label(self._verdict(view), self._role(view), wrap=True)
        name = label("", "small")
        name.setText(name.fontMetrics().elidedText(view.name, Qt.TextElideMode.ElideMiddle, 150))
        name.setToolTip(view.name)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.verdict)
        words.addWidget(name)
        words.addStretch(1)
        self.remove = icon_button("close", self.tr("Remove this selfie"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(picture)
        line.addLayout(words, 1)
        line.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{view.name}: {self.verdict.text()}")
        self.remove.clicked.connect(self._on_remove)

    def _verdict(self, view: SelfieView) -> str:
        if view.accepted is None:
            return view.reason
        if view.accepted:
            return self.tr("Used")
        return self.tr("Not used: {reason}").format(reason=view.reason)

    def _role(self, view: SelfieView) -> str:
        if view.accepted is None:
            return "faint"
        return "good" if view.accepted else "danger"

    def _on_remove(self) -> None:
        self.removed.emit(self.number)


class SelfieTray(QFrame):
    """Up to five selfies; files can be dropped on it."""

    files_wanted = Signal()
    webcam_wanted = Signal()
    paste_wanted = Signal()
    dropped = Signal(object)
    """A list of Paths."""
    removed = Signal(int)
    """The place of a selfie that is not wanted any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.tiles: list[SelfieTile] = []
        self.drop = DropZone(self.tr("Drop selfies here, or paste them with Ctrl+V"), "camera")
        self.files = button(self.tr("Choose…"), "folder")
        self.webcam = button(self.tr("Webcam"), "camera")
        self.paste = icon_button("copy", self.tr("Paste a picture from the clipboard (Ctrl+V)"), "")
        self._count = label("", "small")
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        column.addLayout(row(label(self.tr("Selfies"), "heading"), None, self._count))
        column.addLayout(self._tiles)
        column.addWidget(self.drop)
        column.addLayout(row(self.files, self.webcam, self.paste, None, spacing=8))
        self.drop.dropped.connect(self.dropped)
        self.files.clicked.connect(self.files_wanted)
        self.webcam.clicked.connect(self.webcam_wanted)
        self.paste.clicked.connect(self.paste_wanted)
        self.show_state(())

    def show_state(self, selfies: Sequence[SelfieView]) -> None:
        """Show these selfies in the place of those before."""
        for tile in self.tiles:
            self._tiles.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [SelfieTile(number, view, self) for number, view in enumerate(selfies)]
        for tile in self.tiles:
            tile.removed.connect(self.removed)
            self._tiles.addWidget(tile)
        text = self.tr("{count} of {most}").format(count=len(selfies), most=MOST_SELFIES)
        self._count.setText(text if selfies else "")
        room = len(selfies) < MOST_SELFIES
        self.drop.setVisible(room)
        for widget in (self.files, self.webcam, self.paste):
            widget.setEnabled(room)


def _rounded(image: QImage, side: int, ratio: float) -> QPixmap:
    """Return the picture as a square with round corners; an icon where there is no picture."""
    size = round(side * ratio)
    made = QPixmap(QSize(size, size))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, size, size), 8 * ratio, 8 * ratio)
    painter.setClipPath(path)
    colours = colours_now()
    painter.fillRect(0, 0, size, size, colours.raised)
    if image.isNull():
        sign = pixmap("camera", colours.faint, 28, ratio)
        corner = round((side - 28) / 2 * ratio)
        painter.drawPixmap(corner, corner, sign.width(), sign.height(), sign)
    else:
        shorter = min(image.width(), image.height())
        left, top = (image.width() - shorter) / 2, (image.height() - shorter) / 2
        painter.drawImage(QRectF(0, 0, size, size), image, QRectF(left, top, shorter, shorter))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
