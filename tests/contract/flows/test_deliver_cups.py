"""Orders, a real database and real print servers: each print comes out once, where it should."""

from collections.abc import Iterator

import pytest

from eventsnap_desktop.app.own_printers import OwnPrinters
from eventsnap_desktop.delivery.printers import PrinterList
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_ports import Carrier
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.flows.delivering import PRINT, Worker, delivered, parts_of, working
from tests.contract.index.outbox_rows import change, photos_of, put_print, row_of
from tests.fixtures.cups import Cups, Paper, running_cups
from tests.fixtures.cups_carrier import HastyClock, carrier, until
from tests.fixtures.prints import quarters

POOL = "Selphy1, Selphy2"


def printers(machine: str) -> OwnPrinters:
    return OwnPrinters(machine, "", printers=lambda: PrinterList((), "not asked"))


def read(_: str, photo: OutgoingPhoto) -> bytes:
    return quarters(photo.width, photo.height)


def machine(name: str, index: Index, cups: Cups) -> Delivering:
    """Return what prints on a machine of that name, which has a print server of its own."""
    carriers: dict[DeliveryKind, Carrier] = {PRINT: carrier(cups, HastyClock())}
    return parts_of(index, carriers, read=read, printers=printers(name))


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId, database_url: str) -> list[PhotoId]:
    made = photos_of(index, event, 1)
    change(database_url, "update photo set width = 600, height = 400")
    return made


@pytest.fixture
def another_cups() -> Iterator[Cups]:
    with running_cups() as running:
        yield running


class Desk:
    """Orders prints of one photo, and knows what they are called on paper."""

    def __init__(self, url: str, event: EventId, photos: list[PhotoId]) -> None:
        self.url, self.event, self.photos = url, event, photos

    def order(self, printer: str, machine: str = "tent") -> DeliveryId:
        more = {"printer": printer, "machine": machine, "copies": 1}
        return put_print(self.url, self.event, self.photos, **more)

    def tried_now(self) -> bool:
        """Have nothing wait for its next try: no test waits by the clock."""
        change(self.url, "update outbox set next_try_at = now() where state = 'waiting'")
        return True

    def titles(self, *deliveries: DeliveryId) -> list[str]:
        keys = [row_of(self.url, one, "idempotency_key")[0] for one in deliveries]
        return sorted(f"eventsnap-{key}-{self.photos[0]}" for key in keys)


@pytest.fixture
def desk(database_url: str, event: EventId, photos: list[PhotoId]) -> Desk:
    return Desk(database_url, event, photos)


def out_of(*papers: Paper) -> list[str]:
    """Return what came out, by title: as often as it did."""
    return sorted(file.name.rpartition("--")[0] for paper in papers for file in paper.prints())


def test_two_printers_of_a_kiosk_print_side_by_side(index: Index, cups: Cups, desk: Desk) -> None:
    first, second = cups.paper("Selphy1"), cups.paper("Selphy2")
    for paper in (first, second):
        paper.set("slow")
    ordered = [desk.order(POOL) for _ in range(2)]
    with working(machine("tent", index, cups)) as worker:
        until(lambda: sorted(cups.titles(5)) == desk.titles(*ordered))  # both are printed just now
        assert worker.reports == [], "and no try has ended"
        for paper in (first, second):
            paper.clear("slow")
        worker.wait_for(lambda report: report.prints == 2)
    assert [len(paper.prints()) for paper in (first, second)] == [1, 1]
    assert out_of(first, second) == desk.titles(*ordered)


