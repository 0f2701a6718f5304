"""Orders find this machine's printers under every name that a kiosk may use for them."""

from pathlib import Path

from eventsnap_desktop.app.own_printers import OwnPrinters
from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList
from eventsnap_desktop.domain.outgoing import PrintPlaces


def none() -> PrinterList:
    return PrinterList((), "none")


def test_a_kiosk_may_ask_for_all_printers_of_its_setting_or_for_any_of_the_system() -> None:
    listed = [PrinterList((PrinterDevice("Office", True, ""),), "")]
    asked = []
    seconds = [0.0]

    def printers() -> PrinterList:
        asked.append(seconds[0])
        return listed[0]

    setting = "One, Two [PageSize=4x6]"
    own = OwnPrinters("a", setting, printers=printers, clock=lambda: seconds[0])
    places = PrintPlaces("a", (setting, "One", "Two", "Office"), ("One",))
    assert own.places(["One"]) == places
    listed[0] = PrinterList((), "CUPS does not run")
    assert "Office" in own.places().printers
    seconds[0] = 61.0
    assert own.places().printers == (setting, "One", "Two")
    assert asked == [0.0, 61.0]


def test_without_a_setting_there_are_only_the_systems() -> None:
    assert OwnPrinters("a", "", printers=none).places() == PrintPlaces("a")


def test_an_orders_words_mean_queues_whoever_set_them_up() -> None:
    own = OwnPrinters("a", "Three", printers=none)
    assert own.of("One, Two [PageSize=4x6]") == ("One", "Two")
    assert own.of("") == ("",), "the default printer"


def test_a_folder_of_another_user_is_left_to_them(tmp_path: Path) -> None:
    missing = f"pdf:{tmp_path / 'missing' / 'deep'}"
    mine = OwnPrinters("a", missing, printers=none)
    assert mine.of(missing) == (missing,), "what is set here is tried, and its problem told"
    other = OwnPrinters("a", "", printers=none)
    assert other.of(missing) == ()
    assert other.of(f"pdf:{tmp_path}, {missing}") == (f"pdf:{tmp_path}",)
