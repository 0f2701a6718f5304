"""The outbox: every delivery with its state, and what is set for what leaves the event."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.delivery_details import DeliveryDetails
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.organizer.deliveries_view import DeliveriesView
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_address import AddressDialog
from eventsnap_desktop.ui.organizer.outbox_bar import OutboxBar
from eventsnap_desktop.ui.organizer.outbox_details import DetailsView, OutboxDetails
from eventsnap_desktop.ui.organizer.outbox_listing import (
    MOST_ROWS,
    OutboxView,
    Wanted,
    load_details,
    load_outbox,
    retry_all_failed,
)
from eventsnap_desktop.ui.organizer.outbox_table import OutboxTable
from eventsnap_desktop.ui.organizer.output_panel import OutputPanel
from eventsnap_desktop.ui.organizer.page import OrganizerPage, sentence
from eventsnap_desktop.ui.organizer.phones_panel import PhonesPanel
from eventsnap_desktop.ui.widgets.banner import Banner
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import button, label, row, set_icon

_TIME_PASSES_EVERY = 5_000  # milliseconds


class OutboxPage(OrganizerPage):
    """Deliveries of the chosen event. Addresses are there only for the one looked at closely."""

    interests = frozenset({Subject.OUTBOX, Subject.SHARES, Subject.EVENTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Outbox"))
        self._shown: OutboxView | None = None
        self._load_failed = False
        self._address: AddressDialog | None = None
        self.views, self._places = QButtonGroup(self), QStackedWidget()
        self._pause = button(self.tr("Pause all"), "pause")
        self._retry_failed = button(self.tr("Retry all failed"), "retry")
        self._table, self._empty = OutboxTable(self), EmptyState()
        self._view = DeliveriesView(self._table)
        self.bar = OutboxBar(self._table.words)
        self.details = OutboxDetails(desk.thumbnails, self._table.words)
        self.output, self.phones = OutputPanel(desk), PhonesPanel(desk)
        self._on_hold, self._no_server = Banner(), Banner()
        self._day, self._note = label("", "faint"), label("", "faint")
        self._stack = QStackedWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(_TIME_PASSES_EVERY)
        self._arrange()
        self._connect()
        self.show_event(desk.current.overview)

    def refresh(self) -> None:
        """Load the deliveries and their counts, and what is set where that is looked at."""
        event = self.desk.current.id
        if event is None:
            return
        wanted = self.bar.wanted
        self.desk.jobs.call(
            partial(load_outbox, self.desk.deliveries, event, wanted),
            owner=self,
            done=partial(self._show_loaded, event, wanted),
            failed=self._on_not_loaded,
        )
        self.output.refresh()
        self.phones.refresh()

    def show_event(self, overview: EventOverview | None) -> None:
        """Show another event's outbox."""
        self.say_subtitle("" if overview is None else overview.event.name or overview.event.code)
        self.output.show_event(None if overview is None else overview.event)
        self.phones.show_event(None if overview is None else overview.event.id)
        if overview is None:
            self._shown = None
            self._day.clear()
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
        self.bar.show_counts(view.counts)
        self._stack.setCurrentIndex(0 if view.deliveries else 1)
        if not view.deliveries:
            self._say_empty()
        full = len(view.deliveries) == MOST_ROWS
        said = self.tr("The newest {n} are shown.").format(n=MOST_ROWS) if full else ""
        self._note.setText(said)
        self._day.setText(self._table.words.day(view.day))
        self._show_buttons()
        self._look_closely()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let time pass again."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep no address on a page that nobody looks at."""
        super().hideEvent(event)
        self.details.forget()
        self._stale = True

    def _arrange(self) -> None:
        names = (self.tr("Deliveries"), self.tr("Phones"), self.tr("What leaves the event"))
        segments = row(spacing=6)
        for number, text in enumerate(names):
            segment = button(text, kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self.views.addButton(segment, number)
            segments.addWidget(segment)
        for widget in (self._retry_failed, self._pause):
            self.action_row.addWidget(widget)
        self.action_row.addLayout(segments)
        closely = QWidget()
        side_by_side = QHBoxLayout(closely)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(14)
        side_by_side.addWidget(self._view, 1)
        side_by_side.addWidget(self.details)
        self.details.hide()
        self._stack.addWidget(closely)
        self._stack.addWidget(self._empty)
        deliveries = QWidget()
        column = QVBoxLayout(deliveries)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for banner in (self._on_hold, self._no_server):
            column.addWidget(banner)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addLayout(row(self._day, None, self._note))
        self._places.addWidget(deliveries)
        self._places.addWidget(self.phones)
        self._places.addWidget(self.output)
        self.content.addWidget(self._places, 1)

    def _connect(self) -> None:
        self.views.idClicked.connect(self.show_view)
        self._view.chosen_changed.connect(self._on_selected)
        self._view.retry_wanted.connect(self._on_retry)
        self._view.cancel_wanted.connect(self._on_cancel)
        self.bar.changed.connect(self.refresh)
        self.bar.retry.clicked.connect(self._on_retry)
        self.bar.cancel.clicked.connect(self._on_cancel)
        self.details.correction_wanted.connect(self._on_correction_wanted)
        self.phones.did.connect(self.did)
        self.phones.failed.connect(self.complain)
        self.phones.end_all_wanted.connect(self.output.ask_to_revoke)
        self.output.did.connect(self.did)
        self.output.failed.connect(self.complain)
        self._pause.clicked.connect(self._on_pause)
        self._on_hold.acted.connect(self._on_pause)
        self._no_server.acted.connect(self._on_no_server)
        self._retry_failed.clicked.connect(self._on_retry_failed)
        self._empty.acted.connect(self._on_empty_acted)
        self._clock.timeout.connect(self._on_time)

    def show_view(self, number: int) -> None:
        """Show the deliveries (0), the phones (1) or what is set (2)."""
        self.views.button(number).setChecked(True)
        there = self.desk.current.id is not None
        self._places.setCurrentIndex(number if there else 0)
        self._show_buttons()

    def _on_not_loaded(self, error: Exception) -> None:
        self._load_failed = True
        self.complain(error)

    def _show_loaded(self, event: EventId, wanted: Wanted, view: OutboxView) -> None:
        if self._load_failed:  # what the banner says is over
            self._load_failed = False
            self.banner.hide()
        if (event, wanted) == (self.desk.current.id, self.bar.wanted):
            self.show_state(view)

    def _show_buttons(self) -> None:
        self.bar.retry.setEnabled(bool(self._view.retryable))
        self.bar.cancel.setEnabled(bool(self._view.cancellable))
        view = self._shown
        counts = None if view is None else view.counts
        listed = self._places.currentIndex() == 0
        failed = counts is not None and counts.failed > 0
        self._retry_failed.setVisible(listed and failed)
        self._pause.setVisible(listed)
        self._pause.setEnabled(counts is not None)
        paused = counts is not None and counts.paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause all"))
        set_icon(self._pause, "play" if paused else "pause")
        if paused and counts is not None:
            said = self.tr("Deliveries are on hold: %n waiting.", "", counts.waiting)
            self._on_hold.say(said, "warning", self.tr("Resume"), closable=False)
        else:
            self._on_hold.hide()
        waiting = 0 if view is None else view.day.waiting_mails
        if waiting and not self.desk.settings.settings.mail.host:
            said = self.tr(
                "%n e-mail(s) wait, but no mail server is set up on this machine.", "", waiting
            )
            self._no_server.say(said, "warning", self.tr("Open the settings"), closable=False)
        else:
            self._no_server.hide()

    def _say_empty(self) -> None:
        self._stack.setCurrentIndex(1)
        if self.desk.current.id is None:
            self.show_view(0)
            self._empty.show_empty(
                "events", self.tr("No event is open"), "", self.tr("Go to the events")
            )
        elif self.bar.wanted != (None, None):
            self._empty.show_empty(
                "outbox", self.tr("Nothing here"), "", self.tr("Show all deliveries")
            )
        else:
            said = self.tr("What guests send, print or share at a kiosk is listed here.")
            self._empty.show_empty("outbox", self.tr("The outbox is empty"), said)

    def _on_selected(self) -> None:
        self._show_buttons()
        self._look_closely()

    def _look_closely(self) -> None:
        """Load the one delivery that is selected."""
        chosen, event = self._view.chosen, self.desk.current.chosen
        if len(chosen) != 1 or event is None or self._shown is None:
            self.details.hide()
            self.details.forget()
            return
        self.desk.jobs.call(
            partial(load_details, self.desk, event, chosen[0].id, self._shown.counts.paused),
            owner=self,
            done=self._show_details,
            failed=self.complain,
        )

    def _show_details(self, view: DetailsView | None) -> None:
        chosen = [one.id for one in self._view.chosen]
        if view is not None and chosen == [view.details.delivery.id] and self.isVisible():
            self.details.show_state(view, datetime.now(UTC))
            self.details.show()

    def _on_correction_wanted(self, details: DeliveryDetails) -> None:
        self._address = AddressDialog(details, self)
        self._address.agreed.connect(self._on_address)
        self._address.open()

    def _on_address(self, number: DeliveryId, addresses: tuple[str, ...]) -> None:
        dialog = self._address
        if dialog is None:
            return
        self.desk.jobs.call(
            partial(self.desk.deliveries.resend, number, addresses),
            owner=dialog,
            done=self._on_resent,
            failed=self._on_not_resent,
        )

    def _on_resent(self, is_there: bool) -> None:
        if self._address is not None:
            self._address.accept()
            self._address = None
        if is_there:
            self.did.emit((self.tr("The e-mail is sent to the address now."), None))
        else:
            self.banner.say(self.tr("This e-mail is not there any more."), "warning")
        self.refresh()

    def _on_not_resent(self, error: Exception) -> None:
        if self._address is not None:
            self._address.complain(sentence(error))

    def _on_no_server(self) -> None:
        self.asked.emit("settings")

    def _on_empty_acted(self) -> None:
        if self.desk.current.id is None:
            self.asked.emit("events")
        else:
            self.bar.show_all()

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
            retry = partial(retry_all_failed, self.desk.deliveries, event, self.bar.wanted[1])
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
