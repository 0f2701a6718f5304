"""Prints through a real CUPS: right on paper, once each, and on another printer when one fails."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from eventsnap_desktop.delivery.print_queue import PrintState, Recall
from eventsnap_desktop.domain.outgoing import (
    NeverError,
    NotNowError,
)
from tests.fixtures.cups import Cups
from tests.fixtures.cups_carrier import ShortClock, carrier, until
from tests.fixtures.prints import (
    Try,
    print_job,
    sheet,
)


def test_a_print_waits_in_a_queue_that_somebody_paused(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    cups.run("cupsdisable", "Selphy")
    job, attempt = print_job("Selphy"), Try(carrier(cups))

    for _ in range(3):
        with pytest.raises(NotNowError, match="Selphy: it is paused"):
            attempt.deliver(job)
    assert "paused" in cups.run("lpstat", "-p").lower() or "disabled" in cups.run("lpstat", "-p")
    cups.run("cupsenable", "Selphy")
    attempt.deliver(job)

    assert len(paper.prints()) == 1


def test_a_print_that_waits_in_a_queue_is_not_handed_over_again(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    job = print_job("Selphy")
    queue = cups.queue("Selphy")
    title = f"eventsnap-{job.key}-1"
    queue.hand_over(sheet(title))
    until(lambda: bool(paper.prints()))
    cups.run("cupsdisable", "Selphy")

    Try(carrier(cups)).deliver(job)

    assert len(paper.prints()) == 1


def test_a_queue_that_ran_out_of_paper_is_resumed_after_the_refill(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    job, attempt = print_job("Selphy"), Try(carrier(cups))

    with pytest.raises(NotNowError, match="out of paper"):
        attempt.deliver(job)
    assert any("out of paper" in one for one in attempt.told)
    paper.clear("empty")
    attempt.deliver(job)

    assert len(paper.prints()) == 1
    assert cups.titles(9) == [f"eventsnap-{job.key}-1"]


def test_a_queue_that_rejects_says_so_and_prints_later(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    cups.run("cupsreject", "Selphy")
    job, attempt = print_job("Selphy"), Try(carrier(cups))

    with pytest.raises(NotNowError, match="takes no prints"):
        attempt.deliver(job)
    cups.run("cupsaccept", "Selphy")
    attempt.deliver(job)

    assert len(paper.prints()) == 1


def test_a_queue_that_is_not_there_is_named(cups: Cups) -> None:
    cups.paper("Selphy")

    with pytest.raises(NotNowError, match="Gone: it is no longer set up"):
        Try(carrier(cups)).deliver(print_job("Gone"))


def test_a_queue_removed_in_the_middle_loses_nothing(cups: Cups) -> None:
    first = cups.paper("Selphy")
    first.set("slow")
    job, attempt = print_job("Selphy"), Try(carrier(cups, WaitsFor("Selphy", cups)))

    with pytest.raises(NotNowError, match="removed"):
        attempt.deliver(job)
    first.clear("slow")
    again = cups.paper("Selphy")
    attempt.deliver(job)

    assert len(again.prints()) == 1


class WaitsFor(ShortClock):
    """Removes a queue at the first wait."""

    def __init__(self, name: str, cups: Cups) -> None:
        super().__init__()
        self._name, self._cups = name, cups

    def wait(self, seconds: float) -> None:
        if self.waits == 0:
            self._cups.run("lpadmin", "-x", self._name)
        super().wait(seconds)


def test_prints_go_to_the_next_printer_when_one_is_out_of_paper(cups: Cups) -> None:
    first, second = cups.paper("Selphy1"), cups.paper("Selphy2")
    first.set("empty")
    jobs = [print_job("Selphy1, Selphy2") for _ in range(3)]
    attempt = Try(carrier(cups))

    for job in jobs:
        attempt.deliver(job)

    assert first.prints() == []
    assert len(second.prints()) == 3
    first.clear("empty")
    for job in jobs:
        attempt.deliver(job)
    assert first.prints() == [], "what was taken back is not printed after the refill"


def test_a_print_in_the_middle_of_which_paper_ran_out_goes_to_the_other(cups: Cups) -> None:
    first, second = cups.paper("Selphy1"), cups.paper("Selphy2")
    first.set("stuck")
    attempt = Try(carrier(cups))

    attempt.deliver(print_job("Selphy1, Selphy2"))
    first.clear("stuck")

    assert len(second.prints()) == 1
    until(lambda: cups.titles(5) == [])
    assert first.prints() == []


@pytest.mark.parametrize("command", ["cupsdisable", "cupsreject"])
def test_a_printer_that_is_paused_or_rejects_is_passed_over(cups: Cups, command: str) -> None:
    first, second = cups.paper("Selphy1"), cups.paper("Selphy2")
    cups.run(command, "Selphy1")

    Try(carrier(cups)).deliver(print_job("Selphy1, Selphy2"))

    assert (len(first.prints()), len(second.prints())) == (0, 1)


def test_a_busy_printer_leaves_the_next_print_to_the_other(cups: Cups) -> None:
    first, second = cups.paper("Selphy1"), cups.paper("Selphy2")
    first.set("slow")
    cups.queue("Selphy1").hand_over(sheet("somebody-elses"))

    Try(carrier(cups)).deliver(print_job("Selphy1, Selphy2"))
    first.clear("slow")

    assert len(second.prints()) == 1
    until(lambda: len(first.prints()) == 1)


def test_a_print_that_somebody_cancels_is_not_printed_again(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    paper.set("slow")

    with pytest.raises(NeverError, match="cancelled"):
        Try(carrier(cups, Cancels(cups))).deliver(print_job("Selphy"))
    paper.clear("slow")

    assert paper.prints() == []


class Cancels(ShortClock):
    """Cancels all jobs at the first wait."""

    def __init__(self, cups: Cups) -> None:
        super().__init__()
        self._cups = cups

    def wait(self, seconds: float) -> None:
        if self.waits == 0:
            self._cups.run("cancel", "-a")
        super().wait(seconds)


def test_ten_processes_that_are_killed_after_handing_over_print_once_each(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    jobs = [print_job("Selphy") for _ in range(10)]

    killed_after_handing_over(cups, *(f"eventsnap-{job.key}-1" for job in jobs))
    attempt = Try(carrier(cups))
    for job in jobs:
        attempt.deliver(job)
        attempt.deliver(job)

    assert sorted(name.name.split("--")[0] for name in paper.prints()) == sorted(
        f"eventsnap-{job.key}-1" for job in jobs
    )
    assert attempt.read == 0


def test_what_was_handed_over_but_not_released_is_printed_by_the_next_try(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    job = print_job("Selphy")
    killed_after_handing_over(cups, f"eventsnap-{job.key}-1", before_release=True)
    assert cups.titles(4) == [f"eventsnap-{job.key}-1"]
    assert paper.prints() == []

    Try(carrier(cups)).deliver(job)

    assert len(paper.prints()) == 1


def test_what_was_handed_over_but_not_released_is_taken_back_unprinted(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    killed_after_handing_over(cups, "eventsnap-x-1", before_release=True)
    assert cups.titles(4) == ["eventsnap-x-1"]
    queue = cups.queue("Selphy")

    assert queue.recall("eventsnap-x-1") is Recall.BACK

    assert queue.recall("eventsnap-x-1") is Recall.NOTHING
    assert cups.titles(7) == ["eventsnap-x-1"]
    assert queue.find("eventsnap-x-1") is None
    queue.hand_over(sheet("another"))
    until(lambda: len(paper.prints()) == 1)
    assert paper.prints("eventsnap") == []


def test_a_sheet_that_is_out_cannot_be_taken_back(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    queue = cups.queue("Selphy")
    queue.hand_over(sheet("eventsnap-x-1"))
    until(lambda: cups.titles(9) == ["eventsnap-x-1"])

    assert queue.recall("eventsnap-x-1") is Recall.OUT
    assert queue.recall("never handed over") is Recall.NOTHING
    assert len(paper.prints()) == 1


def test_eight_at_once_with_the_same_sheet_print_it_once(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    one = sheet("eventsnap-same-1")
    begin = threading.Barrier(8)
    failed: list[BaseException] = []

    def hand_over() -> None:
        begin.wait()
        try:
            cups.queue("Selphy").hand_over(one)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    threads = [threading.Thread(target=hand_over) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    queue = cups.queue("Selphy")

    def is_out() -> bool:
        found = queue.find("eventsnap-same-1")
        return found is not None and found.state is PrintState.DONE

    until(is_out)
    assert cups.titles(4) == []
    until(lambda: len(paper.prints()) == 1)


def test_without_a_print_server_it_is_tried_again(tmp_path: Path) -> None:
    nowhere = Cups(tmp_path)

    with pytest.raises(NotNowError, match="does not answer"):
        Try(carrier(nowhere)).deliver(print_job("Selphy"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from eventsnap_desktop.delivery.print_cups import CupsQueue
from eventsnap_desktop.delivery.print_server import PrintServer
from tests.fixtures.prints import sheet

queue = CupsQueue("Selphy", PrintServer(Path(sys.argv[1])))
if sys.argv[2] == "before":
    queue._released = lambda job: os.kill(os.getpid(), signal.SIGKILL)
for title in sys.argv[3:]:
    child = os.fork()
    if child == 0:
        queue.hand_over(sheet(title))
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
"""


def killed_after_handing_over(cups: Cups, *titles: str, before_release: bool = False) -> None:
    """Have a process for each sheet hand it over and end by kill -9 before it tells anybody."""
    when = "before" if before_release else "after"
    checkout = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(cups.root / "cups.sock"), when, *titles],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_list_of_printers_says_what_a_print_would_meet(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    queue = cups.queue("Selphy")
    assert queue.condition().problem == ""

    queue.hand_over(sheet("eventsnap-x-1"))

    until(lambda: queue.condition().problem == "it is paused (it is out of paper)")
    assert queue.condition().waiting == 1
