"""The printers of this machine, under the names by which orders ask for them."""

from collections.abc import Callable, Sequence
from math import inf
from time import monotonic

from eventsnap_desktop.delivery.print_pdf import SCHEME, PdfQueue
from eventsnap_desktop.delivery.print_pool import printer_names
from eventsnap_desktop.delivery.printers import PrinterList, list_printers
from eventsnap_desktop.domain.outgoing import PrintPlaces

_ASK_AGAIN_AFTER = 60.0  # seconds: asking a print server takes a tenth of one, or its time-out


class OwnPrinters:
    """Fits flows/deliver_ports.Printers; one thread at a time.

    Prints are made by the ``machine`` they were ordered at: printers of others may have the same
    names. With ``others``, prints of other machines are made here as well, on printers so named.
    """

    def __init__(
        self,
        machine: str,
        setting: str,
        others: bool = False,
        printers: Callable[[], PrinterList] = list_printers,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._machine, self._others = machine, others
        # A kiosk may order from all of its printers at once, or from one of them.
        self._set = (setting, *(one.name for one in printer_names(setting)))
        self._printers, self._clock = printers, clock
        self._asked_at = -inf
        self._listed: tuple[str, ...] = ()

    def places(self, but: Sequence[str] = ()) -> PrintPlaces:
        """Return whose prints are made here: those of the setting's and the system's printers."""
        if self._clock() - self._asked_at >= _ASK_AGAIN_AFTER:
            self._listed = tuple(one.name for one in self._printers().printers)
            self._asked_at = self._clock()
        names = tuple(dict.fromkeys(name for name in (*self._set, *self._listed) if name))
        return PrintPlaces(self._machine, names, tuple(but), self._others)

    def of(self, wanted: str) -> Sequence[str]:
        """Return the printers that an order means by its words; none where none is here.

        A queue is everybody's, and one that is gone is told of by whoever tries it; a folder may be
        another user's.
        """
        names = tuple(one.name for one in printer_names(wanted)) or ("",)
        return tuple(name for name in names if self._is_here(name))

    def _is_here(self, name: str) -> bool:
        if name in self._set or not name.startswith(SCHEME):
            return True
        return PdfQueue(name).is_here
