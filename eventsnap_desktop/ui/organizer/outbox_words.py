"""What is said of deliveries: their kinds, states, and how each stands at the moment."""

import re
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QObject

from eventsnap_desktop.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.delivery_details import OutboxDay
from eventsnap_desktop.ui.organizer.ages import Ages
from eventsnap_desktop.ui.widgets.sentences import in_window_language

NOTHING = "–"

_LONG_OFF = 20 * 3600  # seconds: a time of day alone would be taken for today's
# What the processes that deliver say while they work: delivery/mail_carrier, print_carrier.
_SENDING = re.compile(r"Sending e-mail (\d+) of (\d+)")
_PRINTING = re.compile(r"printing, about (\d+) seconds")


class OutboxWords(QObject):
    """Knows the sentences; times are timezone-aware."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ages = Ages(self)

    def kind(self, kind: DeliveryKind) -> str:
        """Return a kind as people call it."""
        return {
            DeliveryKind.EMAIL: self.tr("E-mail"),
            DeliveryKind.PRINT: self.tr("Print"),
            DeliveryKind.SHARE: self.tr("Phone"),
        }[kind]

    def state(self, state: DeliveryState) -> str:
        """Return a state as people call it."""
        return {
            DeliveryState.WAITING: self.tr("Waiting"),
            DeliveryState.DONE: self.tr("Done"),
            DeliveryState.FAILED: self.tr("Failed"),
            DeliveryState.CANCELLED: self.tr("Cancelled"),
        }[state]

    def badge(self, delivery: Delivery) -> tuple[str, str]:
        """Return a delivery's state and the tone of its badge."""
        if delivery.state is DeliveryState.WAITING and delivery.detail:
            return self.tr("In work"), "accent"
        tone = {
            DeliveryState.WAITING: "warning" if delivery.attempts else "accent",
            DeliveryState.DONE: "good",
            DeliveryState.FAILED: "danger",
            DeliveryState.CANCELLED: "",
        }[delivery.state]
        return self.state(delivery.state), tone

    def standing(self, delivery: Delivery, paused: bool, now: datetime) -> str:
        """Return how far a delivery is, or why it is not made."""
        if delivery.state is not DeliveryState.WAITING:
            failed = delivery.state is DeliveryState.FAILED
            said = in_window_language(delivery.last_error or "") if failed else ""
            return said or NOTHING
        if delivery.detail:
            return self._detail(delivery.detail)
        if paused:
            return self.tr("On hold")
        if delivery.kind is DeliveryKind.EMAIL and not delivery.photos:
            return self.tr("Is sent when there are new photos")
        return self._waiting(delivery, now)

    def day(self, day: OutboxDay) -> str:
        """Return what was handed out today."""
        if day == OutboxDay(waiting_mails=day.waiting_mails):
            return ""
        said = [
            self.tr("%Ln e-mail(s)", "", day.mails),
            self.tr("%Ln printed sheet(s)", "", day.prints),
            self.tr("%Ln phone link(s)", "", day.shares),
        ]
        if day.failed:
            said.append(self.tr("%Ln failed", "", day.failed))
        return self.tr("Today: {figures}").format(figures=", ".join(said))

    def age(self, delivery: Delivery, now: datetime) -> str:
        """Return how long ago it was asked for."""
        return self._ages.ago(delivery.created_at, now)

    def moment(self, when: datetime) -> str:
        """Return date and time as this place writes them."""
        return self._ages.moment(when)

    def _waiting(self, delivery: Delivery, now: datetime) -> str:
        error = in_window_language(delivery.last_error or "").rstrip(".")
        if delivery.next_try_at <= now:
            again = self.tr("{error}: tries again now")
            return again.format(error=error) if error else self.tr("Is next")
        time = self._time(delivery.next_try_at, now)
        if error:
            return self.tr("{error}: tries again at {time}").format(error=error, time=time)
        return self.tr("Is tried at {time}").format(time=time)

    def _time(self, when: datetime, now: datetime) -> str:
        if (when - now).total_seconds() > _LONG_OFF:
            return self._ages.moment(when)
        local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
        return QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)

    def _detail(self, detail: str) -> str:
        if found := _SENDING.fullmatch(detail):
            said = self.tr("Sending e-mail {n} of {all}")
            return said.format(n=found[1], all=found[2])
        if found := _PRINTING.fullmatch(detail):
            return self.tr("Printing, about {n} seconds").format(n=found[1])
        return detail
