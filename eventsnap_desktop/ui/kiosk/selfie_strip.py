"""The selfies that were taken, as small round pictures, with empty places for those to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.widgets.icons import pixmap

_DIAMETER, _SMALL = 108, 72  # designed pixels
_GAP = 24


class _Held:
    """What is shown, and what it was made of; it outlives no widget."""

    def __init__(self) -> None:
        self.selfies: tuple[BgrImage, ...] = ()
        self.images: list[QImage] = []

    def forget(self) -> None:
        self.selfies, self.images = (), []


class SelfieStrip(QWidget):
    """A row of ``wanted`` places; those of selfies that are there show them as in a mirror."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._held = _Held()
        self._taken, self._wanted = 0, 3
        self._small = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        self.destroyed.connect(self._held.forget)

    @property
    def images(self) -> Sequence[QImage]:
        """The small pictures that are shown."""
        return self._held.images

    def show_selfies(self, taken: int, wanted: int, selfies: tuple[BgrImage, ...]) -> None:
        """Show newer selfies; those that are shown already cost nothing."""
        held = self._held
        known = {id(selfie): image for selfie, image in zip(held.selfies, held.images, strict=True)}
        held.images = [
            known.get(id(one)) or round_source(one, self._look.target(_DIAMETER)) for one in selfies
        ]
        held.selfies = selfies
        if (taken, wanted) != (self._taken, self._wanted):
            self._taken, self._wanted = taken, wanted
            self._name()
            self.updateGeometry()
        self.update()

    def set_small(self, small: bool) -> None:
        """Take less room, where there is little."""
        if small is not self._small:
            self._small = small
            self.updateGeometry()
            self.update()

    def forget(self) -> None:
        """Show no picture."""
        self._held.forget()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for all places."""
        side, gap, edge = self._side(), self._look.px(_GAP), self._line()
        return QSize(self._wanted * side + (self._wanted - 1) * gap + 2 * edge, side + 2 * edge)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep nothing that is not seen."""
        self.forget()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the places in reading direction."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, step = self._side(), self._side() + self._look.px(_GAP)
        for number in range(self._wanted):
            left = self._line() + number * step
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = self.width() - left - side
            place = QRectF(left, self._line(), side, side)
            if number < len(self._held.images):
                self._paint_selfie(painter, place, self._held.images[number])
            else:
                self._paint_empty(painter, place)

    def _paint_selfie(self, painter: QPainter, place: QRectF, image: QImage) -> None:
        clip = QPainterPath()
        clip.addEllipse(place)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._look.colours.good), self._line()))
        painter.drawEllipse(place)

    def _paint_empty(self, painter: QPainter, place: QRectF) -> None:
        colours = self._look.colours
        painter.setBrush(QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.strong_border), self._line() / 2))
        painter.drawEllipse(place)
        side = round(place.width() * 0.46)
        corner = place.center() - QPointF(side / 2, side / 2)
        painter.drawPixmap(corner, pixmap("user", colours.faint, side, self.devicePixelRatioF()))

    def _side(self) -> int:
        return self._look.target(_SMALL if self._small else _DIAMETER)

    def _line(self) -> int:
        return self._look.px(6)

    def _name(self) -> None:
        words = self.tr("{taken} of {wanted} pictures taken")
        self.setAccessibleName(words.format(taken=self._taken, wanted=self._wanted))


def round_source(selfie: BgrImage, side: int) -> QImage:
    """Return the square middle of BGR uint8 (h, w, 3), mirrored, with pixels of its own."""
    height, width = selfie.shape[:2]
    kind = QImage.Format.Format_BGR888
    whole = QImage(selfie.data, width, height, selfie.strides[0], kind)
    square = min(width, height)
    part = QRect((width - square) // 2, (height - square) // 2, square, square)
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return whole.copy(part).scaled(side, side, keep, smooth).flipped(Qt.Orientation.Horizontal)
