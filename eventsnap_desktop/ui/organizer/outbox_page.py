"""The outbox: every delivery with its state, to be retried, cancelled or held back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from eventsnap_desktop.domain.deliveries import Delivery, DeliveryId, DeliveryState, OutboxCounts
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.flows.organizer_ports import DeliveryDesk
from eventsnap_desktop.ui.organizer.deliveries_view import DeliveriesView
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_table import OutboxTable
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import button, label, row, set_icon

MOST_ROWS = 500
"""The table holds the newest so many of what is asked for."""

_ALL = 2**31 - 1
_TIME_PASSES_EVERY = 5_000  # milliseconds
_FILTERS = (
    None,
    DeliveryState.WAITING,
    DeliveryState.FAILED,
    DeliveryState.DONE,
    DeliveryState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class OutboxView:
    """What the page shows of one event."""

    counts: OutboxCounts
    deliveries: tuple[Delivery, ...]


def load_outbox(
    desk: DeliveryDesk, event: EventId, state: DeliveryState | None, most: int = MOST_ROWS
) -> OutboxView:
    """Read the outbox of one event; blocks."""
    return OutboxView(
        desk.counts(event),
        tuple(desk.list_deliveries(event, state, most)),
    )


class OutboxPage(OrganizerPage):
    """Deliveries of the chosen event. No address is shown: the page never has one."""

    interests = frozenset({Subject.OUTBOX})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Outbox"))
        self._wanted: DeliveryState | None = None
        self._shown: OutboxView | None = None
        self._load_failed = False
        self._pause = button(self.tr("Pause all"), "pause")
        self._retry_failed = button(self.tr("Retry all failed"), "retry")
        self._retry = button(self.tr("Retry"), "retry")
        self._cancel = button(self.tr("Cancel"), "close", "danger")
        self._note = label("", "faint")
        self._table, self._empty = OutboxTable(self), EmptyState()
        self._view = DeliveriesView(self._table)
        self._on_hold = Banner()
        self._stack = QStackedWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(_TIME_PASSES_EVERY)
        self._filters = QButtonGroup(self)
        self._arrange()
        self._connect()
        self.show_event(desk.current.overview)

    def refresh(self) -> None:
        """Load the deliveries and their counts."""
        event = self.desk.current.id
        if event is None:
            return
        self.desk.jobs.call(
            partial(load_outbox, self.desk.deliveries, event, self._wanted),
            owner=self,
            done=partial(self._show_loaded, event, self._wanted),
            failed=self._on_not_loaded,
        )

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event's outbox."""
        self.say_subtitle("" if overview is None else overview.event.name or overview.event.code)
        if overview is None:
            self._shown = None
            self._say_empty()
            self._show_buttons()
        elif self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def show_state(self, view: OutboxView) -> None:
        """Show the deliveries and what can be done with them."""
        chosen = {one.id for one in self._view.chosen}
        self._shown = view
        self._table.show_deliveries(view.deliveries, view.counts.paused)
        self._view.choose(chosen)
        self._show_counts(view.counts)
        self._stack.setCurrentWidget(self._view if view.deliveries else self._empty)
        if not view.deliveries:
            self._say_empty()
        full = len(view.deliveries) == MOST_ROWS
        self._note.setText(self.tr("The newest {n} are shown.").format(n=MOST_ROWS) if full else "")
        self._show_buttons()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let time pass again."""
        super().showEvent(event)
        self._clock.start()

    def _arrange(self) -> None:
        self.action_row.addWidget(self._retry_failed)
        self.action_row.addWidget(self._pause)
        bar = row(spacing=6)
        for number in range(len(_FILTERS)):
            segment = button("", kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self._filters.addButton(segment, number)
            bar.addWidget(segment)
        bar.addStretch(1)
        bar.addWidget(self._note)
        bar.addWidget(self._retry)
        bar.addWidget(self._cancel)
        self._show_counts(OutboxCounts(0, 0, 0, 0, False))
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self.content.addWidget(self._on_hold)
        self.content.addLayout(bar)
        self.content.addWidget(self._stack, 1)
        self._retry.setToolTip(self.tr("Try the selected deliveries now (Ctrl+R)"))
        self._cancel.setToolTip(self.tr("Cancel the selected deliveries (Delete)"))

    def _connect(self) -> None:
        self._view.chosen_changed.connect(self._on_selected)
        self._view.retry_wanted.connect(self._on_retry)
        self._view.cancel_wanted.connect(self._on_cancel)
        self._filters.idClicked.connect(self._on_filter)
        self._pause.clicked.connect(self._on_pause)
        self._on_hold.acted.connect(self._on_pause)
        self._retry_failed.clicked.connect(self._on_retry_failed)
        self._retry.clicked.connect(self._on_retry)
        self._cancel.clicked.connect(self._on_cancel)
        self._empty.acted.connect(self._on_empty_acted)
        self._clock.timeout.connect(self._on_time)

    def _on_not_loaded(self, error: Exception) -> None:
        self._load_failed = True
        self.complain(error)

    def _show_loaded(self, event: EventId, wanted: DeliveryState | None, view: OutboxView) -> None:
        if self._load_failed:  # what the banner says is over
            self._load_failed = False
            self.banner.hide()
        if (event, wanted) == (self.desk.current.id, self._wanted):
            self.show_state(view)

    def _show_counts(self, counts: OutboxCounts) -> None:
        every = counts.waiting + counts.failed + counts.done + counts.cancelled
        numbers = (every, counts.waiting, counts.failed, counts.done, counts.cancelled)
        for number, (state, count) in enumerate(zip(_FILTERS, numbers, strict=True)):
            word = self.tr("All") if state is None else self._table.state_word(state)
            text = self.tr("{state}  {count}").format(
                state=word, count=self.locale().toString(count)
            )
            self._filters.button(number).setText(text)

    def _show_buttons(self) -> None:
        self._retry.setEnabled(bool(self._view.retryable))
        self._cancel.setEnabled(bool(self._view.cancellable))
        counts = None if self._shown is None else self._shown.counts
        self._retry_failed.setVisible(counts is not None and counts.failed > 0)
        self._pause.setEnabled(counts is not None)
        paused = counts is not None and counts.paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause all"))
        set_icon(self._pause, "play" if paused else "pause")
        if paused and counts is not None:
            said = self.tr("Deliveries are on hold: %n waiting.", "", counts.waiting)
            self._on_hold.say(said, "warning", self.tr("Resume"), closable=False)
        else:
            self._on_hold.hide()

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self._empty)
        if self.desk.current.id is None:
            self._empty.show_empty(
                "events", self.tr("No event is open"), "", self.tr("Go to the events")
            )
        elif self._wanted is not None:
            self._empty.show_empty(
                "outbox", self.tr("Nothing here"), "", self.tr("Show all deliveries")
            )
        else:
            said = self.tr("What guests send, print or share at a kiosk is listed here.")
            self._empty.show_empty("outbox", self.tr("The outbox is empty"), said)

    def _on_selected(self) -> None:
        self._show_buttons()

    def _on_filter(self, number: int) -> None:
        self._wanted = _FILTERS[number]
        self.refresh()

    def _on_empty_acted(self) -> None:
        if self.desk.current.id is None:
            self.asked.emit("events")
        else:
            self._filters.button(0).click()

    def _on_time(self) -> None:
        if self.isVisible():
            self._table.show_time(datetime.now(UTC))
        else:
            self._clock.stop()

    def _on_pause(self) -> None:
        event = self.desk.current.id
        if self._shown is not None and event is not None:
            self._pause.setEnabled(False)
            self._set_paused(event, not self._shown.counts.paused)

    def _set_paused(self, event: EventId, paused: bool) -> None:
        self.desk.jobs.call(
            partial(self.desk.deliveries.set_paused, event, paused),
            owner=self,
            done=partial(self._on_paused, event, paused),
            failed=self._on_failed,
        )

    def _on_paused(self, event: EventId, paused: bool, _: None) -> None:
        said = self.tr("Deliveries are on hold.") if paused else self.tr("Deliveries go on.")
        self.did.emit((said, partial(self._set_paused, event, not paused)))
        self.refresh()

    def _on_retry(self) -> None:
        self._retry_these(self._view.retryable)

    def _retry_these(self, ids: list[DeliveryId]) -> None:
        if ids:
            retry = partial(self.desk.deliveries.retry, ids)
            self.desk.jobs.call(retry, owner=self, done=self._on_retried, failed=self._on_failed)

    def _on_retry_failed(self) -> None:
        event = self.desk.current.id
        if event is not None:
            self._retry_failed.setEnabled(False)
            retry = partial(_retry_all_failed, self.desk.deliveries, event)
            self.desk.jobs.call(retry, owner=self, done=self._on_retried, failed=self._on_failed)

    def _on_retried(self, count: int) -> None:
        self._retry_failed.setEnabled(True)
        self.did.emit((self.tr("%n delivery(s) will be tried now.", "", count), None))
        self.refresh()

    def _on_cancel(self) -> None:
        ids = self._view.cancellable
        if ids:
            self.desk.jobs.call(
                partial(self.desk.deliveries.cancel, ids),
                owner=self,
                done=partial(self._on_cancelled, ids),
                failed=self._on_failed,
            )

    def _on_cancelled(self, ids: list[DeliveryId], count: int) -> None:
        said = self.tr("%n delivery(s) cancelled.", "", count)
        self.did.emit((said, partial(self._retry_these, ids)))
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._retry_failed.setEnabled(True)
        self.complain(error)
        self._show_buttons()


def _retry_all_failed(desk: DeliveryDesk, event: EventId) -> int:
    failed = desk.list_deliveries(event, DeliveryState.FAILED, _ALL)
    return desk.retry([one.id for one in failed])
