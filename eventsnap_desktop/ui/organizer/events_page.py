"""The list of events: chosen, made, changed, put away, deleted."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QMenu, QStackedWidget, QWidget

from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.overview import EventDetails, EventOverview
from eventsnap_desktop.ui.bridge.thumbnails import PictureId
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.event_card import EventCard
from eventsnap_desktop.ui.organizer.event_delete import EventDelete
from eventsnap_desktop.ui.organizer.event_form import EventDraft, EventForm
from eventsnap_desktop.ui.organizer.export_dialog import ExportChoice, ExportDialog
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.flow_layout import FlowLayout
from eventsnap_desktop.ui.widgets.pieces import button, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn

_COVER_SIDE = 640
_SEARCH_FROM = 7  # events
_AT_MOST_EVERY = 1000  # milliseconds: an encode tells of changes four times a second


class EventsPage(OrganizerPage):
    """Cards of all events, newest first; other windows' changes are seen at once."""

    sample_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("", desk)
        self.set_title(self.tr("Events"))
        self._overviews: tuple[EventOverview, ...] = ()
        self._cards: dict[EventId, EventCard] = {}
        self._form: EventForm | None = None
        self._search, self._archived = QLineEdit(), QCheckBox(self.tr("Show archived"))
        self._new = button(self.tr("New event"), "plus", "primary")
        self._places, self._empty, self._scroll = QStackedWidget(), EmptyState(), ScrollColumn()
        self._sample = button(self.tr("Try it with a sample event"))
        self._flow = FlowLayout(spacing=18)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AT_MOST_EVERY)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._search.setPlaceholderText(self.tr("Search events"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(240)
        self._search.hide()
        for widget in (self._archived, self._search, self._new):
            self.action_row.addWidget(widget)
        ground = QWidget()
        ground.setLayout(self._flow)
        self._scroll.column.addWidget(ground)
        self._scroll.column.addStretch(1)
        self._places.addWidget(self._scroll)
        self._places.addWidget(self._empty)
        self.content.addWidget(self._places, 1)
        self.content.addLayout(row(None, self._sample, None))
        self._sample.hide()

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_event)
        self._empty.acted.connect(self.new_event)
        self._sample.clicked.connect(self.sample_wanted)
        self._search.textChanged.connect(self._show_cards)
        self._archived.toggled.connect(self.refresh)
        self._soon.timeout.connect(self.refresh)
        self.desk.thumbnails.ready.connect(self._on_cover)
        self.desk.current.changed.connect(self._mark_current)
        for keys, slot in (
            (QKeySequence.StandardKey.New, self.new_event),
            (QKeySequence("F2"), self._edit_current),
            (QKeySequence.StandardKey.Delete, self._delete_current),
            (QKeySequence.StandardKey.Find, self._search.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def refresh(self) -> None:
        """Load the events."""
        archived = self._archived.isChecked()
        self.desk.jobs.call(
            lambda: self.desk.organizing.overviews(archived),
            owner=self,
            done=self.show_overviews,
            failed=self.complain,
        )

    def show_overviews(self, overviews: Sequence[EventOverview]) -> None:
        """Show these events; cards that stay keep their place, focus and cover."""
        self.banner.hide()
        self._overviews = tuple(overviews)
        self._search.setVisible(len(overviews) >= _SEARCH_FROM)
        ids = [one.event.id for one in overviews]
        for event_id in [one for one in self._cards if one not in ids]:
            self._cards.pop(event_id).deleteLater()
        for overview in overviews:
            card = self._cards.get(overview.event.id)
            if card is None:
                self._cards[overview.event.id] = self._make_card(overview)
            else:
                card.show_overview(overview)
            self._ask_cover(overview)
        self._show_cards()

    def new_event(self) -> None:
        """Open the form for a new event."""
        self._open_form(None, None)

    def _make_card(self, overview: EventOverview) -> EventCard:
        # With a parent from the start: shown without one it would be a window for a moment.
        card = EventCard(overview, self)
        card.chosen.connect(self.desk.current.show)
        card.opened.connect(self._on_opened)
        card.moved.connect(self._on_moved)
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(partial(self._on_menu, overview.event.id))
        return card

    def _show_cards(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        words = self._search.text().strip().lower()
        for overview in self._overviews:
            card = self._cards[overview.event.id]
            event = overview.event
            fits = words in event.name.lower() or words in event.code.lower()
            card.setVisible(fits)
            if fits:
                self._flow.addWidget(card)
        self._mark_current(self.desk.current.overview)
        none_at_all = not self._overviews
        self._places.setCurrentWidget(self._empty if none_at_all else self._scroll)
        self._sample.setVisible(none_at_all)
        self._empty.show_empty(
            "events",
            self.tr("Your first event"),
            self.tr(
                "An event is a set of photos that guests are found in. Point it at a folder or a "
                "bucket, and every face is made searchable."
            ),
            self.tr("New event"),
        )

    def _mark_current(self, overview: object) -> None:
        current = overview.event.id if isinstance(overview, EventOverview) else None
        for event_id, card in self._cards.items():
            card.mark(event_id == current)

    def _ask_cover(self, overview: EventOverview) -> None:
        if overview.cover is None:
            return
        which = overview.event, overview.cover, overview.cover_etag, _COVER_SIDE
        image = self.desk.thumbnails.get(*which)
        if image is not None:
            self._cards[overview.event.id].show_cover(image)
        elif self.desk.thumbnails.failed(*which) is None:
            self.desk.thumbnails.request(*which)

    def _on_cover(self, which: PictureId) -> None:
        for overview in self._overviews:
            if overview.event.code == which.event and overview.cover == which.key:
                self._ask_cover(overview)

    def _on_opened(self, _: object) -> None:
        self.asked.emit("photos")

    def _on_moved(self, columns: int, rows: int) -> None:
        """Go to the card beside, above or below the one with the focus."""
        cards = [self._cards[one.event.id] for one in self._overviews]
        cards = [card for card in cards if card.isVisible()]
        here = next((at for at, card in enumerate(cards) if card.hasFocus()), None)
        if here is None:
            return
        across = sum(card.y() == cards[0].y() for card in cards)
        there = here + columns + rows * max(1, across)
        if 0 <= there < len(cards):
            cards[there].setFocus()
            self.desk.current.show(cards[there].overview)
            self._scroll.ensureWidgetVisible(cards[there])

    def _on_menu(self, event_id: EventId, place: QPoint) -> None:
        card = self._cards[event_id]
        self.desk.current.show(card.overview)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        archived = card.overview.archived
        for text, slot in (
            (self.tr("Open"), partial(self._on_opened, card.overview)),
            (self.tr("Edit, change the source…"), self._edit_current),
            (self.tr("Export photos…"), partial(self._export, card.overview)),
            (
                self.tr("Take back from the archive") if archived else self.tr("Archive"),
                partial(self.set_archived, card.overview, not archived),
            ),
            (self.tr("Delete…"), self._delete_current),
        ):
            menu.addAction(text).triggered.connect(slot)
        menu.popup(card.mapToGlobal(place))

    def _export(self, overview: EventOverview) -> None:
        counts = overview.counts
        choice = ExportChoice(event=counts.pending + counts.encoded + counts.failed)
        ExportDialog(self.desk, overview.event, choice, self).open()

    def _edit_current(self) -> None:
        event = self.desk.current.chosen
        if event is None:
            return
        self.desk.jobs.call(
            lambda: self.desk.organizing.details(event.id),
            owner=self,
            done=lambda details: self._open_form(event, details),
            failed=self.complain,
        )

    def _open_form(self, event: Event | None, details: EventDetails | None) -> None:
        draft = EventDraft(event.code, details) if event is not None and details else None
        folder = self.desk.settings.settings.home / "photos"
        self._form = EventForm(self.desk.jobs, self.desk.works, folder, draft, self)
        self._form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form.agreed.connect(partial(self._store, event))
        self._form.open()

    def _store(self, event: Event | None, draft: EventDraft) -> None:
        form = self._form
        if form is None:
            return
        organizing = self.desk.organizing

        def store() -> EventOverview:
            if event is None:
                return organizing.overview(organizing.add(draft.code, draft.details).id)
            organizing.change(event.id, draft.details)
            return organizing.overview(event.id)

        self.desk.jobs.call(store, owner=form, done=self._on_stored, failed=form.complain)

    def _on_stored(self, overview: EventOverview) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None
        self.desk.current.show(overview)
        self.refresh()

    def set_archived(self, overview: EventOverview, archived: bool) -> None:
        """Put an event away or take it back; can be undone."""
        event = overview.event
        self._do_archive(event.id, archived, partial(self._say_archived, overview, archived))

    def _say_archived(self, overview: EventOverview, archived: bool, _: None = None) -> None:
        undo: Callable[[], None] = partial(
            self._do_archive, overview.event.id, not archived, self._on_taken_back
        )
        text = self.tr("{name} was archived.") if archived else self.tr("{name} is back.")
        self.did.emit((text.format(name=overview.event.name), undo))
        self.refresh()

    def _do_archive(self, event_id: EventId, archived: bool, done: Callable[[None], None]) -> None:
        self.desk.jobs.call(
            lambda: self.desk.organizing.set_archived(event_id, archived),
            owner=self,
            done=done,
            failed=self.complain,
        )

    def _on_taken_back(self, _: None) -> None:
        self.refresh()

    def _delete_current(self) -> None:
        event = self.desk.current.chosen
        if event is None:
            return
        dialog = EventDelete(self.desk, event, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_delete_closed)
        dialog.open()

    def _on_delete_closed(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            deleted = self.desk.current.chosen
            if deleted is not None:
                self.desk.thumbnails.forget_event(deleted.code)
            self.desk.current.show(None)
            self.refresh()

    def _on_changes(self, notices: tuple[Notice, ...]) -> None:
        """Follow the changes of every event, not only of the chosen one."""
        wanted = {Subject.EVENTS, Subject.PHOTOS, Subject.EVERYTHING}
        if not any(one.subject in wanted for one in notices):
            return
        if not self.isVisible():
            self._stale = True
        elif not self._soon.isActive():
            self._soon.start()
