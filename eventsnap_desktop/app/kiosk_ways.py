"""How photos can leave a kiosk of this machine at the moment."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from eventsnap_desktop.delivery.print_pool import printer_names
from eventsnap_desktop.delivery.print_queue import PrintQueue
from eventsnap_desktop.delivery.printers import (
    PrinterDevice,
    PrinterList,
    list_printers,
    queues_of,
)
from eventsnap_desktop.domain.guests import TakeWays
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.settings.schema import Settings

_ASK_AGAIN_AFTER = 10.0  # seconds: asking a print server takes a tenth of one, or its time-out


def print_notes(settings: Settings) -> Path:
    """Return the folder for notes of what has been printed, where the system forgets it."""
    return settings.home / "printed"


class MachineWays:
    """Fits flows/guest_ports.Ways; used from one thread at a time."""

    def __init__(
        self,
        settings: Settings,
        printers: Callable[[str], PrinterList] = list_printers,
        clock: Callable[[], float] = monotonic,
        phone: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings, self._printers, self._clock = settings, printers, clock
        self._phone = phone
        self._asked_at: float | None = None
        self._found: tuple[PrinterDevice, ...] = ()
        self._problem = ""

    @property
    def printer(self) -> str:
        """What this kiosk orders prints from: one print queue or several, "" while none is known.

        Whoever delivers on this machine knows it by the same words.
        """
        wanted = self._settings.kiosk.printer
        return wanted or next((device.name for device in self._found), "")

    @property
    def can_print(self) -> bool:
        """Whether any of the printers worked at the last look."""
        return any(not device.problem for device in self._found)

    @property
    def known_problem(self) -> str:
        """What was wrong with the printers at the last look, "" for nothing."""
        return self._problem

    def print_queues(self) -> tuple[PrintQueue, ...]:
        """Return the queues of this kiosk's printers; asks the system where none is set."""
        return queues_of(self._settings.kiosk.printer, print_notes(self._settings))

    def ways(self, settings: KioskSettings) -> TakeWays:
        """Return what works now; a mail server that is away is no reason against e-mail."""
        email = settings.email_enabled and bool(self._settings.mail.host)
        phone = settings.share_enabled and self._phone()
        if not settings.print_enabled:
            return TakeWays(email=email, phone=phone)
        self.look_at_printer()
        works = self.can_print
        # Guests need not know of a printer whose prints another one makes.
        problem = "" if works else self._problem
        return TakeWays(email=email, print=works, phone=phone, print_problem=problem)

    def look_at_printer(self) -> str:
        """Return what is wrong with the kiosk's printers, "" for nothing or when there is none."""
        now = self._clock()
        if self._asked_at is None or now - self._asked_at >= _ASK_AGAIN_AFTER:
            self._asked_at = now
            self._choose(self._printers(self._settings.kiosk.printer))
        return self._problem

    def _choose(self, listed: PrinterList) -> None:
        devices = {device.name: device for device in listed.printers}
        wanted = [one.name for one in printer_names(self._settings.kiosk.printer)]
        if not wanted:
            wanted = [device.name for device in listed.printers if device.is_default]
        self._found = tuple(devices[name] for name in wanted if name in devices)
        said = [f"{device.name}: {device.problem}" for device in self._found if device.problem]
        said += [f"There is no printer {name}" for name in wanted if name not in devices]
        self._problem = ". ".join(said)
