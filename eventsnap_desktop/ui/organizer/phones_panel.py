"""The phones of the chosen event's guests: whether they are answered, where, and by which links."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.shared_links import LinkFigures, LinkId, SharedLink
from eventsnap_desktop.flows.link_ports import LinkDesk, PhonePage
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.links_table import MADE, UNTIL, LinksTable
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, row, set_tone
from eventsnap_desktop.ui.widgets.sentences import in_window_language

MOST_ROWS = 500
"""The table holds the newest so many links."""

_LOOKS_EVERY = 3_000  # milliseconds, whether phones are answered
_WIDTHS = (130, 180, 80, 120)


@dataclass(frozen=True, slots=True)
class PhonesView:
    """How phones are answered now, and an event's links."""

    event: EventId
    is_wanted: bool
    is_running: bool
    is_own: bool
    address: str
    problem: str
    figures: LinkFigures
    links: tuple[SharedLink, ...]
    stuck_at: datetime | None = None


class PhonesPanel(QWidget):
    """Tells what it did and what failed; the page shows both."""

    did = Signal(object)
    """(sentence, None): links that were ended stay so."""
    failed = Signal(object)
    """The error."""
    end_all_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._event: EventId | None = None
        self.state, self.address = badge(""), label("", wrap=True)
        self.reason, self.figures = label("", "faint", wrap=True), label("", wrap=True)
        self.table, self._list = LinksTable(self), QTableView()
        self.end = button(self.tr("End the selected links"), "lock", "danger")
        self.end_all = button(self.tr("End all links…"), "lock", "danger")
        self._empty, self._stack, self._note = EmptyState(), QStackedWidget(), label("", "faint")
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOKS_EVERY)
        self._arrange()
        self._clock.timeout.connect(self.refresh)
        self.end.clicked.connect(self._on_end)
        self.end_all.clicked.connect(self._on_end_all)
        self._list.selectionModel().selectionChanged.connect(self._on_selected)

    @property
    def chosen(self) -> list[LinkId]:
        """The links that are selected."""
        rows = {one.row() for one in self._list.selectionModel().selectedRows()}
        return [self.table.links[number].id for number in sorted(rows)]

    def show_event(self, event: EventId | None) -> None:
        """Show another event's links."""
        if event != self._event:
            self._event = event
            self.table.show_links((), datetime.now(UTC))
            self._show_buttons()

    def refresh(self) -> None:
        """Look how phones are answered, and load the links."""
        if self._event is not None and self.isVisible():
            self._desk.jobs.call(
                partial(load_phones, self._desk.phone_page, self._desk.links, self._event),
                owner=self,
                done=self.show_state,
                failed=self.failed.emit,
            )

    def show_state(self, view: PhonesView) -> None:
        """Show how phones are answered, and the links that work."""
        if view.event != self._event:
            return
        word, tone, reason = self._standing(view)
        self.state.setText(word)
        set_tone(self.state, tone)
        self.address.setText(view.address)
        self.address.setVisible(bool(view.address))
        self.reason.setText(self._with_restart(reason, view.stuck_at))
        self.figures.setText(self._said_of(view.figures))
        self.table.show_links(view.links, datetime.now(UTC))
        self._stack.setCurrentIndex(0 if view.links else 1)
        full = len(view.links) == MOST_ROWS
        self._note.setText(self.tr("The newest {n} are shown.").format(n=MOST_ROWS) if full else "")
        self._show_buttons()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again and again while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look no more."""
        super().hideEvent(event)
        self._clock.stop()

    def _arrange(self) -> None:
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top, inside = card(spacing=8, margin=18)
        inside.addLayout(
            row(label(self.tr("Page for guests’ phones"), "heading"), None, self.state)
        )
        for widget in (self.address, self.reason, self.figures):
            inside.addWidget(widget)
        self._list.setModel(self.table)
        self._list.setAccessibleName(self.tr("Links that work"))
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setShowGrid(False)
        self._list.setWordWrap(False)
        self._list.setTabKeyNavigation(False)
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(42)
        header = self._list.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(UNTIL, QHeaderView.ResizeMode.Stretch)
        for number, width in enumerate(_WIDTHS, MADE):
            self._list.setColumnWidth(number, width)
        said = self.tr("Guests get a link at a kiosk, by an e-mail, or as a code on a print.")
        self._empty.show_empty("phone", self.tr("No link works at the moment"), said)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentIndex(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        column.addLayout(row(self._note, None, self.end, self.end_all))
        self._show_buttons()

    def _standing(self, view: PhonesView) -> tuple[str, str, str]:
        """Return a word, its tone, and a sentence about how phones are answered."""
        if not view.is_wanted:
            said = self.tr(
                "Phones are not answered by this program: it is switched off (share.enabled)."
            )
            return self.tr("Switched off"), "", said
        if view.problem:
            return self.tr("Not answered"), "danger", in_window_language(view.problem)
        if not view.is_running:
            return self.tr("Starts"), "accent", self.tr("Phones are answered in a moment.")
        if view.is_own:
            said = self.tr(
                "Links work while this window or a kiosk of this machine is open, for phones in "
                "the same network."
            )
        else:
            said = self.tr(
                "Another EventSnap of this machine answers. When it ends, this window goes on, and "
                "links stay good."
            )
        return self.tr("Answered"), "good", said

    def _with_restart(self, reason: str, stuck_at: datetime | None) -> str:
        """Add that the page hung, which guests have seen and may ask about."""
        if stuck_at is None:
            return reason
        said = self.tr("At {time} the page did not answer and was started again.")
        return f"{reason} {said.format(time=self.table.moment(stuck_at))}"

    def _said_of(self, figures: LinkFigures) -> str:
        said = self.tr("%Ln link(s) work", "", figures.working)
        said += ", " + self.tr("%Ln of them opened", "", figures.opened) if figures.working else ""
        if figures.until is not None:
            until = self.table.moment(figures.until)
            said += ", " + self.tr("the last one until {time}").format(time=until)
        if not figures.given:
            return f"{said}."
        today = self.tr("%Ln link(s) made", "", figures.given)
        today += ", " + self.tr("%Ln of them opened", "", figures.given_opened)
        return f"{said}. " + self.tr("Today: {figures}").format(figures=today) + "."

    def _show_buttons(self) -> None:
        self.end.setEnabled(bool(self.chosen))
        self.end_all.setEnabled(bool(self.table.links))

    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_buttons()

    def _on_end(self) -> None:
        chosen, event = self.chosen, self._event
        if chosen and event is not None:
            self.end.setEnabled(False)
            self._desk.jobs.call(
                partial(self._desk.links.end, event, chosen),
                owner=self,
                done=self._on_ended,
                failed=self._on_not_ended,
            )

    def _on_ended(self, count: int) -> None:
        self.did.emit((self.tr("%n link(s) do not work any more.", "", count), None))
        self.refresh()

    def _on_not_ended(self, error: Exception) -> None:
        self._show_buttons()
        self.failed.emit(error)

    def _on_end_all(self) -> None:
        self.end_all_wanted.emit()


def load_phones(page: PhonePage, desk: LinkDesk, event: EventId) -> PhonesView:
    """Read how phones are answered and which links work; blocks."""
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return PhonesView(
        event,
        page.is_wanted,
        page.is_running,
        page.is_own,
        page.address,
        page.problem,
        desk.figures(event, midnight),
        tuple(desk.links(event, MOST_ROWS)),
        page.stuck_at,
    )
