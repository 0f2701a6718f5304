"""A wall of photos that scrolls; only those that are seen are painted and asked for."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.kiosk.cell_motion import CellMotion
from eventsnap_desktop.ui.kiosk.gallery_cells import CellState, GalleryCells
from eventsnap_desktop.ui.kiosk.justified_rows import JustifiedRows, roomy_rows, shape_of
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures

_LOOK_AFTER = 40  # milliseconds that scrolling has to be slow before pictures are asked for
_FIRST = 3
_ROOMY = 40  # photos at most that are made larger where there is room

Photos = tuple[GalleryPhoto, ...]


class PhotoWall(QAbstractScrollArea):
    """Shows photos below a widget that scrolls with them; gallery_grid.py listens to the guest."""

    held_back = Signal(int)
    """How many fresh photos wait above for the guest to scroll up."""

    def __init__(self, look: Look, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pictures = look, pictures
        self._cells = GalleryCells(look, pictures)
        self._motion = CellMotion(self)
        self._given: Photos = ()
        self._shown: Photos = ()
        self._places: dict[PhotoId, int] = {}
        self._chosen: frozenset[PhotoId] = frozenset()
        self._fresh: frozenset[PhotoId] = frozenset()
        self._rows = JustifiedRows((), 1, 1, 0)
        self._head: QWidget | None = None
        self._current: PhotoId | None = None
        self._by_keyboard = False
        self._look_timer = QTimer(self, interval=_LOOK_AFTER, singleShot=True)
        self._look_timer.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Photos"))
        self.viewport().setAutoFillBackground(False)
        self._motion.ticked.connect(self._on_moved)
        pictures.ready.connect(self._on_ready)
        pictures.missed.connect(self._on_missed)
        pictures.again.connect(self._ask)

    @property
    def shown(self) -> Photos:
        """The photos that have a place."""
        return self._shown

    @property
    def held(self) -> int:
        """How many photos wait for the guest to scroll up."""
        return len(self._given) - len(self._shown)

    @property
    def current(self) -> PhotoId | None:
        """The photo that the keyboard is at."""
        return self._current

    def set_head(self, head: QWidget) -> None:
        """Have a widget scroll above the photos; call ``arrange`` when its height changes."""
        self._head = head
        head.setParent(self.viewport())

    def show_photos(
        self, photos: Photos, chosen: frozenset[PhotoId], fresh: frozenset[PhotoId] = frozenset()
    ) -> None:
        """Show a newer list; fresh photos do not push away what the guest looks at."""
        if photos is not self._given and photos != self._given:
            self._given, self._fresh = photos, fresh
            self._take_in()
        if chosen != self._chosen or fresh != self._fresh:
            self._chosen, self._fresh = chosen, fresh
            self.viewport().update()

    def can_be_chosen(self, photo: GalleryPhoto) -> bool:
        """Whether there is something to take home, as far as is known."""
        return self._cells.can_be_chosen(photo)

    def go_to(self, photo: PhotoId) -> None:
        """Have a photo seen and under the keyboard."""
        place = self._places.get(photo)
        if place is None:
            return
        self._current = photo
        self._scroll_to(place)
        self.viewport().update()

    def arrange(self) -> None:
        """Find everything its place again: the widget above has another height."""
        self._lay_out(animated=True)

    def rect_of(self, photo: PhotoId) -> QRect:
        """Return where a photo is in the viewport, an empty rectangle for one that is not there."""
        place = self._places.get(photo)
        return QRect() if place is None else self._rect(place)

    def mark_of(self, photo: PhotoId) -> QRect:
        """Return where a photo is chosen in the viewport."""
        return self._cells.mark_rect(self.rect_of(photo), self._mirrored)

    def seen(self, more: int = 0) -> range:
        """Return the places that are seen, and those so many pixels above and below."""
        top = self.verticalScrollBar().value() - self._photos_top()
        return self._rows.between(top - more, top + self.viewport().height() + more)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    @property
    def _edge(self) -> int:
        """Room around the photos, for the ring of the keyboard and for the eye."""
        return self._look.px(48)

    def _head_height(self) -> int:
        if self._head is None or self._head.isHidden():
            return 0
        return self._head.height()

    def _photos_top(self) -> int:
        return self._head_height() + self._look.px(12)

    def _rect(self, place: int) -> QRect:
        rect = self._rows.rect(place)
        left = rect.left() + self._edge
        if self._mirrored:
            left = self.viewport().width() - self._edge - rect.left() - rect.width()
        down = self._photos_top() - self.verticalScrollBar().value()
        return QRect(left, rect.top() + down, rect.width(), rect.height())

    def _is_at_top(self) -> bool:
        """Whether the beginning of the first row is seen."""
        return self._photos_top() + self._look.px(60) >= self.verticalScrollBar().value()

    def _take_in(self) -> None:
        """Give every photo its place, but leave fresh ones waiting while others are looked at."""
        held: set[PhotoId] = set()
        if self._shown and not self._is_at_top():
            new = (one.id for one in self._given if one.id not in self._places)
            held = {photo for photo in new if photo in self._fresh}
        shown = self._given
        if held:
            shown = tuple(one for one in self._given if one.id not in held)
        before = self._remember()
        first = not self._shown
        anchor = self._anchor()
        self._shown = shown
        self._places = {one.id: place for place, one in enumerate(shown)}
        if self._current not in self._places:
            self._current = None
        self._lay_out(animated=not first, before=before, anchor=anchor)
        self.held_back.emit(len(held))

    def _remember(self) -> dict[PhotoId, QRectF]:
        """Return where the photos are that are seen, or nearly."""
        if not self.isVisible():
            return {}
        places = self.seen(self.viewport().height())
        return {self._shown[place].id: QRectF(self._rect(place)) for place in places}

    def _anchor(self) -> list[tuple[PhotoId, int]]:
        """Return photos that are looked at and where; none while the first row is seen."""
        if self._is_at_top():
            return []
        return [(self._shown[place].id, self._rect(place).top()) for place in self.seen()]

    def _lay_out(
        self,
        *,
        animated: bool = False,
        before: dict[PhotoId, QRectF] | None = None,
        anchor: Iterable[tuple[PhotoId, int]] | None = None,
    ) -> None:
        before = self._remember() if before is None else before
        anchor = self._anchor() if anchor is None else anchor
        known = set(before) if animated else set()
        view = self.viewport()
        if self._head is not None and not self._head.isHidden():
            width = view.width()
            self._head.resize(width, max(self._head.heightForWidth(width), 0))
        self._rows = self._reckon(view.size())
        self._set_range()
        for photo, top in anchor:
            if photo in self._places:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self._rect(self._places[photo]).top() - top)
                break
        self._place_head()
        self._motion.stop()
        if animated and self.isVisible():
            self._animate(before, known)
        view.update()
        self._look_timer.start()

    def _reckon(self, seen: QSize) -> JustifiedRows:
        shapes = [shape_of(one.width, one.height) for one in self._shown]
        width, gap = seen.width() - 2 * self._edge, self._look.px(16)
        tall = seen.height() > seen.width()
        wanted = self._look.px(300 if tall else 290)
        if len(shapes) > _ROOMY:
            return JustifiedRows(shapes, width, wanted, gap)
        room = seen.height() - self._photos_top() - self._look.px(36)
        return roomy_rows(shapes, width, room, wanted, gap)

    def _set_range(self) -> None:
        seen = self.viewport().height()
        height = self._photos_top() + self._rows.height + self._look.px(36)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(self._look.px(70))

    def _place_head(self) -> None:
        if self._head is not None:
            self._head.move(0, -self.verticalScrollBar().value())

    def _animate(self, before: dict[PhotoId, QRectF], known: set[PhotoId]) -> None:
        for place in self.seen():
            photo, now = self._shown[place].id, QRectF(self._rect(place))
            if photo in before:
                if before[photo] != now:
                    self._motion.glide(photo, before[photo])
            elif photo in self._fresh or not known:
                self._motion.grow(photo)

    def _ask(self) -> None:
        """Ask for what is seen, and for what comes next: the newest request is made first."""
        if not self.isVisible():
            return
        seen = self.seen()
        around = [one for one in self.seen(self.viewport().height()) if one not in seen]
        # What is asked for while nothing else is made is begun at once, so the first come first.
        for place in (*seen[:_FIRST], *reversed(around), *reversed(seen)):
            photo = self._shown[place]
            for side in dict.fromkeys((self._cells.side_for(self._rect(place).size()), SMALL)):
                if self._pictures.get(photo, side) is None:
                    self._pictures.request(photo, side)

    def _on_moved(self) -> None:
        self.viewport().update()

    def _on_ready(self, photo: PhotoId) -> None:
        if photo in self._places and self.isVisible():
            rect = self.rect_of(photo)
            if rect.intersects(self.viewport().rect()):
                self._motion.fade(photo)
                self.viewport().update(rect)

    def _on_missed(self, photo: PhotoId) -> None:
        if photo in self._places:
            self.viewport().update(self.rect_of(photo))

    def _scroll_to(self, place: int) -> None:
        rect, bar = self._rect(place), self.verticalScrollBar()
        away = self._look.px(24)
        if self._rows.row_of(place) == 0 and rect.top() < away:
            bar.setValue(max(0, self._photos_top() - away))
        elif rect.top() < away:
            bar.setValue(bar.value() + rect.top() - away)
        elif rect.bottom() > self.viewport().height() - away:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + away)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cells that are seen; those that move last, above the others."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._cells.begin()
        margin = self.viewport().height() if self._motion.is_running else self._look.px(16)
        clip = QRectF(event.rect())
        for place in self.seen(margin):
            photo = self._shown[place]
            where = self._motion.place(photo.id, QRectF(self._rect(place)))
            if not where.adjusted(-16, -16, 16, 16).intersects(clip):
                continue
            state = CellState(
                photo.id in self._chosen,
                photo.id in self._fresh,
                photo.id == self._current and self._by_keyboard and self.hasFocus(),
                self._motion.opacity(photo.id),
            )
            size = self._rect(place).size()
            self._cells.paint(painter, photo, where, size, state, self._mirrored)
        painter.end()
        if self._cells.owes:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)
        if not self._look_timer.isActive():
            self._look_timer.start()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Move what is seen; fresh photos come in when the guest is at the top again."""
        self._place_head()
        self.viewport().update()
        if self.held and self._is_at_top():
            self._take_in()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the first pictures at once: they are made while the rest is painted."""
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the new width."""
        super().resizeEvent(event)
        self._lay_out()
