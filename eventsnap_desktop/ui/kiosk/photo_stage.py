"""One photo as large as the screen: it follows the finger, zooms, and marks the guest's face."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.eased import Eased
from eventsnap_desktop.ui.kiosk.face_crops import draw_ring
from eventsnap_desktop.ui.kiosk.finger_moves import FingerMoves
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.photo_zoom import DOUBLE_TAP, PhotoZoom
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
from eventsnap_desktop.ui.widgets.icons import pixmap

_SWIPE, _ZOOM, _RING = 260, 220, 240  # milliseconds
_FAR_ENOUGH = 0.22  # of the width: then the next photo comes when the finger goes up
_FAST_ENOUGH = 0.5  # widths a second
_AT_THE_END = 0.3  # of the way the photo follows the finger where there is no other
_RING_SIZE = 1.5  # heights of the face
_DIMMED = 0.42


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The photo that is shown and those beside it, None where there is none."""

    photo: GalleryPhoto
    before: GalleryPhoto | None = None
    after: GalleryPhoto | None = None


@dataclass(frozen=True, slots=True)
class _Fitted:
    side: int
    size: QSize
    picture: QPixmap


class PhotoStage(QWidget):
    """Shows a photo; knows no list: who listens to ``stepped`` says what comes."""

    stepped = Signal(int)
    """The guest swiped to the next photo (1) or to the one before (-1)."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pictures = look, pictures
        self._now: Neighbours | None = None
        self._fitted: dict[PhotoId, _Fitted] = {}
        self._zoom = PhotoZoom()
        self._slide, self._mark, self._zooming = (
            Eased(0.0, self),
            Eased(0.0, self),
            Eased(1.0, self),
        )
        self._zoom_at = QPointF()
        self._step = 0
        self._fingers = FingerMoves(look.px(18), self)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Photo"))
        self._connect()
        pictures.again.connect(self._ask)

    @property
    def zoom(self) -> PhotoZoom:
        """Which part is seen."""
        return self._zoom

    @property
    def is_moving(self) -> bool:
        """Whether a photo slides or zooms by itself."""
        return self._slide.is_moving or self._zooming.is_moving

    def show_photos(self, now: Neighbours | None) -> None:
        """Show a photo and have its neighbours ready; the same one keeps its zoom."""
        before = self._now
        self._now = now
        if now is None:
            self._fitted.clear()
            return
        if before is None or before.photo.id != now.photo.id:
            self._step = 0
            self._slide.jump(0.0)
            self._zooming.jump(1.0)
            self._zoom.set_photo(now.photo.width, now.photo.height)
        near = {one.id for one in (now.photo, now.before, now.after) if one is not None}
        self._fitted = {photo: one for photo, one in self._fitted.items() if photo in near}
        self._ask()
        self.update()

    def mark_faces(self, on: bool, *, at_once: bool = False) -> None:
        """Mark the guest's face, softly."""
        if at_once:
            self._mark.jump(1.0 if on else 0.0)
        else:
            self._mark.send(1.0 if on else 0.0, _RING)

    def go(self, step: int) -> bool:
        """Slide to the next photo or the one before; return whether there is one."""
        self._finish_step()
        if self._now is None or (self._now.after if step > 0 else self._now.before) is None:
            return False
        self._step = step
        self._slide.send(-step * self._sense * self._pitch, _SWIPE)
        return True

    def zoom_by(self, factor: float) -> None:
        """Zoom by keyboard, in the middle."""
        self._zoom_softly(self._zoom.factor * factor, QRectF(self.rect()).center())

    def refresh(self, photo: PhotoId) -> None:
        """Take a picture that is there now."""
        now = self._now
        if now is not None and photo in {
            one.id for one in (now.photo, now.before, now.after) if one is not None
        }:
            self.update()

    def event(self, event: QEvent) -> bool:
        """Take touches as they are: as a mouse they would be one finger only."""
        if isinstance(event, QTouchEvent):
            self._on_touch(event)
            return True
        return bool(super().event(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to swipe or to move."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._fingers.at([event.position()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin the second tap."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._fingers.at([event.position()])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._fingers.at([])

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom where the mouse is."""
        turned = event.angleDelta().y()
        if turned:
            self._zoom.zoom_to(self._zoom.factor * 1.25 ** (turned / 120), event.position())
            self.update()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use all the room."""
        super().resizeEvent(event)
        self._fitted.clear()
        self._zoom.set_room(QRectF(self.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the photo, and its neighbour while it slides."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._now is not None:
            self._paint_all(painter, self._now)
        painter.end()

    @property
    def _sense(self) -> int:
        """1 where what follows stands to the right."""
        return -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1

    @property
    def _pitch(self) -> float:
        """Pixels from one photo to the next."""
        return self.width() + float(self._look.px(48))

    def _connect(self) -> None:
        self._slide.moved.connect(self._on_slid)
        self._slide.arrived.connect(self._finish_step)
        self._mark.moved.connect(self._on_slid)
        self._zooming.moved.connect(self._on_zooming)
        fingers = self._fingers
        fingers.began.connect(self._on_began)
        fingers.dragged.connect(self._on_dragged)
        fingers.let_go.connect(self._on_let_go)
        fingers.pinched.connect(self._on_pinched)
        fingers.pinch_ended.connect(self._on_pinch_ended)
        fingers.tapped_twice.connect(self._on_tapped_twice)

    def _ask(self) -> None:
        """Ask for the large pictures; what is asked for last is made first."""
        if self._now is None:
            return
        for photo in (self._now.before, self._now.after, self._now.photo):
            if photo is None:
                continue
            if self._pictures.get(photo, LARGE) is None:
                self._pictures.request(photo, LARGE)
        if self._pictures.get(self._now.photo, SMALL) is None:
            self._pictures.request(self._now.photo, SMALL)

    def _on_touch(self, event: QTouchEvent) -> None:
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self._fingers.cancel()
            return
        up = Qt.TouchPointState.TouchPointReleased
        down = [one.position() for one in event.points() if _state(one) != up]
        if event.type() == QEvent.Type.TouchEnd:
            down = []
        elif len(down) == 1 and event.type() == QEvent.Type.TouchUpdate:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._fingers.at(down)

    def _on_slid(self, _: float) -> None:
        self.update()

    def _on_began(self) -> None:
        self._finish_step()
        self._zooming.jump(self._zoom.factor)

    def _on_dragged(self, by: QPointF) -> None:
        if not self._zoom.is_fitted:
            self._zoom.move(by)
            self.update()
            return
        slid = self._slide.value + by.x()
        towards = -self._sense if slid > 0 else self._sense
        if self._now is None or not (self._now.after if towards > 0 else self._now.before):
            slid = self._slide.value + by.x() * _AT_THE_END
        self._slide.jump(slid)

    def _on_let_go(self, speed: float) -> None:
        slid = self._slide.value
        if slid == 0.0:
            return
        width = max(1, self.width())
        flung = abs(speed) > width * _FAST_ENOUGH and (speed > 0) == (slid > 0)
        step = -self._sense if slid > 0 else self._sense
        if not (abs(slid) > width * _FAR_ENOUGH or flung) or not self.go(step):
            self._slide.send(0.0, _SWIPE)

    def _on_pinched(self, factor: float, middle: QPointF, by: QPointF) -> None:
        self._slide.jump(0.0)
        self._zoom.move(by)
        self._zoom.zoom_to(self._zoom.factor * factor, middle, springy=True)
        self.update()

    def _on_pinch_ended(self) -> None:
        if self._zoom.factor < 1.0:
            self._zoom_softly(1.0, QRectF(self.rect()).center())

    def _on_tapped_twice(self, where: QPointF) -> None:
        self._zoom_softly(DOUBLE_TAP if self._zoom.is_fitted else 1.0, where)

    def _zoom_softly(self, factor: float, at: QPointF) -> None:
        self._zoom_at = at
        self._zooming.jump(self._zoom.factor)
        self._zooming.send(min(max(factor, 1.0), self._zoom.most), _ZOOM)

    def _on_zooming(self, factor: float) -> None:
        if self._zoom.factor != factor:
            self._zoom.zoom_to(factor, self._zoom_at, springy=True)
            self.update()

    def _finish_step(self) -> None:
        step, self._step = self._step, 0
        if step:
            self._slide.jump(0.0)
            self.stepped.emit(step)

    def _paint_all(self, painter: QPainter, now: Neighbours) -> None:
        slid = self._slide.value
        self._paint_photo(painter, now.photo, self._zoom.rect().translated(slid, 0))
        self._paint_marks(painter, now.photo, self._zoom.rect().translated(slid, 0))
        if slid == 0.0:
            return
        towards = -self._sense if slid > 0 else self._sense
        beside = now.after if towards > 0 else now.before
        if beside is None:
            return
        other = PhotoZoom()
        other.set_room(QRectF(self.rect()))
        other.set_photo(beside.width, beside.height)
        away = slid - self._pitch if slid > 0 else slid + self._pitch
        self._paint_photo(painter, beside, other.rect().translated(away, 0))

    def _paint_photo(self, painter: QPainter, photo: GalleryPhoto, where: QRectF) -> None:
        side = LARGE
        image = self._pictures.get(photo, LARGE)
        if image is None:
            side, image = SMALL, self._pictures.get(photo, SMALL)
        if image is None:
            self._paint_missing(painter, photo, where)
        elif self._zoom.factor == 1.0 or self._now is None or photo is not self._now.photo:
            kept = self._fit(photo, image, side, where)
            painter.drawPixmap(where.topLeft(), kept)
        else:
            _draw_part(painter, image, where, QRectF(self.rect()))

    def _fit(self, photo: GalleryPhoto, image: QImage, side: int, where: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = (where.size() * ratio).toSize().expandedTo(QSize(1, 1))
        kept = self._fitted.get(photo.id)
        if kept is None or kept.size != size or kept.side != side:
            made = QPixmap(size)
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(made.rect()), image)
            painter.end()
            made.setDevicePixelRatio(ratio)
            kept = self._fitted[photo.id] = _Fitted(side, size, made)
        return kept.picture

    def _paint_missing(self, painter: QPainter, photo: GalleryPhoto, where: QRectF) -> None:
        colours = self._look.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawRect(where)
        if self._pictures.failed(photo, LARGE) is None:
            return
        side = self._look.px(110)
        middle = where.center() - QPointF(0, self._look.px(40))
        corner = middle - QPointF(side / 2, side / 2)
        painter.drawPixmap(corner, pixmap("photos", colours.faint, side))
        font = self.font()
        font.setPixelSize(self._look.text(34))
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        below = QRectF(0, middle.y() + side / 2 + self._look.px(20), self.width(), side)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        words = self.tr("This photo cannot be shown right now")
        painter.drawText(below.translated(self._slide.value, 0), flags, words)

    def _paint_marks(self, painter: QPainter, photo: GalleryPhoto, where: QRectF) -> None:
        if self._mark.value <= 0.01 or not photo.faces or photo.width <= 0:
            return
        scale = where.width() / photo.width
        rings = []
        for face in photo.faces:
            side = max(face.width, face.height) * _RING_SIZE * scale
            side = max(side, self._look.px(44))
            ring = QRectF(0, 0, side, side)
            middle = QPointF(face.x + face.width / 2, face.y + face.height / 2)
            ring.moveCenter(where.topLeft() + middle * scale)
            rings.append(ring)
        painter.setClipRect(where)
        draw_ring(painter, where, rings, self._look.px(5), _DIMMED * self._mark.value)
        painter.setClipping(False)


def _state(point: object) -> Qt.TouchPointState:
    """Return a touch point's state as Qt names it for widgets."""
    return Qt.TouchPointState(int(point.state().value))  # type: ignore[attr-defined]


def _draw_part(painter: QPainter, image: QImage, where: QRectF, seen: QRectF) -> None:
    """Draw only that part of an image which is on the screen."""
    target = where.intersected(seen)
    across, down = image.width() / where.width(), image.height() / where.height()
    source = QRectF(
        (target.x() - where.x()) * across,
        (target.y() - where.y()) * down,
        target.width() * across,
        target.height() * down,
    )
    painter.drawImage(target, image, source)
