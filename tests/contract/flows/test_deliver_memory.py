"""What a try to deliver worked with is not kept in memory after it failed."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from eventsnap_desktop.domain.outgoing import NotNowError
from eventsnap_desktop.index.opening import Index
from tests.contract.flows.delivering import MAIL, delivered
from tests.contract.index.outbox_rows import photos_of, put_mail


class Letter:
    """Photos and an address."""


class AwayServer:
    """Fits flows/deliver_ports.Carrier; fails with a letter in hand."""

    def __init__(self) -> None:
        self.letters: list[weakref.ref[Letter]] = []

    def deliver(self, *_: object) -> None:
        letter = Letter()
        self.letters.append(weakref.ref(letter))
        raise NotNowError("The server is away")


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """Let nothing go that is held in a circle."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collecting")
def test_a_failed_try_lets_go_of_the_letter_at_once(index: Index, database_url: str) -> None:
    event = index.events.create_event("wedding", "Ada & Charles", "").id
    put_mail(database_url, event, photos_of(index, event, 2))
    server = AwayServer()

    report = delivered(index, {MAIL: server})

    assert report.tried_again == 1
    assert [letter() for letter in server.letters] == [None]
