"""The buttons and keys of the photos page: what can be done with the selected photos."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.photos import PhotoState
from eventsnap_desktop.ui.organizer.photo_places import folder_of
from eventsnap_desktop.ui.widgets.pieces import button, label, set_icon


@dataclass(frozen=True, slots=True)
class Selection:
    """What the buttons are about.

    ``targets`` counts the photos an action is about: the ``selected`` ones, or else the one with
    the keyboard; of them ``known`` ones are in memory. ``failed`` counts all of the event.
    """

    selected: int
    targets: int
    known: Sequence[PhotoRow]
    source: str
    failed: int


class PhotoToolbar(QWidget):
    """Buttons, and the same as actions for a view's keys and its menu."""

    open_asked = Signal()
    hide_asked = Signal()
    slideshow_asked = Signal()
    retry_asked = Signal()
    retry_all_asked = Signal()
    folder_asked = Signal()
    export_asked = Signal()

    def __init__(self, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._selected = label("", "faint")
        self.hide_photos = button(self.tr("Hide"), "hide")
        self.retry = button(self.tr("Retry"), "retry")
        self.folder = button(self.tr("Open folder"), "folder")
        self.retry_all = button(self.tr("Retry all failed"), "retry")
        self.export = button(self.tr("Export…"), "export")
        self._open_action = QAction(self.tr("Open"), self)
        self._hide_action = QAction(self.tr("Hide or show again"), self)
        self._slideshow_action = QAction("", self)
        self._retry_action = QAction(self.tr("Retry"), self)
        self._folder_action = QAction(self.tr("Open the containing folder"), self)
        self._export_action = QAction(self.tr("Export…"), self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for widget in (self._selected, self.hide_photos, self.retry, self.folder, self.retry_all):
            line.addWidget(widget)
        line.addWidget(self.export)
        self._set_up_actions()
        self._connect()

    @property
    def selected_text(self) -> str:
        """How many photos are selected, in words."""
        return self._selected.text()

    @property
    def slideshow_action(self) -> QAction:
        """What approves photos for the kiosks' first screen, or takes that back."""
        return self._slideshow_action

    def show_state(self, state: Selection) -> None:
        """Offer what can be done with the selection."""
        known, some = state.known, state.targets > 0
        complete = len(known) == state.targets
        hidden = some and complete and all(one.hidden for one in known)
        many = state.selected > 1
        self._selected.setText(self.tr("%n selected", "", state.selected) if many else "")
        self.hide_photos.setEnabled(some)
        first = self.tr("Select photos first")
        tip = self.tr("Hide from every gallery, or show again (H)") if some else first
        self.hide_photos.setToolTip(tip)
        self.hide_photos.setText(self.tr("Show again") if hidden else self.tr("Hide"))
        self._hide_action.setText(self.hide_photos.text())
        set_icon(self.hide_photos, "show" if hidden else "hide")
        approved = some and complete and all(one.slideshow for one in known)
        self._slideshow_action.setEnabled(some)
        said = self.tr("Show on the kiosks’ first screen")
        if approved:
            said = self.tr("Do not show on the kiosks’ first screen")
        self._slideshow_action.setText(said)
        failed = any(one.state is PhotoState.FAILED for one in known) or not complete
        self.retry.setVisible(some and failed)
        self._retry_action.setEnabled(some and failed)
        self.retry_all.setVisible(state.failed > 0)
        tip = self.tr("Open the folder this photo is in") if some else first
        possible = folder_of(state.source, "photo") is not None
        if not possible:
            tip = self.tr("These photos are not in a folder of this machine")
        self.folder.setEnabled(possible and some)
        self.folder.setToolTip(tip)
        self._folder_action.setEnabled(possible and some)

    def pop_up(self, where: QPoint) -> None:
        """Show the actions in a menu, at a point of the screen."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(
            [
                self._open_action,
                self._hide_action,
                self._slideshow_action,
                self._retry_action,
                self._folder_action,
                self._export_action,
            ]
        )
        menu.popup(where)

    def _set_up_actions(self) -> None:
        self.retry.setToolTip(self.tr("Have the selected failed photos encoded again (Ctrl+R)"))
        self.retry_all.setToolTip(self.tr("Have all failed photos of the event encoded again"))
        self.export.setToolTip(self.tr("Copy photos to a folder, a USB stick or a ZIP (Ctrl+E)"))
        self._export_action.setShortcut(QKeySequence("Ctrl+E"))
        self._hide_action.setShortcut(QKeySequence("H"))
        self._slideshow_action.setShortcut(QKeySequence("K"))
        self._retry_action.setShortcut(QKeySequence("Ctrl+R"))
        keyed = (self._hide_action, self._slideshow_action, self._retry_action)
        for action in (*keyed, self._export_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._view.addAction(action)

    def _connect(self) -> None:
        self.hide_photos.clicked.connect(self.hide_asked)
        self.retry.clicked.connect(self.retry_asked)
        self.retry_all.clicked.connect(self.retry_all_asked)
        self.folder.clicked.connect(self.folder_asked)
        self.export.clicked.connect(self.export_asked)
        self._open_action.triggered.connect(self.open_asked)
        self._hide_action.triggered.connect(self.hide_asked)
        self._slideshow_action.triggered.connect(self.slideshow_asked)
        self._retry_action.triggered.connect(self.retry_asked)
        self._folder_action.triggered.connect(self.folder_asked)
        self._export_action.triggered.connect(self.export_asked)
