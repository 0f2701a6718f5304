"""A kiosk prints while any of its printers does, and its staff hear of the others."""

from pathlib import Path

from eventsnap_desktop.app.kiosk_ways import MachineWays
from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.settings.schema import KioskMachineSettings, Settings

GOOD, BAD = PrinterDevice("A", True, ""), PrinterDevice("B", False, "it is out of paper")


def ways(setting: str, *devices: PrinterDevice) -> MachineWays:
    """Return the ways of a kiosk with a setting on a machine with printers."""
    settings = Settings(home=Path("/nowhere"), kiosk=KioskMachineSettings(printer=setting))
    asked: list[str] = []

    def listed(wanted: str) -> PrinterList:
        asked.append(wanted)
        assert asked == [setting], "asked once in ten seconds, for what is set"
        return PrinterList(devices, "" if devices else "none")

    return MachineWays(settings, listed, clock=lambda: 0.0)


def test_one_of_two_printers_is_enough_for_guests() -> None:
    kiosk = ways("A, B", GOOD, BAD)

    now = kiosk.ways(KioskSettings())

    assert (now.print, now.print_problem) == (True, "")
    assert kiosk.can_print
    assert kiosk.printer == "A, B"
    assert kiosk.known_problem == kiosk.look_at_printer() == "B: it is out of paper"


def test_a_kiosk_whose_printers_all_fail_says_of_each_why() -> None:
    kiosk = ways("B, C", GOOD, BAD)

    now = kiosk.ways(KioskSettings())

    assert not now.print
    assert now.print_problem == "B: it is out of paper. There is no printer C"
    assert not kiosk.can_print


def test_without_a_setting_it_is_the_systems_default() -> None:
    kiosk = ways("", BAD, GOOD)

    assert kiosk.ways(KioskSettings()).print
    assert kiosk.printer == "A"


def test_without_any_printer_nothing_is_wrong_and_nothing_printed() -> None:
    kiosk = ways("")

    assert kiosk.look_at_printer() == ""
    assert (kiosk.printer, kiosk.can_print) == ("", False)


def test_the_printers_are_queues(tmp_path: Path) -> None:
    kiosk = ways(f"A, pdf:{tmp_path}")

    assert [queue.name for queue in kiosk.print_queues()] == ["A", f"pdf:{tmp_path}"]
