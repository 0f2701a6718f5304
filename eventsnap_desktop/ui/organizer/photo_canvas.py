"""One photo to look at closely: zoomed, moved, with a box and a label on every face."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.ui.organizer.face_boxes import FaceMark, draw_marks
from eventsnap_desktop.ui.widgets.theme import colours_now

ZOOM_STEP = 1.25
_MOST_ZOOM = 8.0  # screen pixels a photo pixel
_MOST_FIT = 2.0  # a small photo is enlarged no more than that by itself
_MARGIN = 12.0
_PAN_STEP = 80.0


@dataclass(frozen=True, slots=True)
class _View:
    """Which part is seen: screen pixels a photo pixel, and the photo's point in the middle."""

    scale: float
    middle: QPointF


class PhotoCanvas(QWidget):
    """Shows an image of a photo whose own size in pixels may be larger than the image's."""

    zoomed = Signal(float)
    """Screen pixels a photo pixel."""
    face_chosen = Signal(int)
    """The number of the face that was clicked, from 0."""
    face_hovered = Signal(int)
    """The number of the face under the mouse, -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._size = QSize(1, 1)
        self._view: _View | None = None  # None: the whole photo
        self._marks: tuple[FaceMark, ...] = ()
        self._boxes_shown = True
        self._hovered = -1
        self._pressed: QPoint | None = None
        self._last = QPointF()
        self._fitted: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo"))
        self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def has_photo(self) -> bool:
        """Whether there is an image to see."""
        return self._image is not None

    @property
    def scale(self) -> float:
        """Screen pixels a photo pixel."""
        return self._fit_scale() if self._view is None else self._view.scale

    @property
    def is_fitted(self) -> bool:
        """Whether the whole photo is seen, whatever the size of the window."""
        return self._view is None

    @property
    def boxes_shown(self) -> bool:
        """Whether faces are boxed."""
        return self._boxes_shown

    def show_photo(self, image: QImage | None, size: QSize, *, same: bool = False) -> None:
        """Show a photo of ``size`` pixels by an image of it; the ``same`` one keeps its zoom."""
        self._image, self._fitted = image, None
        self._size = size.expandedTo(QSize(1, 1))
        if not same:
            self._view = None
            self._hovered = -1
        self.zoomed.emit(self.scale)
        self.update()

    def show_marks(self, marks: Sequence[FaceMark]) -> None:
        """Box these faces."""
        self._marks = tuple(marks)
        self.update()

    def show_boxes(self, shown: bool) -> None:
        """Show the boxes or the bare photo."""
        self._boxes_shown = shown
        self.update()

    def highlight(self, number: int) -> None:
        """Point out one face, none for -1."""
        if number != self._hovered:
            self._hovered = number
            self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; what lies at ``at`` (the middle for None) stays where it is."""
        where = QRectF(self.rect()).center() if at is None else at
        fit = self._fit_scale()
        scale = min(max(self.scale * factor, fit), max(_MOST_ZOOM, fit))
        if scale <= fit * 1.001:
            self.fit()
            return
        kept = self._to_photo(where)
        offset = (where - QRectF(self.rect()).center()) / scale
        self._set_view(_View(scale, kept - offset))

    def fit(self) -> None:
        """Show the whole photo."""
        self._view = None
        self.zoomed.emit(self.scale)
        self.update()

    def pan(self, by: QPointF) -> None:
        """Move the photo by so many screen pixels; nothing happens where all of it is seen."""
        if self._view is not None:
            self._set_view(_View(self._view.scale, self._view.middle - by / self._view.scale))

    def box_on_screen(self, box: Box) -> QRectF:
        """Return where a box of the photo is in this widget."""
        corner = self._to_screen(QPointF(box.x, box.y))
        return QRectF(corner.x(), corner.y(), box.width * self.scale, box.height * self.scale)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the photo and its boxes."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(colours_now().ground))
        if self._image is not None:
            self._draw_photo(painter, self._image)
        if self._boxes_shown and self._image is not None:
            boxes = [self.box_on_screen(mark.box) for mark in self._marks]
            draw_marks(painter, self._marks, boxes, QRectF(self.rect()), self._hovered)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit again, or keep the middle."""
        super().resizeEvent(event)
        self._fitted = None
        self.zoomed.emit(self.scale)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom where the mouse is."""
        turned = event.angleDelta().y()
        if turned:
            self.zoom(ZOOM_STEP ** (turned / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to move the photo, or to click a face."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._last = event.position().toPoint(), event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the photo, or point at a face."""
        where = event.position()
        if self._pressed is None:
            self._hover(self._mark_at(where))
            return
        if self._view is not None:
            self.pan(where - self._last)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._last = where

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the face that was clicked, unless the photo was moved."""
        pressed, self._pressed = self._pressed, None
        self.unsetCursor()
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        moved = (event.position().toPoint() - pressed).manhattanLength()
        number = self._mark_at(event.position())
        if number >= 0 and moved < QApplication.startDragDistance():
            self.face_chosen.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See the photo's own pixels, or the whole photo again."""
        if self._view is None:
            self.zoom(1 / self.scale if self.scale < 1 else 2, event.position())
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Point at no face."""
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move a zoomed photo with Shift and the arrows; all else is the viewer's."""
        steps = {
            Qt.Key.Key_Left: QPointF(_PAN_STEP, 0),
            Qt.Key.Key_Right: QPointF(-_PAN_STEP, 0),
            Qt.Key.Key_Up: QPointF(0, _PAN_STEP),
            Qt.Key.Key_Down: QPointF(0, -_PAN_STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if step is not None and shift and self._view is not None:
            self.pan(step)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Zoom by pinching, on a touch screen or a touch pad."""
        if event.type() == QEvent.Type.NativeGesture:
            native = cast("QNativeGestureEvent", event)
            if native.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + native.value(), native.position())
                return True
        if event.type() == QEvent.Type.Gesture:
            pinch = cast("QGestureEvent", event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                where = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom(pinch.scaleFactor(), where)
                return True
        return super().event(event)

    def _draw_photo(self, painter: QPainter, image: QImage) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        corner = self._to_screen(QPointF(0, 0))
        width, height = self._size.width() * self.scale, self._size.height() * self.scale
        if self._view is None:
            if self._fitted is None:
                self._fitted = self._to_fit(image, QSize(round(width), round(height)))
            painter.drawPixmap(corner.toPoint(), self._fitted)
            return
        ratio = image.width() / self._size.width()
        seen = QRectF(self.rect()).intersected(QRectF(corner.x(), corner.y(), width, height))
        first = self._to_photo(seen.topLeft()) * ratio
        last = self._to_photo(seen.bottomRight()) * ratio
        painter.drawImage(seen, image, QRectF(first, last))

    def _to_fit(self, image: QImage, size: QSize) -> QPixmap:
        """Return the image in the size it is seen in, so that boxes are painted anew at no cost."""
        ratio = self.devicePixelRatioF()
        scaled = image.scaled(
            (size * ratio).expandedTo(QSize(1, 1)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        made = QPixmap.fromImage(scaled)
        made.setDevicePixelRatio(ratio)
        return made

    def _fit_scale(self) -> float:
        wide = (self.width() - 2 * _MARGIN) / self._size.width()
        high = (self.height() - 2 * _MARGIN) / self._size.height()
        return max(min(wide, high, _MOST_FIT), 0.001)

    def _middle(self) -> QPointF:
        if self._view is not None:
            return self._view.middle
        return QPointF(self._size.width() / 2, self._size.height() / 2)

    def _to_screen(self, point: QPointF) -> QPointF:
        return QRectF(self.rect()).center() + (point - self._middle()) * self.scale

    def _to_photo(self, point: QPointF) -> QPointF:
        return self._middle() + (point - QRectF(self.rect()).center()) / self.scale

    def _set_view(self, view: _View) -> None:
        """See another part, but never beyond the photo's edges."""
        half_w, half_h = self.width() / view.scale / 2, self.height() / view.scale / 2
        middle = QPointF(
            _within(view.middle.x(), half_w, self._size.width()),
            _within(view.middle.y(), half_h, self._size.height()),
        )
        self._view = _View(view.scale, middle)
        self.zoomed.emit(view.scale)
        self.update()

    def _mark_at(self, where: QPointF) -> int:
        """Return the smallest face there, -1 for none."""
        if not self._boxes_shown:
            return -1
        there = [
            (mark.box.area, number)
            for number, mark in enumerate(self._marks)
            if self.box_on_screen(mark.box).adjusted(-3, -3, 3, 3).contains(where)
        ]
        return min(there)[1] if there else -1

    def _hover(self, number: int) -> None:
        if number == self._hovered:
            return
        self.highlight(number)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor
        )
        self.setToolTip(self.tr("Show all photos of this face") if number >= 0 else "")
        self.face_hovered.emit(number)


def _within(middle: float, half: float, length: float) -> float:
    return length / 2 if 2 * half >= length else min(max(middle, half), length - half)
