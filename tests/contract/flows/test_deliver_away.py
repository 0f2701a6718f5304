"""Deliveries while the database goes away and comes back."""

from typing import Any

import pytest

from eventsnap_desktop.domain.errors import DatabaseAwayError
from eventsnap_desktop.flows import deliver_maker
from eventsnap_desktop.index.opening import open_index
from tests.contract.flows.delivering import MAIL, PRINT, delivered, parts_of, working
from tests.contract.index.outbox_rows import photos_of, put_mail, row_of
from tests.fixtures.carriers import Gate, ToldCarrier
from tests.fixtures.postgres import RestartableDatabase


def test_a_mail_that_was_sent_while_the_database_was_away_is_noted_and_not_sent_again(
    restartable_database: RestartableDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver_maker, "_NOTE_EVERY", 0.05)
    url = restartable_database.url
    with open_index(url) as index:
        event = index.events.create_event("wedding", "", "").id
        mail = put_mail(url, event, photos_of(index, event, 1))
        gate = Gate()
        mails = ToldCarrier()

        def deliver_then_wait(*arguments: Any) -> None:
            mails.deliver(*arguments)
            gate(arguments[0])

        class Slow:
            deliver = staticmethod(deliver_then_wait)

        with working(parts_of(index, {MAIL: Slow()})) as worker:
            assert gate.reached.wait(60)
            restartable_database.stop()
            gate.open()
            restartable_database.start()
            worker.wait_for(lambda report: report.emails == 1)
        assert row_of(url, mail, "state") == ("done",)
        assert len(mails.delivered) == 1


def test_deliveries_go_on_after_the_database_was_away(
    restartable_database: RestartableDatabase,
) -> None:
    url = restartable_database.url
    with open_index(url) as index:
        event = index.events.create_event("wedding", "", "").id
        photos = photos_of(index, event, 1)
        mails = ToldCarrier()
        with working(parts_of(index, {MAIL: mails})) as worker:
            put_mail(url, event, photos)
            worker.wait_for(lambda report: report.emails == 1)
            restartable_database.stop()
            restartable_database.start()
            put_mail(url, event, photos)
            worker.wait_for(lambda report: report.emails == 2)


def test_with_a_database_that_stays_away_delivering_once_ends_with_a_sentence(
    restartable_database: RestartableDatabase,
) -> None:
    with open_index(restartable_database.url) as index:
        restartable_database.stop()
        with pytest.raises(DatabaseAwayError):
            delivered(index, {MAIL: ToldCarrier(), PRINT: ToldCarrier()}, patience=0.0)
        restartable_database.start()
