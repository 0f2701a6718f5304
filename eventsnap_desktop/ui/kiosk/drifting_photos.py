"""Photos that the organizer approved, drifting in columns; tinted frames where there are none."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from eventsnap_desktop.ui.widgets.icons import pixmap

_FRAME = 33  # milliseconds
_APPEARS_IN = 500.0  # milliseconds
_PACES = (1.0, 0.8, 1.15)  # of the columns; else they would look like one sheet
_SHAPES = (0.75, 1.2, 1.0, 0.7, 1.3)  # height by width of frames without a photo
_TALLEST, _FLATTEST = 1.4, 0.6


@dataclass(slots=True)
class _Cell:
    """A photo or an empty frame in a column; ``since`` is when its picture came, in ms."""

    photo: GalleryPhoto | None
    height: int
    empty: int
    picture: QPixmap | None = None
    since: float = 0.0


@dataclass(slots=True)
class _Column:
    left: int
    width: int
    pace: float
    top: float = 0.0
    cells: deque[_Cell] = field(default_factory=deque)


class DriftingPhotos(QWidget):
    """Moves while it is seen; a photo has left its place after ``seconds_a_photo``."""

    def __init__(self, look: Look, pictures: Pictures, seconds_a_photo: float = 8.0) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._seconds = max(2.0, seconds_a_photo)
        self._photos: tuple[GalleryPhoto, ...] = ()
        self._next, self._next_empty = 0, 0
        self._columns: list[_Column] = []
        self._empties: dict[tuple[int, int, int], QPixmap] = {}
        self._clock = QElapsedTimer()
        self._clock.start()
        self._last = 0
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self._drift)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        pictures.ready.connect(self._on_ready)

    @property
    def is_moving(self) -> bool:
        """Whether it spends time on moving."""
        return self._frames.isActive()

    @property
    def shown(self) -> set[PhotoId]:
        """The photos whose pictures are there."""
        return {
            cell.photo.id
            for column in self._columns
            for cell in column.cells
            if cell.photo is not None and cell.picture is not None
        }

    def show_photos(self, photos: Sequence[GalleryPhoto]) -> None:
        """Show these photos over and over, frames without a photo for none."""
        if tuple(photos) == self._photos:
            return
        self._photos = tuple(photos)
        self._next = 0
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the columns anew."""
        self._fill()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Move."""
        self._last = self._clock.elapsed()
        self._frames.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        self._frames.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint every column where it is at this moment."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._look.colours.ground))
        now = self._clock.elapsed()
        gap = self._gap
        for column in self._columns:
            top = round(column.top)
            for cell in column.cells:
                if top > self.height():
                    break
                age = (now - cell.since) / _APPEARS_IN
                if cell.picture is None or age < 1.0:
                    empty = self._empty(cell.empty, column.width, cell.height)
                    painter.drawPixmap(column.left, top, empty)
                if cell.picture is not None:
                    painter.setOpacity(min(1.0, age))
                    painter.drawPixmap(column.left, top, cell.picture)
                    painter.setOpacity(1.0)
                top += cell.height + gap
        painter.end()

    @property
    def _gap(self) -> int:
        return self._look.px(20)

    def _fill(self) -> None:
        """Begin anew with as many columns as there are photos and room for."""
        self._columns = []
        self._empties.clear()
        if self.width() < self._look.px(100) or self.height() < self._look.px(60):
            return
        fitting = max(1, min(3, round(self.width() / self._look.px(330))))
        count = fitting if not self._photos else min(fitting, max(1, len(self._photos) // 3))
        width = (self.width() - self._gap * (count - 1)) // count
        for at in range(count):
            column = _Column(at * (width + self._gap), width, _PACES[at % len(_PACES)])
            self._columns.append(column)
            column.top = -width * 0.3 * (at % 2)
            self._extend(column)
        self.update()

    def _drift(self) -> None:
        now = self._clock.elapsed()
        passed, self._last = min(200, now - self._last), now
        for column in self._columns:
            column.top -= column.pace * column.width * 0.75 * passed / 1000 / self._seconds
            while column.cells and column.top + column.cells[0].height + self._gap < 0:
                column.top += column.cells.popleft().height + self._gap
            self._extend(column)
        self.update()

    def _extend(self, column: _Column) -> None:
        """Have cells down to one more than can be seen, so that its picture is there in time."""
        bottom = column.top + sum(cell.height + self._gap for cell in column.cells)
        while bottom < self.height() + column.width * 0.5:
            cell = self._next_cell(column.width)
            column.cells.append(cell)
            bottom += cell.height + self._gap

    def _next_cell(self, width: int) -> _Cell:
        empty = self._next_empty
        self._next_empty += 1
        if not self._photos:
            return _Cell(None, round(width * _SHAPES[empty % len(_SHAPES)]), empty)
        photo = self._photos[self._next % len(self._photos)]
        self._next += 1
        shape = photo.height / photo.width if photo.width > 0 else 0.67
        cell = _Cell(photo, round(width * min(_TALLEST, max(_FLATTEST, shape))), empty)
        image = self._pictures.get(photo, SMALL)
        if image is None:
            self._pictures.request(photo, SMALL)
        else:
            cell.picture, cell.since = self._rounded(image, width, cell.height), -_APPEARS_IN
        return cell

    def _on_ready(self, which: PhotoId) -> None:
        for column in self._columns:
            for cell in column.cells:
                if cell.photo is None or cell.photo.id != which or cell.picture is not None:
                    continue
                image = self._pictures.get(cell.photo, SMALL)
                if image is not None:
                    cell.picture = self._rounded(image, column.width, cell.height)
                    cell.since = self._clock.elapsed()

    def _rounded(self, image: QImage, width: int, height: int) -> QPixmap:
        """Return a picture that fills a cell; its corners have the ground's colour: no blending."""
        size = QSize(width, height)
        fill = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        scaled = image.scaled(size, fill, Qt.TransformationMode.SmoothTransformation)
        left, top = (scaled.width() - width) // 2, (scaled.height() - height) // 2
        return self._framed(scaled.copy(left, top, width, height), None)

    def _empty(self, number: int, width: int, height: int) -> QPixmap:
        colours = self._look.colours
        tint = number % 3
        key = (tint, width, height)
        if key not in self._empties:
            grounds = (colours.accent_soft, colours.border, colours.accent_soft)
            inks = (colours.accent, colours.surface, colours.surface)
            icons = ("user", "photos", "faces")
            picture = QImage(width, height, QImage.Format.Format_RGB32)
            picture.fill(QColor(grounds[tint]))
            side = max(8, min(width, height) // 3)
            self._empties[key] = self._framed(picture, pixmap(icons[tint], inks[tint], side))
        return self._empties[key]

    def _framed(self, picture: QImage, inside: QPixmap | None) -> QPixmap:
        whole = QImage(picture.size(), QImage.Format.Format_RGB32)
        whole.fill(QColor(self._look.colours.ground))
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = self._look.px(24)
        path.addRoundedRect(QRectF(whole.rect()), radius, radius)
        painter.setClipPath(path)
        painter.drawImage(0, 0, picture)
        if inside is not None:
            left = (whole.width() - inside.width()) // 2
            painter.drawPixmap(left, (whole.height() - inside.height()) // 2, inside)
        painter.end()
        return QPixmap.fromImage(whole)
