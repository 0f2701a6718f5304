"""Events as the organizer works with them: at a glance, changed, put away, set up for kiosks."""

from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import Event, EventId, checked_code
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.outgoing import OutputSettings
from eventsnap_desktop.domain.overview import EventDetails, EventOverview
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event, to_counts, to_event
from eventsnap_desktop.index.kiosk_settings import from_json, to_json
from eventsnap_desktop.index.output_settings import output_from_json, output_to_json
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored


class EventDesk:
    """The events of one database at a glance; fits the flows' EventDesk.

    Every method may raise DatabaseAwayError, and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("organizing")

    def overviews(self, archived: bool) -> list[EventOverview]:
        """Return all events at a glance, newest first; archived ones too when asked for."""
        values = {"event": None, "archived": archived}
        with self._database.connection() as connection:
            rows = connection.execute(self._sql["overviews"], values).fetchall()
        return [_to_overview(row) for row in rows]

    def overview(self, event_id: EventId) -> EventOverview:
        """Return one event at a glance, archived or not; UnknownEventError."""
        return _to_overview(self._one("overviews", {"event": event_id, "archived": True}))

    def add(self, code: str, details: EventDetails) -> Event:
        """Create an event; UsageError when the code is taken or cannot be one."""
        values = {"code": checked_code(code), **_stored(details)}
        with self._database.transaction() as connection:
            row = connection.execute(self._sql["add"], values).fetchone()
            if row is None:
                raise UsageError(
                    f"There is an event “{values['code']}” already", "Choose another code."
                )
            connection.execute(queries("events")["create_partition"], {"event": row[0]})
        return to_event(row)

    def details(self, event_id: EventId) -> EventDetails:
        """Return what ``change`` would store, with the chosen cover only; UnknownEventError."""
        name, source, keep, cover = self._one("details", {"event": event_id})
        chosen = None if cover is None else from_stored(cover)
        return EventDetails(from_stored(name), from_stored(source), keep, chosen)

    def change(self, event_id: EventId, details: EventDetails) -> None:
        """Store what was changed; UnknownEventError."""
        self._one("change", {"event": event_id, **_stored(details)})

    def set_archived(self, event_id: EventId, archived: bool) -> None:
        """Put an event away, or take it back; nothing of it is lost. UnknownEventError."""
        self._one("set_archived", {"event": event_id, "archived": archived})

    def kiosk_settings(self, event_id: EventId) -> KioskSettings:
        """Return what is set for the event's kiosks; defaults where nothing is."""
        return from_json(self._one("kiosk_settings", {"event": event_id})[0])

    def set_kiosk_settings(self, event_id: EventId, settings: KioskSettings) -> None:
        """Store what is set for the event's kiosks; UnknownEventError."""
        self._one("set_kiosk_settings", {"event": event_id, "kiosk": Jsonb(to_json(settings))})

    def output_settings(self, event_id: EventId) -> OutputSettings:
        """Return what is set for what leaves the event; defaults where nothing is."""
        return output_from_json(self._one("output_settings", {"event": event_id})[0])

    def set_output_settings(self, event_id: EventId, settings: OutputSettings) -> None:
        """Store what is set for what leaves the event; UnknownEventError."""
        values = {"event": event_id, "output": Jsonb(output_to_json(settings))}
        self._one("set_output_settings", values)

    def _one(self, query: str, values: dict[str, object]) -> TupleRow:
        """Return the row of one event, or raise UnknownEventError."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql[query], values).fetchone()
        if row is None:
            raise deleted_event()
        return row


def _stored(details: EventDetails) -> dict[str, object]:
    return {
        "name": to_stored(details.name),
        "source": to_stored(details.source),
        "keep": details.keep_until,
        "cover": None if details.cover is None else to_stored(details.cover),
    }


def _to_overview(row: TupleRow) -> EventOverview:
    hidden, slideshow, first, last, cover, etag, archived = row[13:]
    return EventOverview(
        event=to_event(row[:7]),
        counts=to_counts(row[7:13]),
        hidden=hidden,
        slideshow=slideshow,
        first_photo_at=first,
        last_photo_at=last,
        cover=None if cover is None else from_stored(cover),
        cover_etag=from_stored(etag or ""),
        archived=archived,
    )
