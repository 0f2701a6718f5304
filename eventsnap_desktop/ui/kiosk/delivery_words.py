"""What is said of the photos that a guest asked for: one short line."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject

from eventsnap_desktop.domain.deliveries import DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import GuestDelivery

# What delivery/print_carrier.py tells.
_PRINTING = re.compile(r"printing, about (\d+) seconds")

_URGENCY = {DeliveryState.FAILED: 2, DeliveryState.WAITING: 1, DeliveryState.DONE: 0}


class DeliveryWords(QObject):
    """Knows the sentences, in the guest's language."""

    def line(self, deliveries: Sequence[GuestDelivery]) -> str:
        """Return the sentence of the delivery that matters most, "" without any."""
        told = [one for one in deliveries if one.state in _URGENCY]
        if not told:
            return ""
        return self.sentence(max(told, key=lambda one: (_URGENCY[one.state], one.id)))

    def is_problem(self, deliveries: Sequence[GuestDelivery]) -> bool:
        """Whether something could not be delivered."""
        return any(one.state is DeliveryState.FAILED for one in deliveries)

    def sentence(self, one: GuestDelivery) -> str:
        """Return the sentence of one delivery; a mail without photos tells of later ones."""
        if one.photos == 0 and one.state is DeliveryState.WAITING:
            return self.tr("You get an e-mail when there are new photos")
        if one.state is DeliveryState.FAILED:
            return self._failed(one)
        if one.state is DeliveryState.DONE:
            return self._done(one)
        if found := _PRINTING.fullmatch(one.detail):
            words = self.tr("Printing %n photo(s), about {seconds} seconds", "", one.photos)
            return words.format(seconds=found[1])
        if one.paused or one.attempts > 0:
            return self._later(one)
        return self._waiting(one)

    def _waiting(self, one: GuestDelivery) -> str:
        if one.kind is DeliveryKind.EMAIL:
            return self.tr("%n photo(s) are on their way by e-mail", "", one.photos)
        if one.kind is DeliveryKind.PRINT:
            return self.tr("Printing %n photo(s)…", "", one.photos)
        return self.tr("%n photo(s) are being made ready for your phone", "", one.photos)

    def _later(self, one: GuestDelivery) -> str:
        if one.kind is DeliveryKind.EMAIL:
            return self.tr("%n photo(s) will be sent by e-mail a little later", "", one.photos)
        if one.kind is DeliveryKind.PRINT:
            return self.tr("%n photo(s) will be printed a little later", "", one.photos)
        return self.tr("%n photo(s) will be ready for your phone a little later", "", one.photos)

    def _done(self, one: GuestDelivery) -> str:
        if one.kind is DeliveryKind.EMAIL:
            return self.tr("%n photo(s) were sent by e-mail", "", one.photos)
        if one.kind is DeliveryKind.PRINT:
            return self.tr("%n photo(s) were printed", "", one.photos)
        return self.tr("%n photo(s) are ready for your phone", "", one.photos)

    def _failed(self, one: GuestDelivery) -> str:
        if one.kind is DeliveryKind.PRINT:
            return self.tr("A print did not work. The staff will help you.")
        if one.kind is DeliveryKind.EMAIL:
            return self.tr("An e-mail could not be sent. The staff will help you.")
        return self.tr("Your photos could not be made ready. The staff will help you.")
