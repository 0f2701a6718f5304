"""Orders find this machine's printers under every name that a kiosk may use for them."""

from eventsnap_desktop.app.own_printers import OwnPrinters
from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList


def test_a_kiosk_may_ask_for_all_printers_of_its_setting_or_for_any_of_the_system() -> None:
    listed = [PrinterList((PrinterDevice("Office", True, ""),), "")]
    asked = []
    seconds = [0.0]

    def printers() -> PrinterList:
        asked.append(seconds[0])
        return listed[0]

    own = OwnPrinters("One, Two [PageSize=4x6]", printers, lambda: seconds[0])
    assert own() == ("One, Two [PageSize=4x6]", "One", "Two", "Office")
    listed[0] = PrinterList((), "CUPS does not run")
    assert "Office" in own()
    seconds[0] = 61.0
    assert own() == ("One, Two [PageSize=4x6]", "One", "Two")
    assert asked == [0.0, 61.0]


def test_without_a_setting_there_are_only_the_systems() -> None:
    assert OwnPrinters("", lambda: PrinterList((), "none"))() == ()
