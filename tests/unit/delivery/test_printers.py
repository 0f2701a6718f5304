"""Printers are listed with what is wrong with them, and never waited for."""

import sys
from collections.abc import Sequence

import pytest

from eventsnap_desktop.delivery import printers
from eventsnap_desktop.delivery.printers import (
    Answer,
    PrinterDevice,
    PrinterList,
    ask,
    list_printers,
    printers_of_cups,
    printers_of_windows,
)

LISTING = """\
printer DNP_DS620 is idle.  enabled since Mon 01 Jun 2026 10:00:00
printer Office disabled since Mon 01 Jun 2026 09:00:00 -
\tout of paper
printer PDF now printing PDF-12.  enabled since Mon 01 Jun 2026 08:00:00
system default destination: DNP_DS620
"""


def cups(names: Answer, states: Answer) -> PrinterList:
    def answer(command: Sequence[str]) -> Answer:
        assert list(command[:3]) == ["env", "LC_ALL=C", "lpstat"]
        return names if "-e" in command else states

    return printers_of_cups(answer)


def test_queues_are_listed_with_the_default_and_the_paused_one() -> None:
    found = cups(Answer("DNP_DS620\nNetwork_found\nOffice\nPDF\n", ""), Answer(LISTING, ""))

    assert found.reason == ""
    assert found.printers == (
        PrinterDevice("DNP_DS620", True, ""),
        PrinterDevice("Network_found", False, ""),
        PrinterDevice("Office", False, "it is paused (out of paper)"),
        PrinterDevice("PDF", False, ""),
    )


def test_a_queue_paused_without_a_reason_is_paused() -> None:
    found = cups(Answer("", ""), Answer("printer A disabled since now -\n", ""))

    assert found.printers == (PrinterDevice("A", False, "it is paused"),)


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ("lpstat: No destinations added.", "no printer is set up in CUPS"),
        ("", "no printer is set up in CUPS"),
        ("lpstat: Scheduler is not running", "CUPS is installed but does not run"),
        ("lpstat: Bad file descriptor", "CUPS is installed but does not run"),
        ("the print server did not answer in time", "the print server did not answer in time"),
        ("CUPS is not installed (no lpstat)", "CUPS is not installed (no lpstat)"),
    ],
)
def test_without_printers_there_is_a_reason(complaint: str, reason: str) -> None:
    assert cups(Answer("", complaint), Answer("", complaint)) == PrinterList((), reason)


def test_windows_lists_its_printers() -> None:
    said = (
        '[{"Name": "DNP", "State": "Normal", "Default": true},'
        ' {"Name": "Office", "State": "PaperOut", "Default": false}]'
    )

    found = printers_of_windows(lambda _: Answer(said, ""))

    assert found.printers == (
        PrinterDevice("DNP", True, ""),
        PrinterDevice("Office", False, "Windows says: PaperOut"),
    )


@pytest.mark.parametrize("said", ["", "[]", "not json"])
def test_windows_without_printers_has_a_reason(said: str) -> None:
    found = printers_of_windows(lambda _: Answer(said, ""))

    assert found.printers == ()
    assert found.reason


def test_one_printer_of_windows_is_not_a_list() -> None:
    found = printers_of_windows(lambda _: Answer('{"Name": "A", "State": "", "Default": true}', ""))

    assert found.printers == (PrinterDevice("A", True, ""),)


def test_a_print_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "_SECONDS", 0.2)

    assert "in time" in ask([sys.executable, "-c", "import time; time.sleep(60)"]).complaint


def test_a_program_that_is_not_there_is_a_complaint() -> None:
    assert "cannot be asked" in ask(["no-such-program-here"]).complaint
    assert "not installed" in ask(["env", "no-such-program-here"]).complaint


def test_the_real_machine_answers() -> None:
    found = list_printers()

    assert bool(found.printers) != bool(found.reason)
