"""A deleted event's sheets that wait at print servers do not come out any more."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from eventsnap_desktop.delivery.print_carrier import PrintCarrier
from eventsnap_desktop.delivery.print_cups import CupsQueue
from eventsnap_desktop.delivery.print_server import PrintServer
from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.deliver_deleted import take_back_deleted
from eventsnap_desktop.flows.deliver_ports import Withdrawing
from eventsnap_desktop.index.opening import Index
from tests.contract.flows.delivering import PRINT, delivered, parts_of, working
from tests.contract.flows.test_deliver_cups import Desk, machine, out_of, printers, read
from tests.contract.index.outbox_rows import change, photos_of, put_print, row_of
from tests.fixtures.cups import CUPS_PDF_FOLDER, Cups, Paper, running_cups
from tests.fixtures.cups_carrier import HastyClock, carrier, until
from tests.fixtures.prints import sheet


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId, database_url: str) -> list[PhotoId]:
    made = photos_of(index, event, 2)
    change(database_url, "update photo set width = 600, height = 400")
    return made


@pytest.fixture
def desk(database_url: str, event: EventId, photos: list[PhotoId]) -> Desk:
    return Desk(database_url, event, photos)


@pytest.fixture
def another_cups() -> Iterator[Cups]:
    with running_cups() as running:
        yield running


def titles(desk: Desk, delivery: DeliveryId) -> list[str]:
    """Return what the sheets of an order are called: one a photo."""
    key = row_of(desk.url, delivery, "idempotency_key")[0]
    return [f"eventsnap-{key}-{photo}" for photo in desk.photos]


def tried(index: Index, cups: Cups, name: str = "tent") -> None:
    """Try once what is due at a machine whose printer has no paper: sheets of it wait then."""
    parts = machine(name, index, cups)
    report = delivered(index, dict(parts.carriers), read=read, printers=parts.printers)
    assert (report.prints, report.tried_again) == (0, 1)


def waiting(cups: Cups) -> list[str]:
    """Return what waits at a print server; a queue that stops early is resumed, and gets more."""
    found = sorted(title for state in (3, 4, 5, 6) for title in cups.titles(state))
    assert found
    return found


def take_back(index: Index, event: EventId, printing: Withdrawing) -> SheetsOfDeleted:
    """Take back as whoever deleted the event at the tent."""
    places = printers("tent").places()
    return take_back_deleted(event, index.outbox, lambda: printing, places, patience=1)


def assert_only_another_comes_out(cups: Cups, paper: Paper) -> None:
    """Fill the paper up, and print something else: it would come after what was ahead of it."""
    for flag in ("empty", "slow"):
        if (paper.folder / flag).exists():
            paper.clear(flag)
    cups.run("cupsenable", paper.name)
    cups.queue(paper.name).hand_over(sheet("another"))
    until(lambda: out_of(paper) == ["another"])


def test_what_waits_for_paper_is_taken_back_and_counted_and_other_events_prints_are_not(
    index: Index, cups: Cups, desk: Desk, event: EventId
) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    other = index.events.create_event("fair", "", "").id
    theirs = Desk(desk.url, other, photos_of(index, other, 1))
    change(desk.url, "update photo set width = 600, height = 400")
    put_print(desk.url, event, desk.photos, printer="Selphy", machine="tent", copies=3)
    tried(index, cups)
    kept = theirs.order("Selphy")
    gone = waiting(cups)

    assert index.events.delete_event(event).encoded == 2
    receipt = take_back(index, event, carrier(cups))

    assert receipt == SheetsOfDeleted(back=3 * len(gone))
    assert sorted(cups.titles(7)) == gone
    paper.clear("empty")
    cups.run("cupsenable", "Selphy")
    with working(machine("tent", index, cups)) as worker:
        until(
            lambda: theirs.tried_now() and bool(worker.reports) and worker.reports[-1].prints == 1
        )
    assert out_of(paper) == theirs.titles(kept)


def test_what_waits_at_a_paused_queue_of_cups_pdf_is_taken_back(
    index: Index, cups: Cups, desk: Desk, event: EventId
) -> None:
    cups.cups_pdf("PDF")
    order = desk.order("PDF")
    job = index.outbox.claim([PRINT], printers("tent").places(), 60.0)
    assert job is not None
    cups.run("cupsdisable", "PDF")
    [title, _] = titles(desk, order)
    cups.queue("PDF").hand_over(sheet(title))

    index.events.delete_event(event)
    receipt = take_back(index, event, carrier(cups))

    assert receipt == SheetsOfDeleted(back=1)
    cups.run("cupsenable", "PDF")
    another = f"another-{uuid4().hex}"
    cups.queue("PDF").hand_over(sheet(another))
    until(lambda: cups.titles(9) == [another])
    assert len(list(CUPS_PDF_FOLDER.glob(f"{another}*.pdf"))) == 1
    assert list(CUPS_PDF_FOLDER.glob(f"{title}*.pdf")) == []


def test_a_print_server_that_is_away_keeps_no_event_and_is_asked_again(
    index: Index, cups: Cups, desk: Desk, event: EventId, tmp_path: Path
) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    desk.order("Selphy")
    tried(index, cups)
    gone = waiting(cups)
    nobody = PrintServer(tmp_path / "no.sock")
    away = PrintCarrier(lambda _: [CupsQueue("Selphy", nobody)], clock=HastyClock())

    index.events.delete_event(event)
    receipt = take_back(index, event, away)

    assert (receipt.back, receipt.left) == (0, 2)
    assert "does not answer" in receipt.why
    change(desk.url, "update withdrawal set claimed_until = now()")  # no test waits by the clock
    # A print server that was too busy for an answer is asked again.
    with working(machine("tent", index, cups), look_every=1.0):
        until(lambda: sorted(cups.titles(7)) == gone)
    assert_only_another_comes_out(cups, paper)
    assert take_back(index, event, away) == SheetsOfDeleted(back=len(gone))


def test_what_was_ordered_at_another_machine_is_taken_back_there(
    index: Index, cups: Cups, another_cups: Cups, desk: Desk, event: EventId
) -> None:
    bar = another_cups.paper("Selphy")
    bar.set("empty")
    desk.order("Selphy", "bar")
    tried(index, another_cups, "bar")
    gone = waiting(another_cups)

    index.events.delete_event(event)

    assert take_back(index, event, carrier(cups)) == SheetsOfDeleted(elsewhere=2)
    with working(machine("bar", index, another_cups), look_every=1.0):
        until(lambda: sorted(another_cups.titles(7)) == gone)
    assert_only_another_comes_out(another_cups, bar)


def test_a_sheet_that_is_handed_over_while_its_event_goes_does_not_come_out(
    index: Index, cups: Cups, desk: Desk, event: EventId
) -> None:
    paper = cups.paper("Selphy")
    paper.set("slow")
    gone = titles(desk, desk.order("Selphy"))
    is_reading, is_deleted = Event(), Event()

    def read_slowly(code: str, photo: OutgoingPhoto) -> bytes:
        if photo.id == desk.photos[1]:
            is_reading.set()
            assert is_deleted.wait(60)
        return read(code, photo)

    here = machine("tent", index, cups)
    parts = parts_of(index, dict(here.carriers), read=read_slowly, printers=here.printers)
    with working(parts, look_every=1.0):
        assert is_reading.wait(60)
        until(lambda: cups.titles(5) == gone[:1])  # the first sheet is being printed
        index.events.delete_event(event)
        assert take_back(index, event, carrier(cups)).back == 1
        is_deleted.set()
        until(lambda: sorted(cups.titles(7)) == sorted(gone))
    assert_only_another_comes_out(cups, paper)


def test_an_event_that_printed_nothing_asks_no_printer(index: Index, event: EventId) -> None:
    def none() -> Withdrawing:
        raise AssertionError("a printer was asked")

    index.events.delete_event(event)
    places = printers("tent").places()
    assert take_back_deleted(event, index.outbox, none, places) == SheetsOfDeleted()


def test_a_receipt_waits_for_no_end_of_prints_and_others_go_on(
    index: Index, cups: Cups, desk: Desk, event: EventId
) -> None:
    cups.paper("Selphy")
    for _ in range(3):
        desk.order("Selphy")
        assert index.outbox.claim([PRINT], printers("tent").places(), 60.0) is not None
    index.events.delete_event(event)
    places, printing = printers("tent").places(), carrier(cups)

    hasty = take_back_deleted(
        event, index.outbox, lambda: printing, places, patience=0.0, longest=0.0
    )

    assert hasty == SheetsOfDeleted(left=6)
    assert take_back(index, event, printing) == SheetsOfDeleted()
