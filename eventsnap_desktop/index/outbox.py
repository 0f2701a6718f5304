"""The deliveries that wait: taken on by one process at a time, made, tried again, given up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import (
    Branding,
    DeliveryJob,
    OutputSettings,
    PrintPlaces,
    Withdrawal,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.outgoing_photos import (
    Faces,
    faces_from_json,
    photos_from_json,
    read_photos,
)
from eventsnap_desktop.index.output_settings import branding_from_json, output_from_json
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored
from eventsnap_desktop.index.withdrawals import (
    claim_of_deleted,
    note_of_deleted,
    sheets_of_deleted,
)

_NOTHING_LEFT = "None of its photos can be handed out any more"


class Outbox:
    """The deliveries of one database; fits the flows' Outbox.

    Every method may raise DatabaseAwayError, and can then be repeated. What this object has taken
    on is written down under its ``name``, which no other has. Listeners hear of each change.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("outbox")
        self.name = uuid4().hex

    def claim(
        self,
        kinds: Sequence[DeliveryKind],
        places: PrintPlaces,
        lease: float,
        event_id: EventId | None = None,
    ) -> DeliveryJob | None:
        """Take on the delivery that is due longest, of one event or of all; None when none is.

        Those that have no photo left are noted as failed on the way.
        """
        values = self._places(places, lease, event_id) | {"kinds": list(kinds)}
        while True:
            # One transaction: a claim whose photos could not be read would be nobody's for long.
            with self._database.transaction() as connection:
                row = connection.execute(self._sql["claim"], values).fetchone()
                if row is None:
                    return None
                job = _to_job(connection, row)
                if job.photos or job.told_later:
                    return job
                self._note(connection, "failed", job, sentence=_NOTHING_LEFT)

    def claim_withdrawal(
        self, places: PrintPlaces, lease: float, event_id: EventId | None = None
    ) -> Withdrawal | None:
        """Take on a print that is not to be made after a try; None when there is none.

        It was given up or cancelled, or its event was deleted.
        """
        values = self._places(places, lease, event_id)
        with self._database.transaction() as connection:
            row = connection.execute(self._sql["claim_withdrawal"], values).fetchone()
            row = row or claim_of_deleted(connection, values)
        return None if row is None else _to_withdrawal(row)

    def withdrawn(self, number: DeliveryId, after: float = 0.0, back: int = 0) -> None:
        """Note that nothing of a print waits any more, or to look again in so many seconds.

        ``back`` is how many sheets were taken back.
        """
        values = {"id": number, "me": self.name, "after": after, "back": back}
        with self._database.transaction() as connection:
            connection.execute(self._sql["withdrawn"], values)
            note_of_deleted(connection, values)

    def sheets_of_deleted(self, event_id: EventId, machine: str) -> SheetsOfDeleted:
        """Return what became of a deleted event's sheets, as seen from a machine, without why."""
        with self._database.connection() as connection:
            return sheets_of_deleted(connection, event_id, machine)

    def keep(self, job: DeliveryJob, lease: float) -> bool:
        """Extend the lease; False when the delivery was cancelled or taken over meanwhile."""
        with self._database.connection() as connection:
            return self._note(connection, "keep", job, lease=lease) > 0

    def tell(self, job: DeliveryJob, sentence: str) -> None:
        """Store how far it is; nothing where it is not ours any more."""
        self._write("tell", job, sentence=to_stored(sentence))

    def done(self, job: DeliveryJob) -> None:
        """Note that it was made; nothing where it was cancelled or taken over meanwhile."""
        self._write("done", job)

    def try_again(self, job: DeliveryJob, sentence: str, after: float) -> None:
        """Note why a try failed, and that the next one is due in so many seconds."""
        self._write("try_again", job, sentence=to_stored(sentence), after=after)

    def put_off(self, job: DeliveryJob, after: float = 0.0, sentence: str | None = None) -> None:
        """Give back what was not tried: due in so many seconds, 0 for at once."""
        stored = None if sentence is None else to_stored(sentence)
        self._write("put_off", job, sentence=stored, after=after)

    def failed(self, job: DeliveryJob, sentence: str) -> None:
        """Note that it cannot be made."""
        self._write("failed", job, sentence=to_stored(sentence))

    def is_cancelled(self, job: DeliveryJob) -> bool:
        """Tell whether it was cancelled since it was taken on, or deleted with its event."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["is_cancelled"], {"id": job.id}).fetchone()
        return row is None or bool(row[0])

    def hurry(self, kinds: Sequence[DeliveryKind]) -> int:
        """Have what failed before tried now: what it waited for works again; return how many."""
        with self._database.connection() as connection:
            return connection.execute(self._sql["hurry"], {"kinds": list(kinds)}).rowcount

    def claimants(self) -> list[str]:
        """Return the names of those that have taken something on."""
        with self._database.connection() as connection:
            return [row[0] for row in connection.execute(self._sql["claimants"])]

    def let_go(self, name: str) -> int:
        """Have others take on at once what somebody had who is surely gone; return how many."""
        with self._database.connection() as connection:
            return connection.execute(self._sql["let_go"], {"gone": name}).rowcount

    def output_settings(self, event_id: EventId) -> OutputSettings:
        """Return what is set for what leaves the event; UnknownEventError."""
        settings = self._settings(event_id)[1]
        return output_from_json(settings.get("output") if isinstance(settings, dict) else None)

    def branding(self, event_id: EventId) -> Branding:
        """Return what the event puts on what it hands out; UnknownEventError."""
        name, settings = self._settings(event_id)
        return branding_from_json(from_stored(name), settings)

    def mails_of_today(self, event_id: EventId) -> int:
        """Return how many e-mails of the event were sent since midnight, local time."""
        midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        values = {"event": event_id, "since": midnight}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["mails_sent"], values).fetchone()
        return 0 if row is None else int(row[0])

    def _places(
        self, places: PrintPlaces, lease: float, event_id: EventId | None
    ) -> dict[str, object]:
        return {
            "machine": to_stored(places.machine),
            "printers": [to_stored(one) for one in places.printers],
            "but": [to_stored(one) for one in places.but],
            "others": places.others,
            "lease": lease,
            "event": event_id,
            "me": self.name,
        }

    def _settings(self, event_id: EventId) -> tuple[str, object]:
        with self._database.connection() as connection:
            row = connection.execute(self._sql["settings"], {"event": event_id}).fetchone()
        if row is None:
            raise deleted_event()
        return row[0], row[1]

    def _write(self, query: str, job: DeliveryJob, **values: object) -> None:
        with self._database.connection() as connection:
            self._note(connection, query, job, **values)

    def _note(
        self, connection: Connection[TupleRow], query: str, job: DeliveryJob, **values: object
    ) -> int:
        """Change the row of a delivery if it is ours; return how many rows changed."""
        every = {"id": job.id, "me": self.name, **values}
        return connection.execute(self._sql[query], every).rowcount


def _to_job(connection: Connection[TupleRow], row: TupleRow) -> DeliveryJob:
    number, key, kind, event, code, payload, created, attempts, since = row
    wish: dict[str, Any] = payload if isinstance(payload, dict) else {}
    event_id, kind = EventId(event), DeliveryKind(kind)
    addresses = wish.get("to")
    return DeliveryJob(
        id=DeliveryId(number),
        key=from_stored(key),
        kind=kind,
        event_id=event_id,
        event_code=from_stored(code),
        language=_text(wish.get("language")) or "en",
        photos=read_photos(connection, event_id, _wanted(wish)),
        created_at=created,
        attempts=attempts,
        addresses=tuple(_text(one) for one in addresses) if isinstance(addresses, list) else (),
        copies=_copies(wish),
        printer=_text(wish.get("printer")),
        page=_page(wish.get("page")),
        told_later=kind is DeliveryKind.EMAIL and wish.get("photos") == [],
        failing_since=since,
    )


def _to_withdrawal(row: TupleRow) -> Withdrawal:
    number, key, payload = row
    wish: dict[str, Any] = payload if isinstance(payload, dict) else {}
    photos = tuple(photos_from_json(wish.get("photos")))
    printer = _text(wish.get("printer"))
    return Withdrawal(DeliveryId(number), from_stored(key), printer, photos, _copies(wish))


def _wanted(wish: dict[str, Any]) -> dict[PhotoId, Faces]:
    """Return a wish's photos; its faces stand beside them, by the photo's number."""
    photos, faces = photos_from_json(wish.get("photos")), wish.get("faces")
    if not isinstance(faces, dict):
        return photos
    return {one: faces_from_json(faces.get(str(one))) for one in photos}


def _copies(wish: dict[str, Any]) -> int:
    copies = wish.get("copies")
    return copies if type(copies) is int and copies > 0 else 1


def _page(value: object) -> str:
    """Return what a printed link begins with, "" for what no phone opens."""
    page = _text(value)
    return page if page.startswith(("http://", "https://")) else ""


def _text(value: object) -> str:
    return from_stored(value) if isinstance(value, str) else ""
