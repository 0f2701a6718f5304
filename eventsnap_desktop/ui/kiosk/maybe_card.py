"""One photo that may show the guest: the face close by, and two large answers."""

from time import monotonic

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.face_crops import draw_crop, is_sharp
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import LARGE, SMALL, Pictures
from eventsnap_desktop.ui.kiosk.pieces import big_button
from eventsnap_desktop.ui.widgets.icons import pixmap

_WIDEST = 16_777_215  # Qt's QWIDGETSIZE_MAX: no limit
_REST = 0.35  # seconds: the second tap of a hasty finger does not answer the next question


class FacePicture(QAbstractButton):
    """The guest's face in a photo; pressed, it opens the photo."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pictures = look, pictures
        self._photo: GalleryPhoto | None = None
        self._drawn = QPixmap()
        self._wants_large = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("See the whole photo"))

    def show_photo(self, photo: GalleryPhoto) -> None:
        """Show the face of a photo."""
        self._photo = photo
        self._drawn, self._wants_large = QPixmap(), False
        self.refresh()

    def refresh(self) -> None:
        """Draw what there is, or ask for it: the large picture only for a small face."""
        photo = self._photo
        if photo is None or self.width() < 2 or self.height() < 2:
            return
        small = self._pictures.get(photo, SMALL)
        size = self.size() * self.devicePixelRatioF()
        self._wants_large = small is not None and not is_sharp(photo, small, size)
        large = self._pictures.get(photo, LARGE) if self._wants_large else None
        image = small if large is None else large
        if small is None:
            self._pictures.request(photo, SMALL)
        if self._wants_large and large is None:
            self._pictures.request(photo, LARGE)
        if image is not None:
            self._drawn = draw_crop(photo, image, size, self._look.px(4))
            self._drawn.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew in the new size."""
        super().resizeEvent(event)
        self.refresh()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a face that can be recognised."""
        return QSize(self._look.px(192), self._look.px(192))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: no smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the face with round corners."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, radius = QRectF(self.rect()), float(self._look.px(18))
        colours = self._look.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        if not self._drawn.isNull():
            brush = QBrush(self._drawn)
            painter.setBrush(brush)
        painter.drawRoundedRect(whole, radius, radius)
        if self._drawn.isNull() and self._photo is not None:
            side = self._look.px(56)
            sign = pixmap("user", colours.faint, side)
            middle = self.rect().center()
            painter.drawPixmap(middle.x() - side // 2, middle.y() - side // 2, sign)
        if self.hasFocus():
            half = self._look.px(5) / 2
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text), 2 * half))
            painter.drawRoundedRect(whole.adjusted(half, half, -half, -half), radius, radius)
        painter.end()


class MaybeCard(QFrame):
    """Asks once about each photo it is given."""

    answered = Signal(object, bool)
    """The PhotoId, and whether the guest is in it."""
    opened = Signal(object)
    """The PhotoId that is to be seen large."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._look = look
        self._photo: GalleryPhoto | None = None
        self._answered: PhotoId | None = None
        self._ready_at = 0.0
        self._face = FacePicture(look, pictures)
        self._yes = big_button(look, self.tr("Yes, that’s me"), "check", "soft")
        self._no = big_button(look, self.tr("Not me"), "close")
        self._face.clicked.connect(self._on_opened)
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        for answer in (self._yes, self._no):
            answer.setStyleSheet(f"padding: 0 {look.px(20)}px;")
        side = look.px(16)
        self._row.setContentsMargins(side, side, side, side)
        self._row.setSpacing(look.px(16))
        self._row.addWidget(self._face)
        self._answers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._answers.setSpacing(look.px(16))
        for answer in (self._yes, self._no):
            self._answers.addWidget(answer, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._answers, 1)
        self.lay_out(high=False, answers_beside=False)

    @property
    def photo(self) -> GalleryPhoto | None:
        """The photo that is asked about."""
        return self._photo

    def lay_out(self, *, high: bool, answers_beside: bool) -> None:
        """Stand high, or wide; a wide card alone has room for the answers side by side."""
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if high else directions.LeftToRight)
        self._answers.setDirection(
            directions.LeftToRight if answers_beside else directions.TopToBottom
        )
        side = 2 * self._look.target(88) + self._look.px(16)
        if high:
            self._face.setMinimumSize(0, self._look.px(340))
            self._face.setMaximumSize(_WIDEST, self._look.px(340))
        else:
            self._face.setFixedSize(side, side)

    def least_width(self) -> int:
        """Return the width that its words need."""
        for part in (self, self._yes, self._no):
            part.ensurePolished()
        return self.minimumSizeHint().width()

    def show_photo(self, photo: GalleryPhoto) -> None:
        """Ask about a photo."""
        if photo == self._photo:
            return
        if self._photo is not None and self._answered == self._photo.id:
            self._ready_at = monotonic() + _REST
        self._photo = photo
        self._face.show_photo(photo)

    def refresh(self, photo: PhotoId) -> None:
        """Take a picture that is there now."""
        if self._photo is not None and self._photo.id == photo:
            self._face.refresh()

    def _on_opened(self) -> None:
        if self._photo is not None:
            self.opened.emit(self._photo.id)

    def _on_yes(self) -> None:
        self._answer(yes=True)

    def _on_no(self) -> None:
        self._answer(yes=False)

    def _answer(self, *, yes: bool) -> None:
        photo = self._photo
        if photo is None or photo.id == self._answered or monotonic() < self._ready_at:
            return
        self._answered = photo.id
        self.answered.emit(photo.id, yes)
