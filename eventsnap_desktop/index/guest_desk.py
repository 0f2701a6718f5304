"""What a kiosk writes and reads of its guests' visits: consents, visits, photos, wishes."""

from collections.abc import Sequence
from datetime import datetime

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import (
    ConsentId,
    EventGlance,
    GalleryPhoto,
    GuestDelivery,
    Order,
    PrintLimitError,
    SessionId,
    SessionOutcome,
)
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.kiosk_settings import from_json
from eventsnap_desktop.index.outgoing_photos import faces_to_json
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored

_SLIDESHOW = 40  # photos: minutes of them, and no list that grows with the event


class GuestDesk:
    """The visits of one database; fits the flows' GuestDesk.

    Every method may raise DatabaseAwayError. It can then be repeated; only ``consent`` and
    ``begin`` may have left a record without a visit.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("guests")

    def glance(self, event_id: EventId) -> EventGlance:
        """Return what the first screen says of an event; UnknownEventError.

        Its photos are encoded and not hidden; of the slideshow's at most 40, the newest first.
        """
        values = {"event": event_id, "limit": _SLIDESHOW}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["glance"], values).fetchone()
            shown = connection.execute(self._sql["slideshow"], values).fetchall()
        if row is None:
            raise deleted_event()
        return EventGlance(row[0], row[1], tuple(_to_photo(one) for one in shown))

    def kiosk_settings(self, event_id: EventId) -> KioskSettings:
        """Return what is set for the event's kiosks now; UnknownEventError."""
        query = queries("organizing")["kiosk_settings"]
        with self._database.connection() as connection:
            row = connection.execute(query, {"event": event_id}).fetchone()
        if row is None:
            raise deleted_event()
        return from_json(row[0])

    def consent(self, event_id: EventId, kiosk: str, version: str, language: str) -> ConsentId:
        """Record that consent was given; UnknownEventError.

        The record holds the kiosk, the text's version and language, and the time: nobody's name,
        picture or face.
        """
        values = {
            "event": event_id,
            "kiosk": to_stored(kiosk),
            "version": to_stored(version),
            "language": to_stored(language),
        }
        return ConsentId(self._write("consent", values))

    def begin(self, event_id: EventId, kiosk: str, consent: ConsentId | None) -> SessionId:
        """Record that a visit began; UnknownEventError."""
        values = {"event": event_id, "kiosk": to_stored(kiosk), "consent": consent}
        return SessionId(self._write("begin", values))

    def end(self, session: SessionId, matches: int | None, outcome: SessionOutcome) -> None:
        """Record how a visit ended; a second time changes nothing, nor does a deleted event."""
        values = {"session": session, "matches": matches, "outcome": outcome}
        with self._database.connection() as connection:
            connection.execute(self._sql["end"], values)

    def photos(self, event_id: EventId, photos: Sequence[PhotoId]) -> list[GalleryPhoto]:
        """Return some photos for a gallery, in any order.

        Left out are those that are hidden, gone, broken, or whose size is not known yet.
        """
        # int() because the ids may come out of an array.
        values = {"event": event_id, "photos": [int(photo) for photo in photos]}
        return self._read_photos("photos", values)

    def browse(
        self, event_id: EventId, since: datetime | None, until: datetime | None, limit: int
    ) -> list[GalleryPhoto]:
        """Return photos taken at or after ``since`` and before ``until``, newest first.

        The same ones are left out as by ``photos``. Both times are timezone-aware.
        """
        values: dict[str, object] = {
            "event": event_id,
            "since": since,
            "until": until,
            "limit": limit,
        }
        return self._read_photos("browse", values)

    def hours(self, event_id: EventId) -> list[datetime]:
        """Return the hours that have photos to browse, newest first, in this machine's time."""
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["quarters"], {"event": event_id}).fetchall()
        local = (quarter.astimezone() for (quarter,) in rows)
        return list(dict.fromkeys(one.replace(minute=0) for one in local))

    def order(self, event_id: EventId, session: SessionId, order: Order) -> DeliveryId:
        """Put a wish into the outbox; the same ``key`` again returns the same delivery.

        UnknownEventError; PrintLimitError for a print of more sheets than the event's settings let
        this visit and the event have. Listeners hear of it.
        """
        values = {
            "event": event_id,
            "session": session,
            "kind": order.kind,
            "payload": Jsonb(_payload(order)),
            "key": to_stored(order.key),
        }
        with self._database.transaction() as connection:
            row = None
            if order.kind is DeliveryKind.PRINT:
                # Before the limit, which this print itself may have reached.
                row = connection.execute(self._sql["ordered"], values).fetchone()
                if row is None:
                    self._check_limit(connection, event_id, session, order.sheets)
            if row is None:
                row = connection.execute(self._sql["order"], values).fetchone()
            if row is None:
                row = connection.execute(self._sql["ordered"], values).fetchone()
        if row is None:
            raise deleted_event()
        return DeliveryId(row[0])

    def deliveries(self, session: SessionId) -> list[GuestDelivery]:
        """Return what a visit asked for, oldest first; nothing for an event that was deleted."""
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["deliveries"], {"session": session}).fetchall()
        return [_to_delivery(row) for row in rows]

    def prints(self, event_id: EventId, session: SessionId) -> tuple[int, int]:
        """Return the sheets of paper asked for by this visit and by all of the event.

        Those of prints that failed or were cancelled do not count.
        """
        values = {"event": event_id, "session": session}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["prints"], values).fetchone()
        visit, event = row or (0, 0)
        return int(visit), int(event)

    def _check_limit(
        self,
        connection: Connection[TupleRow],
        event_id: EventId,
        session: SessionId,
        sheets: int,
    ) -> None:
        """Raise PrintLimitError where that many more sheets are too many.

        Until the transaction ends, no other kiosk prints on: two cannot both take the last sheet.
        """
        values = {"event": event_id, "session": session}
        row = connection.execute(self._sql["lock_prints"], values).fetchone()
        if row is None:
            raise deleted_event()
        used = connection.execute(self._sql["prints"], values).fetchone()
        mine, everybody = used or (0, 0)
        left = from_json(row[0]).sheets_left(int(mine), int(everybody))
        if left is not None and sheets > left:
            raise PrintLimitError(left)

    def _write(self, query: str, values: dict[str, object]) -> int:
        """Insert a row of an event and return its id, or raise UnknownEventError."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql[query], values).fetchone()
        if row is None:
            raise deleted_event()
        return int(row[0])

    def _read_photos(self, query: str, values: dict[str, object]) -> list[GalleryPhoto]:
        with self._database.connection() as connection:
            rows = connection.execute(self._sql[query], values).fetchall()
        return [_to_photo(row) for row in rows]


def _payload(order: Order) -> dict[str, object]:
    """Return what the outbox keeps of a wish; its texts are to be read by ``from_stored``."""
    payload: dict[str, object] = {
        "photos": [int(photo) for photo in order.photos],
        "language": to_stored(order.language),
    }
    if order.kind is DeliveryKind.EMAIL:
        payload["to"] = [to_stored(address) for address in order.addresses]
    elif order.kind is DeliveryKind.PRINT:
        payload |= {
            "copies": order.copies,
            "sheets": order.sheets,
            "printer": to_stored(order.printer),
            "machine": to_stored(order.machine),
            "page": to_stored(order.page),
        }
        faces = {str(int(photo)): faces_to_json(boxes) for photo, boxes in order.faces if boxes}
        payload |= {"faces": faces} if faces else {}
    return payload


def _to_photo(row: TupleRow) -> GalleryPhoto:
    number, key, etag, time, width, height = row
    return GalleryPhoto(PhotoId(number), from_stored(key), from_stored(etag), time, width, height)


def _to_delivery(row: TupleRow) -> GuestDelivery:
    number, kind, state, photos, attempts, paused, detail = row
    return GuestDelivery(
        id=DeliveryId(number),
        kind=DeliveryKind(kind),
        state=DeliveryState(state),
        photos=photos,
        attempts=attempts,
        paused=paused,
        detail=from_stored(detail),
    )
