"""What the carrier does with its queues: who gets a sheet, how long it waits, what it tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from eventsnap_desktop.delivery.print_carrier import PrintCarrier
from eventsnap_desktop.delivery.print_queue import Condition, Handed, PrintState, Recall, Sheet
from eventsnap_desktop.delivery.trial_page import print_trial_page
from eventsnap_desktop.domain.errors import EventSnapError, PhotoGoneError
from eventsnap_desktop.domain.outgoing import (
    DeliveryJob,
    NeverError,
    NotNowError,
    OutgoingPhoto,
    OutputSettings,
    PrintLayout,
    TakenBack,
)
from eventsnap_desktop.flows.deliver_withdrawal import withdrawal_of
from tests.fixtures.prints import WHEN, FastClock, Try, photo, print_job


@dataclass
class MadeUpQueue:
    """Fits print_queue.PrintQueue; what it has stays in ``state`` until the test says otherwise."""

    name: str
    state: PrintState = PrintState.DONE
    now: Condition = field(default_factory=Condition)
    gives_back: bool = True
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def condition(self) -> Condition:
        return self.now

    def find(self, title: str) -> Handed | None:
        return Handed(title, self.name, 1, self.state) if title in self.sheets else None

    def hand_over(self, sheet: Sheet) -> Handed:
        self.sheets[sheet.title] = sheet
        return Handed(sheet.title, self.name, 1, self.state)

    def look(self, handed: Handed) -> Handed:
        return replace(handed, state=self.state)

    def take_back(self, handed: Handed) -> bool:
        if self.gives_back:
            del self.sheets[handed.title]
        return self.gives_back

    def recall(self, title: str) -> Recall:
        found = self.find(title)
        if found is None:
            return Recall.NOTHING
        return Recall.BACK if self.take_back(found) else Recall.OUT

    def help_along(self) -> None:
        pass


def carried(*queues: MadeUpQueue, settings: OutputSettings | None = None) -> Try:
    """Return what prints on queues of the test."""
    carrier = PrintCarrier(lambda _: queues, clock=FastClock())
    return Try(carrier, settings or OutputSettings())


def test_every_photo_is_a_sheet_with_a_name_of_its_own() -> None:
    queue = MadeUpQueue("A")
    job = print_job("A", photo(1), photo(2), copies=3)

    carried(queue).deliver(job)

    assert list(queue.sheets) == [f"eventsnap-{job.key}-1", f"eventsnap-{job.key}-2"]
    assert {sheet.copies for sheet in queue.sheets.values()} == {3}


def test_a_photo_that_is_left_out_at_the_next_try_changes_no_other_name() -> None:
    queue = MadeUpQueue("A")
    job, attempt = print_job("A", photo(1), photo(2), photo(3)), carried(queue)
    attempt.deliver(job)
    attempt.read = 0

    attempt.deliver(replace(job, photos=(photo(2), photo(3))))

    assert attempt.read == 0
    assert len(queue.sheets) == 3


def test_three_photos_make_a_strip() -> None:
    queue = MadeUpQueue("A")
    settings = OutputSettings(print_layout=PrintLayout.STRIP)

    carried(queue, settings=settings).deliver(print_job("A", *map(photo, range(1, 6))))

    assert len(queue.sheets) == 2


def test_a_print_tells_how_long_it_takes_then_that_it_waits() -> None:
    queue = MadeUpQueue("A", PrintState.PRINTING)
    attempt = carried(queue)

    with pytest.raises(NotNowError, match="takes long"):
        attempt.deliver(print_job("A"))

    assert set(attempt.told) == {"printing, about 20 seconds"}
    assert len(queue.sheets) == 1, "it stays where it is"


def test_a_problem_is_told_and_others_are_printed_meanwhile() -> None:
    queue = MadeUpQueue("A", PrintState.WAITING, Condition())
    attempt = carried(queue)
    with pytest.raises(NotNowError):
        attempt.deliver(job := print_job("A"))
    queue.now = Condition("its door is open")

    with pytest.raises(NotNowError, match="A: its door is open") as caught:
        attempt.deliver(job)

    assert attempt.told[-1] == "A: its door is open"
    assert caught.value.after is not None
    assert len(queue.sheets) == 1


def test_what_cannot_be_taken_back_is_waited_for() -> None:
    first = MadeUpQueue("A", PrintState.WAITING, gives_back=False)
    second = MadeUpQueue("B", now=Condition(waiting=9))
    attempt = carried(first, second)
    with pytest.raises(NotNowError):
        attempt.deliver(job := print_job("A, B"))
    first.now = Condition("it is out of paper")

    with pytest.raises(NotNowError, match="out of paper"):
        attempt.deliver(job)

    assert (len(first.sheets), len(second.sheets)) == (1, 0)


def test_what_a_queue_gave_up_is_printed_by_another() -> None:
    first, second = MadeUpQueue("A", PrintState.FAILED), MadeUpQueue("B", now=Condition(waiting=9))

    carried(first, second).deliver(print_job("A, B"))

    assert len(second.sheets) == 1


def test_a_queue_in_doubt_comes_last() -> None:
    first, second = MadeUpQueue("A", now=Condition(doubt="it is out of paper")), MadeUpQueue("B")

    carried(first, second).deliver(print_job("A, B"))

    assert (len(first.sheets), len(second.sheets)) == (0, 1)


def test_without_a_printer_it_never_works() -> None:
    with pytest.raises(NeverError, match="no printer"):
        carried().deliver(print_job(""))


class Unreadable(Try):
    """Has photos of which some are gone or broken."""

    def deliver(self, job: DeliveryJob) -> None:
        self.carrier.deliver(job, self.settings, self.branding, self._bad, self.told.append)

    def _bad(self, event_code: str, wanted: OutgoingPhoto) -> bytes:
        if wanted.id == 1:
            raise PhotoGoneError("it is gone")
        return b"no picture" if wanted.id == 2 else self._read(event_code, wanted)


@pytest.mark.parametrize(
    ("bad", "error"), [(1, PhotoGoneError), (2, NeverError)], ids=["gone", "broken"]
)
def test_a_photo_that_cannot_be_read_keeps_no_other_back(bad: int, error: type[Exception]) -> None:
    queue = MadeUpQueue("A")
    attempt = Unreadable(PrintCarrier(lambda _: [queue], clock=FastClock()))

    with pytest.raises(error):
        attempt.deliver(print_job("A", photo(bad), photo(3)))

    assert [title[-2:] for title in queue.sheets] == ["-3"]


def test_a_link_is_asked_for_only_where_a_code_is_wanted() -> None:
    asked: list[str] = []

    def link(job: DeliveryJob) -> str:
        asked.append(job.key)
        return "https://example.org/s/x"

    queue = MadeUpQueue("A")
    for settings in (OutputSettings(), OutputSettings(print_qr=True)):
        carrier = PrintCarrier(lambda _: [queue], link, clock=FastClock())
        Try(carrier, settings).deliver(print_job("A"))

    assert len(asked) == 1


def test_what_waits_can_be_withdrawn() -> None:
    queue = MadeUpQueue("A", PrintState.WAITING)
    attempt = carried(queue)
    with pytest.raises(NotNowError):
        attempt.deliver(job := print_job("A"))

    wish = replace(withdrawal_of(job), copies=3)
    assert attempt.carrier.withdraw(wish) == TakenBack(back=3)
    assert attempt.carrier.withdraw(wish) == TakenBack()
    assert queue.sheets == {}


def test_the_test_page_goes_where_prints_go() -> None:
    first, second = MadeUpQueue("A", now=Condition("it is paused")), MadeUpQueue("B")
    queues: Sequence[MadeUpQueue] = (first, second)

    assert print_trial_page(queues, WHEN) == print_trial_page(queues, WHEN) == "B"
    assert len(second.sheets) == 2
    second.now = Condition("its door is open")
    with pytest.raises(EventSnapError, match=r"A: it is paused\. B: its door is open"):
        print_trial_page(queues, WHEN)
