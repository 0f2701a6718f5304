"""Printers by name, their papers and words, the PDF printer, and Windows as far as it can be."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsnap_desktop.delivery import printers
from eventsnap_desktop.delivery.print_cups import CupsQueue
from eventsnap_desktop.delivery.print_media import Media, media_for
from eventsnap_desktop.delivery.print_pdf import PdfQueue
from eventsnap_desktop.delivery.print_pool import PrinterName, printer_names
from eventsnap_desktop.delivery.print_queue import PrintState, Recall
from eventsnap_desktop.delivery.print_windows import Said, WindowsQueue, quoted
from eventsnap_desktop.delivery.print_words import reasons_in_words
from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList, list_printers, queues_of
from eventsnap_desktop.domain.outgoing import NotNowError, PrintLayout
from tests.fixtures.prints import sheet


def test_a_setting_names_one_printer_or_several() -> None:
    assert printer_names("") == ()
    assert printer_names(" Selphy 1 ,Selphy2,, Selphy2") == (
        PrinterName("Selphy 1"),
        PrinterName("Selphy2"),
    )
    assert printer_names("DNP [PageSize=w288h432-div2 Quality=High], pdf:/out [x]") == (
        PrinterName("DNP", (("PageSize", "w288h432-div2"), ("Quality", "High"))),
        PrinterName("pdf:/out [x]"),
    )


@pytest.mark.parametrize(
    ("layout", "names", "wanted"),
    [
        (PrintLayout.PHOTO_4X6, ["iso_a4_210x297mm", "na_index-4x6_4x6in"], "na_index-4x6_4x6in"),
        (PrintLayout.PHOTO_5X7, ["na_index-4x6_4x6in", "na_5x7_5x7in"], "na_5x7_5x7in"),
        (PrintLayout.PHOTO_4X6, ["jpn_hagaki_100x148mm"], "jpn_hagaki_100x148mm"),
        (PrintLayout.PHOTO_6X8, ["custom_8x6in_8x6in"], "custom_8x6in_8x6in"),
        (PrintLayout.PHOTO_4X6, ["iso_a4_210x297mm", "rubbish", "a_b"], None),
        (
            PrintLayout.PHOTO_5X7,
            ["iso_a4_210x297mm", "custom_min_1x1in", "custom_max_9x99in"],
            "custom_127x177.8mm_127x177.8mm",
        ),
    ],
)
def test_the_paper_is_the_nearest_one(
    layout: PrintLayout, names: list[str], wanted: str | None
) -> None:
    assert media_for(layout, names) == (None if wanted is None else Media(wanted, False))


def test_a_page_with_bleed_is_preferred() -> None:
    names = ["na_index-4x6_4x6in", "custom_105.3x156.1mm_105.3x156.1mm"]

    assert media_for(PrintLayout.PHOTO_4X6, names) == Media(names[1], True)


def test_reasons_are_sentences_and_warnings_are_none() -> None:
    assert reasons_in_words(["none", "paused", "moving-to-paused"]) == ""
    assert reasons_in_words(["media-low-warning", "marker-supply-low-report"]) == ""
    assert reasons_in_words(["media-empty-error", "media-empty", "door-open"]) == (
        "it is out of paper, its door is open"
    )
    assert reasons_in_words(["something-of-a-vendor-error"]) == ""


def test_a_pdf_is_written_once_whole_and_without_leftovers(tmp_path: Path) -> None:
    folder = tmp_path / "prints"
    queue = PdfQueue(f"pdf:{folder}")
    assert queue.condition().problem == ""

    first = queue.hand_over(sheet("eventsnap-k-1", copies=2))
    (file,) = folder.iterdir()
    written = file.read_bytes()
    second = queue.hand_over(sheet("eventsnap-k-1"))

    assert first == second == queue.find("eventsnap-k-1") == queue.look(first)
    assert first.state is PrintState.DONE
    assert file.name == "eventsnap-k-1.pdf"
    assert [one.read_bytes() for one in folder.iterdir()] == [written]
    assert written.count(b"/Type /Page\n") == 2
    assert not queue.take_back(first)
    assert queue.recall(first.title) is Recall.OUT
    assert queue.recall("another") is Recall.NOTHING


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 11 MB."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if sys.platform == "win32" or os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("needs the right to mount")
    folder = tmp_path / "stick"
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", "size=11m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run([unmount, str(folder)], check=True)


def test_a_folder_whose_disk_is_full_is_a_printer_that_cannot_print_until_there_is_room(
    small_disk: Path,
) -> None:
    queue, filling = PdfQueue(f"pdf:{small_disk / 'prints'}"), small_disk / "filling"
    assert queue.condition().problem == ""
    filling.write_bytes(bytes(10 * 2**20))

    assert queue.condition().problem == "its disk is full"
    assert queue.is_here
    with pytest.raises(NotNowError, match="its disk is full"):
        queue.hand_over(sheet("eventsnap-k-1"))
    assert list((small_disk / "prints").iterdir()) == []

    filling.unlink()
    assert queue.condition().problem == ""
    assert queue.hand_over(sheet("eventsnap-k-1")).state is PrintState.DONE


def test_a_title_cannot_leave_the_folder(tmp_path: Path) -> None:
    queue = PdfQueue(f"pdf:{tmp_path / 'in'}")

    queue.hand_over(sheet("../../evil/x"))

    assert [one.name for one in tmp_path.rglob("*.pdf")] == ["______evil_x.pdf"]
    assert (tmp_path / "in/______evil_x.pdf").exists()


@pytest.mark.parametrize("folder", ["relative/folder", "{tmp}/a/b/c", "{tmp}/file"])
def test_a_folder_that_is_none_is_a_problem(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    queue = PdfQueue("pdf:" + folder.replace("{tmp}", str(tmp_path)))

    assert queue.condition().problem
    with pytest.raises(NotNowError):
        queue.hand_over(sheet("eventsnap-k-1"))


def test_printers_of_the_setting_are_listed_with_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = PrinterList((), "CUPS is not installed (no lpstat)")
    monkeypatch.setattr(printers, "printers_of_cups", lambda _: found)
    good, bad = f"pdf:{tmp_path}", f"pdf:{tmp_path}/a/b"

    assert list_printers("") == found
    assert list_printers(f"{good}, {bad}") == PrinterList(
        (
            PrinterDevice(good, False, ""),
            PrinterDevice(bad, False, "its folder is not there"),
        ),
        "",
    )


def test_a_setting_means_queues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only = PrinterList((PrinterDevice("A", False, ""), PrinterDevice("B", True, "")), "")
    monkeypatch.setattr(printers, "printers_of_cups", lambda _: only)

    several = queues_of(f"Selphy, pdf:{tmp_path}", tmp_path)

    assert [type(one) for one in several] == [CupsQueue, PdfQueue]
    assert [one.name for one in queues_of("", tmp_path)] == ["B"]


class Windows:
    """Answers as PowerShell does; what is printed stays in the spooler until ``out``."""

    def __init__(self) -> None:
        self.state, self.jobs, self.scripts = "Normal", [], []

    state: str
    jobs: list[dict[str, object]]
    scripts: list[str]

    def __call__(self, script: str) -> Said:
        self.scripts.append(script)
        if "Get-PrintJob" in script:
            return Said(json.dumps(self.jobs), 0)
        if "Remove-PrintJob" in script:
            self.jobs = []
        elif "Get-Printer " in script:
            return Said(json.dumps({"JobCount": len(self.jobs), "State": self.state}), 0)
        elif "$d.Print()" in script:
            self.jobs.append({"Id": 3, "DocumentName": "eventsnap-k-1", "State": "Spooling"})
        return Said("", 0)


def test_windows_is_asked_and_remembers_by_notes(tmp_path: Path) -> None:
    windows = Windows()
    queue = WindowsQueue("It's a printer", tmp_path / "notes", windows)

    handed = queue.hand_over(sheet("eventsnap-k-1"))
    assert handed.state is PrintState.WAITING
    assert queue.hand_over(sheet("eventsnap-k-1")) == handed
    windows.jobs = []

    found = queue.find("eventsnap-k-1")
    assert found is not None
    assert found.state is queue.look(handed).state is PrintState.DONE
    assert sum("$d.Print()" in script for script in windows.scripts) == 1
    assert all("'It''s a printer'" in script for script in windows.scripts)


def test_windows_takes_back_what_waits_and_not_what_is_out(tmp_path: Path) -> None:
    windows = Windows()
    queue = WindowsQueue("P", tmp_path, windows)
    handed = queue.hand_over(sheet("eventsnap-k-1"))

    assert queue.take_back(handed)
    assert queue.find("eventsnap-k-1") is None
    assert not queue.take_back(handed)
    assert queue.recall("eventsnap-k-1") is Recall.NOTHING, "none was printed"
    queue.hand_over(sheet("eventsnap-k-1"))
    assert queue.recall("eventsnap-k-1") is Recall.BACK
    queue.hand_over(sheet("eventsnap-k-1"))
    windows.jobs = []
    assert queue.recall("eventsnap-k-1") is Recall.OUT


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ("Normal", ""),
        ("Printing, TonerLow", ""),
        ("PaperOut, Paused", "it is out of paper, it is paused"),
        ("Strange", "Windows says: Strange"),
    ],
)
def test_windows_says_what_is_wrong(tmp_path: Path, state: str, problem: str) -> None:
    windows = Windows()
    windows.state = state

    assert WindowsQueue("P", tmp_path, windows).condition().problem == problem


def test_no_name_becomes_a_command() -> None:
    assert quoted("a'; rm x; '’") == "'a''; rm x; ''’’'"
