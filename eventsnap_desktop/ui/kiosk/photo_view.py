"""Photos one by one, as large as the screen; lies over the gallery it was opened from."""

from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.look import Look, kiosk_sheet, make_look
from eventsnap_desktop.ui.kiosk.photo_stage import Neighbours, PhotoStage
from eventsnap_desktop.ui.kiosk.photo_view_bar import PhotoViewBar
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from eventsnap_desktop.ui.widgets.palette import DARK, LIGHT

_ZOOM_STEP = 1.4
_REST = 0.35  # seconds after an answer: a hasty second tap does not answer the next question

Photos = tuple[GalleryPhoto, ...]


def look_in_the_dark(look: Look) -> Look:
    """Return a look for photos that fill the screen: they shine on dark, in a light venue too."""
    own = look.colours.accent not in {LIGHT.accent, DARK.accent}
    dark = make_look("dark", look.colours.accent if own else "", look.accessible)
    return replace(look, colours=replace(dark.colours, ground="#0b0c0f"))


class PhotoView(QWidget):
    """Covers its parent while it is open. It shows what it is given, and changes nothing itself."""

    closed = Signal(object)
    """The PhotoId that was seen last, None where it is gone."""
    picked = Signal(object, bool)
    """The PhotoId to choose, or to choose no more."""
    answered = Signal(object, bool)
    """The PhotoId that may show the guest, and whether it does."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        look = look_in_the_dark(look)
        self._pictures = pictures
        self._photos: Photos = ()
        self._chosen: frozenset[PhotoId] = frozenset()
        self._photo: GalleryPhoto | None = None
        self._place = 0
        self._maybe = self._marked = False
        self._answered: PhotoId | None = None
        self._ready_at = 0.0
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(kiosk_sheet(look))
        self._stage, self._bar = PhotoStage(look, pictures), PhotoViewBar(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stage, 1)
        column.addWidget(self._bar)
        self._connect()
        self.hide()

    @property
    def photo(self) -> PhotoId | None:
        """The photo that is shown, None while it is closed."""
        return None if self._photo is None else self._photo.id

    @property
    def is_open(self) -> bool:
        """Whether it covers the gallery."""
        return self._photo is not None

    @property
    def asks(self) -> bool:
        """Whether it shows photos that may show the guest."""
        return self.is_open and self._maybe

    @property
    def stage(self) -> PhotoStage:
        """The photo."""
        return self._stage

    def lay_out(self, portrait: bool) -> None:
        """Arrange the buttons for a high or a wide screen."""
        self._bar.lay_out(portrait)

    def open_at(
        self, photos: Photos, photo: PhotoId, chosen: frozenset[PhotoId], *, maybe: bool = False
    ) -> None:
        """Show one of these photos; ``maybe``: they are to be asked about."""
        places = [place for place, one in enumerate(photos) if one.id == photo]
        if not places:
            return
        self._photos, self._chosen, self._maybe = photos, chosen, maybe
        self._marked = maybe
        self._stage.mark_faces(self._marked, at_once=True)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self._stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(places[0])

    def show_photos(self, photos: Photos, chosen: frozenset[PhotoId]) -> None:
        """Take a newer list; a photo that is gone gives way to the one that took its place."""
        if not self.is_open or self._photo is None:
            return
        changed = photos is not self._photos and photos != self._photos
        if changed:
            self._photos = photos
            if not photos:
                self.close_view(gone=True)
                return
            self._place = self._place_of(self._photo.id)
        if changed or chosen != self._chosen:
            self._chosen = chosen
            self._show(self._place)

    def close_view(self, *, gone: bool = False) -> None:
        """Give the gallery back."""
        last = None if gone else self.photo
        self._photo, self._photos = None, ()
        self._stage.show_photos(None)
        self.closed.emit(last)  # the gallery takes the keyboard before this is hidden
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Operate it; Escape closes it."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_view()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._stage.go(1 if (key == Qt.Key.Key_Right) is not mirrored else -1)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._stage.go(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._stage.zoom_by(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self._stage.zoom_by(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_Space and not self._maybe:
            self._on_choose()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep the keyboard inside: what lies below is not to be seen."""
        inside = [
            one
            for one in self.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not inside:
            return False
        now = self.focusWidget()
        at = inside.index(now) if now in inside else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

    def _connect(self) -> None:
        self._stage.stepped.connect(self._on_stepped)
        self._bar.closed.connect(self._on_closed)
        self._bar.stepped.connect(self._stage.go)
        self._bar.marked.connect(self._on_marked)
        self._bar.chosen.connect(self._on_choose)
        self._bar.answered.connect(self._on_answered)
        self._pictures.ready.connect(self._on_picture)
        self._pictures.missed.connect(self._on_picture)

    def _place_of(self, photo: PhotoId) -> int:
        for place, one in enumerate(self._photos):
            if one.id == photo:
                return place
        return min(self._place, len(self._photos) - 1)

    def _show(self, place: int) -> None:
        photos, self._place = self._photos, place
        photo = photos[place]
        if self._photo is not None and self._photo.id == self._answered != photo.id:
            self._ready_at = monotonic() + _REST
        self._photo = photo
        before = photos[place - 1] if place > 0 else None
        after = photos[place + 1] if place + 1 < len(photos) else None
        self._stage.show_photos(Neighbours(photo, before, after))
        self._bar.show_place(place, len(photos), self._time_of(photo))
        self._show_choice()

    def _show_choice(self) -> None:
        if self._photo is None:
            return
        chosen = self._photo.id in self._chosen
        possible = self._pictures.failed(self._photo, SMALL) is None
        self._bar.show_face(offered=bool(self._photo.faces) and possible, marked=self._marked)
        self._bar.show_choice(maybe=self._maybe, chosen=chosen, possible=possible)

    def _time_of(self, photo: GalleryPhoto) -> str:
        moment = photo.time.astimezone()
        time = QTime(moment.hour, moment.minute)
        return QLocale().toString(time, QLocale.FormatType.ShortFormat)

    def _on_stepped(self, step: int) -> None:
        place = self._place + step
        if self.is_open and 0 <= place < len(self._photos):
            self._show(place)

    def _on_closed(self) -> None:
        self.close_view()

    def _on_marked(self, on: bool) -> None:
        self._marked = on
        self._stage.mark_faces(on)

    def _on_choose(self) -> None:
        photo = self._photo
        if photo is None:
            return
        on = photo.id not in self._chosen
        if not on or self._pictures.failed(photo, SMALL) is None:
            self.picked.emit(photo.id, on)

    def _on_answered(self, yes: bool) -> None:
        photo = self._photo
        if photo is None or photo.id == self._answered or monotonic() < self._ready_at:
            return
        self._answered = photo.id
        self.answered.emit(photo.id, yes)

    def _on_picture(self, photo: PhotoId) -> None:
        if self.is_open:
            self._stage.refresh(photo)
            if photo == self.photo:
                self._show_choice()
