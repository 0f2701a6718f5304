"""A person's photos in two groups that cannot be mistaken: sure, and maybe."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.organizer.match_list import CELL, MatchDelegate, MatchModel, MatchView
from eventsnap_desktop.ui.widgets.pieces import badge, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn


class MatchGrid(QListView):
    """One group, as high as its photos need: what is around it scrolls."""

    opened = Signal(object)
    """A PhotoId: double clicked, or Enter."""

    def __init__(self, thumbnails: Thumbnails, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matches = MatchModel(thumbnails, self)
        self.setModel(self.matches)
        self.setItemDelegate(MatchDelegate(self))
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self._open = QAction(self.tr("Open"), self)
        self._open.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        self._open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(self._open)
        self._open.triggered.connect(self._on_open)
        self.doubleClicked.connect(self._on_double_click)

    def show_matches(self, event: Event | None, views: Sequence[MatchView]) -> None:
        """Show these; photos that were selected stay so."""
        chosen = set(self.chosen())
        self.matches.show_matches(event, views)
        selection = QItemSelection()
        for number, view in enumerate(self.matches.views):
            if view.row.id in chosen:
                index = self.matches.index(number)
                selection.select(index, index)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, flag)
        self._fit()

    def chosen(self) -> list[PhotoId]:
        """Return the photos that are selected."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.matches.views[number].row.id for number in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the new width needs."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return one row's size."""
        return CELL

    def _fit(self) -> None:
        columns = max(1, (self.width() - 2) // CELL.width())
        height = -(-len(self.matches.views) // columns) * CELL.height() + 4
        if height != self.height():
            self.setFixedHeight(height)

    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(self.matches.views[index.row()].row.id)

    def _on_open(self) -> None:
        if self.currentIndex().isValid():
            self._on_double_click(self.currentIndex())


class MatchGallery(ScrollColumn):
    """Both groups, one under the other."""

    opened = Signal(object)
    """A PhotoId."""
    selection_changed = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sure = MatchGrid(thumbnails, self.tr("Sure photos"))
        self.maybe = MatchGrid(thumbnails, self.tr("Possible photos"))
        self._sure_count, self._maybe_count = badge(tone="good"), badge(tone="warning")
        self._no_sure = label(self.tr("No photo is sure with these thresholds."), "faint")
        self._maybe_head = QWidget()
        sure_head = row(label(self.tr("Sure"), "heading"), self._sure_count, None)
        head = QVBoxLayout(self._maybe_head)
        head.setContentsMargins(0, 8, 0, 0)
        head.setSpacing(2)
        head.addLayout(row(label(self.tr("Maybe"), "heading"), self._maybe_count, None))
        head.addWidget(label(self.tr("These resemble the person; have a look yourself."), "small"))
        self.column.setSpacing(8)
        self.column.addLayout(sure_head)
        for widget in (self._no_sure, self.sure, self._maybe_head, self.maybe):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        for grid in (self.sure, self.maybe):
            grid.opened.connect(self.opened)
            grid.selectionModel().selectionChanged.connect(self.selection_changed)
            grid.selectionModel().currentChanged.connect(self._on_current)

    def show_matches(self, event: Event | None, views: Sequence[MatchView]) -> None:
        """Show the matches in the order given, each in its group."""
        sure = [view for view in views if view.match.band is Band.SURE]
        maybe = [view for view in views if view.match.band is Band.MAYBE]
        self.sure.show_matches(event, sure)
        self.maybe.show_matches(event, maybe)
        numbers = self.locale()
        self._sure_count.setText(numbers.toString(len(sure)))
        self._maybe_count.setText(numbers.toString(len(maybe)))
        self._no_sure.setVisible(not sure)
        self.sure.setVisible(bool(sure))
        self._maybe_head.setVisible(bool(maybe))
        self.maybe.setVisible(bool(maybe))

    def chosen(self) -> list[PhotoId]:
        """Return the photos that are selected in both groups."""
        return [*self.sure.chosen(), *self.maybe.chosen()]

    def _on_current(self, index: QModelIndex) -> None:
        inside = self.widget()
        for each in (self.sure, self.maybe):
            if inside is None:
                return
            if index.isValid() and index.model() is each.matches and each.hasFocus():
                where = each.mapTo(inside, each.visualRect(index).center())
                self.ensureVisible(where.x(), where.y(), 0, CELL.height() // 2 + 8)
