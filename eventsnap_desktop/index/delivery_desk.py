"""The outbox as the organizer sees it: what waits, what failed, tried again, held back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from eventsnap_desktop.domain.deliveries import (
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    OutboxCounts,
)
from eventsnap_desktop.domain.delivery_details import DeliveryDetails, OutboxDay
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.notices import notice_of
from eventsnap_desktop.index.outgoing_photos import photos_from_json
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored


class DeliveryDesk:
    """The deliveries of one database; fits the flows' DeliveryDesk.

    Every method may raise DatabaseAwayError, and can then be repeated. Listeners hear of each
    change.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("deliveries")

    def list_deliveries(
        self,
        event_id: EventId,
        state: DeliveryState | None,
        limit: int,
        kind: DeliveryKind | None = None,
    ) -> list[Delivery]:
        """Return deliveries, newest first, of one state or of all, of one kind or of all."""
        values = {"event": event_id, "state": state, "kind": kind, "limit": limit}
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["list"], values).fetchall()
        return [_to_delivery(row) for row in rows]

    def counts(self, event_id: EventId, kind: DeliveryKind | None = None) -> OutboxCounts:
        """Return how many deliveries of each state there are, of one kind or of all."""
        values = {"event": event_id, "kind": kind}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["counts"], values).fetchone()
        return OutboxCounts(*(row or (0, 0, 0, 0, False)))

    def day(self, event_id: EventId, since: datetime) -> OutboxDay:
        """Return what was handed out since a time, and the e-mails that have to wait."""
        values = {"event": event_id, "since": since}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["day"], values).fetchone()
        return OutboxDay(*(int(one) for one in row or ()))

    def details(self, delivery: DeliveryId) -> DeliveryDetails | None:
        """Return one delivery with its photos and addresses, None when it is not there."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["details"], {"delivery": delivery}).fetchone()
        return None if row is None else _to_details(row)

    def resend(self, delivery: DeliveryId, addresses: Sequence[str]) -> bool:
        """Have an e-mail go to these addresses instead, now; False when there is none any more.

        They have to be checked before. One that was sent already is sent once more.
        """
        to = Jsonb([to_stored(address) for address in addresses])
        with self._database.connection() as connection:
            values = {"delivery": delivery, "to": to}
            return connection.execute(self._sql["resend"], values).rowcount > 0

    def retry(self, deliveries: Sequence[DeliveryId]) -> int:
        """Have failed, waiting or cancelled deliveries tried now; return how many."""
        return self._change("retry", deliveries)

    def cancel(self, deliveries: Sequence[DeliveryId]) -> int:
        """Cancel waiting or failed deliveries; return how many."""
        return self._change("cancel", deliveries)

    def set_paused(self, event_id: EventId, paused: bool) -> None:
        """Hold all deliveries of the event back, or let them go on; UnknownEventError."""
        values = {
            "event": event_id,
            "paused": paused,
            "payload": notice_of(Subject.OUTBOX, event_id),
        }
        with self._database.transaction() as connection:
            if connection.execute(self._sql["set_paused"], values).fetchone() is None:
                raise deleted_event()
            connection.execute(self._sql["notify"], values)

    def _change(self, query: str, deliveries: Sequence[DeliveryId]) -> int:
        values = {"deliveries": list(deliveries)}
        with self._database.connection() as connection:
            return connection.execute(self._sql[query], values).rowcount


def _to_delivery(row: TupleRow) -> Delivery:
    number, kind, state, photos, attempts, created, next_try, error, detail = row
    return Delivery(
        id=DeliveryId(number),
        kind=DeliveryKind(kind),
        state=DeliveryState(state),
        photos=photos,
        attempts=attempts,
        created_at=created,
        next_try_at=next_try,
        last_error=None if error is None else from_stored(error),
        detail=from_stored(detail),
    )


def _to_details(row: TupleRow) -> DeliveryDetails:
    payload, done_at, is_in_work = row[9:]
    wish: dict[str, Any] = payload if isinstance(payload, dict) else {}
    to, copies = wish.get("to"), wish.get("copies")
    return DeliveryDetails(
        delivery=_to_delivery(row[:9]),
        photos=tuple(photos_from_json(wish.get("photos"))),
        language=_text(wish.get("language")),
        done_at=done_at,
        is_in_work=is_in_work,
        addresses=tuple(filter(None, map(_text, to))) if isinstance(to, list) else (),
        copies=copies if type(copies) is int and copies > 0 else 1,
        printer=_text(wish.get("printer")),
    )


def _text(value: object) -> str:
    return from_stored(value) if isinstance(value, str) else ""
