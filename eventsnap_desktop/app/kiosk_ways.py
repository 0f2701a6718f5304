"""How photos can leave a kiosk of this machine at the moment."""

from collections.abc import Callable
from time import monotonic

from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList, list_printers
from eventsnap_desktop.domain.guests import TakeWays
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.settings.schema import Settings

_ASK_AGAIN_AFTER = 10.0  # seconds: asking a print server takes a tenth of one, or its time-out


class MachineWays:
    """Fits flows/guest_ports.Ways; used from one thread at a time."""

    def __init__(
        self,
        settings: Settings,
        printers: Callable[[], PrinterList] = list_printers,
        clock: Callable[[], float] = monotonic,
        phone: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings, self._printers, self._clock = settings, printers, clock
        self._phone = phone
        self._asked_at: float | None = None
        self._found: PrinterDevice | None = None
        self._problem = ""

    @property
    def printer(self) -> str:
        """The print queue this kiosk uses, "" while none is known."""
        return self._found.name if self._found is not None else self._settings.kiosk.printer

    @property
    def known_problem(self) -> str:
        """What was wrong with the printer at the last look, "" for nothing."""
        return self._problem

    def ways(self, settings: KioskSettings) -> TakeWays:
        """Return what works now; a mail server that is away is no reason against e-mail."""
        email = settings.email_enabled and bool(self._settings.mail.host)
        phone = settings.share_enabled and self._phone()
        if not settings.print_enabled:
            return TakeWays(email=email, phone=phone)
        self.look_at_printer()
        works = self._found is not None and not self._problem
        return TakeWays(email=email, print=works, phone=phone, print_problem=self._problem)

    def look_at_printer(self) -> str:
        """Return why the kiosk's printer does not print, "" when it does or there is none."""
        now = self._clock()
        if self._asked_at is None or now - self._asked_at >= _ASK_AGAIN_AFTER:
            self._asked_at = now
            self._found, self._problem = self._choose(self._printers())
        return self._problem

    def _choose(self, listed: PrinterList) -> tuple[PrinterDevice | None, str]:
        wanted = self._settings.kiosk.printer
        for device in listed.printers:
            if device.name == wanted or (not wanted and device.is_default):
                return device, f"{device.name}: {device.problem}" if device.problem else ""
        return None, f"There is no printer {wanted}" if wanted else ""
