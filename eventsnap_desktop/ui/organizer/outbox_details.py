"""One delivery looked at closely: its photos, how it went so far, and to whom it goes."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.delivery_details import DeliveryDetails
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.organizer.outbox_photos import OutboxPhotos
from eventsnap_desktop.ui.organizer.outbox_words import NOTHING, OutboxWords
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, row, set_tone
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn

_WIDTH = 332


@dataclass(frozen=True, slots=True)
class DetailsView:
    """A delivery and those of its photos that may be handed out."""

    details: DeliveryDetails
    rows: tuple[PhotoRow, ...]
    event: Event
    paused: bool


class OutboxDetails(QWidget):
    """Addresses are masked until somebody wants to see them, and again for the next delivery."""

    correction_wanted = Signal(object)
    """The DeliveryDetails of an e-mail that goes to a wrong address."""

    def __init__(
        self, thumbnails: Thumbnails, words: OutboxWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._view: DetailsView | None = None
        self._shown_for: DeliveryId | None = None
        self._kind, self._state = label("", "heading"), badge("")
        self._standing, self._times = label("", wrap=True), label("", "small", wrap=True)
        self._to, self.addresses = label("", "small"), label("", wrap=True)
        self.show_addresses = button(self.tr("Show"), "show", "quiet")
        self.correct = button(self.tr("Send to a corrected address…"), "edit")
        self._missing = label("", "warning", wrap=True)
        self.photos = OutboxPhotos(thumbnails)
        self.setFixedWidth(_WIDTH)
        self._arrange()
        self.show_addresses.clicked.connect(self._on_show)
        self.correct.clicked.connect(self._on_correct)

    @property
    def view(self) -> DetailsView | None:
        """What it shows."""
        return self._view

    def show_state(self, view: DetailsView, now: datetime) -> None:
        """Show one delivery."""
        details = view.details
        delivery = details.delivery
        if self._view is None or self._view.details.delivery.id != delivery.id:
            self._shown_for = None
        self._view = view
        self._kind.setText(self._words.kind(delivery.kind))
        text, tone = self._words.badge(delivery)
        self._state.setText(text)
        set_tone(self._state, tone)
        standing = self._words.standing(delivery, view.paused, now)
        self._standing.setText(standing)
        self._standing.setVisible(standing != NOTHING)
        self._times.setText(self._said_of_times(details))
        self._show_to(details)
        gone = len(details.photos) - len(view.rows)
        self._missing.setText(self.tr("%n photo(s) of it are hidden or gone.", "", gone))
        self._missing.setVisible(gone > 0)
        self.photos.show_photos(view.event, view.rows)

    def forget(self) -> None:
        """Know nothing of any delivery any more."""
        self._view, self._shown_for = None, None
        self.addresses.clear()

    def _arrange(self) -> None:
        self.addresses.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame, column = card(spacing=8, margin=14)
        column.addLayout(row(self._kind, None, self._state))
        column.addWidget(self._standing)
        column.addWidget(self._times)
        column.addSpacing(4)
        column.addLayout(row(self._to, None, self.show_addresses))
        column.addWidget(self.addresses)
        column.addWidget(self.correct)
        column.addSpacing(4)
        column.addWidget(self._missing)
        column.addWidget(self.photos)
        scroll = ScrollColumn()
        scroll.column.addWidget(frame)
        scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _said_of_times(self, details: DeliveryDetails) -> str:
        delivery = details.delivery
        moment = self._words.moment(delivery.created_at)
        said = [self.tr("Asked for: {time}").format(time=moment)]
        if details.done_at is not None and delivery.state is DeliveryState.DONE:
            moment = self._words.moment(details.done_at)
            said.append(self.tr("Done: {time}").format(time=moment))
        if delivery.attempts:
            said.append(self.tr("%n failed attempt(s)", "", delivery.attempts))
        return "\n".join(said)

    def _show_to(self, details: DeliveryDetails) -> None:
        is_mail = details.delivery.kind is DeliveryKind.EMAIL
        open_ = self._shown_for == details.delivery.id
        for widget in (self.show_addresses, self.correct):
            widget.setVisible(is_mail)
        if is_mail:
            count = len(details.addresses)
            self._to.setText(self.tr("Goes to %n address(es)", "", count))
            shown = details.addresses if open_ else map(masked, details.addresses)
            self.addresses.setText("\n".join(shown))
            self.show_addresses.setText(self.tr("Hide") if open_ else self.tr("Show"))
            self.show_addresses.setEnabled(count > 0)
            is_done = details.delivery.state is DeliveryState.DONE
            send = self.tr("Send to a corrected address…")
            self.correct.setText(self.tr("Send again…") if is_done else send)
        else:
            self._to.setText(self.tr("Printer"))
            printer = details.printer or self.tr("the default printer")
            copies = self.tr("%n copy(s)", "", details.copies)
            self.addresses.setText(f"{printer}, {copies}")
        is_share = details.delivery.kind is DeliveryKind.SHARE
        self._to.setVisible(not is_share)
        self.addresses.setVisible(not is_share)

    def _on_show(self) -> None:
        if self._view is None:
            return
        number = self._view.details.delivery.id
        self._shown_for = None if self._shown_for == number else number
        self._show_to(self._view.details)

    def _on_correct(self) -> None:
        if self._view is not None:
            self.correction_wanted.emit(self._view.details)


def masked(address: str) -> str:
    """Return an address by which its owner knows it and nobody else: a***@example.org."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else f"{address[:1]}***"
