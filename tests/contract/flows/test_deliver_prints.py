"""Printing with a real database: printers beside each other, and what is cancelled taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import (
    DeliveryJob,
    NeverError,
    NotNowError,
    TakenBack,
    Withdrawal,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.deliver_withdrawal import withdrawal_of
from eventsnap_desktop.index.opening import Index
from tests.contract.flows.delivering import (
    PRINT,
    Printers,
    delivered,
    parts_of,
    told_of_loss,
    working,
)
from tests.contract.index.outbox_rows import change, photos_of, put_print, row_of
from tests.fixtures.carriers import Gate, ToldCarrier, failing


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId) -> list[PhotoId]:
    return photos_of(index, event, 2)


@dataclass
class Tray(ToldCarrier):
    """Printers that can take back what they have not printed, unless they are ``away``."""

    away: list[Exception] = field(default_factory=list)
    taken_back: list[Withdrawal] = field(default_factory=list)

    def withdraw(self, wish: Withdrawal) -> TakenBack:
        """Note what is taken back."""
        if self.away:
            raise self.away.pop()
        self.taken_back.append(wish)
        return TakenBack()


def only_for(printer: str, before: Callable[[DeliveryJob], None]) -> Callable[[DeliveryJob], None]:
    """Return what does something before a print comes out of that printer."""

    def do(job: DeliveryJob) -> None:
        if job.prefers == printer:
            before(job)

    return do


def test_what_another_machine_prints_is_left_to_it(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    sheet = put_print(database_url, event, photos, printer="in the other room")
    prints = ToldCarrier()
    assert delivered(index, {PRINT: prints}).prints == 0
    assert row_of(database_url, sheet, "state") == ("waiting",)


def test_a_printer_that_is_slow_holds_no_other_up(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    gate = Gate()
    prints = ToldCarrier(only_for("a", gate))
    parts = parts_of(index, {PRINT: prints}, printers=Printers("tent", "a", "b"))
    slow = [put_print(database_url, event, photos, machine="tent", printer="a") for _ in range(3)]
    others = [put_print(database_url, event, photos, machine="tent", printer="b") for _ in range(3)]
    with working(parts) as worker:
        worker.wait_for(lambda report: report.prints == 3)
        assert {one.id for one in prints.delivered} == set(others)
        gate.open()
        worker.wait_for(lambda report: report.prints == 6)
    assert [one.id for one in prints.delivered[3:]] == slow, "one after the other, oldest first"


def test_prints_that_any_of_two_printers_may_make_come_out_of_both_at_once(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    gates = {"a": Gate(), "b": Gate()}
    prints = ToldCarrier(lambda job: gates[job.prefers](job))
    parts = parts_of(index, {PRINT: prints}, printers=Printers("tent", "a", "b"))
    for _ in range(2):
        put_print(database_url, event, photos, machine="tent", printer="a, b")
    with working(parts) as worker:
        for gate in gates.values():
            assert gate.reached.wait(60)
            gate.open()
        worker.wait_for(lambda report: report.prints == 2)
    assert {one.prefers for one in prints.delivered} == {"a", "b"}


def test_delivering_once_ends_when_all_printers_have_made_what_is_due(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    prints = ToldCarrier(failing(*[NotNowError("Paper is out", 0.0)] * 3))
    for wanted in ("a", "b", "a, b") * 4:
        put_print(database_url, event, photos, machine="tent", printer=wanted)
    report = delivered(index, {PRINT: prints}, printers=Printers("tent", "a", "b"))
    assert (report.prints, report.tried_again, report.failed) == (12, 3, 0)
    assert len({one.id for one in prints.delivered}) == 12


def test_a_bug_at_one_printer_is_told_and_the_others_go_on(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    prints = ToldCarrier(only_for("a", failing(KeyError("ada"))))
    bad = put_print(database_url, event, photos, machine="tent", printer="a")
    for wanted in ("b", "a", "b"):
        put_print(database_url, event, photos, machine="tent", printer=wanted)
    report = delivered(index, {PRINT: prints}, printers=Printers("tent", "a", "b"))
    assert (report.prints, report.failed) == (3, 1)
    assert row_of(database_url, bad, "state") == ("failed",)


def test_a_print_for_a_folder_that_is_not_ours_is_given_back_once_and_left_alone(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    foreign = put_print(database_url, event, photos, machine="tent", printer="theirs")
    own = put_print(database_url, event, photos, machine="tent", printer="a")
    prints = ToldCarrier()
    report = delivered(index, {PRINT: prints}, printers=Printers("tent", "a"))
    assert [one.id for one in prints.delivered] == [own]
    assert (report.failed, report.tried_again) == (0, 0)
    columns = "state, attempts, claimed_by, last_error"
    assert row_of(database_url, foreign, columns) == ("waiting", 0, None, None)


def test_a_print_that_is_cancelled_while_it_is_made_is_taken_back(
    index: Index,
    event: EventId,
    photos: list[PhotoId],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eventsnap_desktop.flows.deliver._KEEP_EVERY", 0.01)
    gate, lost = Gate(), told_of_loss(index, monkeypatch)
    tray = Tray(gate)
    sheet = put_print(database_url, event, photos)
    with working(parts_of(index, {PRINT: tray})):
        assert gate.reached.wait(60)
        index.deliveries.cancel([sheet])
        assert lost.wait(60)
        gate.open()
    assert tray.delivered == []
    assert [one.id for one in tray.taken_back] == [sheet]
    assert row_of(database_url, sheet, "handed_over, claimed_by") == (False, None)


def test_a_print_that_is_cancelled_between_two_tries_is_taken_back(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str
) -> None:
    jobs = list[DeliveryJob]()

    def no_paper(job: DeliveryJob) -> None:
        jobs.append(job)
        raise NotNowError("Paper is out", 3600)

    tray = Tray(no_paper)
    sheet = put_print(database_url, event, photos)
    with working(parts_of(index, {PRINT: tray})) as worker:
        worker.wait_for(lambda report: report.tried_again == 1)
        index.deliveries.cancel([sheet])
        tray.before = lambda _: None
        put_print(database_url, event, photos)
        worker.wait_for(lambda report: report.prints == 1)
    assert tray.taken_back == [withdrawal_of(jobs[0])]
    assert row_of(database_url, sheet, "state, handed_over") == ("cancelled", False)
    assert delivered(index, {PRINT: tray}).prints == 0
    assert len(tray.taken_back) == 1


@pytest.mark.parametrize("error", [NotNowError("CUPS does not answer"), NeverError("No printer")])
def test_a_print_server_that_does_not_answer_is_asked_again(
    index: Index, event: EventId, photos: list[PhotoId], database_url: str, error: Exception
) -> None:
    tray = Tray(failing(NotNowError("Paper is out", 3600)), away=[error])
    sheet = put_print(database_url, event, photos)
    delivered(index, {PRINT: tray})
    index.deliveries.cancel([sheet])
    delivered(index, {PRINT: tray})
    assert tray.taken_back == []
    change(database_url, "update outbox set claimed_until = now()")
    delivered(index, {PRINT: tray})
    asked_again = isinstance(error, NotNowError)
    assert [one.id for one in tray.taken_back] == [sheet] * asked_again
