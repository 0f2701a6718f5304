"""An event is deleted as command line and window do it: its waiting sheets are taken back."""

from pathlib import Path

import pytest

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.deleting import delete_event, sheets_answer, sheets_words, take_back
from eventsnap_desktop.app.machine_identity import machine_identity
from eventsnap_desktop.delivery import print_server
from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from tests.contract.flows.delivering import PRINT
from tests.contract.flows.test_deliver_cups import printers
from tests.contract.index.outbox_rows import photos_of, put_print, row_of
from tests.fixtures.cups import Cups
from tests.fixtures.cups_carrier import until
from tests.fixtures.prints import sheet


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(load_settings({"home": tmp_path / "home"}).settings)


@pytest.fixture
def event(index: Index, database_url: str, program: Program) -> EventId:
    """Return an event of which two copies of a print were handed over here."""
    made = index.events.create_event("wedding", "", "").id
    machine = machine_identity(program.settings.home)
    photos = photos_of(index, made, 1)
    put_print(database_url, made, photos, printer="Selphy", machine=machine, sheets=2)
    assert index.outbox.claim([PRINT], printers(machine).places(), 60.0) is not None
    return made


def test_its_sheets_are_taken_back_from_this_machines_print_server(
    index: Index,
    event: EventId,
    program: Program,
    cups: Cups,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(print_server, "SOCKETS", (cups.root / "cups.sock",))
    paper = cups.paper("Selphy")
    paper.set("slow")
    key, payload = row_of(database_url, DeliveryId(1), "idempotency_key, payload")
    title = f"eventsnap-{key}-{payload['photos'][0]}"
    cups.queue("Selphy").hand_over(sheet(title))

    deletion = delete_event(program, index, event)

    assert (deletion.counts.encoded, deletion.sheets) == (1, SheetsOfDeleted(back=2))
    assert sheets_words(deletion.sheets) == "2 sheets were taken back from the printer."
    until(lambda: cups.titles(7) == [title])
    assert paper.prints() == []


def test_a_print_server_that_is_away_keeps_no_event_and_is_said(
    index: Index,
    event: EventId,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nobody = tmp_path / "cups.sock"
    nobody.touch()
    monkeypatch.setattr(print_server, "SOCKETS", (nobody,))

    deletion = delete_event(program, index, event)

    why = "The print server (CUPS) does not answer."
    assert index.events.list_events() == []
    assert deletion.sheets == SheetsOfDeleted(left=2, why=why)
    assert sheets_words(deletion.sheets) == f"2 sheets may still be printed: {why}"
    answer = {"taken_back": 0, "left": 2, "elsewhere": 0, "reason": why}
    assert sheets_answer(deletion.sheets) == answer


def test_what_other_machines_printed_is_left_to_them_and_nothing_is_nothing(
    index: Index, program: Program, database_url: str
) -> None:
    event = index.events.create_event("fair", "", "").id
    put_print(database_url, event, photos_of(index, event, 1), machine="bar", sheets=3)
    assert index.outbox.claim([PRINT], printers("bar").places(), 60.0) is not None

    sheets = delete_event(program, index, event).sheets

    assert sheets == SheetsOfDeleted(elsewhere=3)
    assert "3 sheets were ordered at other machines" in sheets_words(sheets)
    assert sheets_words(take_back(program, index)(EventId(77))) == ""
