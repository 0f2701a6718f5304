"""One photo of a list over the whole page, to look at closely, with all its faces."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow, StoredFace
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.explain import Explanation, QueryTemplate, explain
from eventsnap_desktop.ui.bridge.thumbnails import LARGE, SMALL, PictureId
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.face_boxes import FaceMark
from eventsnap_desktop.ui.organizer.face_panel import FacePanel, PanelState
from eventsnap_desktop.ui.organizer.photo_canvas import ZOOM_STEP, PhotoCanvas
from eventsnap_desktop.ui.organizer.photo_model import PhotoModel
from eventsnap_desktop.ui.organizer.photo_words import TONES, PhotoWords
from eventsnap_desktop.ui.organizer.viewer_bar import ViewerBar


@dataclass(frozen=True, slots=True, eq=False)
class FaceChoice:
    """A face that was chosen, and the photo it is in."""

    photo: PhotoRow
    face: StoredFace


class PhotoViewer(QWidget):
    """Covers the widget it was made for; shows the photos of a model."""

    closed = Signal()
    moved = Signal(object)
    """The PhotoId that is shown now."""
    face_chosen = Signal(object)
    """A FaceChoice: all photos of this face are wanted."""
    hide_asked = Signal(object)
    """A PhotoRow to hide, or to show again."""
    slideshow_asked = Signal(object)
    """A PhotoRow to approve for the kiosks' first screen, or not any more."""
    folder_asked = Signal(object)
    """A PhotoRow whose folder is wanted."""
    failed = Signal(object)
    """The error that kept a photo's faces from being fetched."""

    def __init__(self, desk: Desk, model: PhotoModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._model = desk, model
        self._words = PhotoWords(self)
        self._photo: PhotoId | None = None
        self._place = 0
        self._row: PhotoRow | None = None
        self._faces: tuple[StoredFace, ...] | None = None
        self._faces_of = ""
        self._query: QueryTemplate | None = None
        self._shown_side = 0
        self._asked: list[tuple[str, str]] = []
        self._bar, self._canvas, self._panel = ViewerBar(), PhotoCanvas(), FacePanel()
        self._arrange()
        self._connect()
        self.hide()

    @property
    def photo(self) -> PhotoId | None:
        """The photo that is shown, None while the viewer is closed."""
        return self._photo

    @property
    def canvas(self) -> PhotoCanvas:
        """The photo with its boxes."""
        return self._canvas

    @property
    def panel(self) -> FacePanel:
        """What is said beside the photo."""
        return self._panel

    @property
    def bar(self) -> ViewerBar:
        """The buttons above the photo."""
        return self._bar

    def open_at(self, place: int) -> None:
        """Show the photo at a place of the model, and take the keyboard."""
        if not 0 <= place < len(self._model.ids):
            return
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self._canvas.setFocus()
        self._go_to(place)

    def close_viewer(self) -> None:
        """Give the page back."""
        self._photo = self._row = self._faces = None
        self._canvas.show_photo(None, QSize(1, 1))
        self.hide()
        self.closed.emit()

    def set_query(self, query: QueryTemplate | None) -> None:
        """Say of each photo why this person is found in it or not; None to stop."""
        self._query = query
        self._show_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Operate the viewer; Escape closes it."""
        actions = {
            Qt.Key.Key_Escape: self.close_viewer,
            Qt.Key.Key_Left: self.show_previous,
            Qt.Key.Key_Up: self.show_previous,
            Qt.Key.Key_PageUp: self.show_previous,
            Qt.Key.Key_Right: self.show_next,
            Qt.Key.Key_Down: self.show_next,
            Qt.Key.Key_PageDown: self.show_next,
            Qt.Key.Key_Space: self.show_next,
            Qt.Key.Key_Home: self._show_first,
            Qt.Key.Key_End: self._show_last,
            Qt.Key.Key_Plus: self._zoom_in,
            Qt.Key.Key_Equal: self._zoom_in,
            Qt.Key.Key_Minus: self._zoom_out,
            Qt.Key.Key_0: self._canvas.fit,
            Qt.Key.Key_B: self._toggle_boxes,
            Qt.Key.Key_H: self._ask_to_hide,
            Qt.Key.Key_K: self._ask_for_slideshow,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep the keyboard inside: the page under it is not to be seen."""
        inside = [
            one
            for one in self.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        now = self.focusWidget()
        if not inside or now not in inside:
            self._canvas.setFocus()
            return True
        step = 1 if forward else -1
        wanted = inside[(inside.index(now) + step) % len(inside)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        if self._panel.isAncestorOf(wanted):
            self._panel.ensureWidgetVisible(wanted)
        return True

    def show_next(self) -> None:
        """Show the photo after this one, an older one."""
        self._go_to(self._place + 1)

    def show_previous(self) -> None:
        """Show the photo before this one, a newer one."""
        self._go_to(self._place - 1)

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 14, 14)
        below.setSpacing(14)
        below.addWidget(self._canvas, 1)
        below.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        bar = self._bar
        bar.back.clicked.connect(self.close_viewer)
        bar.previous.clicked.connect(self.show_previous)
        bar.next.clicked.connect(self.show_next)
        bar.zoom_in.clicked.connect(self._zoom_in)
        bar.zoom_out.clicked.connect(self._zoom_out)
        bar.fit.clicked.connect(self._canvas.fit)
        bar.boxes.toggled.connect(self._canvas.show_boxes)
        bar.hide_photo.clicked.connect(self._ask_to_hide)
        bar.slideshow.clicked.connect(self._ask_for_slideshow)
        bar.folder.clicked.connect(self._ask_for_folder)
        self._canvas.zoomed.connect(bar.show_zoom)
        self._canvas.face_chosen.connect(self._on_face)
        self._canvas.face_hovered.connect(self._panel.highlight)
        self._panel.face_chosen.connect(self._on_face)
        self._panel.face_hovered.connect(self._canvas.highlight)
        self._model.fetched.connect(self._on_fetched)
        self._model.rowsInserted.connect(self._on_listed)
        self._model.rowsRemoved.connect(self._on_listed)
        self._model.modelReset.connect(self._on_listed)
        self._desk.thumbnails.ready.connect(self._on_picture)
        self._desk.thumbnails.missed.connect(self._on_picture)

    def _go_to(self, place: int) -> None:
        if not 0 <= place < len(self._model.ids):
            return
        self._place = place
        self._photo = PhotoId(int(self._model.ids[place]))
        self._row = self._faces = None
        self._faces_of = ""
        self._shown_side = 0
        self._canvas.show_marks(())
        self._canvas.show_photo(None, QSize(1, 1))
        self._show_place()
        self._show_row(self._model.row_at(place))
        self.moved.emit(self._photo)

    def _show_row(self, row: PhotoRow | None) -> None:
        if row is None or row.id != self._photo:
            return
        before, self._row = self._row, row
        if before is None or before.etag != row.etag:
            self._shown_side = 0
        event = self._model.event_shown
        self._bar.show_photo(row, "" if event is None else event.source)
        self._ask_for_pictures(row)
        self._show_picture()
        self._fetch_faces(row)
        self._show_all()

    def _ask_for_pictures(self, row: PhotoRow) -> None:
        """Ask for the neighbours first: the newest request is made first, and that is this one."""
        event = self._model.event_shown
        if event is None:
            return
        thumbnails = self._desk.thumbnails
        for key, etag in self._asked:
            thumbnails.withdraw(event, key, etag, LARGE)
        near = [self._model.row_at(place) for place in (self._place - 1, self._place + 1)]
        wanted = [one for one in (*near, row) if one is not None]
        self._asked = [(one.key, one.etag) for one in wanted]
        for key, etag in self._asked:
            thumbnails.request(event, key, etag, LARGE)
        thumbnails.request(event, row.key, row.etag, SMALL)

    def _show_picture(self) -> None:
        event, row = self._model.event_shown, self._row
        if event is None or row is None:
            return
        for side in (LARGE, SMALL):
            if side <= self._shown_side:
                return
            image = self._desk.thumbnails.get(event, row.key, row.etag, side)
            if image is not None:
                same, self._shown_side = self._shown_side > 0, side
                self._canvas.show_photo(image, _photo_size(row, image), same=same)
                self._show_portraits(image, row)
                return
        if self._shown_side == 0:
            self._bar.say(self._desk.thumbnails.failed(event, row.key, row.etag, LARGE) or "")

    def _show_portraits(self, image: QImage, row: PhotoRow) -> None:
        if self._faces:
            self._panel.show_portraits(image, image.width() / _photo_size(row, image).width())

    def _fetch_faces(self, row: PhotoRow) -> None:
        event = self._model.event_shown
        # What the faces depend on: a photo is encoded anew when its bytes changed or it is retried.
        wanted = f"{row.id}/{row.etag}/{row.state}/{row.face_count}"
        if event is None or wanted == self._faces_of:
            return
        self._faces_of = wanted
        self._desk.jobs.call(
            partial(self._desk.browsing.faces, event.id, row.id),
            owner=self,
            done=partial(self._on_faces, wanted),
            failed=partial(self._on_no_faces, wanted),
        )

    def _on_faces(self, wanted: str, faces: list[StoredFace]) -> None:
        if wanted != self._faces_of:
            return
        self._faces = tuple(faces)
        self._show_all()

    def _on_no_faces(self, wanted: str, error: Exception) -> None:
        if wanted == self._faces_of:
            self._faces_of = ""
            self.failed.emit(error)

    def _show_all(self) -> None:
        """Show the facts, the faces, and what the search makes of them."""
        row = self._row
        if row is None:
            return
        query = self._query if self._faces is not None else None
        found = None if query is None else explain(query, row, self._faces or ())
        self._panel.show_state(PanelState(row, self._faces, query, found))
        marks = [self._mark(at, face, found) for at, face in enumerate(self._faces or ())]
        self._canvas.show_marks(marks)
        event = self._model.event_shown
        if event is not None and self._shown_side:
            image = self._desk.thumbnails.get(event, row.key, row.etag, self._shown_side)
            if image is not None:
                self._show_portraits(image, row)

    def _mark(self, at: int, face: StoredFace, found: Explanation | None) -> FaceMark:
        text, tone = self._words.label(at + 1, face), ""
        if found is not None:
            verdict = found.faces[at]
            text += "\n" + self._words.similarity(verdict.similarity)
            tone = TONES.get(verdict.rule, "danger")
        return FaceMark(face.box, text, str(at + 1), tone)

    def _show_place(self) -> None:
        self._bar.show_place(self._place, len(self._model.ids))

    def _on_fetched(self) -> None:
        if self._photo is not None:
            self._show_row(self._model.row_at(self._place))

    def _on_listed(self) -> None:
        """Stay at the photo, wherever it is now; one that left the list stays to be seen."""
        if self._photo is None:
            return
        place = self._model.place_of(self._photo)
        last = max(len(self._model.ids) - 1, 0)
        self._place = place if place >= 0 else min(self._place, last)
        self._show_place()

    def _on_picture(self, which: PictureId) -> None:
        if self._row is not None and which.key == self._row.key:
            self._show_picture()

    def _on_face(self, number: int) -> None:
        if self._row is not None and self._faces and 0 <= number < len(self._faces):
            self.face_chosen.emit(FaceChoice(self._row, self._faces[number]))

    def _zoom_in(self) -> None:
        self._canvas.zoom(ZOOM_STEP)

    def _zoom_out(self) -> None:
        self._canvas.zoom(1 / ZOOM_STEP)

    def _toggle_boxes(self) -> None:
        self._bar.boxes.toggle()

    def _ask_to_hide(self) -> None:
        if self._row is not None:
            self.hide_asked.emit(self._row)

    def _ask_for_slideshow(self) -> None:
        if self._row is not None:
            self.slideshow_asked.emit(self._row)

    def _ask_for_folder(self) -> None:
        if self._row is not None:
            self.folder_asked.emit(self._row)

    def _show_first(self) -> None:
        self._go_to(0)

    def _show_last(self) -> None:
        self._go_to(len(self._model.ids) - 1)


def _photo_size(row: PhotoRow, image: QImage) -> QSize:
    """Return the photo's size in its own pixels, the image's where that is not known yet."""
    if row.width is None or row.height is None:
        return image.size()
    return QSize(row.width, row.height)