@pytest.mark.parametrize("flag", ["slow", "stuck"])
def test_a_printer_that_is_slow_or_without_paper_holds_no_other_up(
    index: Index, cups: Cups, desk: Desk, flag: str
) -> None:
    bad, good = cups.paper("Selphy1"), cups.paper("Selphy2")
    bad.set(flag)
    held_up = [desk.order("Selphy1") for _ in range(2)]
    others = [desk.order("Selphy2") for _ in range(3)]
    with working(machine("tent", index, cups)) as worker:
        worker.wait_for(lambda report: report.prints == 3)
        assert (out_of(bad), out_of(good)) == ([], desk.titles(*others))
        if flag == "slow":  # what is out of paper ends its try soon, and not because of the others
            assert worker.reports[-1].tried_again == 0
        bad.clear(flag)
        until(lambda: desk.tried_now() and made_by(worker) == 5)
    assert out_of(bad) == desk.titles(*held_up)


def test_what_is_cancelled_between_two_tries_never_comes_out(
    index: Index, cups: Cups, desk: Desk
) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    unwanted, wanted = desk.order("Selphy"), desk.order("Selphy")
    parts = machine("tent", index, cups)
    assert delivered(index, dict(parts.carriers), read=read, printers=parts.printers).prints == 0
    assert "out of paper" in row_of(desk.url, unwanted, "last_error")[0]
    index.deliveries.cancel([unwanted])
    with working(parts, look_every=0.5) as worker:
        until(lambda: cups.titles(7) == desk.titles(unwanted))
        paper.clear("empty")
        cups.run("cupsenable", "Selphy")
        until(lambda: desk.tried_now() and made_by(worker) == 1)
    assert out_of(paper) == desk.titles(wanted)
    assert row_of(desk.url, unwanted, "state, handed_over") == ("cancelled", False)


def test_a_print_that_was_cancelled_and_is_wanted_after_all_comes_out_once(
    index: Index, cups: Cups, desk: Desk
) -> None:
    paper = cups.paper("Selphy")
    paper.set("empty")
    order = desk.order("Selphy")
    parts = machine("tent", index, cups)
    with working(parts, look_every=0.5) as worker:
        worker.wait_for(lambda report: report.tried_again >= 1)
        index.deliveries.cancel([order])
        until(lambda: cups.titles(7) == desk.titles(order))
        until(lambda: not row_of(desk.url, order, "handed_over")[0])
        paper.clear("empty")
        cups.run("cupsenable", "Selphy")
        index.deliveries.retry([order])
        until(lambda: desk.tried_now() and made_by(worker) == 1)
    assert out_of(paper) == desk.titles(order)


def test_machines_whose_printers_have_the_same_name_print_what_was_ordered_at_them(
    index: Index, cups: Cups, another_cups: Cups, desk: Desk
) -> None:
    tent, bar = cups.paper("Selphy"), another_cups.paper("Selphy")
    at_tent = [desk.order("Selphy", "tent") for _ in range(4)]
    at_bar = [desk.order("Selphy", "bar") for _ in range(4)]
    with (
        open_index(desk.url) as second,
        working(machine("tent", index, cups)) as worker,
        working(machine("bar", second, another_cups)) as other,
    ):
        for one in (worker, other):
            one.wait_for(lambda report: report.prints == 4)
    assert (out_of(tent), out_of(bar)) == (desk.titles(*at_tent), desk.titles(*at_bar))


def test_a_printer_in_the_network_that_two_machines_share_prints_each_order_once(
    index: Index, cups: Cups, another_cups: Cups, desk: Desk
) -> None:
    paper = cups.paper("Selphy")
    another_cups.paper("Selphy", folder=paper.folder)
    ordered = [desk.order("Selphy", place) for place in ("tent", "bar") * 4]
    with (
        open_index(desk.url) as second,
        open_index(desk.url) as third,
        working(machine("tent", index, cups)) as worker,
        working(machine("bar", second, another_cups)) as other,
        working(machine("bar", third, another_cups)) as without_window,
    ):
        worker.wait_for(lambda report: report.prints == 4)
        until(lambda: made_by(other) + made_by(without_window) == 4)
    assert out_of(paper) == desk.titles(*ordered)


def made_by(worker: Worker) -> int:
    return worker.reports[-1].prints if worker.reports else 0
