"""Photos and faces over time, drawn large enough for a projector."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from eventsnap_desktop.domain.overview import Bucket
from eventsnap_desktop.ui.organizer.chart_scale import bar_at, round_top, time_marks
from eventsnap_desktop.ui.widgets.theme import colours_now

_DAY = timedelta(days=1)
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 64, 40, 40


class CoverageChart(QWidget):
    """Bars are photos (left axis), the line is faces (right axis)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setMinimumHeight(240)
        self._buckets: tuple[Bucket, ...] = ()
        self._hovered: int | None = None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that is good to look at."""
        return QSize(900, 380)

    def show_buckets(self, buckets: Sequence[Bucket]) -> None:
        """Show these slices of time."""
        self._buckets = tuple(buckets)
        self._hovered = None
        photos, faces = sum(b.photos for b in buckets), sum(b.faces for b in buckets)
        text = self.tr("{photos} photos and {faces} faces over time")
        self.setAccessibleName(text.format(photos=photos, faces=faces))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the figures of the bar under the pointer."""
        area = self._area()
        hovered = bar_at(event.position().x(), area.left(), area.width(), len(self._buckets))
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        if hovered is None:
            QToolTip.hideText()
            return
        bucket = self._buckets[hovered]
        text = self.tr("{time}: {photos} photos, {faces} faces").format(
            time=self._time(bucket), photos=bucket.photos, faces=bucket.faces
        )
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Forget the pointer."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the chart."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(max(13, min(22, self.height() // 26)))
        painter.setFont(font)
        if self._buckets:
            photos = round_top(max(1, *(bucket.photos for bucket in self._buckets)))
            faces = round_top(max(1, *(bucket.faces for bucket in self._buckets)))
            self._draw_axes(painter, photos, faces)
            self._draw_bars(painter, photos)
            self._draw_line(painter, faces)
            self._draw_times(painter)
            self._draw_legend(painter)
        painter.end()

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _draw_axes(self, painter: QPainter, photos: int, faces: int) -> None:
        colours, area, local = colours_now(), self._area(), QLocale()
        steps = min(4, photos) if photos < 4 else 4
        for step in range(steps + 1):
            y = area.bottom() - area.height() * step / steps
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.faint))
            left = QRectF(0, y - 12, _LEFT - 10, 24)
            right = QRectF(area.right() + 10, y - 12, _RIGHT - 10, 24)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                left, middle | Qt.AlignmentFlag.AlignRight, local.toString(photos * step // steps)
            )
            painter.drawText(
                right, middle | Qt.AlignmentFlag.AlignLeft, local.toString(faces * step // steps)
            )

    def _draw_bars(self, painter: QPainter, top: int) -> None:
        colours, area = colours_now(), self._area()
        slot = area.width() / len(self._buckets)
        width = max(2.0, min(60.0, slot * 0.72))
        painter.setPen(Qt.PenStyle.NoPen)
        for number, bucket in enumerate(self._buckets):
            height = area.height() * bucket.photos / top
            x = area.left() + slot * number + (slot - width) / 2
            hot = number == self._hovered
            painter.setBrush(QColor(colours.accent_hover if hot else colours.accent))
            painter.drawRoundedRect(QRectF(x, area.bottom() - height, width, height), 3, 3)

    def _draw_line(self, painter: QPainter, top: int) -> None:
        colours, area = colours_now(), self._area()
        slot = area.width() / len(self._buckets)
        points = [
            QPointF(
                area.left() + slot * (number + 0.5),
                area.bottom() - area.height() * bucket.faces / top,
            )
            for number, bucket in enumerate(self._buckets)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.surface), 6))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(QColor(colours.warning), 3))
        painter.drawPolyline(QPolygonF(points))
        if len(points) <= 60:
            painter.setBrush(QColor(colours.warning))
            painter.setPen(QPen(QColor(colours.surface), 2))
            for point in points:
                painter.drawEllipse(point, 5, 5)

    def _draw_times(self, painter: QPainter) -> None:
        area = self._area()
        slot = area.width() / len(self._buckets)
        wide = painter.fontMetrics().horizontalAdvance("00.00. 00:00") + 20
        painter.setPen(QColor(colours_now().faint))
        for number in time_marks(self._buckets, max(1, int(area.width() // wide))):
            middle = area.left() + slot * (number + 0.5)
            place = QRectF(middle - wide / 2, area.bottom() + 8, wide, 26)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._time(self._buckets[number]))

    def _draw_legend(self, painter: QPainter) -> None:
        colours, area = colours_now(), self._area()
        x = area.left()
        for colour, text in (
            (colours.accent, self.tr("Photos")),
            (colours.warning, self.tr("Faces")),
        ):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x, 12, 14, 14), 3, 3)
            painter.setPen(QColor(colours.text))
            width = painter.fontMetrics().horizontalAdvance(text) + 8
            painter.drawText(QRectF(x + 22, 6, width, 26), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 50

    def _time(self, bucket: Bucket) -> str:
        start = bucket.start.astimezone()
        days = {one.start.astimezone().date() for one in (self._buckets[0], self._buckets[-1])}
        if len(days) == 1:
            return f"{start:%H:%M}"
        wide = len(self._buckets) > 1 and self._buckets[1].start - self._buckets[0].start >= _DAY
        if wide:
            day = QDate(start.year, start.month, start.day)
            return QLocale().toString(day, QLocale.FormatType.ShortFormat)
        return f"{start:%d.%m. %H:%M}"
