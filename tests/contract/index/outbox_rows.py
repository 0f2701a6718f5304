"""Deliveries that tests put into a real outbox, and what became of them."""

from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from eventsnap_desktop.domain.deliveries import DeliveryId
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import encode_all, photo

PRINTER = "selphy"


def photos_of(index: Index, event: EventId, many: int = 3) -> list[PhotoId]:
    """Bring photos into an event and return their ids."""
    listing = [photo(f"{number:03}.jpg") for number in range(many)]
    return [one.id for one in encode_all(index, event, listing)]


def put_mail(url: str, event: EventId, photos: list[PhotoId], **more: Any) -> DeliveryId:
    """Put an e-mail into the outbox."""
    payload = {"photos": photos, "language": "de", "to": ["ada@example.org"], **more}
    return put(url, event, "email", payload)


def put_print(url: str, event: EventId, photos: list[PhotoId], **more: Any) -> DeliveryId:
    """Put a print into the outbox."""
    payload = {"photos": photos, "language": "en", "copies": 2, "printer": PRINTER, **more}
    return put(url, event, "print", payload)


def put(url: str, event: EventId, kind: str, payload: object) -> DeliveryId:
    """Put anything into the outbox."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "insert into outbox (event_id, kind, payload, idempotency_key)"
            " values (%s, %s, %s, gen_random_uuid()::text) returning id",
            (event, kind, Jsonb(payload)),
        ).fetchone()
    assert row is not None
    return DeliveryId(row[0])


def row_of(url: str, delivery: DeliveryId, columns: str) -> tuple[Any, ...]:
    """Return some columns of one delivery."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            f"select {columns} from outbox where id = %s".encode(), (delivery,)
        ).fetchone()
    assert row is not None
    return row


def change(url: str, statement: str) -> None:
    """Change the database behind the program's back."""
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())
