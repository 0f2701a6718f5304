"""The first screen: moving, inviting, and to be pressed anywhere."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout

from eventsnap_desktop.flows.guest_actions import Start
from eventsnap_desktop.flows.guest_views import AttractView
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.corner_gesture import CORNER
from eventsnap_desktop.ui.kiosk.drifting_photos import DriftingPhotos
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.pieces import big_button, restyled, text
from eventsnap_desktop.ui.kiosk.screen import Screen

_SHORT_GREETING = 34  # letters: longer ones are set smaller


class AttractScreen(Screen):
    """A greeting, what it is about, one button, and the event's photos drifting beside it."""

    def __init__(
        self, look: Look, pictures: Pictures, branding: Branding, seconds_a_photo: float = 8.0
    ) -> None:
        super().__init__(look)
        self._branding = branding
        self._open = False
        self._photos = DriftingPhotos(look, pictures, seconds_a_photo)
        self._event = text("", "large")
        self._greeting = text("", "hero")
        self._invitation = text("", "heading")
        self._start = big_button(look, self.tr("Find my photos"), "camera", "hero")
        self._start.clicked.connect(self._begin)
        side = look.text(56)
        self._start.setIconSize(QSize(side, side))
        self._count = text("", "large")
        self._words = QVBoxLayout()
        self._words.setSpacing(look.px(28))
        self._words.addStretch(1)
        self._words.addWidget(self._logo(), 0, Qt.AlignmentFlag.AlignLeading)
        self._words.addWidget(self._event)
        self._words.addWidget(self._greeting)
        self._words.addWidget(self._invitation)
        self._words.addSpacing(look.px(20))
        self._words.addWidget(self._start)
        self._words.addWidget(self._count)
        self._words.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.addLayout(self._words, 1)
        self._halves.addWidget(self._photos, 1)

    def show_state(self, view: AttractView) -> None:
        """Show the greeting and how many photos there are, or that it opens soon."""
        glance = view.glance
        self._open = glance is not None
        greeting = view.greeting.strip() or self.tr("Find your photos")
        invitation = self.tr("Look into the camera and see every photo you are in.")
        if glance is None:
            greeting = self.tr("We will be right back")
            invitation = self.tr("The kiosk opens again in a moment, all by itself.")
        self._greeting.setText(greeting)
        short = len(greeting) <= _SHORT_GREETING and not self.look.accessible
        role = "hero" if short else "title"
        if self._greeting.property("role") != role:
            self._greeting.setProperty("role", role)
            restyled(self._greeting)
        self._invitation.setText(invitation)
        self._event.setText(view.event_name)
        self._event.setVisible(bool(view.event_name) and view.event_name not in greeting)
        self._start.setVisible(glance is not None)
        self._count.setVisible(glance is not None)
        if glance is not None:
            none_yet = self.tr("The first photos are on their way")
            so_far = self.tr("%Ln photos so far", "", glance.photos)
            self._count.setText(so_far if glance.photos else none_yet)
            self._photos.show_photos(glance.slideshow)

    def lay_out(self, portrait: bool) -> None:
        """Put the photos beside the words, or above them."""
        directions = QBoxLayout.Direction
        side = self.look.px(90)
        if portrait:
            self._halves.setDirection(directions.BottomToTop)
            self._halves.setContentsMargins(side, 0, side, self.look.px(20))
            self._halves.setSpacing(self.look.px(40))
        else:
            self._halves.setDirection(directions.LeftToRight)
            self._halves.setContentsMargins(side, 0, self.look.px(40), 0)
            self._halves.setSpacing(side)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the press, to see where it ends."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin, wherever it was pressed but in the staff's corner."""
        place = event.position().toPoint()
        if self.rect().contains(place) and not self._is_in_corner(place):
            self._begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Begin by Enter or the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._begin()
        else:
            super().keyPressEvent(event)

    def _is_in_corner(self, place: QPoint) -> bool:
        at = self.mapTo(self.window(), place)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        from_end = at.x() if mirrored else self.window().width() - at.x()
        return max(from_end, at.y()) <= CORNER

    def _begin(self) -> None:
        if self._open:
            self.act(Start())

    def _logo(self) -> QLabel:
        label = QLabel()
        logo = self._branding.logo
        if logo is None or logo.isNull() or self.look.accessible:  # then it is above the screen
            label.hide()
            return label
        room = QSize(self.look.px(640), self.look.px(170))
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        label.setPixmap(QPixmap.fromImage(logo.scaled(room, keep, smooth)))
        return label
