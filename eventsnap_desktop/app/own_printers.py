"""The printers of this machine, under the names by which orders ask for them."""

from collections.abc import Callable, Sequence
from math import inf
from time import monotonic

from eventsnap_desktop.delivery.print_pool import printer_names
from eventsnap_desktop.delivery.printers import PrinterList, list_printers

_ASK_AGAIN_AFTER = 60.0  # seconds: asking a print server takes a tenth of one, or its time-out


class OwnPrinters:
    """The names under which orders may ask for this machine's printers; one thread at a time."""

    def __init__(
        self,
        setting: str,
        printers: Callable[[], PrinterList] = list_printers,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        # A kiosk may order from all of its printers at once, or from one of them.
        self._set = (setting, *(one.name for one in printer_names(setting)))
        self._printers, self._clock = printers, clock
        self._asked_at = -inf
        self._listed: tuple[str, ...] = ()

    def __call__(self) -> Sequence[str]:
        """Return the printers of the setting, and those that the system has."""
        if self._clock() - self._asked_at >= _ASK_AGAIN_AFTER:
            self._listed = tuple(one.name for one in self._printers().printers)
            self._asked_at = self._clock()
        return tuple(dict.fromkeys(name for name in (*self._set, *self._listed) if name))
